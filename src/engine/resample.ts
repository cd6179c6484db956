/**
 * Shrinks rows from the network's scale to the one asked for: a separable Catmull-Rom filter, widened by the ratio so
 * that nothing aliases, mirrored at the border, one row in and at most one row out at a time. It works on values as
 * they are encoded, not in linear light; both choices are measured in models/README.md.
 */
import { mirrorIndex } from './mirror.ts';

/** Where the kernel ends, in results. */
const RADIUS = 2;

/** The filter for one axis: weights repeat after `period` results, which take `step` samples. */
interface Filter {
  readonly step: number;
  readonly period: number;
  readonly taps: number;
  /** Sample of the first weight of results 0..period−1; may be negative. */
  readonly starts: readonly number[];
  /** `taps` weights, summing to 1, of results 0..period−1. */
  readonly weights: readonly Float32Array[];
}

/** A filter that makes `to` results of each `from` samples; `from` ≥ `to`, both small integers. */
export function shrinkFilter(from: number, to: number): Filter {
  const ratio = from / to;
  const reach = RADIUS * ratio;
  const taps = Math.ceil(2 * reach);
  const centres = Array.from({ length: to }, (_, i) => (i + 0.5) * ratio - 0.5);
  const starts = centres.map((centre) => Math.floor(centre - reach) + 1);
  const weights = centres.map((centre, i) => {
    const raw = Array.from({ length: taps }, (_, tap) =>
      cubic(((starts[i] as number) + tap - centre) / ratio),
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return Float32Array.from(raw, (weight) => weight / sum);
  });
  return { step: from, period: to, taps, starts, weights };
}

/** Catmull-Rom: the cubic of Keys, “Cubic convolution interpolation”, 1981, with a = −0.5. */
export function cubic(x: number): number {
  const distance = Math.abs(x);
  if (distance < 1) return (1.5 * distance - 2.5) * distance ** 2 + 1;
  if (distance < RADIUS) return ((-0.5 * distance + 2.5) * distance - 4) * distance + 2;
  return 0;
}

/** Resamples a picture of `width` × `height` samples by `to` / `from`; both sides must divide by `from`. */
export class Resampler {
  readonly #filter: Filter;
  readonly #width: number;
  readonly #height: number;
  readonly #outWidth: number;
  readonly #outHeight: number;
  readonly #rows: Float32Array[];
  #pushed = 0;
  #made = 0;
  readonly #mixed: Float32Array;
  readonly #padded: Float32Array;
  readonly #pad: number;
  readonly #row: Float32Array;

  constructor(width: number, height: number, from: number, to: number) {
    this.#filter = shrinkFilter(from, to);
    this.#width = width;
    this.#height = height;
    this.#outWidth = (width / from) * to;
    this.#outHeight = (height / from) * to;
    this.#rows = Array.from({ length: this.#filter.taps + from }, () => new Float32Array(3 * width));
    this.#mixed = new Float32Array(3 * width);
    this.#pad = this.#filter.taps;
    this.#padded = new Float32Array(width + 2 * this.#pad);
    this.#row = new Float32Array(3 * this.#outWidth);
  }

  /** The next row from the top, three planes; copied. `take` gets each row this completes and must not keep it. */
  push(row: Float32Array, take: (row: Float32Array) => void): void {
    this.#ringRow(this.#pushed++).set(row);
    while (this.#made < this.#outHeight) {
      const { period, step, starts, taps } = this.#filter;
      const first = Math.floor(this.#made / period) * step + (starts[this.#made % period] as number);
      if (Math.min(first + taps, this.#height) > this.#pushed) return;
      this.#mixRows(first, this.#filter.weights[this.#made % period] as Float32Array);
      for (let c = 0; c < 3; c++) this.#shrinkLine(c);
      this.#made++;
      take(this.#row);
    }
  }

  #ringRow(y: number): Float32Array {
    return this.#rows[y % this.#rows.length] as Float32Array;
  }

  #mixRows(first: number, weights: Float32Array): void {
    const mixed = this.#mixed.fill(0);
    const row = (tap: number) => this.#ringRow(mirrorIndex(first + tap, this.#height));
    let tap = 0;
    for (; tap + 3 < weights.length; tap += 4) {
      const [a, b, c, d] = [row(tap), row(tap + 1), row(tap + 2), row(tap + 3)];
      const wa = weights[tap] as number;
      const wb = weights[tap + 1] as number;
      const wc = weights[tap + 2] as number;
      const wd = weights[tap + 3] as number;
      for (let i = 0; i < mixed.length; i++) {
        mixed[i] =
          (mixed[i] as number) +
          wa * (a[i] as number) +
          wb * (b[i] as number) +
          wc * (c[i] as number) +
          wd * (d[i] as number);
      }
    }
    for (; tap < weights.length; tap++) {
      const a = row(tap);
      const wa = weights[tap] as number;
      for (let i = 0; i < mixed.length; i++) mixed[i] = (mixed[i] as number) + wa * (a[i] as number);
    }
  }

  #shrinkLine(c: number): void {
    const width = this.#width;
    const pad = this.#pad;
    const padded = this.#padded;
    const line = this.#mixed.subarray(c * width, (c + 1) * width);
    padded.set(line, pad);
    for (let i = 0; i < pad; i++) {
      padded[i] = line[mirrorIndex(i - pad, width)] as number;
      padded[pad + width + i] = line[mirrorIndex(width + i, width)] as number;
    }
    const { step, period, taps, starts, weights } = this.#filter;
    for (let phase = 0; phase < period; phase++) {
      const phaseWeights = weights[phase] as Float32Array;
      let from = pad + (starts[phase] as number);
      for (let x = phase; x < this.#outWidth; x += period, from += step) {
        let sum = 0;
        for (let tap = 0; tap < taps; tap++)
          sum += (phaseWeights[tap] as number) * (padded[from + tap] as number);
        this.#row[c * this.#outWidth + x] = sum;
      }
    }
  }
}
