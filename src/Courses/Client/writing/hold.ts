/**
 * `form[data-text="{person}:{item}"][data-hold="url"]`: what is typed is on this device at once and with the server a second or two later,
 * as a draft of this opened editor (`DraftId`, counted by `Sequence`). The device keeps it until the server has confirmed it, and what
 * an earlier page of this device could not get rid of is sent by the next one, which then shows it in `#drafts`.
 *
 * `[data-hold-state]` in the form says how things stand: `data-held` ("… {0}"), `data-offline`, `data-signed-out`, `data-nowhere`;
 * `[data-sign-in]` is shown when signing in again helps.
 */
import { jittered, postForm, type Failure } from '@client/api';
import { enhance, parseFragment } from '@client/content';
import { signInAgain } from '@client/sign-in';

const pauseInTyping = 800;
const longestUnsent = 2000;
/** What a page that is being left may still send: browsers allow 64 KB. */
const mostOnLeaving = 60_000;
const prefix = 'text:';
const names = ['DraftId', 'Sequence', 'Revision', 'From', 'Title', 'Minutes', 'Rule', 'Markdown'];

interface Kept {
  url: string;
  fields: Record<string, string>;
}

export function hold(form: HTMLFormElement): void {
  const { text: owner, hold: url } = form.dataset;
  const key = field(form, 'DraftId');
  const count = field(form, 'Sequence');
  if (!owner || !url || !key || !count) return;

  let sequence = Number(count.value) || 0;
  let sent = sequence;
  let sending = false;
  let failures = 0;
  let unsentSince = 0;
  let leaving = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting = false;
  let journal: ReturnType<typeof setTimeout> | undefined;

  const place = () => `${prefix}${owner}:${key.value}`;

  const keep = () => {
    clearTimeout(journal);
    journal = undefined;
    return sequence === sent || write(place(), { url, fields: snapshot(form) });
  };

  const later = (milliseconds: number) => {
    clearTimeout(timer);
    waiting = true;
    timer = setTimeout(() => {
      waiting = false;
      void send();
    }, milliseconds);
  };

  const send = async () => {
    if (sending || leaving || sequence === sent) return;
    sending = true;
    keep();
    const [mine, id] = [sequence, key.value];
    const answer = await postForm(url, data(snapshot(form), form), { timeout: 10_000 });
    sending = false;
    if (answer.ok) {
      failures = 0;
      if (id === key.value) sent = mine;
      if (sequence === sent) forget(`${prefix}${owner}:${id}`);
      else later(pauseInTyping);
      unsentSince = sequence === sent ? 0 : Date.now();
      say(form, 'held', atOf(answer.body));
      return;
    }
    failures++;
    if (answer.status === 400) {
      await renewToken(form);
      if (failures === 1) {
        later(0); // somebody has signed in again: nothing to tell
        return;
      }
    }
    unheld(answer);
    // Refused as it is: the next letter may mend it. Anything else passes.
    if (answer.status !== 422) later(answer.reason === 'signed-out' ? 5000 : jittered(failures, 1000));
  };

  const unheld = (answer: Failure) => {
    if (!keep()) say(form, 'nowhere');
    else if (answer.status === 422) say(form, undefined, answer.body);
    else say(form, answer.reason === 'signed-out' ? 'signedOut' : 'offline');
  };

  const typed = () => {
    count.value = String(++sequence);
    unsentSince ||= Date.now();
    journal ??= setTimeout(keep, 200);
    if (failures === 0) later(Math.min(pauseInTyping, Math.max(0, unsentSince + longestUnsent - Date.now())));
    else if (!waiting && !sending) later(jittered(failures, 1000)); // otherwise the next try is on its way
  };

  form.addEventListener('input', typed);
  form.addEventListener('change', typed);
  form.addEventListener('submit', () => {
    keep();
    leaving = true; // the save brings it all along; the device keeps it until the next page says that it came
    setTimeout(() => (leaving = false), 20_000);
  });
  const now = () => {
    failures = 0;
    if (sequence !== sent) later(0);
  };
  addEventListener('online', now);
  const signIn = signInOf(form);
  if (signIn) signInAgain(signIn, now);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) keep();
    else now();
  });
  addEventListener('pagehide', () => {
    if (!keep() || leaving || sequence === sent) return;
    const last = data(snapshot(form), form);
    if ((field(form, 'Markdown')?.value.length ?? 0) * 3 < mostOnLeaving)
      void fetch(url, { method: 'POST', body: last, keepalive: true, credentials: 'same-origin' }).catch(
        () => undefined,
      );
  });
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    // Back by the browser's own memory: the draft of this page may have been saved since.
    leaving = false;
    key.value = crypto.randomUUID();
    count.value = String((sequence = sent = 0));
    field(form, 'From')?.remove();
  });

  forgetPosted(owner);
  void bringIn(owner, key.value, sequence, form);
}

