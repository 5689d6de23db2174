/**
 * `[data-tray="me:…"]`, the bell in the header: its count is fetched once the page stands, and again when the channel speaks.
 * `[data-seen]`: following such a link marks its notification as seen, and so does a thread that is before the reader's eyes. Without this script the bell is a link without a number.
 */
import { live } from './live';

interface Count {
  unseen: number;
  number: number;
  label: string;
}

let asked: Promise<Count | undefined> | undefined;

async function ask(): Promise<Count | undefined> {
  const response = await fetch('/notifications?handler=Count', {
    credentials: 'same-origin',
    headers: { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest' },
  });
  return response.ok ? ((await response.json()) as Count) : undefined;
}

export function enhance(found: HTMLElement[]): void {
  for (const bell of found) whenIdle(() => void begin(bell));
}

function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 3000 });
  else setTimeout(work, 500);
}

async function begin(bell: HTMLElement): Promise<void> {
  const first = await renew(bell);
  const changed = () => void renew(bell);
  live.listen(bell.dataset.tray ?? '', { event: changed, reconnected: changed }, first?.number);
  addEventListener('pageshow', (event) => {
    if (event.persisted) changed();
  });
}

async function renew(bell: HTMLElement): Promise<Count | undefined> {
  // Several changes at once are one question.
  asked ??= new Promise((done) => setTimeout(done, 200)).then(() => {
    asked = undefined;
    return ask();
  });
  let count: Count | undefined;
  try {
    count = await asked;
  } catch {
    return undefined; // no network: what is shown stays
  }
  const shown = bell.querySelector<HTMLElement>('[data-count]');
  if (!count || !shown) return undefined;
  shown.textContent = count.unseen > 99 ? '99+' : String(count.unseen);
  shown.hidden = count.unseen === 0;
  bell.setAttribute('aria-label', count.label);
  if (count.unseen > 0) seeThread();
  return count;
}

document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest<HTMLElement>('a[data-seen]');
  if (!link) return;
  tell('id', link.dataset.seen ?? '');
});

/** The address of a thread holds its id: `…/talk/{id}`. */
function seeThread(): void {
  const thread = /\/talk\/([0-9a-f]{32})(?:\/|$)/.exec(location.pathname)?.[1];
  if (thread && !document.hidden) tell('thread', thread);
}

function tell(name: string, id: string): void {
  const form = new FormData();
  form.set(name, id);
  const field = '__RequestVerificationToken';
  form.set(field, document.querySelector<HTMLInputElement>(`input[name=${field}]`)?.value ?? '');
  navigator.sendBeacon('/notifications?handler=Seen', form); // arrives though the page is left
}
