// Bundles the front end of every module into src/Host/wwwroot/dist: `node src/Host/Client/build.mjs [--install] [--watch]`.
//
//   src/*/Client/*.ts   an entry each: dist/<name>.js; sub-folders hold what entries import, `@client/x` is shared/x.ts
//   dist/site-maths.js  site.js with what draws formulas inside: in its place where there are some, for a request less
//   wwwroot/design.css  → dist/design.css         wwwroot/icons.svg → dist/icons.svg
//   dist/manifest.json  file → first 16 hex digits of the SHA-256 of its content, for `?v=`
//   dist/licences.txt   the licences of the libraries inside
//
// Every text file has a .br and a .gz beside it. Files are replaced one by one by renaming, the manifest last, so a server or
// a second build beside this one never meets half a file; a lock keeps builds and installs one after the other.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, rmSync, watch } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(
    `error CLIENT: Node 20 or later is needed to bundle the front end: this is Node ${process.versions.node}.`,
  );
  process.exit(1);
}

const root = path.resolve(import.meta.dirname, '../../..');
const www = path.join(root, 'src/Host/wwwroot');
const dist = path.join(www, 'dist');
const lock = path.join(root, 'src/Host/obj/client.lock');
const watching = process.argv.includes('--watch');

/** What a page always loads must stay small: site.js, minified, in bytes. */
const siteLimit = 4096;

class BuildError extends Error {}

await mkdir(path.dirname(lock), { recursive: true });
try {
  await alone(async () => {
    if (process.argv.includes('--install')) await install();
    await build();
  });
} catch (error) {
  report(error);
  process.exitCode = 1;
}
if (watching) await rebuildOnChange();

/** The packages, as the lock file has them; only when they are missing or older than it. */
async function install() {
  const stamp = await modified('node_modules/.package-lock.json');
  if (stamp >= (await modified('package-lock.json'))) return;
  console.log('Client: installing npm packages');
  const windows = process.platform === 'win32';
  const npm = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: windows,
  });
  if (npm.status !== 0)
    throw new BuildError('`npm ci` failed: the packages of package-lock.json could not be installed.');
}

async function modified(file) {
  const found = await stat(path.join(root, file)).catch(() => undefined);
  return found?.mtimeMs ?? 0;
}

async function build() {
  const started = performance.now();
  const esbuild = await import('esbuild');
  const files = new Map([
    ...(await bundleScripts(esbuild)),
    ...(await bundleStyles(esbuild)),
    ['icons.svg', await readFile(path.join(www, 'icons.svg'))],
  ]);
  const manifest = await publish(files);
  if (!watching) for (const [file, size] of manifest.sizes) console.log(`Client: ${file} ${size}`);
  console.log(`Client: ${files.size} files in ${Math.round(performance.now() - started)} ms`);
}

async function bundleScripts(esbuild) {
  const { katexMathML } = await import('./katex-mathml.mjs');
  const options = {
    absWorkingDir: root,
    outdir: dist,
    chunkNames: '[name]-[hash]',
    bundle: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    minify: !watching,
    sourcemap: watching ? 'inline' : false,
    legalComments: 'none', // all of them are in licences.txt
    alias: { '@client': path.join(root, 'src/Host/Client/shared') },
    nodePaths: [path.join(root, 'node_modules')],
    metafile: true,
    write: false,
    logLevel: 'silent',
  };
  const result = await esbuild.build({
    ...options,
    entryPoints: await entries(),
    splitting: true,
    plugins: [katexMathML(), asModules()],
  });
  const withMaths = await esbuild.build({
    ...options,
    entryPoints: { 'site-maths': 'src/Host/Client/site.ts' },
    plugins: [laterFrom(result.metafile)],
  });
  const outputs = Object.entries(result.metafile.outputs);
  if (!watching) {
    const [, site] = outputs.find(([file]) => file.endsWith('/dist/site.js'));
    if (site.bytes > siteLimit)
      throw new BuildError(`site.js has ${site.bytes} bytes; every page loads it, so the limit is ${siteLimit}.`);
    const more = site.imports.filter(({ kind }) => kind === 'import-statement');
    if (more.length > 0)
      throw new BuildError(`site.js imports ${more.map((i) => i.path)} at once, a request more on every page.`);
  }
  const inputs = outputs.flatMap(([, output]) => Object.keys(output.inputs));
  return [
    ...[...result.outputFiles, ...withMaths.outputFiles].map(({ path: file, contents }) => [
      path.relative(dist, file),
      Buffer.from(contents),
    ]),
    ['licences.txt', Buffer.from(await licences(inputs))],
  ];
}

