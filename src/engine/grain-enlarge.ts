/**
 * How grain is enlarged: smoothly, and so that the mean over each input pixel is again that pixel's grain. An
 * interpolation alone would not do: shrunk again, it has lost a quarter of white noise's deviation.
 */
import { cubic } from './resample.ts';

/** Where Catmull-Rom ends, and where the correction before it is cut off: what is left out is under 1 %. */
const CUBIC_RADIUS = 2;
const CORRECTION_RADIUS = 2;

/** Input pixels to each side that a result takes part of. */
export const ENLARGE_RADIUS = CUBIC_RADIUS + CORRECTION_RADIUS;

/** For each of the `scale` results of an input pixel, the weights of the pixels from `−ENLARGE_RADIUS` on. */
export function enlargeFilter(scale: number): Float32Array[] {
  const phases = Array.from({ length: scale }, (_, i) => {
    const offset = (i + 0.5) / scale - 0.5;
    return Array.from({ length: 2 * CUBIC_RADIUS + 1 }, (_, tap) => cubic(tap - CUBIC_RADIUS - offset));
  });
  const mean = (phases[0] ?? []).map(
    (_, tap) => phases.reduce((sum, phase) => sum + (phase[tap] ?? 0), 0) / scale,
  );
  const correction = inverse(mean, CORRECTION_RADIUS);
  return phases.map((phase) => Float32Array.from(convolve(phase, correction)));
}

/** What undoes `kernel` (symmetric, summing to 1), cut off at `radius`: van Cittert's iteration. */
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
