// KaTeX without its HTML half. The browser draws MathML by itself, so the font metrics, the SVG paths and the HTML
// builders (three quarters of the library) are left out of the bundle. `katex-mathml.check.mjs` proves, formula by
// formula, that what remains says the same as the whole library.
//
// Every change below is asserted: when a new KaTeX no longer looks as expected the build stops instead of shipping a guess.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

const registrars = new Set(['defineFunction', 'defineFunctionBuilders', 'defineEnvironment']);

/** The few lines of KaTeX's own `katex.ts` that lead to MathML. */
const entry = `
import ParseError from "./src/ParseError";
import Settings from "./src/Settings";
import Options from "./src/Options";
import Style from "./src/Style";
import parseTree from "./src/parseTree";
import buildMathML from "./src/buildMathML";

function tree(expression, given) {
    const settings = new Settings({...given, output: "mathml"});
    const options = new Options({
        style: settings.displayMode ? Style.DISPLAY : Style.TEXT,
        maxSize: settings.maxSize,
        minRuleThickness: settings.minRuleThickness,
        strict: settings.strict,
    });
    return buildMathML(parseTree(expression, settings), expression, options, settings.displayMode, true);
}

export const renderToString = (expression, options) => tree(expression, options).toMarkup();

export function render(expression, element, options) {
    element.replaceChildren(tree(expression, options).children[0].toNode());
}

export {ParseError};
`;

/** @returns {import('esbuild').Plugin} */
export function katexMathML() {
  return {
    name: 'katex-mathml',
    setup(build) {
      build.onResolve({ filter: /^katex$/ }, async ({ resolveDir, pluginData }) => {
        if (pluginData === 'whole') return undefined;
        const whole = await build.resolve('katex', { resolveDir, kind: 'import-statement', pluginData: 'whole' });
        if (whole.errors.length > 0) return { errors: whole.errors };
        const folder = path.resolve(path.dirname(whole.path), '..');
        return { path: path.join(folder, 'mathml.js'), namespace: 'katex-mathml', sideEffects: false };
      });

      build.onLoad({ filter: /.*/, namespace: 'katex-mathml' }, (args) => ({
        contents: entry,
        loader: 'js',
        resolveDir: path.dirname(args.path),
      }));

      build.onLoad({ filter: /[\\/]katex[\\/]src[\\/]functions[\\/][^\\/]+\.ts$/ }, strip);
      build.onLoad({ filter: /[\\/]katex[\\/]src[\\/]environments[\\/][^\\/]+\.ts$/ }, strip);

      // Two files in the old module format; as they are they would cost the page a request for the bundler's adapter.
      build.onLoad({ filter: /[\\/]katex[\\/]src[\\/]unicode(Accents|Symbols)\.js$/ }, async ({ path: file }) => {
        let contents = await readFile(file, 'utf8');
        contents = replaceOnce(contents, 'module.exports =', 'export default');
        if (file.endsWith('Symbols.js'))
          contents = replaceOnce(
            contents,
            "const accents = require('./unicodeAccents');",
            "import accents from './unicodeAccents';",
          );
        return { contents, loader: 'js' };
      });

      build.onLoad({ filter: /[\\/]katex[\\/]src[\\/]mathMLTree\.ts$/ }, async ({ path: file }) => ({
        // A style attribute is blocked by style-src 'self'; the same declaration through the object model is not.
        contents: replaceOnce(
          await readFile(file, 'utf8'),
          'node.setAttribute(attr, value);',
          'if (attr === "style") { (node as any).style.cssText = value; } else { node.setAttribute(attr, value); }',
        ),
        loader: 'ts',
      }));

      build.onLoad({ filter: /[\\/]katex[\\/]src[\\/]svgGeometry\.ts$/ }, () => ({
        contents: `const none = () => { throw new Error("MathML draws no paths."); };
          export { none as phasePath, none as sqrtPath, none as innerPath, none as tallDelim };
          export const path = {};`,
        loader: 'js',
      }));

      build.onLoad({ filter: /[\\/]katex[\\/]src[\\/]fontMetricsData\.js$/ }, async ({ path: file }) => {
        const { default: metrics } = await import(pathToFileURL(file).href);
        return { contents: coverage(metrics), loader: 'js' };
      });
    },
  };
}

/** Takes `htmlBuilder` out of what a function registers; the bundler then drops everything only it used. */
async function strip({ path: file }) {
  const text = await readFile(file, 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const cuts = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && registrars.has(node.expression.text)) {
      for (const argument of node.arguments) {
        if (!ts.isObjectLiteralExpression(argument)) continue;
        for (const property of argument.properties) {
          if (property.name?.getText(source) === 'htmlBuilder') cuts.push([property.getFullStart(), property.end]);
        }
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  let contents = text;
  for (const [start, end] of cuts.reverse()) {
    const comma = /^\s*,/.exec(contents.slice(end))?.[0].length ?? 0;
    contents = contents.slice(0, start) + contents.slice(end + comma);
  }
  return { contents, loader: 'ts' };
}

/**
 * MathML asks of the metrics only whether a font has a character. The measures of "A" and "T" stay: two macros lift the
 * letters of the LaTeX logo by them.
 */
function coverage(metrics) {
  const fonts = {};
  for (const [font, characters] of Object.entries(metrics)) {
    const codes = Object.keys(characters)
      .map(Number)
      .sort((a, b) => a - b);
    const runs = [];
    for (const code of codes) {
      const last = runs.at(-1);
      if (last && code === last[0] + last[1]) last[1]++;
      else runs.push([code, 1]);
    }
    let previous = 0;
    fonts[font] = runs
      .map(([start, length]) => {
        const step = start - previous;
        previous = start + length;
        return `${step.toString(36)}${length > 1 ? `.${length.toString(36)}` : ''}`;
      })
      .join(' ');
  }
  const logo = { 65: metrics['Main-Regular'][65], 84: metrics['Main-Regular'][84] };
  return `
const fonts = ${JSON.stringify(fonts)};
const logo = ${JSON.stringify(logo)};
const data = {};
for (const [font, runs] of Object.entries(fonts)) {
    const has = data[font] = {};
    let code = 0;
    for (const run of runs.split(" ")) {
        const [step, length = "1"] = run.split(".");
        code += parseInt(step, 36);
        for (let n = parseInt(length, 36); n > 0; n--) has[code++] = [0, 0, 0, 0, 0];
    }
}
Object.assign(data["Main-Regular"], logo);
export default data;
`;
}

function replaceOnce(text, from, to) {
  if (text.split(from).length !== 2) throw new Error(`KaTeX has changed: expected exactly one "${from}".`);
  return text.replace(from, () => to);
}
