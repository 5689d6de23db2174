/** A button under a password field: shows what is typed, and hides it again before the form is sent. */
export function enhance(found: HTMLElement[]): void {
  for (const field of found) if (field instanceof HTMLInputElement) addButton(field);
}

function addButton(field: HTMLInputElement): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button button-quiet button-sm end';
  button.textContent = field.dataset.showPassword ?? '';
  button.setAttribute('aria-controls', field.id);
  field.removeAttribute('data-show-password'); // done: not a second time when the page is enhanced again
  field.after(button);

  const show = (shown: boolean): void => {
    field.type = shown ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(shown));
  };
  show(false);
  button.addEventListener('click', () => show(field.type === 'password'));
  // A browser keeps what stood in text fields; a password must not be among it.
  field.form?.addEventListener('submit', () => show(false));
}
