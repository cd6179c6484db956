/** How wide the low-frequency match (low-frequency.ts) blurs, which decides how many rows it lags behind. */

/**
 * Standard deviation of the blur in input pixels. Any width takes the drift out; the narrower, the closer to the input
 * and to the reference (figures in models/README.md). But from 1 down the blotches of JPEG colour, which the network had
 * cleaned away, are seen to come back.
 */
const SIGMA = 1.5;
export const RADIUS = Math.ceil(3 * SIGMA);

/** Input rows below a row that must be stitched before it can be corrected: the blur's, and one to interpolate. */
export const LAG = RADIUS + 1;

/** One half of the blur's kernel, the centre first; the whole sums to 1. */
export const KERNEL = gaussian(SIGMA, RADIUS);

function gaussian(sigma: number, radius: number): Float64Array {
  const half = Float64Array.from({ length: radius + 1 }, (_, i) => Math.exp(-(i * i) / (2 * sigma * sigma)));
  const sum = half.reduce((total, weight, i) => total + (i === 0 ? weight : 2 * weight), 0);
  return half.map((weight) => weight / sum);
}
