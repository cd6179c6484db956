import { windowOf, type Movement } from './blocks.ts';
import type { Luma } from './luma.ts';
import type { Planes } from './planes.ts';

/** Samples across a window that are compared. */
const COMPARED = 16;
/** How much better another place has to be. */
const GAIN = 0.9;
/** Of the mean difference: what lies beyond is not flicker but an edge that is elsewhere. */
const LIMIT = 3;

export interface Refined {
  /** In pixels of the result: x at 2n, y at 2n + 1. */
  readonly vectors: Int32Array;
  /** Of each block, the largest difference that is blended in full, in codes of the result. */
  readonly limits: Float32Array;
}

/**
 * The movement of the blocks that are to be blended, to the pixel of the enlarged result: a source's pixel is too coarse
 * for it, and fine detail would be smeared.
 */
export function refine(
  movement: Movement,
  amounts: Float32Array,
  source: Luma,
  before: Planes,
  after: Planes,
): Refined {
  const scaleX = after.width / source.width;
  const scaleY = after.height / source.height;
  const reach = Math.max(1, Math.ceil(Math.max(scaleX, scaleY) / 2));
  const vectors = new Int32Array(2 * amounts.length);
  const limits = new Float32Array(amounts.length);
  for (let block = 0; block < amounts.length; block++) {
    if (amounts[block] === 0) continue;
    const { left, top, right, bottom } = windowOf(movement, block, source);
    const window = {
      left: Math.round(left * scaleX),
      top: Math.round(top * scaleY),
      right: Math.round(right * scaleX),
      bottom: Math.round(bottom * scaleY),
    };
    let x = Math.round((movement.vectors[2 * block] as number) * scaleX);
    let y = Math.round((movement.vectors[2 * block + 1] as number) * scaleY);
    let best = meanDifference(before, after, window, x, y, Infinity);
    for (let stride = reach; stride >= 1; stride >>= 1) {
      const [fromX, fromY] = [x, y];
      for (const place of AROUND) {
        const toX = fromX + stride * ((place % 3) - 1);
        const toY = fromY + stride * (Math.floor(place / 3) - 1);
        const difference = meanDifference(before, after, window, toX, toY, GAIN * best);
        if (difference < GAIN * best) [x, y, best] = [toX, toY, difference];
      }
    }
    vectors[2 * block] = x;
    vectors[2 * block + 1] = y;
    limits[block] = LIMIT * best + 2 ** (after.depth - 8);
  }
  return { vectors, limits };
}

/** The eight places around the middle one of nine. */
const AROUND = [0, 1, 2, 3, 5, 6, 7, 8] as const;

interface Place {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Of luma, or of green; no longer exact where it is beyond `enough`. Beyond the edge the last pixel goes on. */
function meanDifference(
  before: Planes,
  after: Planes,
  { left, top, right, bottom }: Place,
  x: number,
  y: number,
  enough: number,
): number {
  const index = after.format === 'rgb' ? 1 : 0;
  const now = after.planes[index];
  const then = before.planes[index];
  const stride = after.strides[index];
  const strideBefore = before.strides[index];
  const { width, height } = after;
  const stepX = Math.max(1, Math.floor((right - left) / COMPARED));
  const stepY = Math.max(1, Math.floor((bottom - top) / COMPARED));
  const count = Math.ceil((bottom - top) / stepY) * Math.ceil((right - left) / stepX);
  let sum = 0;
  for (let row = top; row < bottom && sum < enough * count; row += stepY) {
    const moved = row + y;
    const rowBefore = (moved < 0 ? 0 : moved < height ? moved : height - 1) * strideBefore;
    for (let column = left; column < right; column += stepX) {
      const from = column + x;
      const columnBefore = from < 0 ? 0 : from < width ? from : width - 1;
      const difference = (now[row * stride + column] as number) - (then[rowBefore + columnBefore] as number);
      sum += difference < 0 ? -difference : difference;
    }
  }
  return sum / count;
}
