/**
 * Where a result's samples lie along one axis of a picture, for any scale and a shift of less than a pixel. Where the
 * scale is a ratio of small whole numbers the places repeat, and so do the weights of whatever filter is put there.
 */

/** `length` results over a line of samples. */
export interface Axis {
  readonly length: number;
  /** Results over samples. */
  readonly scale: number;
  /** The places repeat after `period` results, which take `step` samples. */
  readonly period: number;
  readonly step: number;
  /** Places of results 0..period−1, in samples: 0 is the centre of the first sample. */
  readonly places: Float64Array;
}

/** The largest period looked for: beyond it, weights for each result cost little more. */
const LONGEST_PERIOD = 32;
/** A scale this close to a ratio is that ratio: far below what shows over the longest side that Photoshop holds. */
const SAME = 1e-12;

/**
 * @param length results
 * @param scale results over samples
 * @param offset where the first result begins, less where the first sample does, in results
 */
export function axisOf(length: number, scale: number, offset: number): Axis {
  const { period, step } = ratioOf(scale) ?? { period: length, step: 0 };
  const exact = step > 0 ? period / step : scale;
  const count = Math.min(period, length);
  const places = Float64Array.from({ length: count }, (_, i) => (i + 0.5 + offset) / exact - 0.5);
  return { length, scale: exact, period, step, places };
}

/** Where result `i` lies. */
export function placeOf({ period, step, places }: Axis, i: number): number {
  const phase = i % period;
  return ((i - phase) / period) * step + (places[phase] as number);
}

function ratioOf(scale: number): { period: number; step: number } | undefined {
  for (let step = 1; step <= LONGEST_PERIOD; step++) {
    const period = Math.round(scale * step);
    if (period > 4 * LONGEST_PERIOD) return undefined;
    if (period > 0 && Math.abs(scale * step - period) < SAME * period) return { period, step };
  }
  return undefined;
}

/** A filter at each place of an axis: `taps` weights from sample `starts[phase]` on, which may lie before the line. */
export interface Taps {
  readonly axis: Axis;
  readonly taps: number;
  readonly starts: Int32Array;
  /** Those of phase 0, then those of phase 1, and so on. */
  readonly weights: Float32Array;
}

/** @param weigh the first sample, and `taps` weights from there on, of a result at `place` */
export function tapsOf(
  axis: Axis,
  taps: number,
  weigh: (place: number) => { readonly start: number; readonly weights: ArrayLike<number> },
): Taps {
  const starts = new Int32Array(axis.places.length);
  const weights = new Float32Array(taps * axis.places.length);
  axis.places.forEach((place, phase) => {
    const weighed = weigh(place);
    starts[phase] = weighed.start;
    weights.set(weighed.weights, phase * taps);
  });
  return { axis, taps, starts, weights };
}

/** The first sample of result `i`, and its weights. */
export function tapsAt(
  { axis, taps, starts, weights }: Taps,
  i: number,
): { start: number; weights: Float32Array } {
  const phase = i % axis.period;
  return {
    start: ((i - phase) / axis.period) * axis.step + (starts[phase] as number),
    weights: weights.subarray(phase * taps, (phase + 1) * taps),
  };
}

/**
 * Filters a line into `into` from `at` on. Sample 0 stands at `pad` in `padded`, which is continued far enough at both
 * ends.
 */
export function filterLine(
  { axis, taps, starts, weights }: Taps,
  padded: Float32Array,
  pad: number,
  into: Float32Array | Float64Array,
  at: number,
): void {
  const { length, period, step } = axis;
  for (let phase = 0; phase < starts.length; phase++) {
    const first = phase * taps;
    let from = pad + (starts[phase] as number);
    for (let x = at + phase; x < at + length; x += period, from += step) {
      let sum = 0;
      for (let tap = 0; tap < taps; tap++) {
        sum += (weights[first + tap] as number) * (padded[from + tap] as number);
      }
      into[x] = sum;
    }
  }
}
