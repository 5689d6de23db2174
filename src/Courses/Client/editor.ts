/**
 * The workshop's forms. `[data-markdown]` holds a textarea and `[data-preview]`: what is typed is shown there by the page's own
 * renderer a moment after typing stops. `input[data-slug-from="id"]` follows the title in that field until it is touched itself.
 * Without this script the Preview button does the former and the server the latter.
 */
import { patient, postForm } from '@client/api';
import { all, announce, enhance, parseFragment } from '@client/content';

const pauseInTyping = 400;

for (const place of all(document, '[data-markdown]')) livePreview(place);
for (const field of all<HTMLInputElement>(document, 'input[data-slug-from]')) proposeSlug(field);
// The preview is beside the text now: the button that reloads the page for it has nothing left to do.
for (const button of all<HTMLButtonElement>(document, 'button[data-preview-plain]')) button.hidden = true;

function livePreview(place: HTMLElement): void {
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
