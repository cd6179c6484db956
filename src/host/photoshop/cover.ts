/**
 * The coverage of a part, enlarged with it, and what it does to the result: it mixes it over other pixels, or becomes
 * part of its alpha. Coverage is 0 to 1 here, one number a pixel.
 */
import type { Target } from '../../size.ts';
import type { PixelChannels, PixelDepth } from './colour.ts';
import { dimensions, type Job } from './job.ts';
import { type PixelSamples, samplesOf } from './pixels.ts';

/** The highest sample: what is opaque, and white but at 32 bits. */
export function fullOf(depth: PixelDepth): number {
  return depth === 32 ? 1 : 2 ** depth - 1;
}

export function hasAlpha(channels: PixelChannels): boolean {
  return channels === 2 || channels === 4;
}

/** Of one axis: which two source pixels a result pixel lies between, and how much of the second it takes. */
interface Tap {
  readonly first: number;
  readonly second: number;
  readonly share: number;
}

/** Bilinear. Beyond the part's edge its outermost pixels go on, so that a straight edge stays hard and in its place. */
function tap(at: number, scale: number, offset: number, length: number): Tap {
  const source = Math.min(length - 1, Math.max(0, (at + 0.5 + offset) / scale - 0.5));
  const first = Math.floor(source);
  return { first, second: Math.min(length - 1, first + 1), share: source - first };
}

/** Rows `y` to `y + rows` of the coverage as large as the target. `source` gives rows of the part's own coverage. */
export async function enlargedCoverage(
  { width, height }: { readonly width: number; readonly height: number },
  target: Target,
  y: number,
  rows: number,
  source: (y: number, rows: number) => Promise<Uint8Array>,
): Promise<Float32Array> {
  const down = Array.from({ length: rows }, (_, i) => tap(y + i, target.scaleY, target.offsetY, height));
  const across = Array.from({ length: target.width }, (_, x) => tap(x, target.scaleX, target.offsetX, width));
  const top = down[0]?.first ?? 0;
  const bottom = (down[rows - 1]?.second ?? 0) + 1;
  const bytes = await source(top, bottom - top);
  const enlarged = new Float32Array(target.width * rows);
  const between = new Float32Array(width);
  down.forEach(({ first, second, share }, row) => {
    const above = (first - top) * width;
    const below = (second - top) * width;
    for (let x = 0; x < width; x += 1) {
      const a = bytes[above + x] ?? 0;
      between[x] = (a + ((bytes[below + x] ?? 0) - a) * share) / 255;
    }
    const to = row * target.width;
    for (let x = 0; x < target.width; x += 1) {
      const { first: left, second: right, share: part } = across[x] as Tap;
      const a = between[left] ?? 0;
      enlarged[to + x] = a + ((between[right] ?? 0) - a) * part;
    }
  });
  return enlarged;
}

/** The same, of a job's spool. */
export function jobCoverage({ pixels, target, spool }: Job, y: number, rows: number): Promise<Float32Array> {
  const size = dimensions(pixels.bounds);
  return enlargedCoverage(size, target, y, rows, async (top, count) => {
    return new Uint8Array(await spool.read('coverage', top * size.width, count * size.width));
  });
}

interface Form {
  readonly channels: PixelChannels;
  readonly depth: PixelDepth;
}

/**
 * The result over a base, by coverage: the mean of the two, weighed by their alpha. Where the coverage is 0 the base's
 * samples stay as they are, where it is 1 they are the result's.
 */
export function mixOver(
  base: PixelSamples,
  result: PixelSamples,
  coverage: Float32Array,
  { channels, depth }: Form,
): void {
  const colours = hasAlpha(channels) ? channels - 1 : channels;
  for (let p = 0, i = 0; p < coverage.length; p += 1, i += channels) {
    const share = coverage[p] ?? 0;
    if (share <= 0) continue;
    if (share >= 1) {
      for (let c = 0; c < channels; c += 1) base[i + c] = result[i + c] ?? 0;
      continue;
    }
    let before = 1 - share;
    let after = share;
    if (colours < channels) {
      before *= base[i + colours] ?? 0;
      after *= result[i + colours] ?? 0;
      base[i + colours] = stored(before + after, depth);
      if (before + after <= 0) continue;
    }
    const all = before + after;
    for (let c = 0; c < colours; c += 1) {
      base[i + c] = stored(((base[i + c] ?? 0) * before + (result[i + c] ?? 0) * after) / all, depth);
    }
  }
}

/** The result with its alpha lowered to the coverage; opaque pixels get one. */
export function maskedResult(
  result: PixelSamples,
  coverage: Float32Array,
  { channels, depth }: Form,
): PixelSamples {
  const own = hasAlpha(channels);
  const colours = own ? channels - 1 : channels;
  const masked = samplesOf(depth, coverage.length * (colours + 1));
  const full = fullOf(depth);
  for (let p = 0, i = 0, o = 0; p < coverage.length; p += 1, i += channels, o += colours + 1) {
    for (let c = 0; c < colours; c += 1) masked[o + c] = result[i + c] ?? 0;
    masked[o + colours] = stored((coverage[p] ?? 0) * (own ? (result[i + colours] ?? 0) : full), depth);
  }
  return masked;
}

/** Whole numbers but at 32 bits. */
function stored(sample: number, depth: PixelDepth): number {
  return depth === 32 ? sample : Math.round(sample);
}

/** A rectangle of a strip, in its pixels. */
export interface Patch {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The rows of the strip with any coverage, in one piece; undefined if there is none. */
export function coveredRows(coverage: Float32Array, width: number): Patch | undefined {
  const rows = coverage.length / width;
  const any = (y: number): boolean =>
    coverage.subarray(y * width, (y + 1) * width).some((share) => share > 0);
  let top = 0;
  while (top < rows && !any(top)) top += 1;
  if (top === rows) return undefined;
  let bottom = rows;
  while (!any(bottom - 1)) bottom -= 1;
  return { left: 0, top, right: width, bottom };
}

/** Rectangles that hold all pixels with any coverage and no others. Rows with the same runs share their rectangles. */
export function coveredPatches(coverage: Float32Array, width: number): Patch[] {
  const rows = coverage.length / width;
  const done: Patch[] = [];
  let open: Patch[] = [];
  for (let y = 0; y <= rows; y += 1) {
    const runs = y < rows ? runsOf(coverage, y * width, width) : [];
    const same =
      runs.length === open.length &&
      runs.every(([left, right], i) => open[i]?.left === left && open[i].right === right);
    if (same) {
      open = open.map((patch) => ({ ...patch, bottom: y + 1 }));
    } else {
      done.push(...open);
      open = runs.map(([left, right]) => ({ left, top: y, right, bottom: y + 1 }));
    }
  }
  return done;
}

function runsOf(coverage: Float32Array, from: number, width: number): [left: number, right: number][] {
  const runs: [number, number][] = [];
  for (let x = 0; x < width; x += 1) {
    if (!((coverage[from + x] ?? 0) > 0)) continue;
    const left = x;
    while (x < width && (coverage[from + x] ?? 0) > 0) x += 1;
    runs.push([left, x]);
  }
  return runs;
}
