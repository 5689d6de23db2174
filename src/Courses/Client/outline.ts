/**
 * `[data-tree]`: the outline of a course. Its buttons and forms move things by themselves; here the page stays, the focus too, and what
 * was moved is said. `[data-grip]` takes a section or an item by mouse, finger or pen and sends the form `#place`, which the lists do as well.
 */
import { postForm } from '@client/api';
import { all, announce, enhance, parseFragment } from '@client/content';

const tree = document.querySelector<HTMLElement>('[data-tree]');
if (tree) live(tree);

function live(tree: HTMLElement): void {
  let busy = false;

  tree.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (!button?.form || !['move', 'place'].includes(button.form.id)) return;
    event.preventDefault();
    void send(button.form.action, new FormData(button.form, button), () => again(tree, button.name, button.value));
  });

  /** Sends a change and shows the outline as it is then. */
  async function send(action: string, form: FormData, focus: () => void): Promise<void> {
    if (busy) return;
    busy = true;
    tree.setAttribute('aria-busy', 'true');
    const answer = await postForm(action, form);
    const page = answer.ok || answer.status === 422 ? parseFragment(answer.body) : undefined;
    const fresh = page?.querySelector<HTMLElement>('[data-tree]');
    if (page && fresh) {
      await enhance(fresh);
      for (const typed of all<HTMLInputElement>(tree, 'input[name=itemTitle]')) {
        const same = fresh.querySelector<HTMLInputElement>(`#${CSS.escape(typed.id)}`);
        if (same) same.value = typed.value;
      }
      tree.replaceChildren(...fresh.childNodes);
      focus();
      announce(page.querySelector(answer.ok ? '.notice[role=status] p' : '#refused')?.textContent.trim());
    } else {
      announce(tree.dataset.failed);
    }
    tree.removeAttribute('aria-busy');
    busy = false;
  }

  // --- dragging ---

  let dragged: HTMLElement | undefined;
  /** Where it came from. */
  let origin: { parent: Node; next: Node | null } | undefined;

  const isItem = (element: HTMLElement) => element.matches('[data-item]');
  const middle = (element: Element) => element.getBoundingClientRect().top + element.getBoundingClientRect().height / 2;

  function follow(moved: HTMLElement, x: number, y: number): void {
    const over = document.elementFromPoint(x, y);
    const other = over?.closest<HTMLElement>(isItem(moved) ? '[data-item]' : '[data-section]');
    if (other && other !== moved && tree.contains(other)) {
      if (y < middle(other)) other.before(moved);
      else other.after(moved);
    } else if (isItem(moved)) {
      const section = over?.closest<HTMLElement>('[data-section]');
      const list = section?.querySelector('[data-items]');
      if (section && list && !list.contains(moved)) {
        if (y < middle(section)) list.prepend(moved);
        else list.append(moved);
      }
    }
    const edge = 56;
    if (y < edge) window.scrollBy(0, -edge / 4);
    else if (y > window.innerHeight - edge) window.scrollBy(0, edge / 4);
  }

  function release(keep: boolean): void {
    const [moved, from] = [dragged, origin];
    dragged = origin = undefined;
    if (!moved || !from) return;
    moved.dataset.state = moved.dataset.was ?? '';
    if (!moved.dataset.was) delete moved.dataset.state;
    delete moved.dataset.was;
    const stays = moved.parentNode === from.parent && moved.nextSibling === from.next;
    if (!keep || busy) from.parent.insertBefore(moved, from.next);
    else if (!stays) void drop(moved, from);
  }

  async function drop(moved: HTMLElement, from: { parent: Node; next: Node | null }): Promise<void> {
    const form = document.querySelector<HTMLFormElement>('form#place');
    if (!form) return;
    const token = form.querySelector<HTMLInputElement>('input[name=__RequestVerificationToken]');
    const data = new FormData();
    if (token) data.set(token.name, token.value);
    const id = moved.dataset.item ?? moved.dataset.section ?? '';
    data.set('id', id);
    const sibling = moved.nextElementSibling as HTMLElement | null;
    const before = isItem(moved) ? sibling?.dataset.item : sibling?.dataset.section;
    if (before) data.set('before', before);
    if (isItem(moved)) data.set('section', moved.closest<HTMLElement>('[data-section]')?.dataset.section ?? '');
    await send(form.action, data, () => again(tree, 'down', id));
    // It did not reach the server: back where it was.
    if (moved.isConnected) from.parent.insertBefore(moved, from.next);
  }

  tree.addEventListener('pointerdown', (event) => {
    const grip = event.target instanceof Element ? event.target.closest('[data-grip]') : null;
    const moved = grip?.closest<HTMLElement>(grip.closest('[data-item]') ? '[data-item]' : '[data-section]');
    if (!moved || dragged || busy || event.button !== 0) return;
    event.preventDefault();
    tree.setPointerCapture(event.pointerId);
    dragged = moved;
    origin = { parent: moved.parentNode ?? tree, next: moved.nextSibling };
    moved.dataset.was = moved.dataset.state ?? '';
    moved.dataset.state = 'moving';
  });
  tree.addEventListener('pointermove', (event) => {
    if (dragged) follow(dragged, event.clientX, event.clientY);
  });
  tree.addEventListener('pointerup', () => release(true));
  tree.addEventListener('pointercancel', () => release(false));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') release(false);
  });
}

/** The focus stays on the button; when it can go no further, on the other one. */
function again(tree: HTMLElement, name: string, value: string): void {
  const find = (way: string) =>
    tree.querySelector<HTMLButtonElement>(`button[form=move][name="${way}"][value="${CSS.escape(value)}"]`);
  const button = name === 'up' ? [find('up'), find('down')] : [find('down'), find('up')];
  const target = button.find((candidate) => candidate && !candidate.disabled);
  target?.focus();
  target?.scrollIntoView({ block: 'nearest' });
}
