/**
 * Signing in again without leaving the page: the form of the sign-in page, shown in `dialog[data-sign-in-again]`. Without script the link
 * leads to that page, in a tab of its own.
 */
import { postForm } from './api';
import { enhance, parseFragment } from './content';

/** Makes a link to the sign-in page open the dialog. `done`: somebody has signed in, perhaps somebody else. */
export function signInAgain(link: HTMLAnchorElement, done: () => void): void {
  const dialog = document.querySelector<HTMLDialogElement>('dialog[data-sign-in-again]');
  const place = dialog?.querySelector('[data-place]');
  const problem = dialog?.querySelector<HTMLElement>('[data-problem]');
  const words = problem?.querySelector('p');
  if (!dialog || !place || !problem || !words) return;
  let busy = false;

  const say = (text = '') => {
    words.textContent = text;
    problem.hidden = !text;
  };

  /** One question to the server at a time. */
  const ask = async (question: () => Promise<void>) => {
    if (busy) return;
    busy = true;
    say();
    await question().finally(() => (busy = false));
  };

  /** Whether the page has the form: as it was asked for, or again with what is wrong. */
  const shows = async (page: DocumentFragment) => {
    const form = page.querySelector<HTMLFormElement>('main form:has([name=Password])');
    if (!form) return false;
    form.className = 'stack';
    for (const elsewhere of form.querySelectorAll('a')) elsewhere.target = '_blank'; // this page stays
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      form.querySelector('.notice')?.remove(); // of the try before
      void ask(() => send(new FormData(form)));
    });
    await enhance(form);
    place.replaceChildren(form);
    const fields = form.querySelectorAll<HTMLInputElement>('.field input');
    Array.from(fields)
      .find((field) => !field.value)
      ?.focus();
    return true;
  };

  const open = async () => {
    const page = await fetch(link.href, { credentials: 'same-origin' })
      .then(async (answer) => parseFragment(await answer.text()))
      .catch(() => undefined);
    if (!page) say(problem.dataset.offline);
    else if (!(await shows(page))) say(sentences(page));
  };

  const send = async (form: FormData) => {
    const answer = await postForm(link.href, form);
    const page = parseFragment(answer.body);
    if (answer.status === 0) say(problem.dataset.offline);
    else if (await shows(page)) return;
    else if (answer.ok || answer.status === 404) {
      dialog.close(); // a 404: the page that it led to is not for whoever this is
      done();
    } else say(sentences(page));
  };

  link.addEventListener('click', (event) => {
    event.preventDefault();
    place.replaceChildren();
    dialog.showModal();
    void ask(open);
  });
}

/** What a page of an error says. */
function sentences(page: ParentNode): string {
  return Array.from(page.querySelectorAll('main :is(h1, .notice p)'), (line) => line.textContent.trim()).join(' ');
}
