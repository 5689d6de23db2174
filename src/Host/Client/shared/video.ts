/**
 * `a[data-video]` in a `.video-card`: a film file plays in place after the click, which is the first time its host hears of
 * the reader. Anything else (a page of a video host) is a link like any other: the policy allows no frames.
 * Captions on our own host: `a[data-captions][hreflang]` in the card.
 */
const films: Record<string, string> = { mp4: 'video/mp4', m4v: 'video/mp4', webm: 'video/webm', ogv: 'video/ogg' };

export function enhance(found: HTMLElement[]): void {
  for (const link of found) {
    if (!(link instanceof HTMLAnchorElement) || link.dataset.ready !== undefined) continue;
    const type = filmType(link);
    if (!type) continue;
    link.dataset.ready = '';
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || link.dataset.failed !== undefined) return;
      event.preventDefault();
      play(link, type);
    });
  }
}

function filmType(link: HTMLAnchorElement): string | undefined {
  const safe = link.protocol === 'https:' || link.origin === location.origin;
  const type = films[/\.(\w+)$/.exec(link.pathname)?.[1]?.toLowerCase() ?? ''] ?? link.dataset.video;
  return safe && type?.startsWith('video/') && document.createElement('video').canPlayType(type) !== ''
    ? type
    : undefined;
}

function play(link: HTMLAnchorElement, type: string): void {
  const card = link.closest('.video-card') ?? link;
  const cover = card.querySelector('.cover');
  const video = document.createElement('video');
  video.controls = true;
  video.playsInline = true;
  video.autoplay = true;
  video.setAttribute('aria-label', link.dataset.title ?? link.textContent.trim());

  for (const captions of card.querySelectorAll<HTMLAnchorElement>('a[data-captions]')) {
    if (captions.origin !== location.origin) continue; // the browser takes no others without the host's leave
    const track = document.createElement('track');
    track.kind = 'captions';
    track.src = captions.href;
    track.srclang = captions.hreflang;
    track.label = captions.textContent.trim();
    track.default = captions.hreflang === document.documentElement.lang;
    video.append(track);
  }

  const source = document.createElement('source');
  source.src = link.href;
  source.type = type;
  // Not to be had in place (moved, another format, not allowed): the card as it was, and the link as a link.
  source.addEventListener('error', () => {
    link.dataset.failed = '';
    video.remove();
    cover?.removeAttribute('hidden');
    link.hidden = false;
    location.assign(link.href);
  });
  video.append(source);

  cover?.setAttribute('hidden', '');
  link.hidden = true;
  link.before(video);
  video.focus();
}
