/**
 * The input's grain, put back: the network took it out, and what it took out is known per input pixel, as the
 * difference between the input and the result shrunk to it. Its low frequencies are put back in any case
 * (low-frequency.ts); its high ones are grain, but also edges that the network drew otherwise than the input, and the
 * blocks and ringing of JPEG. Nothing is painted on: where nothing was taken out, nothing comes back.
 *
 * Grain is told from the rest by where it is. With, about each pixel, the mean squares E of the difference's high
 * frequencies and S of the shrunk result's own, and with n² the least E around, which is the grain of the most even
 * place near by, the pixel's difference is kept by the weight
 *
 *   w = n² / (n² + S + max(0, E − 3 n²))
 *
 * that is Wiener's filter with all energy beyond the grain's as its noise. In even places E stays under 3 n² by its
 * scatter alone and w is near 1; at an edge, S is many times n² and w near 0; about JPEG blocks, E is many times
 * the n² of the clean places between them; and where there is no grain near by, n² and w are 0. One weight for all
 * channels keeps the colour of the grain. `weightGrain` has the figures.
 */
import type { Target } from '../size.ts';
import { axisOf, filterLine, tapsAt, type Taps } from './axis.ts';
import { blurLine, KERNEL, padLine, RADIUS } from './blur.ts';
import { ENLARGE_RADIUS, enlargeTaps } from './grain-enlarge.ts';
import type { BlurredDifferences } from './blurred.ts';
import type { Input } from './input.ts';
import { mirrorIndex } from './mirror.ts';
import { LazyRows } from './rows.ts';
import type { Stitched } from './stitched.ts';

/** E and S are means over squares of 7: enough pixels for a steady figure, little wider than a misfit edge. */
const MEAN_RADIUS = 3;
/** The least E is looked for so far around: beyond what an edge's misfit reaches, in E and in the difference. */
const LEAST_RADIUS = 8;
/** And smoothed so far, or the weight would have steps. */
const SMOOTH_RADIUS = 4;
/** E may exceed n², the least of some ten that scatter, by so much and still be grain. */
const SCATTER = 3;
/** Mean square of what is no grain yet: a quarter of an 8-bit step, such as rounding leaves. */
const ROUNDING = (0.25 / 255) ** 2;

/** Input rows below a row that must be stitched before its grain is known. */
export const GRAIN_LAG = ENLARGE_RADIUS + SMOOTH_RADIUS + LEAST_RADIUS + MEAN_RADIUS + RADIUS;

/** What lines are continued by at both ends, as far as any filter here reaches; one more, where a result lies before them. */
const PADDING = Math.max(RADIUS, ENLARGE_RADIUS + 1);

/** How much of a difference is grain, 0..1; mean squares of values in 0..1. See above. */
export function weightGrain(difference: number, structure: number, least: number): number {
  const grain = least - ROUNDING;
  if (!(grain > 0)) return 0;
  const excess = difference - SCATTER * least;
  return grain / (grain + structure + (excess > 0 ? excess : 0));
}

/** Adds grain to rows of the result, in order from the top. What it holds depends on the width alone. */
export class Grain {
  readonly #stitched: Stitched;
  readonly #input: Input;
  readonly #width: number;
  readonly #height: number;
  readonly #amount: number;
  readonly #blurred: BlurredDifferences;
  readonly #fine: LazyRows;
  readonly #shrunk: LazyRows;
  readonly #shrunkAcross: LazyRows;
  readonly #energies: LazyRows;
  readonly #means: LazyRows;
  readonly #leastAcross: LazyRows;
  readonly #least: LazyRows;
  readonly #grain: LazyRows;
  readonly #across: Taps;
  readonly #down: Taps;
  readonly #mixed: Float32Array;
  /** As computed: rounded only with what it is added to. */
  readonly #enlarged: Float64Array;
  readonly #padded: Float32Array;

