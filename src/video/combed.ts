/** Whether a picture shows the teeth of two fields of different moments woven together. */
import type { Planes } from './planes.ts';

/** Of white: how far a line must stick out from both neighbours. Grain and compression stay below. */
const STEP = 0.05;
/** Places are looked at in squares of this many pixels; so many combed pixels of one make it combed. */
const SQUARE = 16;
const MOST_IN_SQUARE = 60;

/**
 * Pixels that stick out from the lines above and below to the same side, while the lines two away agree with them: what
 * every other line moved against the rest looks like, and a single thin line does not.
 */
export function isCombed({ planes, strides, width, height, depth }: Planes): boolean {
  const [plane] = planes;
  const [stride] = strides;
  const step = STEP * (2 ** depth - 1);
  const across = Math.ceil(width / SQUARE);
  for (let top = 2; top < height - 2; top += SQUARE) {
    const counts = new Int32Array(across);
    for (let y = top; y < Math.min(top + SQUARE, height - 2); y++) {
      for (let x = 0, at = y * stride; x < width; x++, at++) {
        const here = plane[at] as number;
        const above = here - (plane[at - stride] as number);
        const below = here - (plane[at + stride] as number);
        if (!((above > step && below > step) || (above < -step && below < -step))) continue;
        const same = 2 * here - (plane[at - 2 * stride] as number) - (plane[at + 2 * stride] as number);
        if (Math.abs(same) < Math.abs(above + below)) counts[x >> 4] = (counts[x >> 4] as number) + 1;
      }
    }
    if (counts.some((count) => count > MOST_IN_SQUARE)) return true;
  }
  return false;
}
