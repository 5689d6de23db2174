/**
 * `.maths` elements hold TeX and become MathML, which the browser draws and screen readers read. A block element, or
 * `data-display`, is set on a line of its own; \( \), \[ \], $ and $$ around the TeX are allowed. A formula that cannot be
 * read keeps its TeX and says why, and where: `data-line` is its line in the author's text, `data-maths-error` the sentence
 * ("Line {0}: this formula cannot be read."), found on the element or around it.
 */
import { toMathMLCore } from './mathml-core';
import { common, type Node } from './maths-common';

const blocks = new Set(['DIV', 'P', 'FIGURE', 'SECTION']);

/** A formula wider than its column scrolls, and must then be reachable by keyboard. */
const widths = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    if (target.scrollWidth > target.clientWidth + 1) target.setAttribute('tabindex', '0');
    else target.removeAttribute('tabindex');
  }
});

interface Formula {
  element: HTMLElement;
  written: string;
  tex: string;
  displayMode: boolean;
}

export async function enhance(found: HTMLElement[]): Promise<void> {
  const others: Formula[] = [];
  for (const element of found) {
    if (element.dataset.done !== undefined) continue;
    element.dataset.done = '';
    const formula = read(element);
    const drawn = common(formula.tex, formula.displayMode);
    if (drawn) put(formula, [math(formula, drawn)]);
    else others.push(formula);
  }
  if (others.length === 0) return;
  const { draw } = await import('./maths-katex');
  for (const formula of others) {
    const drawn = draw(formula.tex, formula.displayMode);
    if (typeof drawn === 'string') refuse(formula, drawn);
    else put(formula, drawn);
  }
}

function read(element: HTMLElement): Formula {
  const written = element.textContent.trim();
  return {
    element,
    written,
    tex: written.replace(/^(\$\$|\$|\\\(|\\\[)([^]*?)(\$\$|\$|\\\)|\\\])$/, '$2'),
    displayMode: blocks.has(element.tagName) || element.dataset.display !== undefined || /^(\\\[|\$\$)/.test(written),
  };
}

function math({ tex, displayMode }: Formula, drawn: Node): Element {
  const attributes: Node[1] = displayMode ? { display: 'block' } : {};
  return elementOf([
    'math',
    attributes,
    [['semantics', {}, [drawn, ['annotation', { encoding: 'application/x-tex' }, [tex]]]]],
  ]);
}

function elementOf([tag, attributes, children]: Node): Element {
  const element = document.createElementNS('http://www.w3.org/1998/Math/MathML', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.map((child) => (typeof child === 'string' ? child : elementOf(child))));
  return element;
}

function put({ element, displayMode }: Formula, drawn: Element[]): void {
  for (const math of drawn) {
    toMathMLCore(math);
    if (displayMode) widths.observe(math);
  }
  element.replaceChildren(...drawn);
}

function refuse({ element, written }: Formula, why: string): void {
  const tex = document.createElement('code');
  tex.textContent = written;
  const sentence =
    element.closest<HTMLElement>('[data-maths-error]')?.dataset.mathsError ?? 'Line {0}: this formula cannot be read.';
  const line = element.dataset.line;
  // Without a line the sentence starts after its colon.
  const where = line ? sentence.replace('{0}', line) : sentence.replace(/^.*\{0\}\s*:?\s*/, '');
  const said = document.createElement('span');
  said.className = 'error';
  said.textContent = `${where} ${why}`.trim();
  element.replaceChildren(tex, ' ', said);
}