  /**
   * @param blurred keeps `GRAIN_LAG` rows more than the low-frequency match needs
   * @param target what the input becomes
   * @param amount how much of the grain comes back, 0..1
   * @param behind input rows that the result's rows may lie behind the one that `advance` was last told of
   */
  constructor(
    input: Input,
    stitched: Stitched,
    blurred: BlurredDifferences,
    target: Target,
    amount: number,
    behind: number,
  ) {
    const { width, height } = input;
    this.#input = input;
    this.#stitched = stitched;
    this.#blurred = blurred;
    this.#width = width;
    this.#height = height;
    this.#amount = amount;
    const across = (radius: number) => 2 * radius + 1;
    const lazy = (kept: number, planes: number, make: (y: number, into: Float32Array) => void) =>
      new LazyRows(kept, planes * width, make);
    this.#shrunk = lazy(RADIUS + 1, 3, (y, into) => this.#shrink(y, into));
    this.#shrunkAcross = lazy(across(RADIUS), 3, (y, into) => this.#blurShrunk(y, into));
    const ahead = SMOOTH_RADIUS + LEAST_RADIUS + 1;
    this.#fine = lazy(ahead + MEAN_RADIUS, 3, (y, into) => this.#takeFine(y, into));
    this.#energies = lazy(across(MEAN_RADIUS), 3, (y, into) => this.#measure(y, into));
    this.#means = lazy(ahead, 2, (y, into) => this.#mean(y, into));
    this.#leastAcross = lazy(across(LEAST_RADIUS), 1, (y, into) =>
      leastOfLine(this.#means.row(y).subarray(0, width), into),
    );
    this.#least = lazy(across(SMOOTH_RADIUS), 1, (y, into) => this.#findLeast(y, into));
    this.#grain = lazy(across(ENLARGE_RADIUS) + behind, 3, (y, into) => this.#weigh(y, into));
    this.#across = enlargeTaps(axisOf(target.width, target.scaleX, target.offsetX));
    this.#down = enlargeTaps(axisOf(target.height, target.scaleY, target.offsetY));
    this.#enlarged = new Float64Array(target.width);
    this.#mixed = new Float32Array(3 * width);
    this.#padded = new Float32Array(width + 2 * PADDING);
  }

  /** Makes ready what input row `y` needs. `GRAIN_LAG` rows below it must be stitched. */
  advance(y: number): void {
    this.#grain.row(Math.min(this.#height - 1, y + ENLARGE_RADIUS));
  }

  /** Adds its grain to row `y` of the result: three planes. */
  addTo(row: Float32Array, y: number): void {
    const width = this.#width;
    const mixed = this.#mixed.fill(0);
    const { start, weights } = tapsAt(this.#down, y);
    for (let tap = 0; tap < weights.length; tap++) {
      const weight = weights[tap] as number;
      const grain = this.#grain.row(mirrorIndex(start + tap, this.#height));
      for (let i = 0; i < mixed.length; i++) {
        mixed[i] = (mixed[i] as number) + weight * (grain[i] as number);
      }
    }
    if (!mixed.some((value) => value !== 0)) return;
    const padded = this.#padded;
    const enlarged = this.#enlarged;
    for (let c = 0; c < 3; c++) {
      padLine(mixed.subarray(c * width, (c + 1) * width), PADDING, padded);
      filterLine(this.#across, padded, PADDING, enlarged, 0);
      const plane = c * enlarged.length;
      for (let x = 0; x < enlarged.length; x++) {
        row[plane + x] = (row[plane + x] as number) + (enlarged[x] as number);
      }
    }
  }

  /** The difference less its blur. */
  #takeFine(y: number, into: Float32Array): void {
    const blurred = this.#blurred.row(y);
    const differences = this.#stitched.differences(y);
    for (let i = 0; i < into.length; i++) into[i] = (differences[i] as number) - (blurred[i] as number);
  }

  /** The result shrunk to the input. */
  #shrink(y: number, into: Float32Array): void {
    const { scale, white } = this.#stitched;
    const area = white * scale * scale;
    into.fill(0);
    for (let k = 0; k < scale; k++) {
      const samples = this.#stitched.samples(y * scale + k);
      let from = 0;
      for (let i = 0; i < into.length; i++) {
        let sum = 0;
        for (const end = from + scale; from < end; from++) sum += samples[from] as number;
        into[i] = (into[i] as number) + sum / area;
      }
    }
  }

  #blurShrunk(y: number, into: Float32Array): void {
    const width = this.#width;
    const shrunk = this.#shrunk.row(y);
    for (let c = 0; c < 3; c++) {
      blurLine(shrunk.subarray(c * width, (c + 1) * width), KERNEL, into, c * width, this.#padded);
    }
  }

