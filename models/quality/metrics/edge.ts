/**
 * Edge sharpness by the slanted edge of ISO 12233: the rows across an edge that leans a little sample it at many distances,
 * which together give its profile far finer than the pixels. Measured on sRGB values as they are.
 */
import type { Picture } from '../../check/picture.ts';

/** A near-vertical edge, dark on the left, leaning by `DEGREES`; the same turned by a quarter is near-horizontal. */
const DEGREES = 5;
/** Of moderate contrast: a network that makes every edge black and white would be told apart. */
export const DARK = 80;
export const BRIGHT = 176;
/** Bins of the profile for each pixel, as the standard takes them. */
const BINS = 4;
/** What is looked at: pixels on either side of the edge, and rows left out at the top and at the bottom. */
const REACH = 48;
const MARGIN = 32;

export interface EdgeFigures {
  /** Where the transfer of contrast falls to one half, in cycles for each pixel of the picture measured. */
  readonly mtf50: number;
  /** How far the profile goes beyond the levels on either side, in percent of the step: the worse side. */
  readonly overshoot: number;
}

/** A gray RGB picture of side `side` with an edge through its middle. */
export function slantedEdge(side: number, turned: boolean): Picture {
  const slope = Math.tan((DEGREES * Math.PI) / 180);
  const data = new Float32Array(3 * side ** 2);
  for (let along = 0; along < side; along++) {
    const edge = side / 2 + (along + 0.5 - side / 2) * slope;
    for (let across = 0; across < side; across++) {
      // The share of the pixel right of the edge; over one row the edge moves by less than a tenth of a pixel.
      const share = Math.min(1, Math.max(0, across + 1 - edge));
      const at = turned ? across * side + along : along * side + across;
      for (let channel = 0; channel < 3; channel++) {
        data[channel * side ** 2 + at] = DARK + (BRIGHT - DARK) * share;
      }
    }
  }
  return { name: 'slanted edge', width: side, height: side, channels: 3, data };
}

/** Of a single-channel picture with a near-vertical edge through its middle; 64 pixels or more wide and high. */
export function edgeFigures(picture: Picture): EdgeFigures {
  const profile = edgeProfile(picture);
  return { mtf50: mtf50(profile), overshoot: overshoot(profile) };
}

/** The picture's rows as its columns. */
export function transposed(picture: Picture): Picture {
  const { width, height, data } = picture;
  const turned = data.map((_, at) => data[(at % height) * width + Math.floor(at / height)] ?? NaN);
  return { ...picture, width: height, height: width, data: turned };
}

/** The mean sample by distance from the edge, in steps of 1/BINS pixel, from −REACH to REACH. */
function edgeProfile({ width, height, data }: Picture): Float64Array {
  const rows = Array.from({ length: height - 2 * MARGIN }, (_, at) => at + MARGIN);
  const { offset, slope } = line(rows.map((y) => [y, crossing(data.subarray(y * width, (y + 1) * width))]));
  const sums = new Float64Array(2 * REACH * BINS);
  const counts = new Float64Array(sums.length);
  for (const y of rows) {
    for (let x = 0; x < width; x++) {
      // Across the edge, not along the row.
      const distance = (x - offset - slope * y) * Math.cos(Math.atan(slope));
      const bin = Math.floor((distance + REACH) * BINS);
      if (bin < 0 || bin >= sums.length) continue;
      sums[bin] = (sums[bin] ?? NaN) + (data[y * width + x] ?? NaN);
      counts[bin] = (counts[bin] ?? NaN) + 1;
    }
  }
  if (counts.includes(0)) throw new RangeError('the picture is too small for its edge to be measured');
  return sums.map((sum, bin) => sum / (counts[bin] ?? NaN));
}

/** Where a row crosses the middle of its two ends: the centre of gravity of its steps. */
function crossing(row: Float32Array): number {
  let [weight, sum] = [0, 0];
  for (let x = 1; x < row.length; x++) {
    const step = (row[x] ?? NaN) - (row[x - 1] ?? NaN);
    weight += step;
    sum += step * (x - 0.5);
  }
  return sum / weight;
}

/** The line x = offset + slope · y of least squares. */
function line(points: readonly (readonly [number, number])[]): { offset: number; slope: number } {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [middleY, middleX] = [mean(points.map(([y]) => y)), mean(points.map(([, x]) => x))];
  const slope =
    mean(points.map(([y, x]) => (y - middleY) * (x - middleX))) /
    mean(points.map(([y]) => (y - middleY) ** 2));
  return { offset: middleX - slope * middleY, slope };
}

/** The profile's derivative, windowed, and its spectrum up to the first place below one half. */
function mtf50(profile: Float64Array): number {
  const spread = Array.from(profile, (_, at) => {
    const step = ((profile[at + 1] ?? NaN) - (profile[at - 1] ?? NaN)) / 2;
    const window = 0.54 - 0.46 * Math.cos((2 * Math.PI * at) / (profile.length - 1));
    return at === 0 || at === profile.length - 1 ? 0 : step * window;
  });
  const transfer = (frequency: number): number => {
    let [real, imaginary] = [0, 0];
    spread.forEach((value, at) => {
      real += value * Math.cos((2 * Math.PI * frequency * at) / BINS);
      imaginary += value * Math.sin((2 * Math.PI * frequency * at) / BINS);
    });
    // The difference of two neighbours, and the mean over a bin, blur by themselves.
    return (
      Math.hypot(real, imaginary) /
      (sinc((2 * Math.PI * frequency) / BINS) * sinc((Math.PI * frequency) / BINS))
    );
  };
  const whole = transfer(0);
  const step = 1 / 1024;
  let past = 1;
  for (let frequency = step; frequency < 1; frequency += step) {
    const contrast = transfer(frequency) / whole;
    if (contrast < 0.5) return frequency - (step * (0.5 - contrast)) / (past - contrast);
    past = contrast;
  }
  return 1;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(x) / x);

/** The levels are those of the outer quarters. */
function overshoot(profile: Float64Array): number {
  const quarter = profile.length / 4;
  const mean = (values: Float64Array): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [dark, bright] = [mean(profile.subarray(0, quarter)), mean(profile.subarray(-quarter))];
  const beyond = Math.max(Math.max(...profile) - bright, dark - Math.min(...profile));
  return (100 * beyond) / (bright - dark);
}
