/**
 * Sends the steps of the journal, at once and again until the server has confirmed them. However many tabs are open, one sends at a
 * time: what was answered first arrives first, on whichever tab it was answered.
 */
import { jittered, pause, postForm, type Failure, type Posted } from '@client/api';
import type { Journal, Step } from './journal';

/** What the server says to steps. */
export interface Kept {
  held: number;
  of: number;
  /** What numbers were read as, by question. */
  echoes: Record<string, string>;
  /** Milliseconds, by the server's clock; null: no limit. */
  left: number | null;
}

/** `other`: whoever is signed in now has no such attempt. */
export type State = 'saved' | 'saving' | 'offline' | 'signedOut' | 'other' | 'failed';

/** What the state line says after a failure. */
export function stateAfter({ reason, status }: Failure): State {
  if (reason === 'signed-out') return 'signedOut';
  if (reason === 'offline' || reason === 'timeout') return 'offline';
  return status === 404 ? 'other' : 'failed';
}

interface Told {
  kept(kept: Kept, steps: readonly Step[]): void;
  state(state: State): void;
  /** The server takes no more. */
  refused(why: string): void;
}

const mostAtOnce = 100;
/** Milliseconds to wait for another tab; then it is taken to be asleep. What is sent twice counts once. */
const longestTurn = 20_000;

export class Sender {
  private running: Promise<void> | undefined;
  private failures = 0;
  private wake = new AbortController();
  private stopped = false;
  /** Whether another tab may have sent what this page does not know of. */
  private doubtful = false;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly journal: Journal,
    private readonly told: Told,
  ) {}

  /** Whether everything that was answered on this device has been confirmed. */
  get done(): boolean {
    return this.journal.waiting.length === 0;
  }

  /** Sends until nothing is waiting, beginning now even if a try has just failed. */
  send(): Promise<void> {
    this.wake.abort();
    this.running ??= this.all().finally(() => (this.running = undefined));
    return this.running;
  }

  /** The network may be back: tries follow each other quickly again. */
  retry(): void {
    this.failures = 0;
    void this.send();
  }

  /** Asks how much time is left; null: no limit, or no answer. */
  async ask(): Promise<number | null> {
    const answer = await this.post([]);
    if (!answer.ok) return null;
    const kept = JSON.parse(answer.body) as Kept;
    this.told.kept(kept, []);
    return kept.left;
  }

  /** Posts the form as a button of it would. */
  async submit(button: HTMLElement): Promise<Posted> {
    const answer = await postForm(this.form.action, new FormData(this.form, button));
    if (answer.status !== 400) return answer;
    await this.renewToken();
    return postForm(this.form.action, new FormData(this.form, button));
  }

  private async all(): Promise<void> {
    while (!this.stopped && !this.done) await this.round();
    if (this.stopped) return;
    this.told.state('saved');
    if (!this.doubtful) return;
    this.doubtful = false;
    await this.ask();
  }

  /** One try, and a pause when it failed. */
  private async round(): Promise<void> {
    if (this.failures === 0) this.told.state('saving');
    const { steps, answer } = await this.inTurn(async () => {
      const steps = this.journal.next(mostAtOnce);
      const answer = steps.length > 0 ? await this.post(steps) : undefined;
      if (answer?.ok || answer?.status === 422) this.journal.confirm(steps);
      return { steps, answer };
    });
    if (!answer) {
      this.doubtful = true;
      return;
    }
    if (answer.ok) {
      this.failures = 0;
      this.told.kept(JSON.parse(answer.body) as Kept, steps);
      return;
    }
    if (answer.status === 422) {
      this.stopped = true;
      this.told.refused((JSON.parse(answer.body) as { refused: string }).refused);
      return;
    }
    if (answer.status === 400) {
      await this.renewToken();
      if (this.failures === 0) {
        this.failures = 1;
        return; // somebody has signed in again: nothing to tell
      }
    }
    this.told.state(stateAfter(answer));
    this.wake = new AbortController();
    await pause(Math.max(answer.retryAfter ?? 0, jittered(this.failures++, 1000)), this.wake.signal);
  }

  private post(steps: readonly Step[]): Promise<Posted> {
    const fields = new FormData();
    fields.set('page', steps[0]?.page ?? this.journal.page);
    fields.set(
      'steps',
      JSON.stringify(steps.map(({ sequence, question, values }) => ({ sequence, question, values }))),
    );
    return postForm(this.form.dataset.steps ?? '', fields);
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    const locks = (navigator as { locks?: LockManager }).locks; // on secure connections only
    if (!locks) return await work();
    const name = `attempt:${this.form.dataset.attempt ?? ''}`;
    try {
      return await locks.request(name, { signal: AbortSignal.timeout(longestTurn) }, work);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'TimeoutError')) throw error;
      return await work();
    }
  }

  /** The token belongs to a session: after signing in again the page needs the new one. */
  private async renewToken(): Promise<void> {
    try {
      const page = await (await fetch(location.href)).text();
      const name = 'input[name=__RequestVerificationToken]';
      const fresh = new DOMParser().parseFromString(page, 'text/html').querySelector<HTMLInputElement>(name)?.value;
      if (fresh) for (const ours of document.querySelectorAll<HTMLInputElement>(name)) ours.value = fresh;
    } catch {
      // the next round asks again
    }
  }
}
