/**
 * The workshop's forms. `[data-markdown]` holds a textarea and `[data-preview]`: what is typed is shown there by the page's own
 * renderer a moment after typing stops, and what is to be mended leads to its line. `.editor` in it becomes CodeMirror, a chunk of its
 * own. `form[data-hold]` is held while it is typed. `input[data-slug-from="id"]` follows the title in that field until it is touched
 * itself. Without this script the Preview button does the first, the Save button the second and the server the last.
 */
import { patient, postForm } from '@client/api';
import { all, announce, enhance, parseFragment } from '@client/content';
import type { Command } from '@client/markdown-edits';
import type { CodeEditor, Problem } from './writing/code-editor';
import { hold } from './writing/hold';
import { prepareUploads } from './writing/uploads';

const pauseInTyping = 300;

for (const form of all<HTMLFormElement>(document, 'form[data-hold]')) hold(form);
for (const place of all(document, '[data-markdown]')) void write(place);
for (const field of all<HTMLInputElement>(document, 'input[data-slug-from]')) proposeSlug(field);
// The preview is beside the text now: the button that reloads the page for it has nothing left to do.
for (const button of all<HTMLButtonElement>(document, 'button[data-preview-plain]')) button.hidden = true;

async function write(place: HTMLElement): Promise<void> {
  const pane = place.querySelector<HTMLElement>('[data-preview]');
  const editor = await openEditor(place);
  if (editor && pane) editor.mark(problemsOf(pane));
  livePreview(place, (problems) => editor?.mark(problems));
}

/** CodeMirror, with what stands around it; undefined: the textarea stays. */
async function openEditor(place: HTMLElement): Promise<CodeEditor | undefined> {
  const box = place.querySelector<HTMLElement>('.editor');
  const text = box?.querySelector('textarea');
  if (!box || !text) return undefined;
  const chunk = await import('./writing/code-editor').catch(console.warn);
  if (!chunk) return undefined;

  const uploads = prepareUploads(
    place,
    (markdown, at) => editor.insert(markdown, at),
    () => box.querySelector<HTMLElement>('.cm-content')?.focus(),
  );
  const editor: CodeEditor = chunk.openEditor(
    text,
    text.getAttribute('aria-describedby') ?? '',
    (files, at) => uploads?.take(files, at) ?? false,
  );

  // The composer writes into the textarea; here the buttons write into the editor, before it hears of them.
  box.addEventListener(
    'click',
    (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-md]') : null;
      if (!button) return;
      event.stopPropagation();
      editor.apply(button.dataset.md as Command);
    },
    { capture: true },
  );
  box.querySelector('button[data-link-item]')?.addEventListener('click', () => {
    const list = box.querySelector<HTMLSelectElement>('select[data-items]');
    const chosen = list?.selectedOptions[0];
    if (!list || !chosen?.value) return;
    editor.insert(`[${(chosen.dataset.title ?? '').replace(/[[\]]/g, '')}](${chosen.value})`);
    list.value = '';
  });
  place.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>('a[data-line]') : null;
    if (!link) return;
    event.preventDefault();
    editor.go(Number(link.dataset.line));
  });
  return editor;
}

function problemsOf(pane: HTMLElement): Problem[] {
  const listed = all(pane, 'a[data-line]').map((link) => ({
    line: Number(link.dataset.line),
    message: link.textContent,
  }));
  // What only the browser finds: a formula that it cannot read.
  const formulas = all(pane, '.maths[data-line]').flatMap((formula) => {
    const said = formula.querySelector('.error')?.textContent;
    return said ? [{ line: Number(formula.dataset.line), message: said }] : [];
  });
  return [...listed, ...formulas];
}

function livePreview(place: HTMLElement, found: (problems: Problem[]) => void): void {
  const text = place.querySelector('textarea');
  const pane = place.querySelector<HTMLElement>('[data-preview]');
  const { previewUrl, kind, previewFailed } = place.dataset;
  if (!text || !pane || !previewUrl) return;

  let shown = text.defaultValue;
  let said = problemsIn(pane);
  let asking = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const show = async () => {
    const markdown = text.value;
    if (markdown === shown) return;
    asking.abort();
    const mine = (asking = new AbortController());
    const form = new FormData();
    form.set('markdown', markdown);
    form.set('kind', kind ?? 'lesson');

    const answer = await postForm(previewUrl, form, { signal: mine.signal, retry: patient(3) });
    const isLate = () => mine.signal.aborted;
    if (isLate()) return;
    const fresh = document.createElement('div');
    if (pane.dataset.mathsError) fresh.dataset.mathsError = pane.dataset.mathsError;
    if (answer.ok) {
      fresh.append(parseFragment(answer.body));
      await enhance(fresh);
      if (isLate()) return;
      shown = markdown;
    } else {
      const sorry = document.createElement('p');
      sorry.className = 'error';
      sorry.textContent = answer.reason === 'refused' && answer.body !== '' ? answer.body : (previewFailed ?? '');
      fresh.append(sorry);
    }

    pane.replaceChildren(...fresh.childNodes);
    found(problemsOf(pane));
    const problems = problemsIn(pane);
    if (problems !== said) announce(problems);
    said = problems;
  };

  // A question of a quiz can be tried where it is shown: its button says where.
  pane.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('button[data-try]') : null;
    if (!button?.form) return;
    event.preventDefault();
    void tried(button, new FormData(button.form, button));
  });

  text.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => void show(), pauseInTyping);
  });
  // A text brought back from this device may have been put in before we came.
  void show();
}

/** Shows what an answer in the preview is worth, above its button. */
async function tried(button: HTMLButtonElement, form: FormData): Promise<void> {
  const place = button.closest('p')?.previousElementSibling;
  if (!place) return;
  const answer = await postForm(button.formAction, form);
  if (!answer.ok) return;
  place.replaceChildren(parseFragment(answer.body));
  await enhance(place);
}

function problemsIn(pane: HTMLElement): string {
  return pane.querySelector<HTMLElement>('[data-problems]')?.dataset.problems ?? '';
}

function proposeSlug(field: HTMLInputElement): void {
  const title = document.getElementById(field.dataset.slugFrom ?? '');
  if (!(title instanceof HTMLInputElement)) return;
  let proposed = slugOf(title.value);
  // A title that was typed before this script had come counts as well.
  if (field.value === '') field.value = proposed;
  title.addEventListener('input', () => {
    const own = field.value !== '' && field.value !== proposed;
    proposed = slugOf(title.value);
    if (!own) field.value = proposed;
  });
}

/** As the server makes it: "Ce este o resursă deschisă?" becomes ce-este-o-resursa-deschisa. */
function slugOf(title: string): string {
  const words = title
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (words.length <= 60) return words;
  const end = words.lastIndexOf('-', 60);
  return words.slice(0, end > 0 ? end : 60);
}