/** The token of this page is of no use any more; a new page brings one. */
async function renewToken(form: HTMLFormElement): Promise<void> {
  const own = field(form, '__RequestVerificationToken');
  const page = await fetch(location.href, { credentials: 'same-origin' }).catch(() => undefined);
  const fresh = page?.ok
    ? parseFragment(await page.text()).querySelector<HTMLInputElement>('[data-hold] [name=__RequestVerificationToken]')
    : null;
  if (own && fresh) own.value = fresh.value;
}

/** What earlier pages of this device still hold goes to the server, and from there into the list of drafts. */
async function bringIn(owner: string, own: string, sequence: number, form: HTMLFormElement): Promise<void> {
  let came = false;
  for (const [place, kept] of entries(`${prefix}${owner}:`)) {
    if (place.endsWith(`:${own}`) && Number(kept.fields.Sequence) <= sequence) {
      forget(place); // refused and shown again: the server holds it
      continue;
    }
    const answer = await postForm(kept.url, data(kept.fields, form));
    if (!answer.ok) continue;
    forget(place);
    came = true;
  }
  const list = document.getElementById('drafts');
  if (!came || !list) return;
  const fresh = await fetch(location.href, { credentials: 'same-origin' }).catch(() => undefined);
  if (!fresh?.ok) return;
  const region = parseFragment(await fresh.text()).querySelector('#drafts');
  if (!region) return;
  // What stands in this editor is no draft to be offered.
  const here = ['DraftId', 'From', 'MineId'].map((name) => field(form, name)?.value.replaceAll('-', ''));
  for (const draft of region.querySelectorAll<HTMLElement>('[data-held-draft]'))
    if (here.includes(draft.dataset.heldDraft)) draft.remove();
  await enhance(region);
  list.replaceChildren(...region.childNodes);
}

function forgetPosted(owner: string): void {
  const posted = document.querySelector<HTMLMetaElement>('meta[name=posted]')?.content ?? '';
  for (const id of posted.split(' ').filter(Boolean))
    for (const [place] of entries(`${prefix}${owner}:`))
      if (place.replaceAll('-', '').endsWith(`:${id}`)) forget(place);
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function field(form: HTMLFormElement, name: string): Field | null {
  const found = form.elements.namedItem(name);
  return found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement || found instanceof HTMLSelectElement
    ? found
    : null;
}

function snapshot(form: HTMLFormElement): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const name of names) {
    const value = field(form, name)?.value;
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}

function data(fields: Record<string, string>, form: HTMLFormElement): FormData {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) made.set(name, value);
  made.set('__RequestVerificationToken', field(form, '__RequestVerificationToken')?.value ?? '');
  return made;
}

function atOf(body: string): string {
  try {
    return String((JSON.parse(body) as { at?: unknown }).at);
  } catch {
    return '';
  }
}

function say(form: HTMLFormElement, what?: 'held' | 'offline' | 'signedOut' | 'nowhere', words = ''): void {
  const line = form.querySelector<HTMLElement>('[data-hold-state]');
  if (!line) return;
  const text = what ? (line.dataset[what] ?? '').replace('{0}', words) : words;
  if (what === 'held') delete line.dataset.tone;
  else line.dataset.tone = what === 'nowhere' ? 'critical' : 'caution';
  if (line.textContent !== text) line.textContent = text;
  const signIn = signInOf(form);
  if (signIn) signIn.hidden = what !== 'signedOut';
}

function signInOf(form: HTMLFormElement): HTMLAnchorElement | null {
  return form.querySelector('[data-sign-in]');
}

function entries(start: string): [place: string, kept: Kept][] {
  const found: [string, Kept][] = [];
  try {
    for (const place of Object.keys(localStorage).filter((name) => name.startsWith(start))) {
      const kept = JSON.parse(localStorage.getItem(place) ?? 'null') as Partial<Kept> | null;
      if (kept?.url?.startsWith('/') && !kept.url.startsWith('//') && kept.fields) found.push([place, kept as Kept]);
    }
  } catch {
    // no storage, or not what we wrote: nothing to bring in
  }
  return found;
}

/** Whether the device has it. */
function write(place: string, kept: Kept): boolean {
  try {
    localStorage.setItem(place, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

function forget(place: string): void {
  try {
    localStorage.removeItem(place);
  } catch {
    // no storage
  }
}
