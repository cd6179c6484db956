/**
 * Gaussian blur of a line; and the one that parts low frequencies, which are always the input's (low-frequency.ts), from
 * high ones, where the network has its say and the grain lies (grain.ts).
 */
import { mirrorIndex } from './mirror.ts';

/**
 * Standard deviation of the blur in input pixels. Any width takes the drift out; the narrower, the closer to the input
 * and to the reference (figures in models/README.md). But from 1 down the blotches of JPEG colour, which the network had
 * cleaned away, are seen to come back.
 */
const SIGMA = 1.5;
export const RADIUS = Math.ceil(3 * SIGMA);

/** Input rows below a row that must be stitched before it can be matched: the blur's, and one to interpolate. */
export const LAG = RADIUS + 1;

/** One half of the blur's kernel, the centre first; the whole sums to 1. */
export const KERNEL = gaussian(SIGMA, RADIUS);

/** One half of a Gaussian that ends at `radius`, the centre first; the whole sums to 1. */
export function gaussian(sigma: number, radius: number): Float64Array {
  const half = Float64Array.from({ length: radius + 1 }, (_, i) => Math.exp(-(i * i) / (2 * sigma * sigma)));
  const sum = half.reduce((total, weight, i) => total + (i === 0 ? weight : 2 * weight), 0);
  return half.map((weight) => weight / sum);
}

/** Copies `line` into `padded` from `radius` on, and mirrors it at both ends. */
export function padLine(line: Float32Array, radius: number, padded: Float32Array): void {
  const width = line.length;
  padded.set(line, radius);
  for (let i = 0; i < radius; i++) {
    padded[i] = line[mirrorIndex(i - radius, width)] as number;
    padded[radius + width + i] = line[mirrorIndex(width + i, width)] as number;
  }
}

/**
 * Blurs `line`, mirrored at its ends, by the whole of the half `kernel`, into `into` from `at` on. `padded` is scratch,
 * longer than the line by the kernel's reach at both ends.
 */
export function blurLine(
  line: Float32Array,
  kernel: Float64Array,
  into: Float32Array,
  at: number,
  padded: Float32Array,
): void {
  const radius = kernel.length - 1;
  padLine(line, radius, padded);
  for (let x = 0; x < line.length; x++) {
    const centre = x + radius;
    let sum = (kernel[0] as number) * (padded[centre] as number);
    for (let i = 1; i <= radius; i++) {
      sum += (kernel[i] as number) * ((padded[centre - i] as number) + (padded[centre + i] as number));
    }
    into[at + x] = sum;
  }
}
