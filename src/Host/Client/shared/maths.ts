/**
 * `.maths` elements hold TeX and become MathML, which the browser draws and screen readers read. A block element, or
 * `data-display`, is set on a line of its own; \( \), \[ \], $ and $$ around the TeX are allowed. A formula that cannot be
 * read keeps its TeX and says why, and where: `data-line` is its line in the author's text, `data-maths-error` the sentence
 * ("Line {0}: this formula cannot be read."), found on the element or around it.
 */
import { ParseError, render } from 'katex';
import { toMathMLCore } from './mathml-core';

const blocks = new Set(['DIV', 'P', 'FIGURE', 'SECTION']);

/** A formula wider than its column scrolls, and must then be reachable by keyboard. */
const widths = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    if (target.scrollWidth > target.clientWidth + 1) target.setAttribute('tabindex', '0');
    else target.removeAttribute('tabindex');
  }
});

export function enhance(found: HTMLElement[]): void {
  for (const element of found) if (element.dataset.done === undefined) show(element);
}

function show(element: HTMLElement): void {
  const written = element.textContent.trim();
  const tex = written.replace(/^(\$\$|\$|\\\(|\\\[)([^]*?)(\$\$|\$|\\\)|\\\])$/, '$2');
  const displayMode =
    blocks.has(element.tagName) || element.dataset.display !== undefined || /^(\\\[|\$\$)/.test(written);
  element.dataset.done = '';
  const drawn = document.createElement('span');
  try {
    render(tex, drawn, {
      output: 'mathml',
      displayMode,
      throwOnError: true,
      strict: 'ignore',
      errorColor: 'currentColor',
      trust: false, // no links, no images, no HTML from a formula
      maxExpand: 100,
      maxSize: 10,
    });
  } catch (error) {
    refuse(element, written, error);
    return;
  }
  for (const math of drawn.querySelectorAll('math')) {
    toMathMLCore(math);
    if (displayMode) widths.observe(math);
  }
  element.replaceChildren(...drawn.childNodes);
}

function refuse(element: HTMLElement, written: string, error: unknown): void {
  const tex = document.createElement('code');
  tex.textContent = written;
  const sentence =
    element.closest<HTMLElement>('[data-maths-error]')?.dataset.mathsError ?? 'Line {0}: this formula cannot be read.';
  const line = element.dataset.line;
  // Without a line the sentence starts after its colon.
  const where = line ? sentence.replace('{0}', line) : sentence.replace(/^.*\{0\}\s*:?\s*/, '');
  const why = error instanceof ParseError ? error.rawMessage : '';
  const said = document.createElement('span');
  said.className = 'error';
  said.textContent = `${where} ${why}`.trim();
  element.replaceChildren(tex, ' ', said);
}
