// Does the trimmed KaTeX say, to the letter, what the whole library says? Every symbol, function, macro and environment
// it knows, every font over every letter, and a page of real formulas; also the ones both must refuse alike.
import * as esbuild from 'esbuild';
import katex from 'katex';
import { katexMathML } from './katex-mathml.mjs';

const bundle = async (contents, plugins = []) => {
  const built = await esbuild.build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    plugins,
    define: { __VERSION__: '""' },
  });
  return import(`data:text/javascript;base64,${Buffer.from(built.outputFiles[0].contents).toString('base64')}`);
};

const trimmed = await bundle(`export * from 'katex'`, [katexMathML()]);
const names = await bundle(`
  import symbols from 'katex/src/symbols.ts';
  import functions from 'katex/src/functions.ts';
  import macros from 'katex/src/macros.ts';
  import environments from 'katex/src/environments.ts';
  const chatty = ['\\\\message', '\\\\errmessage', '\\\\show']; // they write to the console
  export const commands = [...new Set([symbols.math, symbols.text, functions, macros].flatMap(Object.keys))].filter(
    (name) => !chatty.includes(name),
  );
  export const blocks = Object.keys(environments);
`);

const letters = [...'ABCHINPQRZabeghijoz0159', '\\alpha', '\\Gamma', '\\nabla', '\\partial', '\\infty', '\\imath'];
const fonts =
  'mathbf mathbb mathcal mathfrak mathscr mathsf mathtt mathit mathrm boldsymbol bm textbf textit texttt mathsfit'.split(
    ' ',
  );
const real = String.raw`
\frac{-b \pm \sqrt{b^2-4ac}}{2a}
e^{i\pi}+1=0
\int_{-\infty}^{\infty} e^{-x^2}\,dx=\sqrt{\pi}
\sum_{n=1}^{\infty}\frac{1}{n^2}=\frac{\pi^2}{6}
\lim_{x\to0}\frac{\sin x}{x}=1
\begin{aligned} a&=b+c\\ &=d \end{aligned}
\begin{cases} x & x>0 \\ 0 & \text{otherwise} \end{cases}
\begin{pmatrix}1&2\\3&4\end{pmatrix}\begin{vmatrix}a&b\\c&d\end{vmatrix}
\left(\frac{a}{b}\middle|\frac{c}{d}\right)^{\!2}
\overbrace{x+\cdots+x}^{n}\;\underbrace{y}_{m}
\operatorname*{arg\,max}_{\theta}\mathcal{L}(\theta)
\boxed{E=mc^2}\quad\cancel{x}\quad\fbox{ok}
\color{red}{x}+\textcolor{#0a0}{y}+\colorbox{yellow}{z}+\fcolorbox{red}{white}{w}
\overset{!}{=}\;\xrightarrow[under]{over}\;\stackrel{a}{b}
\ce{x} \tag{1}
\begin{array}{|c|c|}\hline a&b\\\hline\end{array}
\mathbb{R}^n\otimes\mathfrak{g}\subset\mathscr{H}
\binom{n}{k}=\frac{n!}{k!(n-k)!}
\hat{x}\ \vec{v}\ \overline{AB}\ \widehat{ABC}\ \dot{x}\ \ddot{x}
\def\f#1{#1^2}\f{y}+\newcommand{\g}[1]{#1!}\g{n}
\text{Łódź, ăîșț, ünï: } 3{,}14\,\text{m}
\href{https://example.org}{x} \htmlStyle{color:red}{y}
\def\a{\a\a}\a
\frac{1}{
x^2^3
\unknown
\rule{1000em}{1em}\kern50em
`
  .trim()
  .split('\n');

const formulas = [
  ...real,
  ...names.commands.flatMap((name) => [name, `${name}{a}`, `${name}{a}{b}`, `x${name} y`, `\\text{${name}}`]),
  ...names.blocks.flatMap((name) => [
    `\\begin{${name}}a&b\\\\c&d\\end{${name}}`,
    `\\begin{${name}}{cc}a&b\\\\c&d\\end{${name}}`,
    `\\begin{${name}}a\\end{${name}}`,
  ]),
  ...fonts.flatMap((font) => letters.map((letter) => `\\${font}{${letter}}`)),
];

const said = (library, formula, displayMode) => {
  const options = {
    output: 'mathml',
    displayMode,
    throwOnError: true,
    trust: false,
    strict: 'ignore',
    maxExpand: 100,
    maxSize: 10,
  };
  try {
    return library.renderToString(formula, options);
  } catch (error) {
    return `refused: ${error.message}`;
  }
};

