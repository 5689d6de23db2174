/**
 * An open attempt: each change goes to the server as a step, at once and again until it is confirmed; the state line says how it
 * stands. The form itself stays: without this script its buttons do the same.
 */
import { pause } from '@client/api';
import { all } from '@client/content';
import { live } from '@client/live';
import { signInAgain } from '@client/sign-in';
import { isFilled, restore, valuesOf, writtenOf } from './attempt/fields';
import { icon } from './attempt/icon';
import { forget, Journal, type Step } from './attempt/journal';
import { order } from './attempt/order';
import { Sender, stateAfter, type Kept, type State } from './attempt/sender';
import { Timer } from './attempt/timer';

/** Milliseconds without a key before what is being typed is sent. It is kept on the device with every key. */
const typingPause = 800;
/** Milliseconds that a submission waits for answers still on their way. */
const longestFlush = 15_000;

const icons: Record<State, string> = {
  saved: 'saved',
  saving: 'clock',
  offline: 'offline',
  signedOut: 'warning',
  other: 'warning',
  failed: 'warning',
};

function take(form: HTMLFormElement): void {
  const journal = new Journal(form.dataset.attempt ?? '');
  const questions = all(form, '[data-question]');
  const typing = new Map<number, ReturnType<typeof setTimeout>>();
  const sender = new Sender(form, journal, { kept: show, state: say, refused });
  /** The values of each question as they were last known: as the server wrote them, as another tab or this page gave them. */
  const last = questions.map((_, question) => writtenOf(form, question).join('\n'));

  let state: State = 'saved';

  const signIn = document.querySelector<HTMLAnchorElement>('[data-sign-in]');
  if (signIn)
    signInAgain(signIn, () => {
      sender.retry();
      live.anew();
    });

  const isFinal = (question: number) => questions[question]?.dataset.final !== undefined;

  const isAnswered = (question: number) => isFinal(question) || valuesOf(form, question).some(isFilled);

  /** From here on the answer is on the device. */
  function keep(question: number): void {
    const values = valuesOf(form, question);
    if (values.join('\n') === last[question]) return;
    last[question] = values.join('\n');
    journal.add(question, values);
    showQuestion(question);
  }

  function changed(question: number): void {
    clearTimeout(typing.get(question));
    typing.delete(question);
    keep(question);
    void sender.send();
  }

  function changedAll(): void {
    for (const question of [...typing.keys()]) changed(question);
  }

  /** What was answered elsewhere on this device is shown here too. */
  function put({ question, values }: Step): void {
    restore(form, question, values);
    last[question] = valuesOf(form, question).join('\n');
    for (const list of all(form, `[data-question="${question}"] [data-order]`))
      list.dispatchEvent(new Event('restored'));
    showQuestion(question);
  }

  function show(kept: Kept, steps: readonly Step[]): void {
    if (kept.left !== null) timer?.set(kept.left);
    const line = form.querySelector('[data-held-line]');
    if (line) line.textContent = filled(form.dataset.held, kept.held, kept.of);
    for (const { question, values } of steps) {
      const echo = questions[question]?.querySelector('[data-echo]');
      const text = kept.echoes[question] ?? '';
      // Not when a newer answer is being typed: it would speak of the older one.
      if (echo && values.join('\n') === last[question] && echo.textContent !== text) echo.textContent = text;
    }
  }

  function showQuestion(question: number): void {
    const link = form.querySelector<HTMLElement>(`.question-nav a[href="#q${question + 1}"]`);
    if (link) {
      const answered = isAnswered(question);
      if (answered) link.dataset.state = 'answered';
      else delete link.dataset.state;
      const name = filled(answered ? form.dataset.answered : form.dataset.unanswered, question + 1);
      const flagged = questions[question]?.querySelector('[data-flag]')?.getAttribute('aria-pressed') === 'true';
      link.setAttribute('aria-label', flagged ? filled(form.dataset.flagged, name) : name);
      link.querySelector('.icon')?.remove();
      if (flagged) link.append(icon('flag'));
    }
    const open = [...questions.keys()].filter((i) => !isAnswered(i));
    const button = form.querySelector('[data-submit-button]');
    if (button) button.textContent = filled(form.dataset.submit, questions.length - open.length, questions.length);
    const missing = form.querySelector<HTMLElement>('[data-missing]');
    if (missing) missing.hidden = open.length === 0;
    for (const link of all(missing ?? document.createElement('p'), 'a'))
      link.hidden = !open.includes(Number(link.textContent) - 1);
  }

  function say(now: State): void {
    state = now;
    line(form.dataset[now] ?? '', icons[now], now === 'saved' || now === 'saving' ? undefined : 'caution');
    if (signIn) signIn.hidden = now !== 'signedOut' && now !== 'other';
  }

  function line(text: string, name: string, tone?: string): void {
    const shown = document.querySelector<HTMLElement>('[data-save-state]');
    const label = shown?.querySelector('span');
    if (!shown || !label || label.textContent === text) return;
    shown.hidden = false;
    if (tone) shown.dataset.tone = tone;
    else delete shown.dataset.tone;
    shown.querySelector('.icon')?.replaceWith(icon(name));
    label.textContent = text;
  }

  /** The server takes no more: what is on the page stays, and the way to the result is shown. */
  function refused(why: string): void {
    line(why, 'warning', 'caution');
    if (signIn) signIn.hidden = true;
    const notice = document.createElement('div');
    notice.className = 'notice';
    notice.dataset.tone = 'caution';
    notice.setAttribute('role', 'alert');
    const text = document.createElement('p');
    text.textContent = why;
    const link = document.createElement('a');
    link.href = form.dataset.result ?? '';
    link.textContent = form.dataset.see ?? '';
    notice.append(icon('warning'), text, link);
    form.before(notice);
  }

  form.addEventListener('input', (event) => {
    const question = questionOf(event.target);
    if (question < 0) return;
    const field = event.target as HTMLInputElement;
    if (field.type === 'radio' || field.type === 'checkbox') return; // `change` comes with it
    keep(question);
    clearTimeout(typing.get(question));
    typing.set(question, setTimeout(changed, typingPause, question));
  });

  form.addEventListener('change', (event) => {
    const question = questionOf(event.target);
    if (question >= 0) changed(question);
  });

  // Enter in a field keeps the answer; it neither leaves the page nor submits.
  form.addEventListener('keydown', (event) => {
    const question = questionOf(event.target);
    if (
      event.key !== 'Enter' ||
      question < 0 ||
      !(event.target instanceof HTMLInputElement) ||
      event.target.type === 'checkbox'
    )
      return;
    event.preventDefault();
    changed(question);
  });

  // What was answered goes first, then the form without it. A second click sends nothing.
  const asked = all<HTMLInputElement>(form, 'input[name=asked]');
  let leaving = false;
  let going = false;
  form.addEventListener('submit', (event) => {
    if (going) return;
    event.preventDefault();
    if (leaving) return;
    leaving = true;
    changedAll();
    void leave(event.submitter).finally(() => {
      if (going) setTimeout(stay, 20_000);
      else stay();
    });
  });

  function stay(): void {
    leaving = going = false;
    for (const field of asked) field.disabled = false;
  }

  async function leave(button: HTMLElement | null): Promise<void> {
    await pause(0); // while the click is being dealt with, a browser takes no second submission
    await Promise.race([sender.send(), pause(longestFlush)]);
    if (!sender.done && state !== 'failed') return; // the line says why
    for (const field of asked) field.disabled = sender.done;
    if (button?.getAttribute('value') === 'submit') {
      // Not by leaving the page: without an answer it would be gone.
      const answer = await sender.submit(button);
      if (answer.ok) {
        going = true;
        location.assign(answer.url);
        return;
      }
      const after = stateAfter(answer);
      if (after !== 'failed') {
        say(after);
        return;
      }
    }
    if (!navigator.onLine) {
      say('offline');
      return;
    }
    going = true;
    form.requestSubmit(button);
  }

  // What was typed within the last moment is kept on the device at least.
  addEventListener('pagehide', changedAll);

  for (const when of ['online', 'focus']) addEventListener(when, () => sender.retry());

  addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    stay();
    sender.retry();
  });

  addEventListener('storage', (event) => {
    const step = journal.heard(event);
    if (step && !typing.has(step.question)) put(step);
  });

  for (const button of all<HTMLButtonElement>(form, '[data-flag]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'));
      showQuestion(questionOf(button));
    });
  }

  const shownTime = document.querySelector<HTMLElement>('[data-deadline]');
  const timer =
    shownTime &&
    new Timer(shownTime, document.querySelector('[data-announce]'), {
      doubt: () => void sender.ask(),
      over: () => {
        changedAll();
        // What we hold is handed in by the server a few seconds later; then there is a result to see. Unless more time was given.
        setTimeout(
          () =>
            void sender.ask().then((left) => {
              if (left === null || left <= 0) location.assign(form.dataset.result ?? '');
            }),
          8000,
        );
      },
    });

  // The team has given more time.
  if (form.dataset.channel)
    live.listen(form.dataset.channel, {
      event: () => void sender.ask(),
      reconnected: () => {
        if (timer) void sender.ask();
      },
    });

  // What an earlier page could not send is shown here again, and sent first.
  for (const step of journal.waiting) put(step);
  for (const list of all(form, '[data-order]')) order(list);

  // Its work is done here with every answer.
  for (const button of all(form, 'button[value=save]')) button.hidden = true;

  questions.forEach((_, i) => {
    keep(i); // somebody was quicker than this script
    showQuestion(i);
  });
  void sender.send();
}

function questionOf(target: EventTarget | null): number {
  const section = target instanceof Element ? target.closest<HTMLElement>('[data-question]') : null;
  return section ? Number(section.dataset.question) : -1;
}

function filled(text: string | undefined, ...values: (string | number)[]): string {
  return values.reduce<string>((filling, value, i) => filling.replace(`{${i}}`, String(value)), text ?? '');
}

const submitted = document.querySelector<HTMLElement>('[data-submitted]');
if (submitted) forget(submitted.dataset.submitted ?? '');

const attempt = document.querySelector<HTMLFormElement>('form[data-attempt][data-open="true"]');
if (attempt) take(attempt);
