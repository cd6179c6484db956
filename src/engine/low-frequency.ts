/**
 * Matches the result's low frequencies with the input's: networks shift colours by some levels, which shows as
 * soon as the result lies above the original.
 *
 * Per input pixel, the difference between the input and the result shrunk to it (mean of scale² pixels) is blurred,
 * enlarged by linear interpolation and added to the result. It depends on the picture alone, not on its tiles.
 * Pixels that no network made are right as they are: they get no correction and have no say in their neighbours'.
 */
import { KERNEL, RADIUS } from './blur.ts';
import { mirrorIndex } from './mirror.ts';
import type { Stitched } from './stitched.ts';

/** A row of differences blurred along itself, and the same of the weights (1 where a network ran); undefined: all 1. */
interface Across {
  readonly values: Float32Array;
  weights: Float32Array | undefined;
}

/** Corrects rows in order from the top. */
export class LowFrequency {
  readonly #stitched: Stitched;
  readonly #width: number;
  readonly #height: number;
  readonly #across: Across[];
  #acrossDone = 0;
  /** Differences blurred both ways, by row; `#blurredDone` counts rows. */
  readonly #blurred: Float32Array[];
  #blurredDone = 0;
  readonly #padded: Float32Array;
  readonly #mixed: Float32Array;
  readonly #weightSum: Float64Array;
  readonly #row: Float32Array;

  constructor(stitched: Stitched, width: number, height: number) {
    this.#stitched = stitched;
    this.#width = width;
    this.#height = height;
    const planes = () => new Float32Array(3 * width);
    this.#across = Array.from({ length: 2 * RADIUS + 2 }, () => ({ values: planes(), weights: undefined }));
    this.#blurred = Array.from({ length: 3 }, planes);
    this.#padded = new Float32Array(width + 2 * RADIUS);
    this.#mixed = new Float32Array(width + 2);
    this.#weightSum = new Float64Array(width);
    this.#row = new Float32Array(3 * width * stitched.scale);
  }

  /**
   * Corrects the `scale` rows of input row `y` and gives each to `take`, which must not keep it: three planes of
   * `width · scale`, not clamped. Rows must come in order, and `LAG` rows below `y` be stitched.
   */
  correct(y: number, take: (row: Float32Array) => void): void {
    const last = this.#height - 1;
    while (this.#blurredDone <= Math.min(y + 1, last)) this.#blurOn();
    const { scale } = this.#stitched;
    const row = this.#row;
    for (let k = 0; k < scale; k++) {
      const offset = (k + 0.5) / scale - 0.5;
      const other = this.#blurredRow(Math.min(last, Math.max(0, y + Math.sign(offset))));
      this.#correctRow(y, k, this.#blurredRow(y), other, Math.abs(offset), row);
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
    const { scale } = this.#stitched;
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
          row[at] = (samples[at] as number) / 65535 + a + part * ((mixed[x + side] as number) - a);
        }
      }
      if (!somePlain) continue;
      for (let x = 0; x < width; x++) {
        if (plain[x] === 0) continue;
        const start = (c * width + x) * scale;
        for (let at = start; at < start + scale; at++) row[at] = (samples[at] as number) / 65535;
      }
    }
  }

  #blurredRow(y: number): Float32Array {
    return this.#blurred[y % this.#blurred.length] as Float32Array;
  }

  /** Blurs one more row both ways. */
  #blurOn(): void {
    const y = this.#blurredDone++;
    while (this.#acrossDone <= Math.min(y + RADIUS, this.#height - 1)) this.#blurAcross(this.#acrossDone++);
    const into = this.#blurredRow(y);
    const width = this.#width;
    const rows = Array.from({ length: 2 * RADIUS + 1 }, (_, i) => {
      const row = this.#acrossRow(mirrorIndex(y - RADIUS + i, this.#height));
      return { ...row, share: KERNEL[Math.abs(i - RADIUS)] as number };
    });
    into.fill(0);
    for (const { values, share } of rows) {
      for (let i = 0; i < into.length; i++) into[i] = (into[i] as number) + share * (values[i] as number);
    }
    if (rows.every(({ weights }) => !weights)) return;
    const sum = this.#weightSum.fill(0);
    for (const { weights, share } of rows) {
      for (let x = 0; x < width; x++)
        sum[x] = (sum[x] as number) + share * (weights ? (weights[x] as number) : 1);
    }
    for (let c = 0; c < 3; c++) {
      for (let x = 0; x < width; x++) {
        const weight = sum[x] as number;
        // Where nothing near was made by a network, nothing is corrected either.
        into[c * width + x] = weight > 1e-6 ? (into[c * width + x] as number) / weight : 0;
      }
    }
  }

  #acrossRow(y: number): Across {
    return this.#across[y % this.#across.length] as Across;
  }

  /** Blurs row `y` of the differences along itself. Plain pixels have difference 0, so only the weights need care. */
  #blurAcross(y: number): void {
    const width = this.#width;
    const into = this.#acrossRow(y);
    const differences = this.#stitched.differences(y);
    for (let c = 0; c < 3; c++) {
      this.#blurLine(differences.subarray(c * width, (c + 1) * width), into.values, c * width);
    }
    const plain = this.#stitched.plain(y);
    into.weights = undefined;
    if (!plain.includes(1)) return;
    into.weights = new Float32Array(width);
    this.#blurLine(
      Float32Array.from(plain, (flag) => 1 - flag),
      into.weights,
      0,
    );
  }

  #blurLine(line: Float32Array, into: Float32Array, at: number): void {
    const width = this.#width;
    const padded = this.#padded;
    padded.set(line, RADIUS);
    for (let i = 0; i < RADIUS; i++) {
      padded[i] = line[mirrorIndex(i - RADIUS, width)] as number;
      padded[RADIUS + width + i] = line[mirrorIndex(width + i, width)] as number;
    }
    for (let x = 0; x < width; x++) {
      const centre = x + RADIUS;
      let sum = (KERNEL[0] as number) * (padded[centre] as number);
      for (let i = 1; i <= RADIUS; i++) {
        sum += (KERNEL[i] as number) * ((padded[centre - i] as number) + (padded[centre + i] as number));
      }
      into[at + x] = sum;
    }
  }
}
