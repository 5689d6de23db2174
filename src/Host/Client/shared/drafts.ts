/**
 * `[data-draft="key"]` on a textarea or text field: what is typed is kept on this device until the server says that it has
 * it, by `<meta name="posted" content="key …">` or an element `[data-posted="key"]` on the next page. The key should name
 * the person and the place ("{person}:thread:{id}:reply"): several people may share a device.
 *
 * Beside it (in the same form), optional: `[data-draft-state]` with `data-kept`, `data-restored` and `data-failed` texts,
 * and a `button[data-draft-restore][hidden]`, shown when there is a draft but the field came with other text.
 */
type Field = HTMLTextAreaElement | HTMLInputElement;

interface Draft {
  text: string;
  /** Milliseconds since 1970. */
  at: number;
}

const selector = ':is(textarea, input)[data-draft]';
const prefix = 'draft:';
const waiting = new Map<Field, ReturnType<typeof setTimeout>>();

export function enhance(found: HTMLElement[]): void {
  forgetPosted();
  for (const field of found) if (field.matches(selector)) restore(field as Field);
}

function forgetPosted(): void {
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=posted]'))
    for (const key of meta.content.split(' ').filter(Boolean)) forget(key);
  for (const element of document.querySelectorAll<HTMLElement>('[data-posted]')) forget(element.dataset.posted ?? '');
}

function restore(field: Field): void {
  const draft = read(keyOf(field));
  if (!draft || draft.text === field.value) return;
  if (field.value === '') {
    put(field, draft.text);
    say(field, 'restored');
    return;
  }
  const button = near(field, 'button[data-draft-restore]');
  if (!button) return;
  button.hidden = false;
  button.addEventListener(
    'click',
    () => {
      button.hidden = true;
      field.focus();
      field.select();
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only insertion that can be undone
      if (!document.execCommand('insertText', false, draft.text)) put(field, draft.text);
    },
    { once: true },
  );
}

function put(field: Field, text: string): void {
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

document.addEventListener('input', (event) => {
  const field = event.target as Field;
  if (!field.matches(selector)) return;
  clearTimeout(waiting.get(field));
  waiting.set(
    field,
    setTimeout(() => keep(field), 300),
  );
});

// What was typed within the last 300 ms counts too.
addEventListener('pagehide', () => {
  for (const field of [...waiting.keys()]) keep(field);
});

function keep(field: Field): void {
  clearTimeout(waiting.get(field));
  waiting.delete(field);
  const key = keyOf(field);
  if (field.value === '') {
    forget(key);
    say(field);
    return;
  }
  if (read(key)?.text === field.value) return;
  const draft: Draft = { text: field.value, at: Date.now() };
  try {
    localStorage.setItem(prefix + key, JSON.stringify(draft));
    say(field, 'kept');
  } catch {
    say(field, 'failed'); // the device is full or forbids it: say so, and type on
  }
}

// The other tab writes on: this one follows, unless somebody is typing here or it holds words of its own.
addEventListener('storage', (event) => {
  if (!event.key?.startsWith(prefix) || event.newValue === null) return;
  for (const field of document.querySelectorAll<Field>(selector)) {
    if (keyOf(field) !== event.key.slice(prefix.length) || field === document.activeElement || waiting.has(field))
      continue;
    const ours = field.value === '' || field.value === parse(event.oldValue)?.text;
    const theirs = parse(event.newValue)?.text;
    if (ours && theirs !== undefined && theirs !== field.value) put(field, theirs);
  }
});

function keyOf(field: Field): string {
  return field.dataset.draft ?? '';
}

function read(key: string): Draft | undefined {
  try {
    return parse(localStorage.getItem(prefix + key));
  } catch {
    return undefined;
  }
}

function parse(stored: string | null): Draft | undefined {
  try {
    const draft = JSON.parse(stored ?? 'null') as Partial<Draft> | null;
    return typeof draft?.text === 'string' ? { text: draft.text, at: draft.at ?? 0 } : undefined;
  } catch {
    return undefined;
  }
}

function forget(key: string): void {
  try {
    localStorage.removeItem(prefix + key);
  } catch {
    // no storage, no draft
  }
}

function say(field: Field, what?: 'kept' | 'restored' | 'failed'): void {
  const line = near(field, '[data-draft-state]');
  if (!line) return;
  const text = what ? (line.dataset[what] ?? line.dataset.kept ?? '') : '';
  if (what === 'failed') line.dataset.tone = 'caution';
  else delete line.dataset.tone;
  line.hidden = text === '';
  const label = line.querySelector('[data-label]') ?? line;
  if (label.textContent !== text) label.textContent = text;
}

/** In the same form; a line of another field may say whose it is: `data-draft-state="key"`. */
function near(field: Field, wanted: string): HTMLElement | null {
  const scope = field.form ?? field.closest('form, section, article') ?? document;
  const own = [...scope.querySelectorAll<HTMLElement>(wanted)];
  const name = wanted.includes('restore') ? 'draftRestore' : 'draftState';
  return (
    own.find((element) => element.dataset[name] === keyOf(field)) ??
    own.find((element) => !element.dataset[name]) ??
    null
  );
}
