/** A layer's pixels in strips of rows, exactly where the layer has them, however Photoshop trims them. */
import { LoupeError } from '../../errors.ts';
import { type Colour, imageColour, type PixelChannels, type PixelDepth } from './colour.ts';
import type { Bounds, Photoshop } from './photoshop.ts';

/**
 * Bytes aimed at in one strip. Photoshop warns at about 600 MB of plugin memory; a strip is held up to three
 * times (Photoshop's image data, its copy as samples, and the strip it is placed in).
 */
const STRIP_BYTES = 8 * 1024 * 1024;

export type PixelSamples = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

export interface LayerPixels {
  readonly documentId: number;
  readonly layerId: number;
  /** Of the layer's own pixels: at each of its four edges there are some. */
  readonly whole: Bounds;
  /** Of what is read, within `whole`. */
  readonly bounds: Bounds;
  /** Gray, gray and alpha, RGB, RGB and alpha: alpha is straight. */
  readonly channels: PixelChannels;
  readonly depth: PixelDepth;
  readonly colour: Colour;
}

export interface Strip {
  /** Of the first row, from the top of the bounds. */
  readonly y: number;
  readonly rows: number;
  /** Interleaved, `rows · width · channels`; 16-bit over the full 0..65535, 32-bit linear with 1 for white. */
  readonly samples: PixelSamples;
}

export function rowsPerStrip(width: number, channels: number, depth: PixelDepth): number {
  return Math.max(1, Math.floor(STRIP_BYTES / (width * channels * (depth / 8))));
}

/** Zeros, which are transparent black where there is alpha. */
export function samplesOf(depth: PixelDepth, length: number): PixelSamples {
  if (depth === 8) return new Uint8Array(length);
  return depth === 16 ? new Uint16Array(length) : new Float32Array(length);
}

/** Bytes of the spool as samples. */
export function asSamples(depth: PixelDepth, buffer: ArrayBuffer): PixelSamples {
  if (depth === 8) return new Uint8Array(buffer);
  return depth === 16 ? new Uint16Array(buffer) : new Float32Array(buffer);
}

