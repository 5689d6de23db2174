/**
 * The time left, by the server's clock: told when the page is made and with every answer. Between, what passes is measured by the
 * clock of the device that nobody can set. Silent but for three announcements.
 */
export class Timer {
  private end = 0;
  /** Difference of the device's two clocks: when it changes, the device slept or somebody set its clock. */
  private drift = 0;
  private said = Infinity;
  private ticking: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly shown: HTMLElement,
    private readonly announced: HTMLElement | null,
    private readonly told: { doubt: () => void; over: () => void },
  ) {
    this.set(Number(shown.dataset.deadline) - Number(shown.dataset.now));
  }

  /** @param left Milliseconds, as the server says. */
  set(left: number): void {
    const end = performance.now() + left;
    if (end > this.end + 60_000) this.said = Infinity; // time was given: what was announced comes again
    this.end = end;
    this.drift = Date.now() - performance.now();
    clearInterval(this.ticking); // it may have stopped: time can be given after it was up
    this.ticking = setInterval(() => this.tick(), 1000);
    this.tick();
  }

  private tick(): void {
    const drift = Date.now() - performance.now();
    if (Math.abs(drift - this.drift) > 5000) {
      this.drift = drift;
      this.told.doubt();
    }
    const seconds = Math.max(0, Math.ceil((this.end - performance.now()) / 1000));
    this.show(seconds);
    for (const minutes of [10, 5, 1])
      if (seconds <= minutes * 60 && seconds > minutes * 60 - 30 && this.said > minutes) {
        this.said = minutes;
        if (this.announced) this.announced.textContent = this.announced.getAttribute(`data-left-${minutes}`);
      }
    if (seconds > 0) return;
    clearInterval(this.ticking);
    this.told.over();
  }

  private show(seconds: number): void {
    const text = this.words(seconds);
    const label = this.shown.querySelector('span');
    if (label && label.textContent !== text) label.textContent = text;
  }

  /** As the server says it: in days from two days on, in hours from two hours on. */
  private words(seconds: number): string {
    const said = this.shown.dataset;
    const minutes = Math.ceil(seconds / 60);
    if (seconds === 0) return said.over ?? '';
    if (seconds <= 60) return filled(said.seconds, seconds);
    if (minutes > 48 * 60) return filled(said.days, Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60));
    if (minutes > 2 * 60) return filled(said.hours, Math.floor(minutes / 60), minutes % 60);
    return filled(said.minutes, minutes);
  }
}

function filled(words = '', ...numbers: number[]): string {
  return numbers.reduce((text, number, i) => text.replace(`{${i}}`, String(number)), words);
}