/** What is loaded later is the first build's own chunk, so that a browser keeps it once; all but the formulas, which come along. */
function laterFrom(metafile) {
  const chunks = Object.entries(metafile.outputs).filter(([, output]) => output.entryPoint);
  return {
    name: 'later',
    setup(build) {
      build.onResolve({ filter: /^\.\// }, ({ kind, path: wanted, resolveDir }) => {
        if (kind !== 'dynamic-import' || wanted === './shared/maths') return undefined;
        const source = `${path.relative(root, path.resolve(resolveDir, wanted)).replaceAll('\\', '/')}.ts`;
        const [chunk] = chunks.find(([, output]) => output.entryPoint === source) ?? [];
        if (!chunk) return { errors: [{ text: `${source} is no chunk of its own` }] };
        return { path: `./${path.basename(chunk)}`, external: true };
      });
    },
  };
}

/**
 * What of the libraries looks for Node's way to load a module brings an adapter that costs the page a request
 * of its own: SignalR asks for Node packages under Node.
 * CodeMirror's rules go into a style element of the document, which our policy refuses, and only below a shadow root into an
 * adopted style sheet, which no policy speaks of: here always into the latter.
 */
function asModules() {
  return {
    name: 'as-modules',
    setup(build) {
      build.onLoad({ filter: /[\\/]signalr[\\/]dist[\\/]esm[\\/]\w+\.js$/ }, async ({ path: file }) => ({
        contents: (await readFile(file, 'utf8'))
          .replaceAll('__non_webpack_require__ : require;', 'null : null;')
          .replaceAll('typeof require !== "undefined"', 'false'),
        loader: 'js',
      }));
      build.onLoad({ filter: /[\\/]style-mod[\\/]src[\\/]style-mod\.js$/ }, async ({ path: file }) => {
        const text = await readFile(file, 'utf8');
        const onlyInShadow = '!root.head && root.adoptedStyleSheets';
        if (!text.includes(onlyInShadow)) throw new BuildError('style-mod chooses its style sheet in another way now.');
        return { contents: text.replace(onlyInShadow, 'root.adoptedStyleSheets'), loader: 'js' };
      });
    },
  };
}

/** Every `*.ts` directly inside a module's Client folder. */
async function entries() {
  const found = {};
  for (const module of (await readdir(path.join(root, 'src'))).sort()) {
    const folder = path.join(root, 'src', module, 'Client');
    if (!existsSync(folder)) continue;
    for (const file of (await readdir(folder)).sort()) {
      if (!file.endsWith('.ts') || file.endsWith('.d.ts')) continue;
      const name = file.slice(0, -3);
      if (found[name])
        throw new BuildError(
          `Two modules have an entry called ${file}: ${found[name]} and ${path.join(folder, file)}.`,
        );
      found[name] = path.join(folder, file);
    }
  }
  return found;
}

async function bundleStyles(esbuild) {
  const result = await esbuild.build({
    entryPoints: [path.join(www, 'design.css')],
    absWorkingDir: root,
    outdir: dist,
    bundle: true,
    minify: !watching,
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'beside-dist',
        setup(build) {
          // The fonts stay where they are, one folder up from dist, under the address that pages preload.
          build.onResolve({ filter: /./ }, ({ kind, path: url, resolveDir }) => {
            if (kind !== 'url-token' || /^(data:|#)/.test(url)) return undefined;
            const file = path.resolve(resolveDir, url);
            if (!existsSync(file)) return { errors: [{ text: `${url} does not exist` }] };
            return { path: path.relative(dist, file).replaceAll('\\', '/'), external: true };
          });
        },
      },
    ],
  });
  return result.outputFiles.map(({ path: file, contents }) => [path.relative(dist, file), Buffer.from(contents)]);
}

