/**
 * `[id][data-refresh-on="channel …"]`: when the channel speaks, the page is asked for again and the element is replaced by
 * the new page's element of the same id. What somebody is using is never pulled away: such a region is marked
 * `data-stale`, shows its `[data-stale-notice]`, and follows as soon as it is let go and holds nothing unsaved.
 *
 * `aria-busy="true"`: it waits for work in progress, which may be done before its channel is listened to: it also asks by itself.
 *
 * `data-seq`: the channel's number when rendered · `data-jitter`: milliseconds over which many readers spread their
 * requests · `data-announce`: the sentence for screen readers when the region changed.
 */
import { jittered, retryAfter } from './api';
import { all, announce, enhance as enhanceContent } from './content';
import { live } from './live';

const selector = '[id][data-refresh-on]';
const busyPause = 2000;
const heard = new Set<string>();
/** Channels that spoke since the last refresh. */
const spoken = new Set<string>();
let timer: ReturnType<typeof setTimeout> | undefined;
let refreshing = false;
let failures = 0;
let hiddenAt = 0;

export function enhance(found: HTMLElement[]): void {
  for (const region of found) {
    if (region.ariaBusy === 'true') askWhileBusy(region);
    const seq = region.dataset.seq;
    for (const channel of channelsOf(region)) {
      if (heard.has(channel)) continue;
      heard.add(channel);
      const changed = () => {
        spoken.add(channel);
        schedule();
      };
      live.listen(channel, { event: changed, reconnected: changed }, seq ? Number(seq) : undefined);
    }
  }
}

function askWhileBusy(region: HTMLElement): void {
  const asking = setInterval(() => {
    if (!region.isConnected) {
      clearInterval(asking);
      return;
    }
    for (const channel of channelsOf(region)) spoken.add(channel);
    schedule();
  }, busyPause);
}

function channelsOf(region: HTMLElement): string[] {
  return (region.dataset.refreshOn ?? '').split(' ').filter(Boolean);
}

/** The regions that a channel which spoke concerns. */
function due(): HTMLElement[] {
  return all(document, selector).filter((region) => channelsOf(region).some((channel) => spoken.has(channel)));
}

function schedule(wait?: number): void {
  if (timer !== undefined || refreshing || document.hidden || spoken.size === 0) return;
  const spread = Math.max(0, ...due().map((region) => Number(region.dataset.jitter ?? 0)));
  timer = setTimeout(() => void refresh(), wait ?? 300 + Math.random() * spread);
}

async function refresh(): Promise<void> {
  timer = undefined;
  refreshing = true;
  const channels = [...spoken];
  const regions = due();
  spoken.clear(); // what is said from here on asks for another round
  let wait: number | undefined;
  try {
    const page = regions.length > 0 ? await fetchPage() : undefined;
    if (page) await Promise.all(regions.map((region) => renew(region, page)));
    failures = 0;
  } catch (error) {
    for (const channel of channels) spoken.add(channel);
    wait = Math.max(error instanceof Refused ? error.wait : 0, jittered(failures++, 2000));
  }
  refreshing = false;
  schedule(wait);
}

class Refused extends Error {
  constructor(readonly wait: number) {
    super('The page cannot be had now.');
  }
}

