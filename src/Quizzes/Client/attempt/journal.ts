/**
 * The steps of an attempt that the server has not confirmed, kept on this device until it has: a closed tab, a dead battery
 * or a signed-out session lose nothing. Without storage they live in memory, and the page still sends them.
 */

/** An answer given: `sequence` counts the steps of one page. */
export interface Step {
  sequence: number;
  /** Place on the sheet, from 0. */
  question: number;
  values: string[];
}

const prefix = 'attempt:';

export class Journal {
  private steps: Step[] = [];
  private readonly key: string;

  /** @param page Made anew each time the page is opened: its steps are its own. */
  constructor(
    private readonly attempt: string,
    readonly page: string,
  ) {
    this.key = `${prefix}${attempt}:${page}`;
  }

  get waiting(): readonly Step[] {
    return this.steps;
  }

  /** An older unsent answer to the same question is no longer worth sending. */
  add(step: Step): void {
    this.steps = [...this.steps.filter((s) => s.question !== step.question), step];
    this.keep();
  }

  confirm(sent: readonly Step[]): void {
    const confirmed = new Set(sent.map((s) => s.sequence));
    this.steps = this.steps.filter((s) => !confirmed.has(s.sequence));
    this.keep();
  }

  /** What earlier pages of this attempt could not send, the page opened first coming first. */
  left(): Journal[] {
    return keysOf(this.attempt)
      .filter((key) => key !== this.key)
      .map((key) => {
        const journal = new Journal(this.attempt, key.slice(key.lastIndexOf(':') + 1));
        journal.steps = read(key);
        return journal;
      });
  }

  private keep(): void {
    try {
      if (this.steps.length > 0) localStorage.setItem(this.key, JSON.stringify(this.steps));
      else localStorage.removeItem(this.key);
    } catch {
      // The device is full or forbids it: the steps stay in memory until they are sent.
    }
  }
}

/** The attempt was submitted: nothing of it is waiting any more. */
export function forget(attempt: string): void {
  for (const key of keysOf(attempt)) localStorage.removeItem(key);
}

function keysOf(attempt: string): string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(`${prefix}${attempt}:`))
      .sort();
  } catch {
    return [];
  }
}

function read(key: string): Step[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '[]') as Step[];
  } catch {
    return [];
  }
}
