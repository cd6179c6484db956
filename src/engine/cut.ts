/** A tile's pixels out of the picture, mirrored beyond its border. */
import type { Input } from './input.ts';
import { mirrorIndex, mirrorIndices } from './mirror.ts';
import type { Tile } from './types.ts';

/** Colours closer than this are one colour: rounding of the bleed, far below a 16-bit step (1.5e-5). */
const SAME = 4e-6;

/** A tile's place in the picture; x and y may be negative and the sides may reach beyond the border. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface CutTile extends Tile {
  /** The largest difference within one channel, 0..1. */
  readonly range: number;
  /** Mean over all channels, 0..1. */
  readonly mean: number;
  /** No network is needed: every pixel is fully transparent, or of one colour. */
  readonly plain: boolean;
}

/** Cuts the tile at `place`; the input must have its rows ready. */
export function cutTile(input: Input, place: Place): CutTile {
  const { x, y, width, height } = place;
  const data = new Float32Array(3 * width * height);
  // The columns within the picture are copied as one run, the mirrored ones beside it one by one.
  const from = Math.min(width, Math.max(0, -x));
  const to = Math.max(from, Math.min(width, input.width - x));
  const outside = mirrorIndices(x, width, input.width);
  for (let row = 0; row < height; row++) {
    const colors = input.colors(mirrorIndex(y + row, input.height));
    for (let c = 0; c < 3; c++) {
      const plane = c * input.width;
      const at = (c * height + row) * width;
      if (to > from) data.set(colors.subarray(plane + x + from, plane + x + to), at + from);
      for (let i = 0; i < from; i++) data[at + i] = colors[plane + (outside[i] as number)] as number;
      for (let i = to; i < width; i++) data[at + i] = colors[plane + (outside[i] as number)] as number;
    }
  }
  const { range, mean } = measure(data);
  return { width, height, data, range, mean, plain: range <= SAME || isTransparent(input, place) };
}

function measure(data: Float32Array): { range: number; mean: number } {
  const plane = data.length / 3;
  let range = 0;
  let sum = 0;
  for (let c = 0; c < 3; c++) {
    let low = Infinity;
    let high = -Infinity;
    for (let i = c * plane; i < (c + 1) * plane; i++) {
      const value = data[i] as number;
      if (value < low) low = value;
      if (value > high) high = value;
      sum += value;
    }
    range = Math.max(range, high - low);
  }
  return { range, mean: sum / data.length };
}

function isTransparent(input: Input, { x, y, width, height }: Place): boolean {
  if (!input.hasAlpha) return false;
  const left = Math.max(0, x);
  const right = Math.min(input.width, x + width);
  for (let row = Math.max(0, y); row < Math.min(input.height, y + height); row++) {
    const alpha = input.alpha(row);
    for (let i = left; i < right; i++) if (alpha[i] !== 0) return false;
  }
  return true;
}
