/**
 * Matches the result's low frequencies with the input's: networks shift colours by some levels, which shows as
 * soon as the result lies above the original.
 *
 * Per input pixel, the difference between the input and the result shrunk to it (mean of scale² pixels) is blurred,
 * enlarged by linear interpolation and added to the result. It depends on the picture alone, not on its tiles.
 * Pixels that no network made are right as they are: they get no correction and have no say in their neighbours'.
 */
import type { BlurredDifferences } from './blurred.ts';
import type { Stitched } from './stitched.ts';

/** Corrects rows in order from the top. */
export class LowFrequency {
  readonly #stitched: Stitched;
  readonly #width: number;
  readonly #height: number;
  readonly #blurred: BlurredDifferences;
  readonly #mixed: Float32Array;
  readonly #row: Float32Array;

  constructor(stitched: Stitched, blurred: BlurredDifferences, width: number, height: number) {
    this.#stitched = stitched;
    this.#blurred = blurred;
    this.#width = width;
    this.#height = height;
    this.#mixed = new Float32Array(width + 2);
    this.#row = new Float32Array(3 * width * stitched.scale);
  }

  /**
   * Corrects the `scale` rows of input row `y` and gives each to `take`, which must not keep it: three planes of
   * `width · scale`, not clamped. Rows must come in order, and `LAG` rows below `y` be stitched.
   */
  correct(y: number, take: (row: Float32Array) => void): void {
    const last = this.#height - 1;
    const { scale } = this.#stitched;
    const row = this.#row;
    const near = this.#blurred.row(y);
    for (let k = 0; k < scale; k++) {
      const offset = (k + 0.5) / scale - 0.5;
      const other = this.#blurred.row(Math.min(last, Math.max(0, y + Math.sign(offset))));
      this.#correctRow(y, k, near, other, Math.abs(offset), row);
      take(row);
    }
  }

  #correctRow(
    y: number,
    k: number,
    near: Float32Array,
    other: Float32Array,
    share: number,
    row: Float32Array,
  ): void {
    const { scale, white } = this.#stitched;
    const width = this.#width;
    const samples = this.#stitched.samples(y * scale + k);
    const plain = this.#stitched.plain(y);
    const somePlain = plain.includes(1);
    const mixed = this.#mixed;
    for (let c = 0; c < 3; c++) {
      for (let x = 0; x < width; x++) {
        const a = near[c * width + x] as number;
        mixed[x + 1] = a + share * ((other[c * width + x] as number) - a);
      }
      mixed[0] = mixed[1] as number;
      mixed[width + 1] = mixed[width] as number;
      for (let i = 0; i < scale; i++) {
        const offset = (i + 0.5) / scale - 0.5;
        const side = offset < 0 ? 0 : 2;
        const part = Math.abs(offset);
        let at = c * width * scale + i;
        for (let x = 0; x < width; x++, at += scale) {
          const a = mixed[x + 1] as number;
          row[at] = (samples[at] as number) / white + a + part * ((mixed[x + side] as number) - a);
        }
      }
      if (!somePlain) continue;
      for (let x = 0; x < width; x++) {
        if (plain[x] === 0) continue;
        const start = (c * width + x) * scale;
        for (let at = start; at < start + scale; at++) row[at] = (samples[at] as number) / white;
      }
    }
  }
}
