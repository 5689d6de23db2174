/**
 * KaTeX writes MathML 3; browsers implement MathML Core (https://w3c.github.io/mathml-core/), which leaves out letter styles
 * other than upright, alignment and rules of tables, and menclose. Says the same with what Core has: the Unicode mathematical
 * alphabets (Unicode 17, chapter 22.2), CSS through the object model, and a class for the frames.
 */
export function toMathMLCore(math: Element): void {
  for (const token of math.querySelectorAll<MathMLElement>('[mathvariant]')) restyle(token);
  for (const table of math.querySelectorAll<MathMLElement>('mtable')) layOut(table);
  for (const frame of math.querySelectorAll('menclose')) enclose(frame);
  for (const box of math.querySelectorAll<MathMLElement>('mpadded[width^="+"]')) pad(box);
  // Rules are made of ink, which is not black in every theme.
  for (const rule of math.querySelectorAll<MathMLElement>('mspace[mathbackground=black]')) {
    rule.removeAttribute('mathbackground');
    rule.style.background = 'currentColor';
  }
}

/** First capital, small letter, Greek capital, Greek small letter and digit of each alphabet; 0 where there is none. */
const alphabets: Record<string, [A: number, a: number, Alpha: number, alpha: number, zero: number]> = {
  bold: [0x1d400, 0x1d41a, 0x1d6a8, 0x1d6c2, 0x1d7ce],
  italic: [0x1d434, 0x1d44e, 0x1d6e2, 0x1d6fc, 0],
  'bold-italic': [0x1d468, 0x1d482, 0x1d71c, 0x1d736, 0x1d7ce],
  script: [0x1d49c, 0x1d4b6, 0, 0, 0],
  'bold-script': [0x1d4d0, 0x1d4ea, 0, 0, 0],
  fraktur: [0x1d504, 0x1d51e, 0, 0, 0],
  'bold-fraktur': [0x1d56c, 0x1d586, 0, 0, 0],
  'double-struck': [0x1d538, 0x1d552, 0, 0, 0x1d7d8],
  'sans-serif': [0x1d5a0, 0x1d5ba, 0, 0, 0x1d7e2],
  'bold-sans-serif': [0x1d5d4, 0x1d5ee, 0x1d756, 0x1d770, 0x1d7ec],
  'sans-serif-italic': [0x1d608, 0x1d622, 0, 0, 0x1d7e2],
  'sans-serif-bold-italic': [0x1d63c, 0x1d656, 0x1d790, 0x1d7aa, 0x1d7ec],
  monospace: [0x1d670, 0x1d68a, 0, 0, 0x1d7f6],
};

/** Letters that Unicode had before it had the alphabets; their places there are empty. */
const older: Record<number, string> = {};
for (const [first, letters] of [
  [0x1d44e, 'h ℎ'],
  [0x1d49c, 'B ℬ E ℰ F ℱ H ℋ I ℐ L ℒ M ℳ R ℛ'],
  [0x1d4b6, 'e ℯ g ℊ o ℴ'],
  [0x1d504, 'C ℭ H ℌ I ℑ R ℜ Z ℨ'],
  [0x1d538, 'C ℂ H ℍ N ℕ P ℙ Q ℚ R ℝ Z ℤ'],
] as const) {
  const pairs = letters.split(' ');
  for (let i = 0; i < pairs.length; i += 2) {
    const plain = pairs[i]?.charCodeAt(0) ?? 0;
    older[first + plain - (plain < 97 ? 65 : 97)] = pairs[i + 1] ?? '';
  }
}

/** Variants that stand behind the small Greek letters, in their order: ∂ ϵ ϑ ϰ ϕ ϱ ϖ. */
const greekVariants = '∂ϵϑϰϕϱϖ';

function styled(character: string, variant: string): string {
  const alphabet = alphabets[variant];
  if (!alphabet) return character;
  const [A, a, Alpha, alpha, zero] = alphabet;
  const code = character.codePointAt(0) ?? 0;
  const at = (from: number, to: number, start: number) =>
    start && code >= from && code <= to ? start + code - from : 0;
  const place =
    at(65, 90, A) ||
    at(97, 122, a) ||
    at(48, 57, zero) ||
    at(0x391, 0x3a9, Alpha) ||
    at(0x3b1, 0x3c9, alpha) ||
    (Alpha && character === '∇' ? Alpha + 25 : 0) ||
    (alpha && greekVariants.includes(character) ? alpha + 25 + greekVariants.indexOf(character) : 0);
  return place ? (older[place] ?? String.fromCodePoint(place)) : character;
}

