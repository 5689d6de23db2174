/**
 * `.composer` and `.editor`: a textarea for Markdown, a `role="toolbar"` of `button[data-md="bold|italic|…"]`, and a preview.
 *
 * `button[data-preview-url]` posts the text as `markdown` and shows the fragment that comes back in the element named by its
 * aria-controls, or in `.preview`; while it is pressed the preview follows what is typed. `data-preview-failed` is said when
 * it cannot be had. Other hidden fields the server should see with it: `data-preview-with="name name"`.
 */
import { patient, postForm } from './api';
import { all, enhance as enhanceContent, parseFragment } from './content';
import { edits, type Command } from './markdown-edits';

const shortcuts: Record<string, Command> = { b: 'bold', i: 'italic' };

export function enhance(found: HTMLElement[]): void {
  for (const composer of found) {
    const text = composer.querySelector('textarea');
    if (!text || composer.dataset.ready !== undefined) continue;
    composer.dataset.ready = '';
    const toolbar = composer.querySelector<HTMLElement>('[role=toolbar]');
    if (toolbar) prepareToolbar(toolbar, text);
    text.addEventListener('keydown', (event) => {
      const command =
        (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey ? shortcuts[event.key] : undefined;
      if (!command) return;
      event.preventDefault();
      apply(text, command);
    });
    const preview = composer.querySelector<HTMLButtonElement>('button[data-preview-url]');
    if (preview) preparePreview(preview, text, composer);
  }
}

/** One stop in the tab order; arrows, Home and End move inside (ARIA Authoring Practices, toolbar). */
function prepareToolbar(toolbar: HTMLElement, text: HTMLTextAreaElement): void {
  const buttons = all<HTMLButtonElement>(toolbar, 'button');
  const stop = (at: HTMLButtonElement | undefined) => {
    for (const button of buttons) button.tabIndex = button === at ? 0 : -1;
  };
  stop(buttons[0]);

  toolbar.addEventListener('focusin', (event) => {
    const button = buttons.find((button) => button === event.target);
    if (button) stop(button);
  });
  toolbar.addEventListener('keydown', (event) => {
    const here = buttons.findIndex((button) => button === document.activeElement);
    if (here < 0) return;
    const forward = getComputedStyle(toolbar).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backward = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    const target = { [forward]: here + 1, [backward]: here - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    buttons.at(target % buttons.length)?.focus();
  });
  toolbar.addEventListener('click', (event) => {
    const command = (event.target as Element).closest<HTMLElement>('[data-md]')?.dataset.md;
    if (command && command in edits) apply(text, command as Command);
  });
}

function apply(field: HTMLTextAreaElement, command: Command): void {
  const edit = edits[command]({ text: field.value, start: field.selectionStart, end: field.selectionEnd });
  field.focus();
  field.setSelectionRange(edit.from, edit.to);
  // Through the editing command, so that Ctrl+Z takes it back; the standard way to insert forgets the history.
  /* eslint-disable @typescript-eslint/no-deprecated */
  const done = edit.text === '' ? document.execCommand('delete') : document.execCommand('insertText', false, edit.text);
  /* eslint-enable @typescript-eslint/no-deprecated */
  if (!done) {
    field.setRangeText(edit.text, edit.from, edit.to, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  field.setSelectionRange(edit.start, edit.end);
}

function preparePreview(button: HTMLButtonElement, field: HTMLTextAreaElement, composer: HTMLElement): void {
  const named = button.getAttribute('aria-controls');
  const pane = named ? document.getElementById(named) : composer.querySelector<HTMLElement>('.preview');
  if (!pane) return;
  let shown: string | undefined;
  let asking = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isOpen = () => button.getAttribute('aria-pressed') === 'true';

  const show = async () => {
    const text = field.value;
    if (text === shown) return;
    asking.abort();
    const mine = (asking = new AbortController());
    const form = new FormData();
    form.set('markdown', text);
    for (const name of ['__RequestVerificationToken', ...(button.dataset.previewWith ?? '').split(' ')]) {
      const value = field.form?.querySelector<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)?.value;
      if (name && value !== undefined) form.set(name, value);
    }
    pane.setAttribute('aria-busy', 'true');
    const answer = await postForm(button.dataset.previewUrl ?? '', form, { signal: mine.signal, retry: patient(2) });
    if (mine.signal.aborted) return;
    const content = document.createElement('div');
    if (answer.ok) {
      content.append(parseFragment(answer.body));
      await enhanceContent(content);
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- a newer text was asked for meanwhile
      if (mine.signal.aborted) return;
      shown = text;
    } else {
      const said = document.createElement('p');
      said.className = 'error';
      said.textContent = button.dataset.previewFailed ?? '';
      content.append(said);
    }
    pane.removeAttribute('aria-busy');
    pane.replaceChildren(...content.childNodes);
  };

  button.addEventListener('click', () => {
    const open = !isOpen();
    button.setAttribute('aria-pressed', String(open));
    pane.hidden = !open;
    if (open) void show();
    else asking.abort();
  });
  field.addEventListener('input', () => {
    clearTimeout(timer);
    if (isOpen()) timer = setTimeout(() => void show(), 500);
  });
  pane.hidden = !isOpen();
  if (isOpen() && field.value !== '' && pane.childElementCount === 0) void show();
}
