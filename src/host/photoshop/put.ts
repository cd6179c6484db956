/**
 * A job's result into a layer, in strips. What was put is kept in samples and read back at the end: a layer that holds
 * something else than was written, a black one above all, must not stay.
 */
import {
  coveredPatches,
  coveredRows,
  hasAlpha,
  jobCoverage,
  maskedResult,
  mixOver,
  type Patch,
} from './cover.ts';
import { imageColour, type PixelChannels } from './colour.ts';
import { type Job, resultFormat, rowBytes } from './job.ts';
import { type Bounds, intersect, isEmpty, type Photoshop } from './photoshop.ts';
import {
  asSamples,
  type LayerPixels,
  type PixelSamples,
  readRegion,
  rowsPerStrip,
  samplesOf,
} from './pixels.ts';

/** The layer that a result is put into, and where. */
export interface Spot {
  readonly documentId: number;
  readonly layerId: number;
  readonly left: number;
  readonly top: number;
}

/** A row as it was put. */
export interface Kept {
  /** In pixels of the document it was put into. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly samples: PixelSamples;
}

/** What a layer holds after a result was put into it. */
export interface Put {
  readonly channels: PixelChannels;
  /** The bounds of what is visible of it; undefined if nothing is. */
  readonly visible: Bounds | undefined;
  readonly kept: readonly Kept[];
}

/** The most rows kept to compare with. */
const KEPT_ROWS = 16;

/** Puts the whole result in place of all that the layer holds, its alpha times the coverage if it is to be masked. */
export async function putResult(
  ps: Photoshop,
  job: Job,
  spot: Spot,
  { masked }: { readonly masked: boolean },
  done: (share: number) => void,
): Promise<Put> {
  const { colour } = job.pixels;
  const { width, height } = job.target;
  const channels = masked ? withAlpha(job.pixels.channels) : job.pixels.channels;
  const kept: Kept[] = [];
  let visible: Bounds | undefined;
  for await (const { y, rows, result, keep } of resultStrips(job)) {
    const samples = masked ? maskedResult(result, await jobCoverage(job, y, rows), job.pixels) : result;
    const at = { left: spot.left, top: spot.top + y };
    const image = { samples, width, height: rows, channels };
    await putPixels(ps, { ...spot, ...at }, image, colour, { replace: y === 0 });
    if (keep) kept.push(keepRow(image, rows >> 1, at));
    visible = union(visible, visibleBounds(image, at));
    done((y + rows) / height);
  }
  return { channels, visible, kept };
}

/**
 * Mixes the result over what the layer holds, by the part's coverage. Pixels without coverage stay as they are: their
 * samples are put back unchanged, or, where colours are converted on the way, not put at all.
 */
export async function blendResult(
  ps: Photoshop,
  job: Job,
  spot: Spot,
  whole: Bounds,
  done: (share: number) => void,
): Promise<Put> {
  const { channels, depth, colour } = job.pixels;
  const { width, height } = job.target;
  const layer: LayerPixels = {
    ...job.pixels,
    documentId: spot.documentId,
    layerId: spot.layerId,
    whole,
    bounds: whole,
  };
  const kept: Kept[] = [];
  for await (const { y, rows, result, keep } of resultStrips(job)) {
    const coverage = await jobCoverage(job, y, rows);
    const at = { left: spot.left, top: spot.top + y };
    const covered = coveredRows(coverage, width);
    if (covered) {
      const strip = { ...at, right: at.left + width, bottom: at.top + rows };
      const base = await readWithin(ps, layer, strip);
      mixOver(base, result, coverage, { channels, depth });
      const image = { samples: base, width, height: rows, channels };
      const patches = colour.profile === undefined ? [covered] : coveredPatches(coverage, width);
      for (const patch of patches) {
        const place = { ...spot, left: at.left + patch.left, top: at.top + patch.top };
        await putPixels(ps, place, cut(image, patch), colour, { replace: false });
      }
      if (keep) kept.push(keepRow(image, (covered.top + covered.bottom) >> 1, at));
    }
    done((y + rows) / height);
  }
  return { channels, visible: undefined, kept };
}

interface ResultStrip {
  readonly y: number;
  readonly rows: number;
  readonly result: PixelSamples;
  /** Whether a row of it is to be kept. */
  readonly keep: boolean;
}

async function* resultStrips(job: Job): AsyncGenerator<ResultStrip, void, undefined> {
  const format = resultFormat(job);
  const { width, height, channels, depth } = format;
  const step = rowsPerStrip(width, channels, depth);
  const every = Math.ceil(Math.ceil(height / step) / KEPT_ROWS);
  for (let y = 0; y < height; y += step) {
    const rows = Math.min(step, height - y);
    const buffer = await job.spool.read('result', y * rowBytes(format), rows * rowBytes(format));
    yield { y, rows, result: asSamples(depth, buffer), keep: (y / step) % every === 0 };
  }
}

function keepRow(
  { samples, width, channels }: Image,
  row: number,
  { left, top }: { left: number; top: number },
): Kept {
  const length = width * channels;
  return { left, top: top + row, width, samples: samples.slice(row * length, (row + 1) * length) };
}

export interface Image {
  readonly samples: PixelSamples;
  readonly width: number;
  readonly height: number;
  readonly channels: PixelChannels;
}

export async function putPixels(
  ps: Photoshop,
  { documentId, layerId, left, top }: Spot,
  { samples, width, height, channels }: Image,
  colour: LayerPixels['colour'],
  { replace }: { readonly replace: boolean },
): Promise<void> {
  const imageData = await ps.imaging.createImageDataFromBuffer(samples, {
    width,
    height,
    components: channels,
    chunky: true,
    fullRange: true,
    ...imageColour(colour),
  });
  try {
    await ps.imaging.putPixels({
      documentID: documentId,
      layerID: layerId,
      imageData,
      replace,
      targetBounds: { left, top, width, height },
    });
  } finally {
    await imageData.dispose();
  }
}

/** A region of a layer, which may lie beyond it. */
export async function readWithin(ps: Photoshop, layer: LayerPixels, region: Bounds): Promise<PixelSamples> {
  const { channels, depth, whole } = layer;
  const width = region.right - region.left;
  const samples = samplesOf(depth, width * (region.bottom - region.top) * channels);
  const there = intersect(region, whole);
  if (isEmpty(there)) return samples;
  const read = await readRegion(ps, layer, there);
  const row = (there.right - there.left) * channels;
  for (let y = there.top; y < there.bottom; y += 1) {
    const from = (y - there.top) * row;
    const to = ((y - region.top) * width + there.left - region.left) * channels;
    samples.set(read.subarray(from, from + row), to);
  }
  return samples;
}

function cut({ samples, width, channels, height }: Image, { left, top, right, bottom }: Patch): Image {
  if (left === 0 && right === width && top === 0 && bottom === height)
    return { samples, width, height, channels };
  const row = (right - left) * channels;
  const part = samples.slice(0, row * (bottom - top));
  for (let y = top; y < bottom; y += 1) {
    const from = (y * width + left) * channels;
    part.set(samples.subarray(from, from + row), (y - top) * row);
  }
  return { samples: part, width: right - left, height: bottom - top, channels };
}

function withAlpha(channels: PixelChannels): PixelChannels {
  return channels < 3 ? 2 : 4;
}

function visibleBounds(
  { samples, width, height, channels }: Image,
  { left, top }: { readonly left: number; readonly top: number },
): Bounds | undefined {
  if (!hasAlpha(channels)) return { left, top, right: left + width, bottom: top + height };
  let found: Bounds | undefined;
  for (let y = 0; y < height; y += 1) {
    const row = samples.subarray(y * width * channels, (y + 1) * width * channels);
    const clear = (x: number): boolean => row[x * channels + channels - 1] === 0;
    let first = 0;
    while (first < width && clear(first)) first += 1;
    if (first === width) continue;
    let last = width - 1;
    while (clear(last)) last -= 1;
    found = union(found, { left: left + first, top: top + y, right: left + last + 1, bottom: top + y + 1 });
  }
  return found;
}

function union(a: Bounds | undefined, b: Bounds | undefined): Bounds | undefined {
  if (!a || !b) return a ?? b;
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}
