import { postForm } from '@client/api';

// An open lesson says so by itself: from now on the learner continues here, on any device.
const article = document.querySelector<HTMLElement>('[data-seen][data-item]');
if (article) {
  const fields = new FormData();
  fields.set('item', article.dataset.item ?? '');
  void postForm(article.dataset.seen ?? '', fields);
}