  /** Planes of squares: the difference's high frequencies, the shrunk result's, both times alpha; and alpha. */
  #measure(y: number, into: Float32Array): void {
    const width = this.#width;
    const fine = this.#fine.row(y);
    const rows = Array.from({ length: 2 * RADIUS + 1 }, (_, i) => mirrorIndex(y + i - RADIUS, this.#height));
    // The lowest first: it makes all above it, which then are still kept.
    this.#shrunkAcross.row(Math.max(...rows));
    const shrunk = this.#shrunk.row(y);
    const high = Float32Array.from(shrunk);
    rows.forEach((row, i) => {
      const blurred = this.#shrunkAcross.row(row);
      const weight = KERNEL[Math.abs(i - RADIUS)] as number;
      for (let j = 0; j < high.length; j++) high[j] = (high[j] as number) - weight * (blurred[j] as number);
    });
    const alpha = this.#input.hasAlpha ? this.#input.alpha(y) : undefined;
    for (let x = 0; x < width; x++) {
      const a = alpha ? (alpha[x] as number) : 1;
      into[x] = a * meanSquare(fine, x, width);
      into[width + x] = a * meanSquare(high, x, width);
      into[2 * width + x] = a;
    }
  }

  /** E and S. Where all is transparent E is infinite, so that it is nobody's least. */
  #mean(y: number, into: Float32Array): void {
    const width = this.#width;
    const sums = this.#sumRows(this.#energies, y, MEAN_RADIUS, 3);
    const [difference, structure, alpha] = [0, 1, 2].map((plane) =>
      this.#sumAcross(sums.subarray(plane * width, (plane + 1) * width), MEAN_RADIUS),
    ) as [Float32Array, Float32Array, Float32Array];
    for (let x = 0; x < width; x++) {
      const a = alpha[x] as number;
      into[x] = a > 1e-3 ? (difference[x] as number) / a : Infinity;
      into[width + x] = a > 1e-3 ? (structure[x] as number) / a : 0;
    }
  }

  #findLeast(y: number, into: Float32Array): void {
    into.fill(Infinity);
    for (let i = -LEAST_RADIUS; i <= LEAST_RADIUS; i++) {
      const row = this.#leastAcross.row(mirrorIndex(y + i, this.#height));
      for (let x = 0; x < into.length; x++) {
        const value = row[x] as number;
        if (value < (into[x] as number)) into[x] = value;
      }
    }
    // Transparent all around: nobody sees it.
    for (let x = 0; x < into.length; x++) if (into[x] === Infinity) into[x] = 0;
  }

  #weigh(y: number, into: Float32Array): void {
    const width = this.#width;
    const count = (2 * SMOOTH_RADIUS + 1) ** 2;
    const least = this.#sumAcross(this.#sumRows(this.#least, y, SMOOTH_RADIUS, 1), SMOOTH_RADIUS);
    const means = this.#means.row(y);
    const fine = this.#fine.row(y);
    for (let x = 0; x < width; x++) {
      const difference = means[x] as number;
      const weight =
        this.#amount * weightGrain(difference, means[width + x] as number, (least[x] as number) / count);
      for (let i = x; i < 3 * width; i += width) into[i] = weight > 0 ? weight * (fine[i] as number) : 0;
    }
  }

  #sumRows(rows: LazyRows, y: number, radius: number, planes: number): Float32Array {
    const sums = new Float32Array(planes * this.#width);
    for (let i = -radius; i <= radius; i++) {
      const row = rows.row(mirrorIndex(y + i, this.#height));
      for (let j = 0; j < sums.length; j++) sums[j] = (sums[j] as number) + (row[j] as number);
    }
    return sums;
  }

  #sumAcross(line: Float32Array, radius: number): Float32Array {
    const padded = this.#padded;
    padLine(line, radius, padded);
    const sums = new Float32Array(line.length);
    for (let x = 0; x < line.length; x++) {
      let sum = 0;
      for (let i = x; i <= x + 2 * radius; i++) sum += padded[i] as number;
      sums[x] = sum;
    }
    return sums;
  }
}

function meanSquare(planes: Float32Array, x: number, width: number): number {
  const r = planes[x] as number;
  const g = planes[width + x] as number;
  const b = planes[2 * width + x] as number;
  return (r * r + g * g + b * b) / 3;
}

/** The least within `LEAST_RADIUS` of each; what lies beyond the ends is mirrored and so is nothing new. */
function leastOfLine(line: Float32Array, into: Float32Array): void {
  for (let x = 0; x < line.length; x++) {
    let least = Infinity;
    const end = x + LEAST_RADIUS < line.length ? x + LEAST_RADIUS : line.length - 1;
    for (let i = x > LEAST_RADIUS ? x - LEAST_RADIUS : 0; i <= end; i++) {
      const value = line[i] as number;
      if (value < least) least = value;
    }
    into[x] = least;
  }
}
