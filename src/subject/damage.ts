/**
 * What a picture has lost, measured on its pixels at 100 %: then a model can only guess at fine detail, whatever it is.
 * The bounds come from `models/quality/share.ts`, which prints these figures for good and for damaged inputs.
 */
import type { Picture } from './picture.ts';

/** Softer than its size, eaten by JPEG, or hidden by noise. */
export type Damage = 'soft' | 'compressed' | 'noisy';

export interface DamageFigures {
  /** Contrast between neighbours over contrast at twice the distance: 0.3 for a picture enlarged, 0.5 and more for a sharp one. */
  readonly sharpness: number;
  /** How much stronger the steps of an 8×8 grid are than others, the weaker of both directions; 1 is no grid. */
  readonly blocks: number;
  /** Standard deviation of the noise in 1/255, as in the tenth of the picture that has least in it. */
  readonly noise: number;
}

/** Of the 24 pictures of Kodak's set, 0.51 and more as they are and shrunk; 0.38 and less blurred or enlarged. */
const LEAST_SHARPNESS = 0.42;
/** Up to 1.21 untouched; in JPEG of quality 30 from 1.37 on, in 22 of the 24 above this; of quality 65, in half. */
const MOST_BLOCKS = 1.4;
/** Noise of 10/255 came out as more than this in 23 of the 24, mostly 5.2 to 7.2; texture as less in 23, mostly 0.3 to 4. */
const MOST_NOISE = 5;

/** Contrast below which there is nothing to tell by, in 1/255. */
const FLAT = 0.5;
const BLOCK = 8;
/** Smaller pictures hold too few blocks. */
const LEAST_SIDE = 32;

/** What stands in the way of detail, the gravest first; undefined if nothing does, or if it cannot be told. */
export function damageIn(picture: Picture): Damage | undefined {
  const figures = damageFigures(picture);
  if (!figures) return undefined;
  if (figures.sharpness < LEAST_SHARPNESS) return 'soft';
  if (figures.blocks > MOST_BLOCKS) return 'compressed';
  return figures.noise > MOST_NOISE ? 'noisy' : undefined;
}

/** The figures of an opaque picture; undefined if it is too small or too even to tell. */
export function damageFigures(picture: Picture): DamageFigures | undefined {
  const { width, height } = picture;
  if (Math.min(width, height) < LEAST_SIDE) return undefined;
  const luma = lumaOf(picture);
  const [near, far] = [contrast(luma, width, height, 1), contrast(luma, width, height, 2)];
  if (far < FLAT) return undefined;
  const blocks = Math.min(grid(luma, width, height, 1, width), grid(luma, height, width, width, 1));
  return { sharpness: near / far, blocks, noise: noiseOf(luma, width, height) };
}

function lumaOf({ width, height, rgba }: Picture): Float32Array {
  return Float32Array.from({ length: width * height }, (_, i) => {
    const [r = 0, g = 0, b = 0] = rgba.subarray(4 * i, 4 * i + 3);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  });
}

/** Root of the mean squared second difference over `distance` pixels, across and down. */
function contrast(luma: Float32Array, width: number, height: number, distance: number): number {
  let [sum, count] = [0, 0];
  for (let y = distance; y < height - distance; y++) {
    for (let x = distance; x < width - distance; x++) {
      for (const step of [distance, distance * width]) {
        const at = y * width + x;
        const second = sample(luma, at) - (sample(luma, at - step) + sample(luma, at + step)) / 2;
        sum += second ** 2;
        count++;
      }
    }
  }
  return Math.sqrt(sum / count);
}

/**
 * The mean step at each of the eight places a grid may have, the largest over the mean of the others. A step is a
 * third difference, which a slope does not raise. `along` and `across` are the distances between samples in memory.
 */
function grid(luma: Float32Array, length: number, lines: number, along: number, across: number): number {
  const sums = new Float64Array(BLOCK);
  const counts = new Float64Array(BLOCK);
  for (let line = 0; line < lines; line++) {
    for (let i = 1; i < length - 2; i++) {
      const at = line * across + i * along;
      const inside = sample(luma, at) - sample(luma, at + along);
      const step = sample(luma, at - along) - 3 * inside - sample(luma, at + 2 * along);
      sums[i % BLOCK] = sample(sums, i % BLOCK) + Math.abs(step);
      counts[i % BLOCK] = sample(counts, i % BLOCK) + 1;
    }
  }
  const steps = Array.from(sums, (sum, i) => sum / sample(counts, i));
  const largest = Math.max(...steps);
  const others = (steps.reduce((sum, each) => sum + each, 0) - largest) / (BLOCK - 1);
  return others > 0 ? largest / others : 1;
}

/** After Immerkær, "Fast noise variance estimation", 1996: a mask that edges and slopes hardly answer to; by blocks. */
function noiseOf(luma: Float32Array, width: number, height: number): number {
  const deviations: number[] = [];
  for (let top = 1; top + BLOCK < height; top += BLOCK) {
    for (let left = 1; left + BLOCK < width; left += BLOCK) {
      let sum = 0;
      for (let y = top; y < top + BLOCK; y++) {
        for (let x = left; x < left + BLOCK; x++) sum += mask(luma, y * width + x, width) ** 2;
      }
      deviations.push(Math.sqrt(sum / BLOCK ** 2 / 36));
    }
  }
  deviations.sort((a, b) => a - b);
  return deviations[Math.floor(deviations.length / 10)] ?? 0;
}

function mask(luma: Float32Array, at: number, width: number): number {
  const [above, below] = [at - width, at + width];
  const corners =
    sample(luma, above - 1) + sample(luma, above + 1) + sample(luma, below - 1) + sample(luma, below + 1);
  const sides = sample(luma, above) + sample(luma, below) + sample(luma, at - 1) + sample(luma, at + 1);
  return corners - 2 * sides + 4 * sample(luma, at);
}

function sample(samples: Float32Array | Float64Array, at: number): number {
  return samples[at] ?? 0;
}
