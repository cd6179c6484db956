/** What was chosen, told to the host when the choosing pauses: a slider has a hundred steps. */

const PAUSE_MS = 400;

export class Remembering<Remembered> {
  readonly #waiting = new Map<string, Remembered>();
  readonly #tell: (remembered: Remembered) => Promise<unknown>;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: (remembered: Remembered) => Promise<unknown>) {
    this.#tell = tell;
  }

  /** @param about what it is for: only the latest of the same is told */
  later(about: string, remembered: Remembered): void {
    clearTimeout(this.#timer);
    this.#waiting.set(about, remembered);
    this.#timer = setTimeout(() => this.now(), PAUSE_MS);
  }

  /** What is still waiting. */
  now(): void {
    clearTimeout(this.#timer);
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    // Not worth a word when it fails: the choice holds for this run all the same.
    for (const each of waiting) this.#tell(each).catch(() => undefined);
  }
}
