/**
 * An open attempt: each change goes to the server as a step, at once and again until it is confirmed; the state line says how it
 * stands. The form itself stays: without this script its buttons do the same.
 */
import { jittered, pause, postForm, type Posted } from '@client/api';
import { all } from '@client/content';
import { live } from '@client/live';
import { isFilled, restore, valuesOf } from './attempt/fields';
import { icon } from './attempt/icon';
import { forget, Journal, type Step } from './attempt/journal';
import { order } from './attempt/order';
import { Timer } from './attempt/timer';

interface Kept {
  held: number;
  of: number;
  /** What numbers were read as, by question. */
  echoes: Record<string, string>;
  /** Milliseconds, by the server's clock; null: no limit. */
  left: number | null;
}

type State = 'saved' | 'saving' | 'offline' | 'signedOut' | 'failed';

/** Milliseconds without a key before what is being typed is sent. */
const typingPause = 800;
const mostAtOnce = 100;

const icons: Record<State, string> = {
  saved: 'saved',
  saving: 'clock',
  offline: 'offline',
  signedOut: 'warning',
  failed: 'warning',
};

function take(form: HTMLFormElement): void {
  const journal = new Journal(form.dataset.attempt ?? '', crypto.randomUUID().replaceAll('-', ''));
  const questions = all(form, '[data-question]');
  const typing = new Map<number, ReturnType<typeof setTimeout>>();
  let sequence = 0;
  let sending = false;
  let failures = 0;
  let stopped = false;
  const isStopped = () => stopped;
  const leftovers = journal.left();
  let wake = new AbortController();

  const isFinal = (question: number) => questions[question]?.dataset.final !== undefined;

  const isAnswered = (question: number) => isFinal(question) || valuesOf(form, question).some(isFilled);

  function changed(question: number): void {
    clearTimeout(typing.get(question));
    typing.delete(question);
    journal.add({ sequence: ++sequence, question, values: valuesOf(form, question) });
    showQuestion(question);
    wake.abort();
    void send();
  }

  async function send(): Promise<void> {
    if (sending || isStopped()) return;
    sending = true;
    try {
      for (const from of [...leftovers, journal]) while (from.waiting.length > 0 && !isStopped()) await round(from);
      if (!isStopped()) say('saved');
    } finally {
      sending = false;
    }
  }

  /** Asks how much time is left. */
  async function ask(): Promise<number | null> {
    const answer = await post(journal, []);
    if (!answer.ok) return null;
    const kept = JSON.parse(answer.body) as Kept;
    show(kept, []);
    return kept.left;
  }

  function post(from: Journal, steps: readonly Step[]): Promise<Posted> {
    const fields = new FormData();
    fields.set('page', from.page);
    fields.set('steps', JSON.stringify(steps));
    return postForm(form.dataset.steps ?? '', fields);
  }

  /** One try, and a pause when it failed. */
  async function round(from: Journal): Promise<void> {
    if (failures === 0) say('saving');
    const steps = from.waiting.slice(0, mostAtOnce);
    const answer = await post(from, steps);
    if (answer.ok) {
      failures = 0;
      from.confirm(steps);
      show(JSON.parse(answer.body) as Kept, from === journal ? steps : []);
      return;
    }
    if (answer.status === 422) {
      stop((JSON.parse(answer.body) as { refused: string }).refused);
      from.confirm(steps);
      return;
    }
    const away = answer.reason === 'offline' || answer.reason === 'timeout';
    say(answer.reason === 'signed-out' ? 'signedOut' : away ? 'offline' : 'failed');
    if (answer.status === 400) await renewToken();
    wake = new AbortController();
    await pause(Math.max(answer.retryAfter ?? 0, jittered(failures++, 1000)), wake.signal);
  }

  /** The token belongs to a session: after signing in again in another tab the page needs the new one. */
  async function renewToken(): Promise<void> {
    try {
      const page = await (await fetch(location.href)).text();
      const name = '__RequestVerificationToken';
      const fresh = new DOMParser()
        .parseFromString(page, 'text/html')
        .querySelector<HTMLInputElement>(`form[data-attempt] input[name=${name}]`);
      const ours = form.querySelector<HTMLInputElement>(`input[name=${name}]`);
      if (fresh && ours) ours.value = fresh.value;
    } catch {
      // the next round asks again
    }
  }

  function show(kept: Kept, steps: readonly Step[]): void {
    if (kept.left !== null) timer?.set(kept.left);
    const line = form.querySelector('[data-held-line]');
    if (line) line.textContent = filled(form.dataset.held, kept.held, kept.of);
    for (const { question } of steps) {
      const echo = questions[question]?.querySelector('[data-echo]');
      const text = kept.echoes[question] ?? '';
      // Not while a newer answer is being typed: it would speak of the older one.
      if (echo && !typing.has(question) && echo.textContent !== text) echo.textContent = text;
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
    const button = form.querySelector('[data-submit-button]');
    const answers = questions.filter((_, i) => isAnswered(i)).length;
    if (button) button.textContent = filled(form.dataset.submit, answers, questions.length);
  }

  function say(state: State): void {
    line(form.dataset[state] ?? '', icons[state], state === 'saved' || state === 'saving' ? undefined : 'caution');
  }

  function line(text: string, name: string, tone?: string): void {
    const shown = document.querySelector<HTMLElement>('[data-save-state]');
    const signIn = shown?.querySelector<HTMLElement>('[data-sign-in]');
    if (signIn) signIn.hidden = text !== form.dataset.signedOut;
    const label = shown?.querySelector('span');
    if (!shown || !label || label.textContent === text) return;
    shown.hidden = false;
    if (tone) shown.dataset.tone = tone;
    else delete shown.dataset.tone;
    shown.querySelector('.icon')?.replaceWith(icon(name));
    label.textContent = text;
  }

  /** The server takes no more: what is on the page stays, and the way to the result is shown. */
  function stop(why: string): void {
    stopped = true;
    line(why, 'warning', 'caution');
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

  // All fields go with the form; a second click sends nothing.
  let left = false;
  form.addEventListener('submit', (event) => {
    if (!navigator.onLine) say('offline');
    if (left || !navigator.onLine) {
      event.preventDefault();
      return;
    }
    left = true;
    setTimeout(() => (left = false), 20_000);
  });

  // What was typed within the last moment is kept on the device at least.
  addEventListener('pagehide', () => {
    for (const question of [...typing.keys()]) changed(question);
  });

  for (const when of ['online', 'focus'])
    addEventListener(when, () => {
      failures = 0;
      wake.abort();
      void send();
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
      doubt: () => void ask(),
      over: () => {
        for (const question of [...typing.keys()]) changed(question);
        // What we hold is handed in by the server a few seconds later; then there is a result to see. Unless more time was given.
        setTimeout(
          () =>
            void ask().then((left) => {
              if (left === null || left <= 0) location.assign(form.dataset.result ?? '');
            }),
          8000,
        );
      },
    });

  // The team has given more time.
  if (form.dataset.channel)
    live.listen(form.dataset.channel, {
      event: () => void ask(),
      reconnected: () => {
        if (timer) void ask();
      },
    });

  // What an earlier page could not send is shown here again, and sent first.
  for (const { question, values } of leftovers.flatMap((old) => old.waiting)) restore(form, question, values);
  for (const list of all(form, '[data-order]')) order(list);

  questions.forEach((_, i) => showQuestion(i));
  void send();
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
