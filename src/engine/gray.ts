/**
 * Keeps gray gray: where the input has no chroma for some pixels around, a network that was trained on colour pictures
 * still gives its detail a tint of up to 2/255. There the result's channels are made their mean. Colour is not touched,
 * and not what lies near it, where an enlarged edge may rightly have chroma; and pictures in colour hardly have such
 * places, so that nothing is done to them.
 */
import type { Input } from './input.ts';
import { mirrorIndex } from './mirror.ts';
import type { Part } from './stitched.ts';

/** Pixels to each side that must be gray too. */
export const GRAY_REACH = 3;
/** Channels that differ by less are gray: half an 8-bit step, such as rounding leaves in 16 bits and in float. */
const SAME = 0.5 / 255;

/** Takes the tint out of a part's result, in place. The input must have `GRAY_REACH` rows around the part ready. */
export function keepGray({ column, band, output }: Part, input: Input, scale: number): void {
  const { coreLength } = column;
  const rows = band.coreLength + 2 * GRAY_REACH;
  // For each pixel, how many rows up to it have been gray around it without a break.
  const grayFor = new Int32Array(coreLength);
  const colored = new Uint8Array(coreLength + 2 * GRAY_REACH);
  for (let row = 0; row < rows; row++) {
    markColored(input, band.core - GRAY_REACH + row, column.core - GRAY_REACH, colored);
    // The run of gray pixels that ends GRAY_REACH to the right of x.
    let run = 0;
    for (let i = 0; i < 2 * GRAY_REACH; i++) run = colored[i] === 1 ? 0 : run + 1;
    for (let x = 0; x < coreLength; x++) {
      run = colored[x + 2 * GRAY_REACH] === 1 ? 0 : run + 1;
      grayFor[x] = run > 2 * GRAY_REACH ? (grayFor[x] as number) + 1 : 0;
    }
    if (row < 2 * GRAY_REACH) continue;
    const y = band.core + row - 2 * GRAY_REACH;
    for (let x = 0; x < coreLength; x++) {
      if ((grayFor[x] as number) <= 2 * GRAY_REACH) continue;
      const left = (column.core - column.tile + x) * scale;
      const top = (y - band.tile) * scale;
      for (let k = 0; k < scale; k++) takeMean(output, left, top + k, scale);
    }
  }
}

/** Marks the pixels of row `y`, from `left` on, whose channels differ. */
function markColored(input: Input, y: number, left: number, into: Uint8Array): void {
  const { width } = input;
  const row = input.colors(mirrorIndex(y, input.height));
  for (let i = 0; i < into.length; i++) {
    const x = mirrorIndex(left + i, width);
    const r = row[x] as number;
    const g = row[width + x] as number;
    const b = row[2 * width + x] as number;
    const most = r > g ? (r > b ? r : b) : g > b ? g : b;
    const least = r < g ? (r < b ? r : b) : g < b ? g : b;
    into[i] = most - least > SAME ? 1 : 0;
  }
}

function takeMean({ width, height, data }: Part['output'], left: number, y: number, count: number): void {
  const plane = width * height;
  for (let at = y * width + left, end = at + count; at < end; at++) {
    const mean = ((data[at] as number) + (data[plane + at] as number) + (data[2 * plane + at] as number)) / 3;
    data[at] = data[plane + at] = data[2 * plane + at] = mean;
  }
}
