/**
 * `textarea[data-mentions="id"]`: after an @ the names of the datalist of that id are offered; arrows choose, Enter or Tab takes, Escape
 * leaves. Whoever types the name in full needs none of it.
 */
import { announce } from '@client/content';

const most = 6;
const longestName = 40;

export function offerNames(): void {
  document.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLTextAreaElement && target.dataset.mentions) offer(target, target.dataset.mentions);
  });
}

let open: { field: HTMLTextAreaElement; list: HTMLElement; close(): void } | undefined;

function offer(field: HTMLTextAreaElement, source: string): void {
  open?.close();
  const before = field.value.slice(0, field.selectionStart);
  const at = before.lastIndexOf('@');
  if (at < 0 || before.length - at > longestName || /[\p{L}\p{N}]/u.test(before[at - 1] ?? '')) return;
  const typed = folded(before.slice(at + 1));
  const names = [...document.querySelectorAll<HTMLOptionElement>(`#${CSS.escape(source)} option`)].map((o) => o.value);
  const found = names.filter((name) => folded(name) !== typed && folded(name).startsWith(typed)).slice(0, most);
  if (found.length > 0) show(field, at, found);
}

function show(field: HTMLTextAreaElement, at: number, names: string[]): void {
  const list = document.createElement('ul');
  list.id = 'mention-names';
  list.className = 'mentions';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', '@');
  let chosen = 0;
  const options = names.map((name, i) => {
    const option = document.createElement('li');
    option.id = `mention-${i}`;
    option.setAttribute('role', 'option');
    option.textContent = name;
    option.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      take(i);
    });
    return option;
  });
  list.append(...options);
  field.after(list);
  field.setAttribute('aria-autocomplete', 'list');
  field.setAttribute('aria-controls', list.id);
  mark(0);
  announce(names.join(', '));
  const listening = new AbortController();
  field.addEventListener('keydown', press, { signal: listening.signal });
  field.addEventListener('blur', close, { signal: listening.signal });
  open = { field, list, close };

  function close(): void {
    listening.abort();
    list.remove();
    field.removeAttribute('aria-activedescendant');
    field.removeAttribute('aria-controls');
    open = undefined;
  }

  function mark(i: number): void {
    chosen = (i + options.length) % options.length;
    for (const [n, option] of options.entries()) option.setAttribute('aria-selected', String(n === chosen));
    field.setAttribute('aria-activedescendant', `mention-${chosen}`);
  }

  function take(i: number): void {
    close();
    field.focus();
    field.setRangeText(`@${names[i] ?? ''} `, at, field.selectionStart, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  function press(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown') mark(chosen + 1);
    else if (event.key === 'ArrowUp') mark(chosen - 1);
    else if (event.key === 'Enter' || event.key === 'Tab') take(chosen);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}
