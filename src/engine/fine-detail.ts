/** The finest part of an enlarged picture: what the pixels of the input's resolution cannot hold. */
import { LazyRows } from './rows.ts';

/**
 * Takes rows of the result and gives their fine detail, one input row behind: the row less the picture shrunk to the
 * input (means of scale² pixels) and enlarged again by linear interpolation. Ramps and flat places give 0.
 */
export class FineDetail {
  readonly #width: number;
  readonly #height: number;
  readonly #scale: number;
  readonly #rows: Float32Array[];
  readonly #shrunk: LazyRows;
  readonly #fine: Float32Array;
  #pushed = 0;
  #made = 0;

  /** @param width of the input, pixels, as `height`; rows are `width · scale` long */
  constructor(width: number, height: number, scale: number) {
    this.#width = width;
    this.#height = height;
    this.#scale = scale;
    this.#rows = Array.from({ length: 3 * scale }, () => new Float32Array(width * scale));
    this.#shrunk = new LazyRows(4, width, (y, into) => this.#shrink(y, into));
    this.#fine = new Float32Array(width * scale);
  }

  /** The next row from the top; copied. `take` gets each row this completes and must not keep it. */
  push(row: Float32Array, take: (fine: Float32Array, y: number) => void): void {
    const scale = this.#scale;
    this.#row(this.#pushed++).set(row);
    const rowsHere = Math.floor(this.#pushed / scale);
    while (
      this.#made < this.#height * scale &&
      Math.min(this.#height, Math.floor(this.#made / scale) + 2) <= rowsHere
    ) {
      this.#make(this.#made);
      take(this.#fine, this.#made++);
    }
  }

  #row(y: number): Float32Array {
    return this.#rows[y % this.#rows.length] as Float32Array;
  }

  #shrink(y: number, into: Float32Array): void {
    const scale = this.#scale;
    into.fill(0);
    for (let k = 0; k < scale; k++) {
      const row = this.#row(y * scale + k);
      for (let x = 0; x < row.length; x++) {
        const to = (x / scale) | 0;
        into[to] = (into[to] as number) + (row[x] as number) / scale ** 2;
      }
    }
  }

  #make(y: number): void {
    const scale = this.#scale;
    const last = this.#width - 1;
    const at = Math.floor(y / scale);
    const offsetY = ((y % scale) + 0.5) / scale - 0.5;
    const other = Math.min(this.#height - 1, Math.max(0, at + Math.sign(offsetY)));
    // The lower of the two is made last.
    this.#shrunk.row(Math.max(at, other));
    const [near, far] = [this.#shrunk.row(at), this.#shrunk.row(other)];
    const shareY = Math.abs(offsetY);
    const row = this.#row(y);
    for (let i = 0; i < scale; i++) {
      const offset = (i + 0.5) / scale - 0.5;
      const shareX = Math.abs(offset);
      const side = Math.sign(offset);
      for (let x = 0; x <= last; x++) {
        const beside = x + side < 0 ? 0 : x + side > last ? last : x + side;
        const a = (near[x] as number) + shareY * ((far[x] as number) - (near[x] as number));
        const b = (near[beside] as number) + shareY * ((far[beside] as number) - (near[beside] as number));
        this.#fine[x * scale + i] = (row[x * scale + i] as number) - a - shareX * (b - a);
      }
    }
  }
}
