/** KaTeX, for the formulas that `maths-common.ts` leaves to it: a request and 35 KB that most pages do without. */
import { ParseError, render } from 'katex';

/** The formula as MathML, or why it cannot be read. */
export function draw(tex: string, displayMode: boolean): Element[] | string {
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
    return error instanceof ParseError ? error.rawMessage : '';
  }
  return [...drawn.children];
}
