/**
 * A thread that lives: what others post, change and mark arrives by itself, in order, nothing missed and nothing twice.
 * The page holds a number; every message, and every new connection, is a reason to ask for what came after it.
 * New writing waits behind the pill until the reader wants it; nothing moves under the eye, and what is being typed stays.
 */
import { jittered, postForm } from '@client/api';
import { all, announce, enhance, parseFragment } from '@client/content';
import { newKey } from '@client/keys';
import { live } from '@client/live';
import { counted } from './parts/counted';

/** How often a thread is asked for while there is no live connection, and how long a sign of writing stays. */
const pollEvery = 20_000;
const signStays = 6_000;
const betweenSigns = 3_000;

const thread = document.querySelector<HTMLElement>('#thread[data-channel]');
if (thread) follow(thread);

function follow(thread: HTMLElement): void {
  const { channel = '', changes = '' } = thread.dataset;
  const replies = thread.querySelector<HTMLElement>('#replies');
  const pill = thread.querySelector<HTMLAnchorElement>('[data-pill]');
  const endsElsewhere = thread.querySelector('nav.pages') !== null;
  let last = Number(thread.dataset.sequence);
  /** The highest number that was told: an answer reaches it at least. */
  let heard = last;
  let asking = false;
  let askAgain = false;
  /** The thread is not ours to read any more, or we are signed out: what is here stays. */
  let over = false;

  live.listen(
    channel,
    {
      event: ({ kind, seq, data }) => {
        if (kind === 'here') showHere(Number(data));
        else if (kind === 'writing') showWriting(String(data));
        else if ((seq ?? Infinity) > last) {
          heard = Math.max(heard, seq ?? 0);
          void ask();
        }
      },
      reconnected: () => void ask(),
    },
    last,
  );
  setInterval(() => {
    if (live.state !== 'live' && !document.hidden && navigator.onLine) void ask();
  }, pollEvery);

  /** Asks for what came after our number until there is no more; one at a time. */
  async function ask(): Promise<void> {
    if (over) return;
    if (asking) {
      askAgain = true;
      return;
    }
    asking = true;
    try {
      do {
        askAgain = false;
        askAgain = (await take()) || askAgain;
      } while (askAgain);
    } catch {
      // No answer: asked again from the same number, now and then and at the next message or connection.
      setTimeout(() => void ask(), jittered(3, 1000));
    } finally {
      asking = false;
    }
  }

  async function take(): Promise<boolean> {
    const answer = await fetch(`${changes}?after=${last}&heard=${heard}`, {
      headers: { 'X-Requested-With': 'fetch' },
      cache: 'no-store',
    });
    over = answer.status === 404 || answer.status === 401 || answer.redirected;
    if (over) return false;
    if (!answer.ok) throw new Error(`${answer.status}`);
    const news = parseFragment(await answer.text()).querySelector<HTMLElement>('#changes');
    if (!news) throw new Error('No changes in the answer.');
    steady(() => {
      for (const part of all(news, '#thread-tags, #thread-title')) {
        const shown = document.getElementById(part.id);
        if (shown?.isEqualNode(part) === false) shown.replaceWith(part);
      }
      for (const article of all(news, 'article.post')) {
        makeOurs(article);
        const shown = document.getElementById(article.id);
        if (shown) renew(shown, article);
        else add(article);
      }
      showPill();
    });
    last = Math.max(last, Number(news.dataset.last));
    return news.dataset.more !== undefined;
  }

  /** Changes the page without moving what somebody types in or, if nobody does, the first text they look at. */
  function steady(change: () => void): void {
    const isSeen = (element: Element | null | undefined): boolean => {
      const { top = -1, bottom = -1 } = element?.getBoundingClientRect() ?? {};
      return bottom > 0 && top < innerHeight;
    };
    const typing = document.activeElement !== document.body && isSeen(document.activeElement);
    const first = all(thread, 'article.post').find((article) => !article.hidden && isSeen(article))?.id ?? '';
    const held = () => (typing ? document.activeElement : document.getElementById(first))?.getBoundingClientRect().top;
    const stood = held();
    change();
    const stands = held();
    if (stood !== undefined && stands !== undefined && stands !== stood)
      scrollBy({ top: stands - stood, behavior: 'instant' });
  }

  /** What is shown to many is sent without anything of one reader: our token, a key and the name of our draft are put into its forms here. */
  function makeOurs(article: HTMLElement): void {
    const token = thread.querySelector<HTMLInputElement>('input[name=__RequestVerificationToken]');
    for (const form of all<HTMLFormElement>(article, 'form')) {
      if (token && !form.querySelector('input[name=__RequestVerificationToken]')) form.append(token.cloneNode());
      const key = form.querySelector<HTMLInputElement>('input[name=key]');
      if (key?.value === '') key.value = newKey();
    }
    for (const field of all(article, '[data-draft^=":"]'))
      field.dataset.draft = `${thread.dataset.reader ?? ''}${field.dataset.draft ?? ''}`;
  }

  function renew(shown: HTMLElement, article: HTMLElement): void {
    if (Number(shown.dataset.sequence) >= Number(article.dataset.sequence)) return;
    article.hidden = shown.hidden;
    if (shown.hidden) article.dataset.fresh = '';
    const focused = shown.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null;
    const action = focused?.closest('form[data-quiet]')?.getAttribute('action');
    // A comment that is being written moves over as it is; a menu that is open stays open.
    const writing = shown.querySelector('details[data-keep]');
    const place = article.querySelector('details[data-keep]');
    if (writing && place) place.replaceWith(writing);
    else if (writing?.querySelector('textarea')?.value) article.append(writing); // nobody may comment any more: the words stay
    for (const menu of all<HTMLDetailsElement>(shown, 'details.menu[open]'))
      article.querySelector(`#${CSS.escape(menu.id)}`)?.toggleAttribute('open', true);
    shown.replaceWith(article);
    void enhance(article);
    if (!focused) return;
    const same = article.contains(focused)
      ? focused
      : action
        ? article.querySelector<HTMLElement>(`form[action="${CSS.escape(action)}"] button`)
        : all(article, focused.localName).find((element) => element.isEqualNode(focused));
    (same ?? article).focus({ preventScroll: true });
  }

  function add(article: HTMLElement): void {
    const parent = article.dataset.parent;
    if (parent ? !document.getElementById(parent) : endsElsewhere) return;
    article.hidden = true;
    article.dataset.fresh = '';
    if (parent) commentsOf(parent).append(article);
    else replies?.append(article);
    void enhance(article);
  }

  function commentsOf(parent: string): HTMLElement {
    const there = document.querySelector<HTMLElement>(`[data-comments="${parent}"]`);
    if (there) return there;
    const comments = document.createElement('div');
    comments.className = 'replies';
    comments.dataset.comments = parent;
    document.getElementById(parent)?.after(comments);
    return comments;
  }

  function showPill(): void {
    const fresh = all(document, '[data-fresh]').length;
    if (!pill) return;
    const text = counted(thread.dataset.new ?? '', fresh);
    if (!pill.hidden && pill.textContent.trim() === text) return;
    pill.hidden = fresh === 0;
    const label = pill.querySelector('span');
    if (label) label.textContent = text;
    if (fresh > 0) announce(text);
  }

  pill?.addEventListener('click', (event) => {
    event.preventDefault();
    const fresh = all(document, '[data-fresh]');
    thread.querySelector('[data-none]')?.remove();
    for (const article of fresh) {
      article.hidden = false;
      delete article.dataset.fresh;
    }
    pill.hidden = true;
    tellRead();
    fresh[0]?.focus();
    fresh[0]?.scrollIntoView({ block: 'center' });
  });

  // --- what has been read ---

  let told = 0;

  /** Tells how far the page has been read: everything that is shown, as soon as somebody looks at it. */
  function tellRead(): void {
    if (document.hidden) return;
    const shown = all(document, 'article.post[data-number]').filter((article) => !article.hidden);
    const number = Math.max(0, ...shown.map((article) => Number(article.dataset.number)));
    const token = thread.querySelector<HTMLInputElement>('input[name=__RequestVerificationToken]')?.value;
    if (number <= told || !token || !thread.dataset.read) return;
    told = number;
    const form = new FormData();
    form.set('number', String(number));
    form.set('__RequestVerificationToken', token);
    void postForm(thread.dataset.read, form);
  }

  thread.querySelector('[data-no-script]')?.remove();
  document.addEventListener('visibilitychange', tellRead);
  tellRead();

  // --- who is here, who writes ---

  let sign: ReturnType<typeof setTimeout> | undefined;
  let signed = 0;

  function showHere(people: number): void {
    const line = thread.querySelector<HTMLElement>('[data-here]');
    if (line) line.textContent = counted(line.dataset.text ?? '', people);
  }

  function showWriting(name: string): void {
    const line = thread.querySelector<HTMLElement>('[data-writing]');
    if (!line) return;
    const text = (line.dataset.text ?? '').replace('{0}', name || (line.dataset.nobody ?? ''));
    if (line.textContent !== text) line.textContent = text;
    clearTimeout(sign);
    sign = setTimeout(() => (line.textContent = ''), signStays);
  }

  thread.addEventListener('input', (event) => {
    if (!(event.target instanceof HTMLTextAreaElement) || Date.now() - signed < betweenSigns || live.state !== 'live')
      return;
    signed = Date.now();
    live.invoke('Writing', channel).catch(console.warn);
  });

  // Votes and marks without leaving the page; should anything be in the way, the form goes as it would without us.
  thread.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches('form[data-quiet]')) return;
    event.preventDefault();
    void postForm(form.action, new FormData(form)).then((answer) => {
      if (answer.ok) void ask();
      else form.submit();
    });
  });
}
