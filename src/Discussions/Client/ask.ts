/**
 * `input[data-similar="address"]`: while a title is typed, threads like it are shown in the element named by its aria-controls. Nothing
 * stands in the way of who wants to ask all the same.
 */
import { parseFragment } from '@client/content';

const pauseOfTyping = 600;

for (const field of document.querySelectorAll<HTMLInputElement>('input[data-similar]')) {
  const pane = document.getElementById(field.getAttribute('aria-controls') ?? '');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = new AbortController();
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), pauseOfTyping);
  });

  const look = async (): Promise<void> => {
    asking.abort();
    asking = new AbortController();
    try {
      const address = `${field.dataset.similar ?? ''}?title=${encodeURIComponent(field.value)}`;
      const answer = await fetch(address, { headers: { 'X-Requested-With': 'fetch' }, signal: asking.signal });
      if (answer.ok && !answer.redirected) pane?.replaceChildren(parseFragment(await answer.text()));
    } catch {
      // It only helps; the next letter asks again.
    }
  };
}