let different = 0;
for (const formula of formulas) {
  for (const displayMode of [false, true]) {
    const [ours, theirs] = [said(trimmed, formula, displayMode), said(katex, formula, displayMode)];
    if (ours === theirs) continue;
    if (different++ < 5) console.error(`${formula}\n  whole:   ${theirs}\n  trimmed: ${ours}`);
  }
}
if (different > 0) {
  console.error(`The trimmed KaTeX differs on ${different} of ${formulas.length * 2} renderings.`);
  process.exit(1);
}
console.log(`KaTeX: ${formulas.length * 2} renderings, the trimmed library says the same as the whole.`);

// Does the common half write what KaTeX writes, wherever it does not refuse? Everything above, and formulas put together by chance.
const { common } = await bundle(`export * from './shared/maths-common.ts'`);
const escaped = (text) =>
  text.replace(/[&><"']/g, (c) => ({ '&': '&amp;', '>': '&gt;', '<': '&lt;', '"': '&quot;', "'": '&#x27;' })[c]);
const markup = (node) => {
  if (typeof node === 'string') return escaped(node);
  const [tag, attributes, children] = node;
  const start = `<${tag}${Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('')}`;
  return tag === 'mspace' ? `${start}/>` : `${start}>${children.map(markup).join('')}</${tag}>`;
};
let seed = 7;
const chance = (n) => {
  seed ^= seed << 13;
  seed ^= seed >>> 17;
  seed ^= seed << 5;
  return (seed >>> 0) % n;
};
const known = String.raw`
  alpha gamma epsilon phi varphi omega Gamma Omega infty forall nabla partial degree pm times div cdot circ cap cup wedge oplus le leq ge lt equiv
  sim approx in subset mid perp to gets Rightarrow mapsto Longrightarrow ldots cdots ddots lvert rvert lVert lbrace rbrace langle rangle lfloor
  sum prod bigcup bigwedge int oint hat tilde bar vec dot sin log exp lim max sup Pr mathrm mathbf mathbb mathcal quad qquad ne neq frac tfrac
  dfrac binom overline underline sqrt text operatorname left right
`
  .trim()
  .split(/\s+/)
  .map((name) => `\\${name}`);
const parts = [
  ...known,
  ...known.map((name) => `${name} `),
  ..."abcxyzABFR0123456789+-*=<>:,;()[]!?./|@'^_{}~ &#$%`",
  ...String.raw`\, \: \; \! \{ \} \% \$ \& \\ \left( \right) \left[ \right] \left. \right| {a} {ab} {,} {1} {x^2} ^2 _i _{ij} ^{n} [3] \text{a-b} \mathrm{kg}`.split(
    ' ',
  ),
  ...String.raw`\frac{a}{b} \operatorname{var} \begin{pmatrix} \end{pmatrix} \begin{cases} \end{cases} \begin{aligned}a&=b\\c& \end{aligned}`.split(
    ' ',
  ),
];
const some = (most) => Array.from({ length: 1 + chance(most) }, () => parts[chance(parts.length)]).join('');
const made = [
  ...parts.flatMap((p) => [
    `${p}{a}{b}`,
    `x${p} y`,
    `{${p}}`,
    `a_{${p}}`,
    `${p}_i^2`,
    `${p}'`,
    `\\left${p} x\\right.`,
    `\\frac${p} b`,
    `\\hat${p}`,
  ]),
  ...['matrix', 'bmatrix', 'vmatrix', 'cases', 'aligned'].flatMap((name) =>
    Array.from({ length: 500 }, () => `x=\\begin{${name}}${some(3)}&${some(2)}\\\\${some(3)}\\end{${name}}^2`),
  ),
  ...Array.from({ length: 20_000 }, () => some(8)),
];
let written = 0;
for (const formula of [...formulas, ...made]) {
  for (const displayMode of [false, true]) {
    const ours = common(formula, displayMode);
    if (!ours) continue;
    written++;
    const theirs = said(katex, formula, displayMode).replace(/^.*?<semantics>|<annotation[^]*$/g, '');
    if (markup(ours) === theirs) continue;
    if (different++ < 5) console.error(`${formula}\n  KaTeX:  ${theirs}\n  common: ${markup(ours)}`);
  }
}
if (different > 0 || written < 10_000) {
  console.error(`The common half differs on ${different} of ${written} renderings.`);
  process.exit(1);
}
console.log(`Common formulas: ${written} renderings, as KaTeX writes them.`);
