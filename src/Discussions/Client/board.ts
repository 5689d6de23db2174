/** `[data-here="channel"]` on the board: how many people are here, by its `data-text`. The list itself is brought up to date by the page. */
import { live } from '@client/live';
import { counted } from './parts/counted';

for (const line of document.querySelectorAll<HTMLElement>('[data-here][data-channel]')) {
  live.listen(line.dataset.channel ?? '', {
    event: ({ kind, data }) => {
      if (kind === 'here') line.textContent = counted(line.dataset.text ?? '', Number(data));
    },
  });
}
