/**
 * An order to be made: each item has a select with its position, which is what is sent. Here the selects give way to buttons and
 * dragging; nothing counts as answered until something was moved.
 */
import { all } from '@client/content';
import { icon } from './icon';

export function order(list: HTMLElement): void {
  const said = list.parentElement?.querySelector('[data-order-said]');
  const hint = list.parentElement?.querySelector<HTMLElement>('[data-order-hint]');
  if (hint) hint.textContent = hint.dataset.live ?? '';
  list.dataset.live = '';

  const items = () => all(list, ':scope > li');
  /** Every item was written with one. */
  const selectOf = (item: HTMLElement) => all<HTMLSelectElement>(item, 'select')[0] ?? document.createElement('select');
  const nameOf = (item: HTMLElement) => (item.firstElementChild?.textContent ?? '').trim();
  const buttonOf = (item: HTMLElement, way: string) => item.querySelector<HTMLButtonElement>(`[data-way="${way}"]`);

  /** The items as their selects say; those without a position keep their order behind the others. */
  function arrange(): void {
    const byPosition = items()
      .map((item, place) => ({ item, place, at: Number(selectOf(item).value) || Infinity }))
      .sort((a, b) => (a.at === b.at ? a.place - b.place : a.at - b.at));
    for (const { item } of byPosition) list.append(item);
    ends();
  }

  function ends(): void {
    const now = items();
    now.forEach((item, place) => {
      const up = buttonOf(item, 'up');
      const down = buttonOf(item, 'down');
      if (up) up.disabled = place === 0;
      if (down) down.disabled = place === now.length - 1;
    });
  }

  function moved(item: HTMLElement): void {
    const now = items();
    now.forEach((each, place) => (selectOf(each).value = String(place + 1)));
    ends();
    if (said)
      said.textContent = (list.dataset.moved ?? '')
        .replace('{0}', nameOf(item))
        .replace('{1}', String(now.indexOf(item) + 1))
        .replace('{2}', String(now.length));
    selectOf(item).dispatchEvent(new Event('change', { bubbles: true }));
  }

  function button(item: HTMLElement, way: 'up' | 'down', name: string): HTMLButtonElement {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'button button-icon button-sm';
    made.dataset.way = way;
    made.setAttribute('aria-label', (list.dataset[way] ?? '').replace('{0}', nameOf(item)));
    made.append(icon(name));
    made.addEventListener('click', () => {
      const other = way === 'up' ? item.previousElementSibling : item.nextElementSibling;
      if (!other) return;
      if (way === 'up') other.before(item);
      else other.after(item);
      moved(item);
      const again = made.disabled ? buttonOf(item, way === 'up' ? 'down' : 'up') : made;
      again?.focus();
    });
    return made;
  }

  let dragged: HTMLElement | undefined;
  for (const item of items()) {
    const select = selectOf(item);
    select.hidden = true;
    item.append(button(item, 'up', 'up'), button(item, 'down', 'arrow-down'));
    item.draggable = true;
    item.addEventListener('dragstart', (event) => {
      dragged = item;
      event.dataTransfer?.setData('text/plain', '');
    });
    item.addEventListener('dragover', (event) => {
      if (!dragged || dragged === item) return;
      event.preventDefault();
      const box = item.getBoundingClientRect();
      if (event.clientY < box.top + box.height / 2) item.before(dragged);
      else item.after(dragged);
    });
    item.addEventListener('drop', (event) => event.preventDefault());
    item.addEventListener('dragend', () => {
      dragged = undefined;
      moved(item);
    });
  }

  list.addEventListener('restored', arrange); // by what another tab answered
  arrange();
}
