/** Posting to our own server: the antiforgery token sent along, a time limit, every way to fail told apart, retries if asked. */

/** Why a post did not succeed. `status` is 0 when no answer came. */
export interface Failure {
  ok: false;
  /**
   * `offline` no answer came · `timeout` none in time · `stopped` by the caller's signal · `signed-out` 401 ·
   * `refused` any other 4xx: asking again will not help · `busy` 429 or 503: later may help · `failed` any other status
   */
  reason: 'offline' | 'timeout' | 'stopped' | 'signed-out' | 'refused' | 'busy' | 'failed';
  status: number;
  /** What the server said, as text; empty when nothing came. */
  body: string;
  /** Milliseconds the server asked to wait, from Retry-After. */
  retryAfter?: number;
}

export interface Success {
  ok: true;
  status: number;
  body: string;
  /** Where the answer came from, after redirects. */
  url: string;
}

export type Posted = Success | Failure;

/** Milliseconds to wait before the next try, or undefined to give up. `attempt` counts from 1. */
export type RetryPolicy = (failure: Failure, attempt: number) => number | undefined;

export interface PostOptions {
  /** Milliseconds for one try; 15 seconds unless told. */
  timeout?: number;
  signal?: AbortSignal;
  /** Only for posts that may be asked twice. None: one try. */
  retry?: RetryPolicy;
}

const tokenField = '__RequestVerificationToken';

/** Tries again after what may pass, up to `tries` in all, waiting 0.5, 1, 2 … seconds (with jitter, at most 30) or as the server asks. */
export function patient(tries: number): RetryPolicy {
  return (failure, attempt) => {
    const passing = failure.reason === 'offline' || failure.reason === 'timeout' || failure.reason === 'busy';
    if (attempt >= tries || !(passing || failure.status === 502 || failure.status === 504)) return undefined;
    return Math.max(failure.retryAfter ?? 0, jittered(attempt - 1, 500));
  };
}

/** 2ⁿ times `first`, at most 30 seconds, of which a random half is taken off so that not all clients come back at once. */
export function jittered(n: number, first: number): number {
  return Math.min(30_000, first * 2 ** Math.min(n, 16)) * (0.5 + Math.random() / 2);
}

/** Posts a form. Never throws. */
export async function postForm(url: string, form: FormData, options: PostOptions = {}): Promise<Posted> {
  for (let attempt = 1; ; attempt++) {
    const answer = await once(url, form, options);
    if (answer.ok) return answer;
    const wait = options.retry?.(answer, attempt);
    if (wait === undefined || answer.reason === 'stopped') return answer;
    await pause(wait, options.signal);
  }
}

async function once(url: string, form: FormData, { timeout = 15_000, signal }: PostOptions): Promise<Posted> {
  const limit = AbortSignal.timeout(timeout);
  const failed = (reason: Failure['reason'], status = 0, body = ''): Failure => ({ ok: false, reason, status, body });
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: form,
      credentials: 'same-origin',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      // X-Requested-With makes the server answer 401 instead of redirecting to the sign-in page.
      headers: { RequestVerificationToken: tokenOf(form), 'X-Requested-With': 'XMLHttpRequest' },
    });
    const { status } = response;
    const body = await response.text();
    if (response.ok) return { ok: true, status, body, url: response.url };
    const failure = failed(reasonFor(status), status, body);
    const wait = retryAfter(response.headers.get('Retry-After'));
    return wait === undefined ? failure : { ...failure, retryAfter: wait };
  } catch {
    return failed(signal?.aborted ? 'stopped' : limit.aborted ? 'timeout' : 'offline');
  }
}

function tokenOf(form: FormData): string {
  const own = form.get(tokenField);
  if (typeof own === 'string') return own;
  return document.querySelector<HTMLInputElement>(`input[name=${tokenField}]`)?.value ?? '';
}

function reasonFor(status: number): Failure['reason'] {
  if (status === 401) return 'signed-out';
  if (status === 429 || status === 503) return 'busy';
  return status >= 400 && status < 500 ? 'refused' : 'failed';
}

/** Retry-After is seconds or a date (RFC 9110, 10.2.3). */
export function retryAfter(header: string | null): number | undefined {
  if (!header) return undefined;
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal?.aborted) {
      done();
      return;
    }
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        done();
      },
      { once: true },
    );
  });
}
