import { LUMA_UNIT, shrunkLuma, type Luma } from './luma.ts';

/** Columns of the coarse picture that two frames are compared by. */
const COLUMNS = 12;
/** How much of a picture's own contrast the difference has to be. Of two scenes it is about 1.4, were they normal noise. */
const SHARE = 0.6;
/** Whatever the contrast, in 8-bit codes: less than that is a fade or a lamp. */
const LEAST = 3;

/** Whether a new scene begins, or so much moves that the frames have little in common place by place. */
export function isCut(before: Luma, after: Luma): boolean {
  const columns = Math.min(COLUMNS, after.width);
  const rows = Math.max(1, Math.min(after.height, Math.round((columns * after.height) / after.width)));
  const one = shrunkLuma(before, columns, rows);
  const other = shrunkLuma(after, columns, rows);
  const difference = mean(one.map((value, at) => Math.abs(value - (other[at] as number))));
  return difference > LEAST * LUMA_UNIT && difference > SHARE * Math.max(contrast(one), contrast(other));
}

function contrast(values: Float32Array): number {
  const middle = mean(values);
  return mean(values.map((value) => Math.abs(value - middle)));
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
