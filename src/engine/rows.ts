/** Rows made one after the other from the top, each when it is first asked for; the latest few are kept. */
export class LazyRows {
  readonly #rows: readonly Float32Array[];
  readonly #make: (y: number, into: Float32Array) => void;
  #made = 0;

  /**
   * @param kept rows that may be wanted at once, counted from the oldest to the newest
   * @param length floats of a row
   * @param make fills row `y`; what it finds there is an old row
   */
  constructor(kept: number, length: number, make: (y: number, into: Float32Array) => void) {
    this.#rows = Array.from({ length: kept }, () => new Float32Array(length));
    this.#make = make;
  }

  /** Row `y`, which must not be older than the constructor allowed for. */
  row(y: number): Float32Array {
    while (this.#made <= y) {
      const made = this.#made++;
      this.#make(made, this.#at(made));
    }
    return this.#at(y);
  }

  #at(y: number): Float32Array {
    return this.#rows[y % this.#rows.length] as Float32Array;
  }
}