/** The licence texts of the packages whose code is in the bundles, as their licences ask. */
async function licences(inputs) {
  const packages = new Set(
    inputs.map((input) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1]).filter(Boolean),
  );
  const texts = [];
  for (const name of [...packages].sort()) {
    const folder = path.join(root, 'node_modules', name);
    const { version, license, author } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file));
    if (!file && license !== 'MIT') throw new BuildError(`${name} (${license}) brings no licence text.`);
    const text = file ? await readFile(path.join(folder, file), 'utf8') : mit(author?.name ?? author ?? name);
    texts.push(`${name} ${version} (${license})\n\n${text.trim()}\n`);
  }
  return texts.join(`\n${'-'.repeat(72)}\n\n`);
}

/** The MIT licence, for packages that name it without bringing its text. */
function mit(author) {
  return `Copyright (c) ${author}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;
}

/** Writes what has changed, its compressed forms first, the manifest last, and takes away what nobody names any more. */
async function publish(files) {
  await mkdir(dist, { recursive: true });
  const before = JSON.parse(await readFile(path.join(dist, 'manifest.json'), 'utf8').catch(() => '{}'));
  const manifest = {};
  const sizes = [];
  await Promise.all(
    [...files].map(async ([file, content]) => {
      const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
      manifest[file] = hash;
      const forms = [`${file}.br`, `${file}.gz`, file];
      if (before[file] !== hash || forms.some((form) => !existsSync(path.join(dist, form)))) {
        const [br, gz] = await Promise.all([brotli(content), gzip(content, { level: 9 })]);
        for (const [form, bytes] of [
          [forms[0], br],
          [forms[1], gz],
          [file, content],
        ])
          await replace(form, bytes);
      }
      sizes.push([file, `${content.length} (br ${(await stat(path.join(dist, forms[0]))).size})`]);
    }),
  );
  const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
  await replace('manifest.json', `${JSON.stringify(sorted, null, 2)}\n`);
  const wanted = new Set([
    'manifest.json',
    ...Object.keys(manifest).flatMap((file) => [file, `${file}.br`, `${file}.gz`]),
  ]);
  for (const file of await readdir(dist))
    if (!wanted.has(file)) await rm(path.join(dist, file), { recursive: true, force: true });
  return { sizes: sizes.sort(([a], [b]) => (a < b ? -1 : 1)) };
}

function brotli(content) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_MODE, BROTLI_PARAM_SIZE_HINT, BROTLI_MODE_TEXT } = zlib.constants;
  return promisify(zlib.brotliCompress)(content, {
    params: {
      [BROTLI_PARAM_QUALITY]: 11,
      [BROTLI_PARAM_MODE]: BROTLI_MODE_TEXT,
      [BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
}

function gzip(content, options) {
  return promisify(zlib.gzip)(content, options);
}

async function replace(file, content) {
  const target = path.join(dist, file);
  const fresh = `${target}.${process.pid}.tmp`;
  await writeFile(fresh, content);
  await rename(fresh, target);
}

/** One build or install at a time on this checkout; the lock of a process that has died is taken over. */
async function alone(work) {
  for (let waited = 0; ; waited += 100) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
    const gone = holder > 0 ? !alive(holder) : waited > 2000;
    if (gone) await rm(lock, { force: true });
    else if (waited > 600_000)
      throw new BuildError(`Another build of the front end (process ${holder}) does not end; its lock is ${lock}.`);
    else await new Promise((done) => setTimeout(done, 100));
  }
  const interrupted = () => {
    rmSync(lock, { force: true });
    process.exit(1);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.once(signal, interrupted);
  try {
    return await work();
  } finally {
    for (const signal of signals) process.off(signal, interrupted);
    await rm(lock, { force: true });
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** In the form that MSBuild and editors link to the place. */
function report(error) {
  if (!error.errors) {
    console.error(error instanceof BuildError ? `error CLIENT: ${error.message}` : error);
    return;
  }
  for (const { text, location } of error.errors) {
    const at = location ? `${path.resolve(root, location.file)}(${location.line},${location.column + 1}): ` : '';
    console.error(`${at}error CLIENT: ${text}`);
  }
}

async function rebuildOnChange() {
  let timer;
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(() => alone(build).catch(report), 100);
  };
  for (const module of await readdir(path.join(root, 'src'))) {
    const folder = path.join(root, 'src', module, 'Client');
    if (existsSync(folder)) watch(folder, { recursive: true }, again);
  }
  watch(www, (_, file) => {
    if (file === 'design.css' || file === 'icons.svg') again();
  });
  console.log('Client: watching');
}
