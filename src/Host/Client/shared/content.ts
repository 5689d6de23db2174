/** What arrives on a page after it was loaded: fragments from the server, and the sign that they want enhancing. */

/** Carried by the `fresh` event: whoever enhances `root` adds a promise to `until`, so that it is shown finished. */
export interface Fresh {
  root: ParentNode;
  until: Promise<unknown>[];
}

/** Every element of `root` that fits, `root` itself included when it is one. */
export function all<E extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): E[] {
  const found = [...root.querySelectorAll<E>(selector)];
  return root instanceof Element && root.matches(selector) ? [root as unknown as E, ...found] : found;
}

/** Markup that our own server rendered and cleaned, as nodes. Scripts in it never run; the policy blocks inline style. */
export function parseFragment(html: string): DocumentFragment {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const fragment = document.createDocumentFragment();
  fragment.append(...parsed.body.childNodes);
  return fragment;
}

/**
 * Maths, code, relative times and so on in new content, done before it is shown so that nothing jumps.
 * Never fails: what could not be enhanced is shown as the server wrote it.
 */
export async function enhance(root: ParentNode): Promise<void> {
  const detail: Fresh = { root, until: [] };
  document.dispatchEvent(new CustomEvent<Fresh>('fresh', { detail }));
  await Promise.allSettled(detail.until);
}

/** Says a sentence through the page's one polite status line, `[data-announcer]`, if the page has it. */
export function announce(text: string | undefined): void {
  const line = document.querySelector('[data-announcer]');
  if (!line || !text) return;
  line.textContent = '';
  setTimeout(() => (line.textContent = text), 100);
}
