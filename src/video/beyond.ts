/** What a picture has beyond 0..1, enlarged linearly to the result's size. Rows are asked for from the top. */
import { RgbRows } from './rgb-rows.ts';
import type { RowsIn } from './rows-in.ts';

export class Beyond {
  readonly #source: RowsIn;
  readonly #rows: RgbRows;
  readonly #scaleY: number;
  /** For each column of the result: the source's column to the left, times 3, and the share of the one to the right. */
  readonly #left: Int32Array;
  readonly #share: Float32Array;
  /** Two rows of the source, by number modulo 2, and which they are. */
  readonly #kept: readonly [Float32Array, Float32Array];
  readonly #held = [-1, -1];
  readonly #mixed: Float32Array;

  constructor(source: RowsIn, width: number, height: number) {
    this.#source = source;
    this.#rows = new RgbRows(source.picture, source.colour);
    const { width: from } = source.picture;
    this.#scaleY = source.picture.height / height;
    this.#left = new Int32Array(width);
    this.#share = new Float32Array(width);
    for (let x = 0; x < width; x++) {
      const at = Math.min(Math.max(((x + 0.5) * from) / width - 0.5, 0), from - 1);
      const left = Math.min(Math.floor(at), Math.max(0, from - 2));
      this.#left[x] = 3 * left;
      this.#share[x] = at - left;
    }
    // One column more: to the right of the last one there is none, and its share is 0.
    const row = (): Float32Array => new Float32Array(3 * (from + 1));
    this.#kept = [row(), row()];
    this.#mixed = row();
  }

  /** Whether row `y` of the result has anything of it. */
  isIn(y: number): boolean {
    const { above, share } = this.#place(y);
    return this.#source.isBeyond(above) || (share > 0 && this.#source.isBeyond(above + 1));
  }

  addTo(row: Float32Array, y: number): void {
    const { above, share } = this.#place(y);
    const upper = this.#row(above);
    const lower = share > 0 ? this.#row(above + 1) : upper;
    const mixed = this.#mixed;
    const length = 3 * this.#source.picture.width;
    for (let i = 0; i < length; i++) {
      mixed[i] = (upper[i] as number) + share * ((lower[i] as number) - (upper[i] as number));
    }
    for (let x = 0, to = 0; x < this.#left.length; x++, to += 3) {
      const from = this.#left[x] as number;
      const part = this.#share[x] as number;
      const rest = 1 - part;
      row[to] = (row[to] as number) + rest * (mixed[from] as number) + part * (mixed[from + 3] as number);
      row[to + 1] =
        (row[to + 1] as number) + rest * (mixed[from + 1] as number) + part * (mixed[from + 4] as number);
      row[to + 2] =
        (row[to + 2] as number) + rest * (mixed[from + 2] as number) + part * (mixed[from + 5] as number);
    }
  }

  #place(y: number): { readonly above: number; readonly share: number } {
    const { height } = this.#source.picture;
    const at = Math.min(Math.max((y + 0.5) * this.#scaleY - 0.5, 0), height - 1);
    const above = Math.floor(at);
    return { above, share: at - above };
  }

  #row(y: number): Float32Array {
    const slot = (y & 1) as 0 | 1;
    const row = this.#kept[slot];
    if (this.#held[slot] === y) return row;
    this.#held[slot] = y;
    if (!this.#rows.read(y, row, 0)) return row.fill(0);
    const length = 3 * this.#source.picture.width;
    for (let i = 0; i < length; i++) {
      const value = row[i] as number;
      row[i] = value < 0 ? value : value > 1 ? value - 1 : 0;
    }
    return row;
  }
}