function restyle(token: MathMLElement): void {
  const variant = token.getAttribute('mathvariant') ?? '';
  if (variant === 'normal') return; // the one that Core knows
  token.removeAttribute('mathvariant');
  const { style } = token;
  if (token.localName !== 'mtext') {
    const text = token.textContent;
    const changed = Array.from(text, (character) => styled(character, variant)).join('');
    token.textContent = changed;
    if (changed !== text) return;
  }
  // Words, and characters that no alphabet has: as in any text.
  if (variant.includes('bold')) style.fontWeight = 'bold';
  if (variant.includes('italic')) style.fontStyle = 'italic';
  if (variant.includes('sans')) style.fontFamily = 'sans-serif';
  if (variant === 'monospace') style.fontFamily = 'monospace';
}

/** Formulas are boxes, not text: Chromium and WebKit need the value that moves boxes too; Firefox reads columnalign itself. */
const alignsBoxes = CSS.supports('text-align', '-webkit-right');

function layOut(table: MathMLElement): void {
  const list = (name: string) => table.getAttribute(name)?.split(' ');
  const nth = (values: string[] | undefined, i: number) => values?.[Math.max(0, Math.min(i, values.length - 1))];
  const [align, gaps, rowGaps, columnLines, rowLines] = [
    'columnalign',
    'columnspacing',
    'rowspacing',
    'columnlines',
    'rowlines',
  ].map(list);
  const half = (gap: string) => `calc(${gap} / 2)`;
  const framed = table.parentElement?.localName === 'menclose';

  if (table.getAttribute('width') === '100%') table.style.width = '100%';
  // Glue and the place of automatic numbers, which KaTeX makes with its style sheet; we number nothing by ourselves.
  for (const cell of table.querySelectorAll(':scope > mtr > :is(.mtr-glue, .mml-eqn-num):empty')) cell.remove();

  const rows = [...table.querySelectorAll(':scope > mtr')];
  rows.forEach((row, r) => {
    const cells = [...row.children] as MathMLElement[];
    cells.forEach((cell, c) => {
      const { style } = cell;
      const alignment = nth(align, c);
      if (alignment) style.textAlign = alignsBoxes ? `-webkit-${alignment}` : alignment;
      if (cell.getAttribute('width')) style.width = cell.getAttribute('width') ?? '';
      const [before, after] = [nth(gaps, c - 1), nth(gaps, c)];
      if (before && after) {
        style.paddingLeft = c > 0 || framed ? half(before) : '0';
        style.paddingRight = c < cells.length - 1 || framed ? half(after) : '0';
      }
      const [above, below] = [nth(rowGaps, r - 1), nth(rowGaps, r)];
      // KaTeX counts from rows that are a line high; ours are as high as what is in them.
      if (above) style.paddingTop = `calc(${above} / 2 + 0.15em)`;
      if (below) style.paddingBottom = `calc(${below} / 2 + 0.15em)`;
      const [columnLine, rowLine] = [nth(columnLines, c), nth(rowLines, r)];
      if (columnLine && columnLine !== 'none' && c < cells.length - 1) style.borderRight = `1px ${columnLine}`;
      if (rowLine && rowLine !== 'none' && r < rows.length - 1) style.borderBottom = `1px ${rowLine}`;
    });
  });
}

/** Core knows no "that much more": a coloured box gets its room as padding. */
function pad(box: MathMLElement): void {
  box.style.color = 'black'; // as on paper: the colour behind was chosen for that
  box.style.padding = box.getAttribute('lspace') ?? '';
  for (const name of ['width', 'height', 'lspace', 'voffset']) box.removeAttribute(name);
}

let drawsFrames: boolean | undefined;

/** Where the browser does not draw menclose (Chromium), a row that the style sheet frames by its `data-enclose`. */
function enclose(frame: Element): void {
  drawsFrames ??= frameWidens();
  if (drawsFrames) return;
  const row = document.createElementNS(frame.namespaceURI, 'mrow') as MathMLElement;
  row.dataset.enclose = frame.getAttribute('notation') ?? '';
  const border = frame.getAttribute('style');
  if (border) row.style.cssText = border;
  row.append(...frame.childNodes);
  frame.replaceWith(row);
}

function frameWidens(): boolean {
  const namespace = 'http://www.w3.org/1998/Math/MathML';
  const [math, frame, space] = ['math', 'menclose', 'mspace'].map((name) => document.createElementNS(namespace, name));
  if (!math || !frame || !space) return false;
  frame.setAttribute('notation', 'box');
  space.setAttribute('width', '20px');
  frame.append(space);
  math.append(frame);
  document.body.append(math);
  const wide = frame.getBoundingClientRect().width > 20;
  math.remove();
  return wide;
}
