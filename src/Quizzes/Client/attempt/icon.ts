/** An icon of the page's own set, by its name. */
export function icon(name: string): SVGSVGElement {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(ns, 'use');
  const like = document.querySelector('svg.icon use')?.getAttribute('href') ?? '/icons.svg#';
  use.setAttribute('href', like.slice(0, like.indexOf('#') + 1) + name);
  svg.append(use);
  return svg;
}
