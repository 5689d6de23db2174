/**
 * `[data-upload-panel]` beside an editor: asks what a picture shows and under which licence it stands, sends the file to the course's
 * files (`data-files-url`) and writes the Markdown that shows it. Opened by its button, and by what is pasted or dropped into the text.
 */
import { tokenOf } from './token';

export interface Uploads {
  /** Takes files to be put in at a place of the text. */
  take(files: File[], at: number): boolean;
}

type Insert = (markdown: string, at?: number) => void;

export function prepareUploads(place: HTMLElement, insert: Insert, back: () => void): Uploads | undefined {
  const panel = place.querySelector<HTMLElement>('[data-upload-panel]');
  const opener = place.querySelector<HTMLButtonElement>('button[data-upload]');
  const choice = panel?.querySelector<HTMLInputElement>('[data-upload-file]');
  const alt = panel?.querySelector<HTMLInputElement>('[data-upload-alt]');
  const licence = panel?.querySelector<HTMLSelectElement>('[data-upload-licence]');
  const error = panel?.querySelector<HTMLElement>('[data-upload-error]');
  const send = panel?.querySelector<HTMLButtonElement>('[data-upload-send]');
  const name = panel?.querySelector<HTMLElement>('[data-upload-name]');
  const url = panel?.dataset.filesUrl;
  if (!panel || !opener || !choice || !alt || !licence || !error || !send || !url) return undefined;

  let waiting: File[] = [];
  let at: number | undefined;
  let busy = false;

  const show = () => {
    const file = waiting[0];
    if (name) name.textContent = file ? `${file.name || 'image.png'}, ${Math.ceil(file.size / 1024)} KB` : '';
    choice.parentElement?.toggleAttribute('hidden', file !== undefined);
    panel.hidden = false;
    opener.setAttribute('aria-expanded', 'true');
    (file ? alt : choice).focus();
  };
  const close = () => {
    panel.hidden = true;
    opener.setAttribute('aria-expanded', 'false');
    [waiting, at] = [[], undefined];
    alt.value = choice.value = '';
    say('');
  };
  const say = (words: string) => {
    error.textContent = words;
    error.hidden = words === '';
  };

  const put = async () => {
    const file = waiting[0] ?? choice.files?.[0];
    if (busy) return;
    if (!file) {
      say(panel.dataset.none ?? '');
      choice.focus();
      return;
    }
    busy = true;
    send.setAttribute('aria-disabled', 'true');
    say('');
    const answer = await upload(url, file, alt.value.trim(), licence.value, place);
    busy = false;
    send.removeAttribute('aria-disabled');
    if ('refused' in answer) {
      say(answer.refused || (panel.dataset.failed ?? ''));
      return;
    }
    const words = alt.value.trim().replace(/[[\]]/g, '');
    const markdown = file.type.startsWith('image/')
      ? `![${words}](${answer.path})`
      : `[${words || file.name.replace(/[[\]]/g, '')}](${answer.path})`;
    insert(markdown, at);
    if (at !== undefined) at += markdown.length;
    waiting = waiting.slice(1);
    alt.value = choice.value = '';
    if (waiting.length > 0) show();
    else close();
  };

  opener.setAttribute('aria-expanded', 'false');
  opener.addEventListener('click', () => {
    if (panel.hidden) show();
    else close();
  });
  send.addEventListener('click', () => void put());
  panel.querySelector('[data-upload-cancel]')?.addEventListener('click', () => {
    close();
    back();
  });
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      close();
      back();
    } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      event.preventDefault(); // not the form of the text
      void put();
    }
  });

  return {
    take(files, place) {
      waiting = [...waiting, ...files];
      at ??= place;
      show();
      return true;
    },
  };
}

async function upload(
  url: string,
  file: File,
  alt: string,
  licence: string,
  place: HTMLElement,
): Promise<{ path: string } | { refused: string }> {
  const form = new FormData();
  form.set('file', file, file.name || 'image.png');
  form.set('alt', alt);
  form.set('licence', licence);
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: form,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json',
        RequestVerificationToken: tokenOf(place),
        'X-Requested-With': 'XMLHttpRequest',
      },
    });
    const answer = (await response.json().catch(() => ({}))) as { path?: unknown; message?: unknown };
    if (response.ok && typeof answer.path === 'string') return { path: answer.path };
    return { refused: typeof answer.message === 'string' ? answer.message : '' };
  } catch {
    return { refused: '' };
  }
}
