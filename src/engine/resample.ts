/**
 * Brings rows from the network's scale to the one asked for: a separable Catmull-Rom filter, widened where it shrinks so
 * that nothing aliases, mirrored at the border, one row in and as many out as it completes. Any ratio and any shift. It
 * works on values as they are encoded, not in linear light; both choices are measured in models/README.md.
 */
import type { Target } from '../size.ts';
import { type Axis, axisOf, filterLine, tapsAt, tapsOf, type Taps } from './axis.ts';
import { mirrorIndex } from './mirror.ts';

/** Where the kernel ends, in results where it shrinks and in samples where it enlarges. */
const RADIUS = 2;

/** The filter that gives the results of `axis`. */
export function cubicTaps(axis: Axis): Taps {
  const ratio = Math.max(1, 1 / axis.scale);
  const reach = RADIUS * ratio;
  const taps = Math.ceil(2 * reach);
  return tapsOf(axis, taps, (place) => {
    const start = Math.floor(place - reach) + 1;
    const raw = Array.from({ length: taps }, (_, tap) => cubic((start + tap - place) / ratio));
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return { start, weights: raw.map((weight) => weight / sum) };
  });
}

/** Catmull-Rom: the cubic of Keys, “Cubic convolution interpolation”, 1981, with a = −0.5. */
export function cubic(x: number): number {
  const distance = Math.abs(x);
  if (distance < 1) return (1.5 * distance - 2.5) * distance ** 2 + 1;
  if (distance < RADIUS) return ((-0.5 * distance + 2.5) * distance - 4) * distance + 2;
  return 0;
}

/** Resamples a picture of `width` × `height` samples, which are `scale` times finer than the target's source. */
export class Resampler {
  readonly #height: number;
  readonly #width: number;
  readonly #across: Taps;
  readonly #down: Taps;
  readonly #rows: Float32Array[];
  #pushed = 0;
  #made = 0;
  readonly #mixed: Float32Array;
  readonly #padded: Float32Array;
  readonly #pad: number;
  readonly #row: Float32Array;

  constructor(width: number, height: number, scale: number, target: Target) {
    this.#width = width;
    this.#height = height;
    this.#across = cubicTaps(axisOf(target.width, target.scaleX / scale, target.offsetX));
    this.#down = cubicTaps(axisOf(target.height, target.scaleY / scale, target.offsetY));
    this.#pad = this.#across.taps + 1;
    // Rows that a result takes, and one for each that may be pushed beyond them.
    this.#rows = Array.from({ length: this.#down.taps + 2 }, () => new Float32Array(3 * width));
    this.#mixed = new Float32Array(3 * width);
    this.#padded = new Float32Array(width + 2 * this.#pad);
    this.#row = new Float32Array(3 * target.width);
  }

  /** The next row from the top, three planes; copied. `take` gets each row this completes and must not keep it. */
  push(row: Float32Array, take: (row: Float32Array) => void): void {
    this.#ringRow(this.#pushed++).set(row);
    while (this.#made < this.#down.axis.length) {
      const { start, weights } = tapsAt(this.#down, this.#made);
      // Rows before the first are mirrored too.
      const needed = Math.max(start + weights.length, -start);
      if (Math.min(needed, this.#height) > this.#pushed) return;
      this.#mixRows(start, weights);
      for (let c = 0; c < 3; c++) this.#filterLine(c);
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

  #filterLine(c: number): void {
    const width = this.#width;
    const pad = this.#pad;
    const padded = this.#padded;
    const line = this.#mixed.subarray(c * width, (c + 1) * width);
    padded.set(line, pad);
    for (let i = 0; i < pad; i++) {
      padded[i] = line[mirrorIndex(i - pad, width)] as number;
      padded[pad + width + i] = line[mirrorIndex(width + i, width)] as number;
    }
    filterLine(this.#across, padded, pad, this.#row, c * this.#across.axis.length);
  }
}
