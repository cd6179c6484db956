/**
 * How grain is enlarged: smoothly, and so that the mean over each input pixel is again that pixel's grain. An
 * interpolation alone would not do: shrunk again, it has lost a quarter of white noise's deviation.
 */
import { type Axis, tapsOf, type Taps } from './axis.ts';
import { cubic } from './resample.ts';

/** Where Catmull-Rom ends, and where the correction before it is cut off: what is left out is under 1 %. */
const CUBIC_RADIUS = 2;
const CORRECTION_RADIUS = 2;

/** Input pixels to each side that a result takes part of. */
export const ENLARGE_RADIUS = CUBIC_RADIUS + CORRECTION_RADIUS;

/** Places within a pixel that stand for all of them where the scale's own do not repeat. */
const EVENLY = 64;

/** For each result, the weights of the pixels from `ENLARGE_RADIUS` before the nearest on. */
export function enlargeTaps(axis: Axis): Taps {
  const { period, step, length } = axis;
  // Of the whole period, even where the picture is shorter: one filter for all pictures at one scale.
  const count = step > 0 ? period : Math.min(EVENLY, length);
  const within = Array.from({ length: count }, (_, i) => {
    const place = step > 0 ? (i + 0.5) / (period / step) - 0.5 : (i + 0.5) / count - 0.5;
    return place - nearest(place);
  });
  const kernels = within.map(interpolation);
  const mean = Array.from({ length: 2 * CUBIC_RADIUS + 1 }, (_, tap) => {
    return kernels.reduce((sum, kernel) => sum + (kernel[tap] ?? 0), 0) / count;
  });
  const correction = inverse(mean, CORRECTION_RADIUS);
  return tapsOf(axis, 2 * ENLARGE_RADIUS + 1, (place) => ({
    start: nearest(place) - ENLARGE_RADIUS,
    weights: convolve(interpolation(place - nearest(place)), correction),
  }));
}

/** The pixel that a place lies in. */
function nearest(place: number): number {
  return Math.floor(place + 0.5);
}

/** Catmull-Rom's weights of the pixels about one, for a place so far from its centre. */
function interpolation(offset: number): number[] {
  return Array.from({ length: 2 * CUBIC_RADIUS + 1 }, (_, tap) => cubic(tap - CUBIC_RADIUS - offset));
}

/** What undoes `kernel` (summing to 1), cut off at `radius`: van Cittert's iteration. */
function inverse(kernel: readonly number[], radius: number): number[] {
  const unit: number[] = Array.from({ length: 2 * radius + 1 }, (_, i) => (i === radius ? 1 : 0));
  const beyond = (kernel.length - 1) / 2;
  let found: number[] = unit;
  for (let i = 0; i < 30; i++) {
    const done = convolve(found, kernel).slice(beyond, beyond + unit.length);
    found = found.map((value, tap) => value + (unit[tap] ?? 0) - (done[tap] ?? 0));
  }
  const sum = found.reduce((total, value) => total + value, 0);
  return found.map((value) => value / sum);
}

function convolve(a: readonly number[], b: readonly number[]): number[] {
  const result = new Array<number>(a.length + b.length - 1).fill(0);
  a.forEach((x, i) => b.forEach((y, j) => (result[i + j] = (result[i + j] ?? 0) + x * y)));
  return result;
}
