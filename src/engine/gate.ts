/** Lets several wait for a condition that others bring about. */
export class Gate {
  #waiting: (() => void)[] = [];

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Something changed: conditions are looked at again. */
  open(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
