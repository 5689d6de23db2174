/**
 * An order to be made: each item has a select with its position, which is what is sent. Here the selects give way to buttons and
 * dragging, by mouse, finger or pen; nothing counts as answered until something was moved.
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
  let before: HTMLElement[] = [];

  const middle = (item: Element) => item.getBoundingClientRect().top + item.getBoundingClientRect().height / 2;

  /** The others make room. The item itself stays in the document: a finger on an element that is taken out of it is lost. */
  function follow(item: HTMLElement, y: number): void {
    for (let above = item.previousElementSibling; above && y < middle(above); above = item.previousElementSibling)
      item.after(above);
    for (let below = item.nextElementSibling; below && y > middle(below); below = item.nextElementSibling)
      item.before(below);
    const edge = 48;
    if (y < edge) window.scrollBy(0, -edge / 4);
    else if (y > window.innerHeight - edge) window.scrollBy(0, edge / 4);
  }

  function release(keep: boolean): void {
    const item = dragged;
    if (!item) return;
    dragged = undefined;
    delete item.dataset.dragged;
    if (!keep) list.append(...before);
    else if (items().some((each, place) => each !== before[place])) moved(item);
  }

  // A mouse takes an item anywhere, a finger by its handle only: elsewhere it scrolls the page.
  list.addEventListener('pointerdown', (event) => {
    const target = event.target as Element;
    const item = items().find((each) => each.contains(target));
    if (!item || dragged || event.button !== 0 || target.closest('button, select, a')) return;
    if (event.pointerType !== 'mouse' && !target.closest('.grip')) return;
    event.preventDefault();
    list.setPointerCapture(event.pointerId);
    before = items();
    dragged = item;
    item.dataset.dragged = '';
  });
  list.addEventListener('pointermove', (event) => {
    if (dragged) follow(dragged, event.clientY);
  });
  list.addEventListener('pointerup', () => release(true));
  list.addEventListener('pointercancel', () => release(false));

  for (const item of items()) {
    const select = selectOf(item);
    select.hidden = true;
    const grip = document.createElement('div');
    grip.className = 'grip';
    grip.append(icon('grip'));
    item.append(grip, button(item, 'up', 'up'), button(item, 'down', 'arrow-down'));
  }

  list.addEventListener('restored', arrange); // by what another tab answered
  arrange();
}
