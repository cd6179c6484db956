/**
 * The differences between the input and the result shrunk to it, blurred both ways: the part of them that the
 * low-frequency match puts back, and that grain is not.
 *
 * Pixels that no network made are right as they are, and have no say in their neighbours' blur.
 */
import { blurLine, KERNEL, RADIUS } from './blur.ts';
import { mirrorIndex } from './mirror.ts';
import { LazyRows } from './rows.ts';
import type { Stitched } from './stitched.ts';

/** A row of differences blurred along itself, and the same of the weights (1 where a network ran); undefined: all 1. */
interface Across {
  readonly values: Float32Array;
  weights: Float32Array | undefined;
}

/** Blurs rows in order from the top. */
export class BlurredDifferences {
  readonly #stitched: Stitched;
  readonly #width: number;
  readonly #height: number;
  readonly #across: Across[];
  #acrossDone = 0;
  readonly #blurred: LazyRows;
  readonly #padded: Float32Array;
  readonly #weightSum: Float64Array;

  /** @param kept rows that may be wanted at once, counted from the oldest to the newest */
  constructor(stitched: Stitched, width: number, height: number, kept: number) {
    this.#stitched = stitched;
    this.#width = width;
    this.#height = height;
    const planes = () => new Float32Array(3 * width);
    this.#across = Array.from({ length: 2 * RADIUS + 2 }, () => ({ values: planes(), weights: undefined }));
    this.#blurred = new LazyRows(kept, 3 * width, (y, into) => this.#blur(y, into));
    this.#padded = new Float32Array(width + 2 * RADIUS);
    this.#weightSum = new Float64Array(width);
  }

  /** Three planes of row `y`. Rows must be asked for in order, and `RADIUS` rows below `y` be stitched. */
  row(y: number): Float32Array {
    return this.#blurred.row(y);
  }

  #blur(y: number, into: Float32Array): void {
    while (this.#acrossDone <= Math.min(y + RADIUS, this.#height - 1)) this.#blurAcross(this.#acrossDone++);
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
      blurLine(
        differences.subarray(c * width, (c + 1) * width),
        KERNEL,
        into.values,
        c * width,
        this.#padded,
      );
    }
    const plain = this.#stitched.plain(y);
    into.weights = undefined;
    if (!plain.includes(1)) return;
    into.weights = new Float32Array(width);
    const made = Float32Array.from(plain, (flag) => 1 - flag);
    blurLine(made, KERNEL, into.weights, 0, this.#padded);
  }
}
