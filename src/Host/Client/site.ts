/**
 * Loaded on every page, so it stays tiny and imports nothing at once: `build.mjs` refuses it above 4 KB or with a static
 * import. Everything else comes only to a page that has something for it to do. Without this script each page still works.
 */
import type { Fresh } from './shared/content';

interface Enhancer {
  enhance(found: HTMLElement[]): unknown;
}

const needs: [selector: string, load: () => Promise<Enhancer>][] = [
  ['.maths', () => import('./shared/maths')],
  ['[data-draft]', () => import('./shared/drafts')],
  ['.composer, .editor', () => import('./shared/composer')],
  // On a page that is still, as a visitor's lesson, nothing changes that its reader waits for.
  [
    `${document.querySelector('[data-still]') ? '[data-still]' : ''}[data-refresh-on]`,
    () => import('./shared/live-regions'),
  ],
  ['[data-tray]', () => import('./shared/tray')],
  ['[data-video]', () => import('./shared/video')],
  ['[data-show-password]', () => import('./shared/passwords')],
];

const all = <E extends HTMLElement>(root: ParentNode, selector: string): E[] => {
  const found = [...root.querySelectorAll<E>(selector)];
  return root instanceof Element && root.matches(selector) ? [root as unknown as E, ...found] : found;
};

function enhance(root: ParentNode, until: Promise<unknown>[] = []): void {
  hint(root);
  for (const [selector, load] of needs) {
    const found = all(root, selector);
    // A part that does not load leaves the page as the server made it.
    if (found.length > 0) until.push(load().then((part) => part.enhance(found), console.warn));
  }
}

document.addEventListener('fresh', (event) => {
  const { root, until } = (event as CustomEvent<Fresh>).detail;
  enhance(root, until);
});

// --- menus: one open at a time; Escape and a click elsewhere close, and Escape gives the focus back ---

function closeMenus(unlessIn?: EventTarget | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('details.menu[open]'))
    if (!(unlessIn instanceof Node && menu.contains(unlessIn))) menu.open = false;
}

for (const type of ['click', 'focusin']) document.addEventListener(type, (event) => closeMenus(event.target));

document.addEventListener('keydown', (event) => {
  const menu = event.key === 'Escape' && document.querySelector('details.menu[open]');
  if (!menu) return;
  if (menu.contains(document.activeElement)) menu.querySelector('summary')?.focus();
  closeMenus();
});

// --- the reader's time zone, for the next page the server renders ---

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !document.cookie.split('; ').includes(`zone=${zone}`))
  document.cookie = `zone=${zone}; path=/; max-age=31536000; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;

// --- forms[data-once]: what was clicked twice is sent once ---

const sent = new Map<HTMLFormElement, SubmitEvent['submitter']>();

function release(form: HTMLFormElement): void {
  sent.get(form)?.removeAttribute('aria-disabled');
  sent.delete(form);
}

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || !form.matches('[data-once]')) return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.set(form, event.submitter);
  event.submitter?.setAttribute('aria-disabled', 'true');
  setTimeout(release, 20_000, form); // the person stopped loading, or the answer was a download
});

addEventListener('pageshow', (event) => {
  if (!event.persisted) return;
  for (const form of sent.keys()) release(form);
  hint(document);
});

// --- buttons[data-copy] ---

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // no clipboard on plain http: through a selection, then
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'visually-hidden';
    document.body.append(field);
    field.select();
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    document.execCommand('copy');
    field.remove();
  }
}

document.addEventListener('click', (event) => {
  const button = (event.target as Element).closest<HTMLElement>('[data-copy]');
  if (!button) return;
  const focused = document.activeElement;
  void copy(button.dataset.copy ?? '').then(() => {
    if (focused instanceof HTMLElement) focused.focus();
    const said = button.dataset.copied;
    const label = button.querySelector('[data-label]') ?? document.querySelector('[data-announcer]');
    if (!said || !label) return;
    const before = label.textContent;
    label.textContent = said;
    setTimeout(() => (label.textContent = before), 4000);
  });
});

// --- select[data-auto-submit]: at once when chosen from the list; arrow keys on a closed list only look around ---

let lastKey = '';
document.addEventListener('keydown', (event) => (lastKey = event.key), true);
document.addEventListener('pointerdown', () => (lastKey = ''), true);
document.addEventListener('change', (event) => {
  const field = event.target as HTMLSelectElement;
  if (field.matches('[data-auto-submit]') && !/^(Arrow|Page|Home|End|.$)/.test(lastKey)) field.form?.requestSubmit();
});

// --- time[data-relative]: "in 2 days", kept true ---

const steps: [Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

const midnight = (instant: Date) => new Date(instant).setHours(0, 0, 0, 0);

function hint(root: ParentNode): void {
  for (const time of all<HTMLTimeElement>(root, 'time[data-relative]')) {
    const then = new Date(time.dateTime);
    const seconds = (+then - Date.now()) / 1000;
    if (Number.isNaN(seconds)) continue;
    const [unit, length] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', Infinity];
    // "Yesterday" is a matter of the calendar, not of twenty-four hours.
    const amount = unit === 'day' ? (midnight(then) - midnight(new Date())) / 86_400_000 : seconds / length;
    const text = new Intl.RelativeTimeFormat(document.documentElement.lang || undefined, { numeric: 'auto' }).format(
      Math.round(amount),
      unit,
    );
    if (time.textContent !== text) time.textContent = text;
  }
}

setInterval(() => {
  if (!document.hidden) hint(document);
}, 60_000);

enhance(document);
