/**
 * `button[data-picture="address"]` in a `.composer`: a picture that is chosen, dropped or pasted is made small enough on this device (which
 * also takes out where and with what it was made), sent, and named in the text; its description is marked, to be written over.
 */
import { postForm } from '@client/api';

const widest = 1600;
const small = 300_000;

export function takePictures(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-picture]')) prepare(button);
}

function prepare(button: HTMLButtonElement): void {
  const composer = button.closest<HTMLElement>('.composer');
  const field = composer?.querySelector('textarea');
  const state = composer?.querySelector<HTMLElement>('[data-picture-state]');
  if (!composer || !field || !state) return;

  const choice = document.createElement('input');
  choice.type = 'file';
  choice.accept = 'image/png,image/jpeg,image/webp,image/gif';
  button.addEventListener('click', () => choice.click());
  choice.addEventListener('change', () => {
    take(choice.files);
    choice.value = '';
  });
  field.addEventListener('paste', (event) => {
    if (take(event.clipboardData?.files)) event.preventDefault();
  });
  field.addEventListener('drop', (event) => {
    if (take(event.dataTransfer?.files)) event.preventDefault();
  });

  function take(files: FileList | null | undefined): boolean {
    const picture = [...(files ?? [])].find((file) => file.type.startsWith('image/'));
    if (picture) void send(picture);
    return picture !== undefined;
  }

  async function send(picture: File): Promise<void> {
    if (!field || !state) return;
    state.textContent = button.dataset.busy ?? '';
    const form = new FormData();
    form.set('file', await smaller(picture), 'picture');
    const token = field.form?.querySelector<HTMLInputElement>('input[name=__RequestVerificationToken]')?.value;
    if (token) form.set('__RequestVerificationToken', token);
    const answer = await postForm(button.dataset.picture ?? '', form, { timeout: 60_000 });
    if (!answer.ok) {
      state.textContent = answer.status === 422 ? answer.body : (button.dataset.failed ?? '');
      return;
    }
    state.textContent = '';
    const alt = button.dataset.alt ?? '';
    const from = field.selectionEnd;
    field.setRangeText(`![${alt}](${answer.body})`, from, from, 'end');
    field.focus();
    field.setSelectionRange(from + 2, from + 2 + alt.length);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

/** The picture with at most so many pixels a side; as it is when this device cannot read it, or when it moves and is small. */
async function smaller(picture: File): Promise<Blob> {
  if (picture.type === 'image/gif' && picture.size < small) return picture;
  try {
    const read = await createImageBitmap(picture);
    const scale = Math.min(1, widest / Math.max(read.width, read.height));
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [Math.round(read.width * scale), Math.round(read.height * scale)];
    canvas.getContext('2d')?.drawImage(read, 0, 0, canvas.width, canvas.height);
    const made = await bytesOf(canvas, 'image/webp');
    return made?.type === 'image/webp' ? made : ((await bytesOf(canvas, 'image/jpeg')) ?? picture);
  } catch {
    return picture;
  }
}

function bytesOf(canvas: HTMLCanvasElement, type: string): Promise<Blob | null> {
  return new Promise((done) => canvas.toBlob(done, type, 0.85));
}
