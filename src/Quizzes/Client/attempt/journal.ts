/**
 * The steps of an attempt that the server has not confirmed, kept on this device until it has: a closed tab, a dead battery
 * or a signed-out session lose nothing. All tabs of the device share it: whichever sends first sends for all, in the order in which
 * the answers were given. Each step has a key of its own, so that tabs never write over each other. Without storage steps live
 * in the memory of their page, which still sends them.
 */
import { newKey } from '@client/keys';

/** An answer given. */
export interface Step {
  /** Made anew each time the page is opened: its steps are its own. */
  page: string;
  /** Counts the steps of one page. */
  sequence: number;
  /** Place on the sheet, from 0. */
  question: number;
  values: string[];
  /** Order on this device: milliseconds, and always above what is waiting. */
  at: number;
}

const prefix = 'attempt:';

export class Journal {
  /** Of this opening of the page. */
  readonly page = newKey();
  private readonly prefix: string;
  private sequence = 0;
  /** Steps that the device would not keep. */
  private unkept: Step[] = [];

  constructor(attempt: string) {
    this.prefix = `${prefix}${attempt}:`;
  }

  /** Every step of this attempt on this device, oldest first. */
  get waiting(): Step[] {
    return [...keysOf(this.prefix).flatMap((key) => read(key) ?? []), ...this.unkept].sort(
      (a, b) => a.at - b.at || a.sequence - b.sequence,
    );
  }

  /**
   * An older unsent answer of this page to the same question is no longer worth sending. One of another page is: its request may
   * be on its way still, and what arrives last counts, unless the server has it already.
   */
  add(question: number, values: string[]): Step {
    const before = this.waiting;
    const at = Math.max(Date.now(), (before.at(-1)?.at ?? 0) + 1);
    const step = { page: this.page, sequence: ++this.sequence, question, values, at };
    try {
      localStorage.setItem(this.keyOf(step), JSON.stringify(step));
    } catch {
      this.unkept.push(step); // the device is full or forbids it
    }
    this.confirm(before.filter((s) => s.question === question && s.page === this.page));
    return step;
  }

  /** What goes out next: the oldest steps, of one page. */
  next(most: number): Step[] {
    const waiting = this.waiting;
    const other = waiting.findIndex((step) => step.page !== waiting[0]?.page);
    return waiting.slice(0, Math.min(most, other < 0 ? most : other));
  }

  confirm(steps: readonly Step[]): void {
    for (const step of steps) remove(this.keyOf(step));
    this.unkept = this.unkept.filter(
      (kept) => !steps.some((s) => s.page === kept.page && s.sequence === kept.sequence),
    );
  }

  /** The step that another tab has just written; undefined: something else has happened. */
  heard(event: StorageEvent): Step | undefined {
    return event.key?.startsWith(this.prefix) && event.newValue !== null ? read(event.key) : undefined;
  }

  private keyOf(step: Step): string {
    return `${this.prefix}${step.page}:${step.sequence}`;
  }
}

/** The attempt was submitted: nothing of it is waiting any more. */
export function forget(attempt: string): void {
  for (const key of keysOf(`${prefix}${attempt}:`)) remove(key);
}

function keysOf(start: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(start));
  } catch {
    return [];
  }
}

function read(key: string): Step | undefined {
  try {
    const step = JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<Step> | null;
    return Array.isArray(step?.values) && typeof step.question === 'number' ? (step as Step) : undefined;
  } catch {
    return undefined;
  }
}

function remove(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
}
