/** Luma as differences between frames are reckoned with: at any size, whatever a frame's layout, depth and range. */
import type { Planes } from './planes.ts';

/** Of a step of an 8-bit code, so that means of many pixels keep what 8 bits would round away. */
export const LUMA_UNIT = 32;

export interface Luma {
  readonly width: number;
  readonly height: number;
  /** Black to white is 255 × `LUMA_UNIT`; where black lies does not matter. */
  readonly samples: Int16Array;
}

/** The mean luma under each pixel of a picture of that size. */
export function lumaOf(planes: Planes, fullRange: boolean, width: number, height: number): Luma {
  const whole = 2 ** planes.depth - 1;
  // Limited range: 16 to 235 of 8 bits, and as many more codes as there are more bits (ITU-R BT.709, part 2, item 4.5).
  const white = fullRange || planes.format === 'rgb' ? whole : 219 * 2 ** (planes.depth - 8);
  const scale = (255 * LUMA_UNIT) / white;
  const rowMeans = new Float64Array(planes.width + 1);
  const sums = new Float32Array(width * height);
  const row = new Float32Array(width);
  const perRow = height / planes.height;
  for (let y = 0; y < planes.height; y++) {
    runningSums(planes, y, rowMeans);
    betweenSums(rowMeans, row);
    // A row may lie over several rows of the result, and the other way round.
    const last = Math.min(height, Math.ceil((y + 1) * perRow - 1e-9));
    for (let into = Math.floor(y * perRow + 1e-9); into < last; into++) {
      const share = Math.min(into + 1, (y + 1) * perRow) - Math.max(into, y * perRow);
      for (let x = 0, at = into * width; x < width; x++, at++) {
        sums[at] = (sums[at] as number) + share * (row[x] as number);
      }
    }
  }
  const samples = new Int16Array(width * height);
  // Halves up: no sum is negative.
  for (let at = 0; at < samples.length; at++) samples[at] = (sums[at] as number) * scale + 0.5;
  return { width, height, samples };
}

/** A luma's own mean under larger pixels. */
export function shrunkLuma({ width, height, samples }: Luma, columns: number, rows: number): Float32Array {
  const sums = new Float32Array(columns * rows);
  const counts = new Float32Array(columns * rows);
  for (let y = 0; y < height; y++) {
    const row = (((y * rows) / height) | 0) * columns;
    for (let x = 0; x < width; x++) {
      const into = row + (((x * columns) / width) | 0);
      sums[into] = (sums[into] as number) + (samples[y * width + x] as number);
      counts[into] = (counts[into] as number) + 1;
    }
  }
  return sums.map((sum, at) => sum / (counts[at] as number));
}

/** Entry x is the sum of the row's samples before x. Of RGB near enough: green counts twice. */
function runningSums({ planes, strides, width, format }: Planes, y: number, into: Float64Array): void {
  const [first, second, third] = planes;
  let sum = 0;
  if (format === 'rgb') {
    for (let x = 0; x < width; x++) {
      const red = first[y * strides[0] + x] as number;
      const green = second[y * strides[1] + x] as number;
      const blue = third[y * strides[2] + x] as number;
      sum += (red + 2 * green + blue) / 4;
      into[x + 1] = sum;
    }
    return;
  }
  for (let x = 0, at = y * strides[0]; x < width; x++, at++) {
    sum += first[at] as number;
    into[x + 1] = sum;
  }
}

/** The mean of each of as many equal parts as `into` has entries. */
function betweenSums(sums: Float64Array, into: Float32Array): void {
  const width = sums.length - 1;
  const part = width / into.length;
  let before = 0;
  for (let x = 0; x < into.length; x++) {
    const place = (x + 1) * part;
    const whole = place < width ? place | 0 : width;
    const under = sums[whole] as number;
    const after = whole < width ? under + (place - whole) * ((sums[whole + 1] as number) - under) : under;
    into[x] = (after - before) / part;
    before = after;
  }
}
