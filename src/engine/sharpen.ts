/**
 * Sharpening without a halo: unsharp masking on luma, kept, in each channel, between the least and the greatest value
 * that the unsharpened result has near by. So the overshoot is none, at any strength: an edge gets narrower, but
 * neither brighter on its bright side nor darker on its dark one.
 *
 * Differences to the blur that are small are noise or skin rather than edges and are spared: one of d is amplified
 * by d² / (d² + `SPARED`²) of what a large one is.
 *
 * It works on rows of the result's size, before grain is put back (grain.ts), so that grain is not sharpened: sharpened
 * and kept between its neighbours it would turn into specks of one size.
 */
import { blurLine, gaussian, padLine } from './blur.ts';
import { LUMA } from './luma.ts';
import { mirrorIndex } from './mirror.ts';

/** What sharpness 100 adds of the difference to the blur. */
const STRONGEST = 2.5;
/** Differences of this size are amplified half as much as large ones: 0..1, three 8-bit steps. */
const SPARED = 3 / 255;
/** Standard deviation of the blur in input pixels: an enlarged edge is soft over about one of them. */
const SIGMA = 0.4;
/** Where the blur's kernel ends, in deviations. */
const REACH = 2.5;
/** A scale that exceeds a whole number by the rounding of a side counts as that number. */
const ROUNDING = 0.01;

/** Sharpens rows in order from the top, `delay` rows behind. What it holds depends on the width alone. */
export class Sharpener {
  /** Rows below a row that are needed for it. */
  readonly delay: number;
  readonly #width: number;
  readonly #height: number;
  readonly #strength: number;
  readonly #near: number;
  readonly #kernel: Float64Array;
  readonly #rows: Float32Array[];
  /** Luma blurred along the row, and luma itself, of the same rows. */
  readonly #blurred: Float32Array[];
  readonly #luma: Float32Array[];
  /** The least and the greatest of each channel along the row. */
  readonly #low: Float32Array[];
  readonly #high: Float32Array[];
  /** And of all rows near the one being made. */
  readonly #least: Float32Array;
  readonly #greatest: Float32Array;
  readonly #padded: Float32Array;
  readonly #row: Float32Array;
  readonly #delta: Float32Array;
  #pushed = 0;
  #made = 0;

  /**
   * @param width of a row, pixels
   * @param scale the result's size over the input's, the mean of both sides
   * @param sharpness above 0, at most 100
   */
  constructor(width: number, height: number, scale: number, sharpness: number) {
    this.#width = width;
    this.#height = height;
    this.#strength = (STRONGEST * sharpness) / 100;
    const sigma = SIGMA * scale;
    this.#kernel = gaussian(sigma, Math.ceil(REACH * sigma));
    this.#near = Math.max(1, Math.ceil((scale - ROUNDING) / 2));
    this.delay = Math.max(this.#kernel.length - 1, this.#near);
    const rows = (length: number) =>
      Array.from({ length: 2 * this.delay + 1 }, () => new Float32Array(length));
    this.#rows = rows(3 * width);
    this.#blurred = rows(width);
    this.#luma = rows(width);
    this.#low = rows(3 * width);
    this.#high = rows(3 * width);
    this.#least = new Float32Array(3 * width);
    this.#greatest = new Float32Array(3 * width);
    this.#padded = new Float32Array(width + 2 * this.delay);
    this.#row = new Float32Array(3 * width);
    this.#delta = new Float32Array(width);
  }

  /** The next row from the top, three planes; copied. `take` gets each row this completes and must not keep it. */
  push(row: Float32Array, take: (row: Float32Array) => void): void {
    this.#enter(row, this.#pushed++);
    while (this.#made < this.#height && Math.min(this.#made + this.delay, this.#height - 1) < this.#pushed) {
      this.#make(this.#made++);
      take(this.#row);
    }
  }

  #enter(row: Float32Array, y: number): void {
    const width = this.#width;
    this.#of(this.#rows, y).set(row);
    const luma = this.#of(this.#luma, y);
    const [red, green, blue] = LUMA;
    for (let x = 0; x < width; x++) {
      luma[x] =
        red * (row[x] as number) + green * (row[width + x] as number) + blue * (row[2 * width + x] as number);
    }
    blurLine(luma, this.#kernel, this.#of(this.#blurred, y), 0, this.#padded);
    for (let c = 0; c < 3; c++) {
      padLine(row.subarray(c * width, (c + 1) * width), this.#near, this.#padded);
      this.#rangeAcross(this.#of(this.#low, y), this.#of(this.#high, y), c * width);
    }
  }

  #make(y: number): void {
    const width = this.#width;
    const result = this.#row;
    const delta = this.#delta.fill(0);
    const reach = this.#kernel.length - 1;
    for (let i = 0; i <= reach; i++) {
      this.#subtract(mirrorIndex(y - i, this.#height), this.#kernel[i] as number);
      if (i > 0) this.#subtract(mirrorIndex(y + i, this.#height), this.#kernel[i] as number);
    }
    const luma = this.#of(this.#luma, y);
    for (let x = 0; x < width; x++) {
      const d = (luma[x] as number) + (delta[x] as number);
      delta[x] = (this.#strength * d * d * d) / (d * d + SPARED * SPARED);
    }
    const row = this.#of(this.#rows, y);
    const low = this.#least;
    const high = this.#greatest;
    low.set(this.#of(this.#low, y));
    high.set(this.#of(this.#high, y));
    for (let side = -this.#near; side <= this.#near; side++) {
      const other = mirrorIndex(y + side, this.#height);
      if (other === y) continue;
      const otherLow = this.#of(this.#low, other);
      const otherHigh = this.#of(this.#high, other);
      for (let i = 0; i < low.length; i++) {
        if ((otherLow[i] as number) < (low[i] as number)) low[i] = otherLow[i] as number;
        if ((otherHigh[i] as number) > (high[i] as number)) high[i] = otherHigh[i] as number;
      }
    }
    for (let c = 0, i = 0; c < 3; c++) {
      for (let x = 0; x < width; x++, i++) {
        const value = (row[i] as number) + (delta[x] as number);
        const least = low[i] as number;
        const greatest = high[i] as number;
        result[i] = value < least ? least : value > greatest ? greatest : value;
      }
    }
  }

  #of(rows: readonly Float32Array[], y: number): Float32Array {
    return rows[y % rows.length] as Float32Array;
  }

  /** Takes `weight` times a row of the blurred luma off `#delta`. */
  #subtract(y: number, weight: number): void {
    const delta = this.#delta;
    const blurred = this.#of(this.#blurred, y);
    for (let x = 0; x < delta.length; x++) {
      delta[x] = (delta[x] as number) - weight * (blurred[x] as number);
    }
  }

  #rangeAcross(low: Float32Array, high: Float32Array, at: number): void {
    const padded = this.#padded;
    for (let x = 0; x < this.#width; x++) {
      const centre = x + this.#near;
      let least = padded[centre] as number;
      let greatest = least;
      for (let i = centre - this.#near; i <= centre + this.#near; i++) {
        const value = padded[i] as number;
        if (value < least) least = value;
        if (value > greatest) greatest = value;
      }
      low[at + x] = least;
      high[at + x] = greatest;
    }
  }
}
