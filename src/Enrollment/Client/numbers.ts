/**
 * `[data-counted-every="seconds"]`: while the page is looked at, it is asked for now and then. Whoever asks for old numbers has them
 * counted anew, and the channel of the region says when they are there.
 */
const region = document.querySelector<HTMLElement>('[data-counted-every]');
const seconds = Number(region?.dataset.countedEvery ?? 0);
if (seconds > 0)
  setInterval(() => {
    if (!document.hidden)
      void fetch(location.href, { cache: 'no-cache', headers: { 'X-Requested-With': 'XMLHttpRequest' } }).catch(
        () => undefined,
      );
  }, seconds * 1000);
