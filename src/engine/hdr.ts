/**
 * High dynamic range: linear light beyond 0..1, coded into 0..1 for the networks, which know nothing else, and back
 * without loss.
 *
 * Up to white it is sRGB's curve, which the networks were trained on. Above white it is a logarithm, which goes on
 * with the curve's own slope there: as many stops, as many steps, so that highlights a thousand times white are neither
 * clipped nor crowd everything else out; film and HLG (ITU-R BT.2100) do the same. Below 0 it is the same curve turned
 * about the origin. What the picture really spans, its `range`, then fills 0..1; 0 and white are always within, so that a
 * picture without values beyond is coded as any other.
 *
 * All that works on the picture, works on the coded values: the filters, the match of low frequencies, grain and
 * sharpening. In linear light one bright pixel would outweigh everything near it.
 */
import type { PictureFormat } from './types.ts';

/** sRGB (IEC 61966-2-1). */
const TOE = 0.0031308;
const TOE_SLOPE = 12.92;
const FACTOR = 1.055;
const OFFSET = 0.055;
const EXPONENT = 2.4;
/** The curve's slope at white. */
const WHITE_SLOPE = FACTOR / EXPONENT;

/** What a float holds at most; infinities become this, if the range says nothing else. */
const MOST = 3.4028234663852886e38;

/** One picture's coding: monotone, and each the inverse of the other within the range. */
export interface Coding {
  /** Linear light to 0..1. Beyond the range it is cut off at its ends; NaN becomes black. */
  readonly encode: (linear: number) => number;
  /** 0..1 to linear light within the range. */
  readonly decode: (coded: number) => number;
}

/** The coding of a picture that has a range; undefined for all others, whose samples are coded as they are. */
export function codingOf({ range }: Pick<PictureFormat, 'range'>): Coding | undefined {
  if (!range) return undefined;
  const [low, high] = [Math.min(0, within(range.low)), Math.max(1, within(range.high))];
  const least = curve(low);
  const span = curve(high) - least;
  return {
    encode: (linear) => (curve(Number.isNaN(linear) ? 0 : clamped(linear, low, high)) - least) / span,
    decode: (coded) => clamped(inverse(clamped(coded, 0, 1) * span + least), low, high),
  };
}

function within(value: number): number {
  return Number.isNaN(value) ? 0 : clamped(value, -MOST, MOST);
}

function clamped(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

function curve(linear: number): number {
  const size = Math.abs(linear);
  const coded =
    size <= TOE
      ? TOE_SLOPE * size
      : size <= 1
        ? FACTOR * size ** (1 / EXPONENT) - OFFSET
        : 1 + WHITE_SLOPE * Math.log(size);
  return linear < 0 ? -coded : coded;
}

function inverse(coded: number): number {
  const size = Math.abs(coded);
  const linear =
    size <= TOE_SLOPE * TOE
      ? size / TOE_SLOPE
      : size <= 1
        ? ((size + OFFSET) / FACTOR) ** EXPONENT
        : Math.exp((size - 1) / WHITE_SLOPE);
  return coded < 0 ? -linear : linear;
}
