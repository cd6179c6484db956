/** Any row of a picture in planes as R′G′B′ floats; black is 0 and white 1, and what is beyond stays beyond. */
import { isBetween, quarterSlope, upsampleAcross, type Lattice } from './chroma.ts';
import { holdingOf, type Codes, type Holding, type Matrix } from './matrix.ts';
import { chromaShifts, planeSize, STANDARD_SITING, type Planes } from './planes.ts';
import type { ColourTags } from './types.ts';

/** Less than a code of 12 bits: beyond 0..1 by that is rounding. */
const ROUNDING = 1e-4;
/** Chroma rows kept at luma's density; three are needed at once. */
const KEPT = 4;

export class RgbRows {
  readonly picture: Planes;
  readonly #holding: Holding;
  readonly #across: Lattice;
  readonly #down: Lattice;
  /** By chroma row modulo `KEPT`, of Cb and of Cr, and which rows they are. */
  readonly #wide: readonly [Float32Array[], Float32Array[]];
  readonly #held = new Int32Array(KEPT).fill(-1);
  /** The chroma of the row that is made, and the slopes of the pair it belongs to. */
  readonly #row: readonly [Float32Array, Float32Array];
  readonly #slopes: readonly [Float32Array, Float32Array];
  #slopesOf = -1;

  constructor(picture: Planes, colour: ColourTags) {
    this.picture = picture;
    const { format, width, height, depth, siting = STANDARD_SITING } = picture;
    this.#holding = holdingOf(format, depth, colour);
    const shift = chromaShifts(format);
    const chroma = planeSize(picture, 1);
    this.#across = { luma: width, chroma: chroma.width, shift: shift.x, phase: siting.x };
    this.#down = { luma: height, chroma: chroma.height, shift: shift.y, phase: siting.y };
    const row = (): Float32Array => new Float32Array(this.#holding.kind === 'matrix' ? width : 0);
    const rows = (): Float32Array[] => Array.from({ length: KEPT }, row);
    this.#wide = [rows(), rows()];
    this.#row = [row(), row()];
    this.#slopes = [row(), row()];
  }

  /** Writes row `y` as R, G, B, R … from `at` on. Whether some of it is beyond 0..1. */
  read(y: number, into: Float32Array, at: number): boolean {
    const { kind, codes } = this.#holding;
    if (kind === 'colours') return this.#colours(y, this.#holding.order, codes, into, at);
    return this.#convert(y, this.#chroma(y), this.#holding.matrix, codes, into, at);
  }

  #convert(
    y: number,
    [cb, cr]: readonly [Float32Array, Float32Array],
    { rv, gu, gv, bu }: Matrix,
    { lumaOffset, lumaScale }: Codes,
    into: Float32Array,
    at: number,
  ): boolean {
    const [plane] = this.picture.planes;
    const { width } = this.picture;
    const start = y * this.picture.strides[0];
    let low = 0;
    let high = 1;
    for (let x = 0, to = at; x < width; x++, to += 3) {
      const luma = ((plane[start + x] as number) - lumaOffset) * lumaScale;
      const u = cb[x] as number;
      const v = cr[x] as number;
      const r = luma + rv * v;
      const g = luma + gu * u + gv * v;
      const b = luma + bu * u;
      into[to] = r;
      into[to + 1] = g;
      into[to + 2] = b;
      // Comparisons that fail cost little; a row beyond is found by its extremes.
      if (r < low) low = r;
      if (g < low) low = g;
      if (b < low) low = b;
      if (r > high) high = r;
      if (g > high) high = g;
      if (b > high) high = b;
    }
    return low < -ROUNDING || high > 1 + ROUNDING;
  }

  #colours(
    y: number,
    order: readonly [number, number, number],
    { lumaOffset, lumaScale }: Codes,
    into: Float32Array,
    at: number,
  ): boolean {
    const { planes, strides, width } = this.picture;
    let beyond = false;
    for (let channel = 0; channel < 3; channel++) {
      const index = order[channel] as 0 | 1 | 2;
      const plane = planes[index];
      const start = y * strides[index];
      for (let x = 0, to = at + channel; x < width; x++, to += 3) {
        const value = ((plane[start + x] as number) - lumaOffset) * lumaScale;
        into[to] = value;
        beyond ||= value < -ROUNDING || value > 1 + ROUNDING;
      }
    }
    return beyond;
  }

  /** Cb and Cr of luma row `y`. */
  #chroma(y: number): readonly [Float32Array, Float32Array] {
    const { shift, phase } = this.#down;
    if (shift === 0) return this.#wideRow(y);
    if (isBetween(this.#down)) {
      const from = phase < 0 ? y + 1 : y;
      this.#slopeRows(from >> 1);
      return this.#blend(from >> 1, (from & 1) === 0 ? -1 : 1);
    }
    const from = y - phase;
    return (from & 1) === 0 ? this.#wideRow(from >> 1) : this.#mean(from >> 1);
  }

  /** Chroma row `row` at luma's density across; rows beyond the border are the last ones. */
  #wideRow(row: number): readonly [Float32Array, Float32Array] {
    const wanted = Math.min(Math.max(row, 0), this.#down.chroma - 1);
    const slot = wanted % KEPT;
    const [cb, cr] = [this.#wide[0][slot] as Float32Array, this.#wide[1][slot] as Float32Array];
    if (this.#held[slot] !== wanted) {
      this.#held[slot] = wanted;
      const { planes, strides } = this.picture;
      const { chromaOffset, chromaScale } = this.#holding.codes;
      upsampleAcross(planes[1], wanted * strides[1], this.#across, chromaOffset, chromaScale, cb);
      upsampleAcross(planes[2], wanted * strides[2], this.#across, chromaOffset, chromaScale, cr);
    }
    return [cb, cr];
  }

  #slopeRows(row: number): void {
    if (this.#slopesOf === row) return;
    this.#slopesOf = row;
    const [before, middle, after] = [this.#wideRow(row - 1), this.#wideRow(row), this.#wideRow(row + 1)];
    const { luma: width } = this.#across;
    for (let index = 0; index < 2; index++) {
      const [a, c, b] = [before[index], middle[index], after[index]] as [
        Float32Array,
        Float32Array,
        Float32Array,
      ];
      const slopes = this.#slopes[index] as Float32Array;
      for (let x = 0; x < width; x++) {
        slopes[x] = quarterSlope(a[x] as number, c[x] as number, b[x] as number);
      }
    }
  }

  #blend(row: number, sign: number): readonly [Float32Array, Float32Array] {
    const middle = this.#wideRow(row);
    const { luma: width } = this.#across;
    for (let index = 0; index < 2; index++) {
      const [c, slopes, to] = [middle[index], this.#slopes[index], this.#row[index]] as [
        Float32Array,
        Float32Array,
        Float32Array,
      ];
      for (let x = 0; x < width; x++) to[x] = (c[x] as number) + sign * (slopes[x] as number);
    }
    return this.#row;
  }

  #mean(row: number): readonly [Float32Array, Float32Array] {
    const [above, below] = [this.#wideRow(row), this.#wideRow(row + 1)];
    const { luma: width } = this.#across;
    for (let index = 0; index < 2; index++) {
      const [a, b, to] = [above[index], below[index], this.#row[index]] as [
        Float32Array,
        Float32Array,
        Float32Array,
      ];
      for (let x = 0; x < width; x++) to[x] = ((a[x] as number) + (b[x] as number)) / 2;
    }
    return this.#row;
  }
}
