/**
 * What Enter at the end of a line of Markdown writes on the next one: the start of the next item of a list, the next task, the next
 * line of a quotation. Empty when the line is an item without words: the list is over. Undefined on any other line.
 */
export function nextItem(line: string): string | undefined {
  const found = /^(\s*)(?:([-*+])|(\d{1,9})([.)])|(>))(\s+\[[ xX]\])?(\s*)(.*)$/.exec(line);
  if (!found) return undefined;
  const [, indent = '', bullet, number, after = '', quote, task, space = '', words = ''] = found;
  if (!quote && space === '' && words !== '') return undefined; // **bold** or -5, and no list
  if (words === '') return '';
  const marker = bullet ?? (number === undefined ? (quote ?? '') : `${Number(number) + 1}${after}`);
  return `${indent}${marker}${task ? ' [ ]' : ''} `;
}