/** Little-endian, as every machine UXP runs on is; the same bytes go over the bridge. */
export function bytesOf(samples: PixelSamples): Uint8Array<ArrayBuffer> {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** The strips from the top. To be used within a modal state. */
export async function* readStrips(ps: Photoshop, layer: LayerPixels): AsyncGenerator<Strip, void, undefined> {
  const { bounds, channels, depth } = layer;
  const width = bounds.right - bounds.left;
  const height = bounds.bottom - bounds.top;
  const step = rowsPerStrip(width, channels, depth);
  for (let y = 0; y < height; y += step) {
    const rows = Math.min(step, height - y);
    const region = { ...bounds, top: bounds.top + y, bottom: bounds.top + y + rows };
    yield { y, rows, samples: await readRegion(ps, layer, region) };
  }
}

/** A region of the layer, transparent where the layer has no pixels. To be used within a modal state. */
export async function readRegion(ps: Photoshop, layer: LayerPixels, region: Bounds): Promise<PixelSamples> {
  const { channels, depth, colour } = layer;
  const size = { width: region.right - region.left, height: region.bottom - region.top };
  const placed = samplesOf(depth, size.width * size.height * channels);
  for await (const given of readTrimmed(ps, layer, region, colour))
    place(given, placed, { ...size, channels });
  if (colour.space === 'Grayscale' && channels === 2) {
    // Photoshop gives no alpha with Grayscale (AdobeDocs/uxp-photoshop, issue 501). It is read once more, as RGB, of
    // which only the alpha is taken: gray values go through no conversion.
    for await (const given of readTrimmed(ps, layer, region, { space: 'RGB' }))
      placeAlpha(given, placed, size);
  }
  return placed;
}

/**
 * What Photoshop has of the region. Adobe does not say what a region without any pixel gives: an empty image and an
 * error are both taken for it, an error only where rows of the whole layer show that nothing is there.
 */
async function* readTrimmed(
  ps: Photoshop,
  layer: LayerPixels,
  region: Bounds,
  colour: Colour,
): AsyncGenerator<Trimmed, void, undefined> {
  let given: Trimmed | undefined;
  try {
    given = await getPixels(ps, layer, region, colour);
  } catch (thrown) {
    const { whole, depth } = layer;
    if (region.left === whole.left && region.right === whole.right) {
      if (await isEmptyStrip(ps, layer, region)) return;
      throw thrown;
    }
    const step = rowsPerStrip(whole.right - whole.left, 4, depth);
    for (let { top } = region; top < region.bottom; top += step) {
      const strip = { ...whole, top, bottom: Math.min(top + step, region.bottom) };
      for await (const wide of readTrimmed(ps, layer, strip, colour)) {
        const cropped = crop(wide, strip, region);
        if (cropped) yield cropped;
      }
    }
    return;
  }
  if (given) yield given;
}

async function getPixels(
  ps: Photoshop,
  { documentId, layerId, depth }: LayerPixels,
  region: Bounds,
  colour: Colour,
): Promise<Trimmed | undefined> {
  const { imageData, sourceBounds } = await ps.imaging.getPixels({
    documentID: documentId,
    layerID: layerId,
    ...imageColour(colour),
    componentSize: depth,
    sourceBounds: { ...region },
  });
  try {
    const { width, height, components } = imageData;
    if (width === 0 || height === 0) return undefined;
    const samples = await imageData.getData({ chunky: true, fullRange: true });
    const at = { left: sourceBounds.left - region.left, top: sourceBounds.top - region.top };
    return { samples, width, height, components, ...at };
  } finally {
    await imageData.dispose();
  }
}

/**
 * True if the layer has no pixels in this strip of its full width. Asked of the strip and everything below,
 * at whose end there are pixels: the answer is trimmed to begin where they do. It is shrunk, so that little
 * is read, and hence exact to one row of the cache that Photoshop takes it from.
 */
async function isEmptyStrip(
  ps: Photoshop,
  { documentId, layerId, whole }: LayerPixels,
  strip: Bounds,
): Promise<boolean> {
  if (strip.bottom >= whole.bottom) return false;
  const { imageData, sourceBounds, level } = await ps.imaging.getPixels({
    documentID: documentId,
    layerID: layerId,
    sourceBounds: { ...strip, bottom: whole.bottom },
    targetSize: { width: Math.min(64, strip.right - strip.left) },
    colorSpace: 'RGB',
    componentSize: 8,
  });
  await imageData.dispose();
  return (sourceBounds.top + 1) * 2 ** level > strip.bottom;
}

interface Trimmed {
  readonly samples: Uint8Array | Uint16Array | Float32Array;
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** Where it belongs in what it is placed in. */
  readonly left: number;
  readonly top: number;
}

/** What of `wide`, which lies in `strip`, is of the region; undefined if nothing is. */
function crop(wide: Trimmed, strip: Bounds, region: Bounds): Trimmed | undefined {
  const { components } = wide;
  const first = Math.max(0, region.left - strip.left - wide.left);
  const last = Math.min(wide.width, region.right - strip.left - wide.left);
  if (first >= last) return undefined;
  const width = last - first;
  const samples = wide.samples.slice(0, width * wide.height * components);
  for (let y = 0; y < wide.height; y += 1) {
    const from = (y * wide.width + first) * components;
    samples.set(wide.samples.subarray(from, from + width * components), y * width * components);
  }
  const left = strip.left + wide.left + first - region.left;
  const top = strip.top + wide.top - region.top;
  return { samples, width, height: wide.height, components, left, top };
}

/** Copies trimmed pixels to their place. Without alpha of their own they are opaque. */
export function place(
  from: Trimmed,
  to: PixelSamples,
  { width, height, channels }: { width: number; height: number; channels: PixelChannels },
): void {
  const { samples, components } = from;
  const colours = channels < 3 ? 1 : 3;
  needForm(from, to, { width, height }, [colours, colours + 1]);
  for (let y = 0; y < from.height; y += 1) {
    const source = samples.subarray(y * from.width * components, (y + 1) * from.width * components);
    const at = ((from.top + y) * width + from.left) * channels;
    if (components === channels) to.set(source, at);
    else copyRow(source, components, to.subarray(at, at + from.width * channels), channels, colours);
  }
}

/** Copies the alpha of RGB pixels to gray and alpha. Opaque RGB is opaque. */
function placeAlpha(from: Trimmed, to: PixelSamples, size: { width: number; height: number }): void {
  const { samples, components } = from;
  needForm(from, to, size, [3, 4]);
  for (let y = 0; y < from.height; y += 1) {
    let o = ((from.top + y) * size.width + from.left) * 2 + 1;
    let i = y * from.width * components + 3;
    for (let x = 0; x < from.width; x += 1, i += components, o += 2) {
      to[o] = components === 4 ? (samples[i] ?? 0) : opaqueOf(to);
    }
  }
}

/** Throws unless these are such pixels, within a picture of that size. */
function needForm(
  { samples, components, left, top, ...from }: Trimmed,
  to: PixelSamples,
  { width, height }: { width: number; height: number },
  allowed: readonly number[],
): void {
  const fits = left >= 0 && top >= 0 && left + from.width <= width && top + from.height <= height;
  if (!fits || !allowed.includes(components) || samples.length !== from.width * from.height * components) {
    const got = `${from.width} × ${from.height} × ${components} at ${left}, ${top}`;
    throw new LoupeError('host-failed', `pixels of an unexpected form (${got} in ${width} × ${height})`);
  }
  if (samples.BYTES_PER_ELEMENT !== to.BYTES_PER_ELEMENT) {
    throw new LoupeError('host-failed', `pixels of an unexpected depth (${8 * samples.BYTES_PER_ELEMENT})`);
  }
}

function copyRow(
  from: Trimmed['samples'],
  components: number,
  to: PixelSamples,
  channels: number,
  colours: number,
): void {
  const opaque = opaqueOf(to);
  for (let i = 0, o = 0; o < to.length; i += components, o += channels) {
    for (let c = 0; c < colours; c += 1) to[o + c] = from[i + c] ?? 0;
    if (channels > colours) to[o + colours] = opaque;
  }
}

function opaqueOf({ BYTES_PER_ELEMENT }: PixelSamples): number {
  return BYTES_PER_ELEMENT === 4 ? 1 : 2 ** (8 * BYTES_PER_ELEMENT) - 1;
}