/** This page as it is now; undefined when it is no longer ours to see (signed out, moved, deleted): then what is here stays. */
async function fetchPage(): Promise<Document | undefined> {
  const asked = location.pathname + location.search;
  const response = await fetch(asked, {
    credentials: 'same-origin',
    cache: 'no-cache',
    headers: { Accept: 'text/html', 'X-Requested-With': 'XMLHttpRequest' },
  });
  if (response.status >= 500 || response.status === 429)
    throw new Refused(retryAfter(response.headers.get('Retry-After')) ?? 0);
  // The page may lead on by now, as a quiz does to its result: what both hold is brought up to date all the same.
  if (!response.ok || new URL(response.url).origin !== location.origin) return undefined;
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

async function renew(old: HTMLElement, page: Document): Promise<void> {
  const found = page.getElementById(old.id);
  if (!found) return;
  const fresh = document.importNode(found, true);
  await enhanceContent(fresh);
  if (!old.isConnected) return; // it stood inside another region that has just been replaced
  if (same(old, fresh)) {
    notStale(old);
    if (fresh.dataset.seq) old.dataset.seq = fresh.dataset.seq;
    return;
  }
  if (isInUse(old)) {
    old.dataset.stale = '';
    noticeOf(old)?.removeAttribute('hidden');
    return;
  }
  keepOpen(old, fresh);
  old.replaceWith(fresh);
  noticeOf(fresh)?.setAttribute('hidden', '');
  announce(fresh.dataset.announce);
  fresh.dispatchEvent(new Event('refreshed', { bubbles: true }));
}

function noticeOf(region: HTMLElement): Element | null {
  return (
    region.querySelector('[data-stale-notice]') ??
    document.querySelector(`[data-stale-notice="${CSS.escape(region.id)}"]`)
  );
}

function notStale(region: HTMLElement): void {
  if (region.dataset.stale === undefined) return;
  delete region.dataset.stale;
  noticeOf(region)?.setAttribute('hidden', '');
}

/** Equal but for what differs at every rendering. */
function same(old: HTMLElement, fresh: HTMLElement): boolean {
  const [a, b] = [old, fresh].map((region) => {
    const copy = region.cloneNode(true) as HTMLElement;
    for (const token of copy.querySelectorAll('input[name=__RequestVerificationToken]')) token.remove();
    for (const notice of copy.querySelectorAll('[data-stale-notice]')) notice.remove();
    for (const hint of copy.querySelectorAll('time[data-relative]')) hint.textContent = '';
    for (const details of copy.querySelectorAll('details[id]')) details.removeAttribute('open');
    copy.removeAttribute('data-stale');
    copy.removeAttribute('data-seq');
    return copy;
  });
  return !!a && !!b && a.isEqualNode(b);
}

/** Focus, an open menu, a selection, a playing film or words not yet sent: somebody is at work in there. */
function isInUse(region: HTMLElement): boolean {
  if (region.contains(document.activeElement) || region.querySelector('details.menu[open]')) return true;
  const selection = getSelection();
  if (selection && !selection.isCollapsed && selection.containsNode(region, true)) return true;
  if (all<HTMLMediaElement>(region, 'video, audio').some((media) => !media.paused)) return true;
  return all(region, 'input, textarea, select').some(isDirty);
}

function isDirty(field: HTMLElement): boolean {
  if (field instanceof HTMLSelectElement) {
    const options = [...field.options];
    const given = options.filter((option) => option.defaultSelected);
    const first = field.multiple || given.length > 0 ? undefined : options.find((option) => !option.disabled);
    return options.some((option) => option.selected !== (option.defaultSelected || option === first));
  }
  if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
  if (!(field instanceof HTMLInputElement)) return false;
  if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked;
  return field.type === 'file' ? !!field.files?.length : field.value !== field.defaultValue;
}

function keepOpen(old: HTMLElement, fresh: HTMLElement): void {
  for (const details of all<HTMLDetailsElement>(fresh, 'details[id]')) {
    const before = old.querySelector<HTMLDetailsElement>(`#${CSS.escape(details.id)}`);
    if (before) details.open = before.open;
  }
}

// A stale region follows when it is let go.
document.addEventListener('focusout', (event) => {
  const region = (event.target as Element).closest<HTMLElement>(`${selector}[data-stale]`);
  if (!region) return;
  setTimeout(() => {
    if (!region.isConnected || isInUse(region)) return;
    for (const channel of channelsOf(region)) spoken.add(channel);
    schedule();
  });
});

document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    hiddenAt = Date.now();
    clearTimeout(timer);
    timer = undefined;
    return;
  }
  // Browsers slow and cut what sleeps in the background: after a minute, look.
  if (hiddenAt > 0 && Date.now() - hiddenAt > 60_000) for (const channel of heard) spoken.add(channel);
  schedule();
});
