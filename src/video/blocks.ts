/**
 * Where each block of a frame lay in the frame before. Windows of twice a block's side, so that neighbours overlap;
 * a descent from what the neighbours found (predictive search, after Chimienti, Ferraris and Pau 2002), bounded in steps.
 */
import type { Luma } from './luma.ts';
import { LUMA_UNIT } from './luma.ts';

/** From one block to the next in small pictures and in large ones, in pixels. */
const STEP_SMALL = 8;
const STEP_LARGE = 16;
const SMALL_PIXELS = 640 * 480;
/** Samples across a window that are compared. */
const COMPARED = 16;

const STRIDES = [8, 4, 2, 1] as const;
const MOVES = 2;
/** In 8-bit codes: blocks that differ less are taken to stand still. */
const STILL = 0.75;
/** How much better a movement has to be than standing still, or than another one. */
const GAIN = 0.97;

export interface Blocks {
  /** Pixels from block to block. */
  readonly step: number;
  readonly columns: number;
  readonly rows: number;
}

export interface Window {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Movement extends Blocks {
  /** Where block n lay, less where it lies now: x at 2n, y at 2n + 1. */
  readonly vectors: Int16Array;
}

export function blocksOf(width: number, height: number): Blocks {
  const step = width * height <= SMALL_PIXELS ? STEP_SMALL : STEP_LARGE;
  return { step, columns: Math.ceil(width / step), rows: Math.ceil(height / step) };
}

/** The block and half a block on each side, as far as the picture goes. */
export function windowOf({ step, columns }: Blocks, block: number, { width, height }: Luma): Window {
  const x = (block % columns) * step;
  const y = Math.floor(block / columns) * step;
  return {
    left: Math.max(0, x - step / 2),
    top: Math.max(0, y - step / 2),
    right: Math.min(width, x + step + step / 2),
    bottom: Math.min(height, y + step + step / 2),
  };
}

export function movementOf(before: Luma, after: Luma): Movement {
  const blocks = blocksOf(after.width, after.height);
  const { step, columns, rows } = blocks;
  const vectors = new Int16Array(2 * columns * rows);
  const spacing = (2 * step) / COMPARED;
  for (let block = 0; block < columns * rows; block++) {
    const window = windowOf(blocks, block, after);
    const still = meanDifference(before, after, window, 0, 0, spacing, Infinity);
    let best = { x: 0, y: 0, cost: still };
    if (still > STILL * LUMA_UNIT) {
      const attempt = (x: number, y: number): boolean => {
        const cost = meanDifference(before, after, window, x, y, spacing, best.cost * GAIN);
        if (cost >= best.cost * GAIN) return false;
        best = { x, y, cost };
        return true;
      };
      for (const near of neighbours(block, columns)) {
        attempt(vectors[2 * near] as number, vectors[2 * near + 1] as number);
      }
      for (const stride of STRIDES) {
        for (let move = 0; move < MOVES; move++) {
          const { x, y } = best;
          const moved = [
            attempt(x - stride, y),
            attempt(x + stride, y),
            attempt(x, y - stride),
            attempt(x, y + stride),
          ];
          if (!moved.includes(true)) break;
        }
      }
    }
    vectors[2 * block] = best.x;
    vectors[2 * block + 1] = best.y;
  }
  return { ...blocks, vectors };
}

/** Those whose movement is known already: left, above, and above to the right. */
function neighbours(block: number, columns: number): number[] {
  const column = block % columns;
  const near: number[] = [];
  if (column > 0) near.push(block - 1);
  if (block >= columns) {
    near.push(block - columns);
    if (column + 1 < columns) near.push(block - columns + 1);
  }
  return near;
}

/** Infinity where the window would lie outside; no longer exact where it is beyond `enough`. */
function meanDifference(
  before: Luma,
  after: Luma,
  { left, top, right, bottom }: Window,
  x: number,
  y: number,
  spacing: number,
  enough: number,
): number {
  const { width, height } = after;
  if (left + x < 0 || top + y < 0 || right + x > width || bottom + y > height) return Infinity;
  const count = Math.ceil((right - left) / spacing) * Math.ceil((bottom - top) / spacing);
  const most = enough * count;
  const now = after.samples;
  const then = before.samples;
  let sum = 0;
  for (let row = top; row < bottom && sum <= most; row += spacing) {
    const from = row * width;
    const to = from + y * width + x;
    for (let column = left; column < right; column += spacing) {
      const difference = (now[from + column] as number) - (then[to + column] as number);
      sum += difference < 0 ? -difference : difference;
    }
  }
  return sum / count;
}
