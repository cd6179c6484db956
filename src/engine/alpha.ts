/**
 * Alpha enlarged without a network: Catmull-Rom, kept within what is near by, and steeper the harder the edge.
 *
 * `lo` and `hi` are the least and greatest alpha of the pixels around (3 × 3 about each, interpolated linearly).
 * Within them the value is stretched about their middle: by 1 where they lie close together, so that soft gradients
 * and shadows stay as they are, up to `STEEPEST` where they span 0 to 1, so that a cut-out's edge is as sharp in the
 * result as it was. Where all alphas around are the same the result is exactly that.
 */
import type { Target } from '../size.ts';
import { type Axis, axisOf, placeOf } from './axis.ts';

/** From 2× on; at 1×, where each pixel is as it was, nothing is stretched, and in between in proportion. */
const STEEPEST = 2.6;
/** Ranges up to the first are soft, from the second on hard; in between the steepness grows evenly. */
const SOFT = 0.25;
const HARD = 0.8;

/** Enlarges alpha row by row. */
export class AlphaUpscaler {
  readonly #row: (y: number) => Float32Array;
  readonly #width: number;
  readonly #height: number;
  readonly #across: Axis;
  readonly #down: Axis;
  readonly #value: Float32Array;
  readonly #low: Float32Array;
  readonly #high: Float32Array;
  readonly #nearLow: [Float32Array, Float32Array];
  readonly #nearHigh: [Float32Array, Float32Array];
  readonly #into: Float32Array;
  readonly #steepest: number;

  /** @param row alpha of an input row, 0..1; asked for rows up to 2 away from the one being made */
  constructor(row: (y: number) => Float32Array, width: number, height: number, target: Target) {
    this.#row = row;
    this.#width = width;
    this.#height = height;
    this.#across = axisOf(target.width, target.scaleX, target.offsetX);
    this.#down = axisOf(target.height, target.scaleY, target.offsetY);
    const padded = () => new Float32Array(width + 4);
    this.#value = padded();
    this.#low = padded();
    this.#high = padded();
    this.#nearLow = [padded(), padded()];
    this.#nearHigh = [padded(), padded()];
    this.#into = new Float32Array(target.width);
    this.#steepest = 1 + Math.min(1, Math.max(0, target.scaleX - 1)) * (STEEPEST - 1);
  }

  /** Row `y` of the result, values in 0..1; overwritten by the next call. */
  make(y: number): Float32Array {
    const width = this.#width;
    const position = placeOf(this.#down, y);
    const top = Math.floor(position);
    const share = position - top;
    if (this.#uniform(top)) return this.#into.fill(this.#clamped(top)[0] as number);

    const rows = [this.#clamped(top - 1), this.#clamped(top), this.#clamped(top + 1), this.#clamped(top + 2)];
    const [r0, r1, r2, r3] = rows as [Float32Array, Float32Array, Float32Array, Float32Array];
    const [w0, w1, w2, w3] = catmullRom(share);
    for (let x = 0; x < width; x++) {
      this.#value[x + 2] =
        w0 * (r0[x] as number) + w1 * (r1[x] as number) + w2 * (r2[x] as number) + w3 * (r3[x] as number);
    }
    this.#near(r0, r1, r2, 0);
    this.#near(r1, r2, r3, 1);
    for (let i = 0; i < width + 4; i++) {
      this.#low[i] = (1 - share) * (this.#nearLow[0][i] as number) + share * (this.#nearLow[1][i] as number);
      this.#high[i] =
        (1 - share) * (this.#nearHigh[0][i] as number) + share * (this.#nearHigh[1][i] as number);
    }
    pad(this.#value, width);

    const steepest = this.#steepest;
    const { length, period, step, places } = this.#across;
    for (let phase = 0; phase < places.length; phase++) {
      const place = places[phase] as number;
      const left = Math.floor(place);
      const part = place - left;
      const [a, b, c, d] = catmullRom(part);
      for (let x = phase, at = 2 + left; x < length; x += period, at += step) {
        const value =
          a * (this.#value[at - 1] as number) +
          b * (this.#value[at] as number) +
          c * (this.#value[at + 1] as number) +
          d * (this.#value[at + 2] as number);
        const low = (1 - part) * (this.#low[at] as number) + part * (this.#low[at + 1] as number);
        const high = (1 - part) * (this.#high[at] as number) + part * (this.#high[at + 1] as number);
        this.#into[x] = steepen(value, low, high, steepest);
      }
    }
    return this.#into;
  }

  #clamped(y: number): Float32Array {
    return this.#row(Math.min(this.#height - 1, Math.max(0, y)));
  }

  /** Whether the four rows about `top` are all of one value. */
  #uniform(top: number): boolean {
    const value = this.#clamped(top)[0] as number;
    for (let y = top - 1; y <= top + 2; y++) {
      const row = this.#clamped(y);
      for (let x = 0; x < this.#width; x++) if (row[x] !== value) return false;
    }
    return true;
  }

  /** The least and greatest of 3 × 3 about each pixel of the middle row. */
  #near(above: Float32Array, middle: Float32Array, below: Float32Array, which: 0 | 1): void {
    const width = this.#width;
    const low = this.#nearLow[which];
    const high = this.#nearHigh[which];
    let [lowLeft, highLeft] = [Infinity, -Infinity];
    let [lowHere, highHere] = [Infinity, -Infinity];
    for (let x = 0; x <= width; x++) {
      let lowNext = Infinity;
      let highNext = -Infinity;
      if (x < width) {
        lowNext = Math.min(above[x] as number, middle[x] as number, below[x] as number);
        highNext = Math.max(above[x] as number, middle[x] as number, below[x] as number);
      }
      if (x > 0) {
        low[x + 1] = Math.min(lowLeft, lowHere, lowNext);
        high[x + 1] = Math.max(highLeft, highHere, highNext);
      }
      [lowLeft, highLeft, lowHere, highHere] = [lowHere, highHere, lowNext, highNext];
    }
    pad(low, width);
    pad(high, width);
  }
}

/** Repeats the first and last of `width` values, which start at 2, twice. */
function pad(line: Float32Array, width: number): void {
  line.fill(line[2] as number, 0, 2);
  line.fill(line[width + 1] as number, width + 2);
}

/** Weights of the pixels at −1, 0, 1 and 2 for a place between 0 and 1 (Catmull and Rom 1974: cubic, a = −½). */
function catmullRom(t: number): [number, number, number, number] {
  const t2 = t * t;
  const t3 = t2 * t;
  return [
    -0.5 * t3 + t2 - 0.5 * t,
    1.5 * t3 - 2.5 * t2 + 1,
    -1.5 * t3 + 2 * t2 + 0.5 * t,
    0.5 * t3 - 0.5 * t2,
  ];
}

function steepen(value: number, low: number, high: number, steepest: number): number {
  const range = high - low;
  if (range <= SOFT) return value < low ? low : value > high ? high : value;
  const hardness = range < HARD ? (range - SOFT) / (HARD - SOFT) : 1;
  const middle = (low + high) / 2;
  const steep = middle + (value - middle) * (1 + hardness * (steepest - 1));
  return steep < low ? low : steep > high ? high : steep;
}
