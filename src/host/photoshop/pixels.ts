/** A layer's pixels in strips of rows, exactly where the layer has them, however Photoshop trims them. */
import { LoupeError } from '../../errors.ts';
import type { Bounds, Photoshop } from './photoshop.ts';

/**
 * Bytes aimed at in one strip. Photoshop warns at about 600 MB of plugin memory; a strip is held up to three
 * times (Photoshop's image data, its copy as samples, and the strip it is placed in).
 */
const STRIP_BYTES = 8 * 1024 * 1024;

/** RGB or RGB with straight alpha. */
export type PixelChannels = 3 | 4;
export type PixelDepth = 8 | 16;
export type PixelSamples = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

export interface LayerPixels {
  readonly documentId: number;
  readonly layerId: number;
  /** The layer's own bounds, at whose bottom row it has pixels. */
  readonly bounds: Bounds;
  readonly channels: PixelChannels;
  readonly depth: PixelDepth;
}

export interface Strip {
  /** Of the first row, from the top of the bounds. */
  readonly y: number;
  readonly rows: number;
  /** Interleaved, `rows · width · channels`; 16-bit over the full 0..65535. */
  readonly samples: PixelSamples;
}

export function rowsPerStrip(width: number, channels: number, depth: PixelDepth): number {
  return Math.max(1, Math.floor(STRIP_BYTES / (width * channels * (depth / 8))));
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
    yield { y, rows, samples: await readRegion(ps, layer, region, () => isEmptyStrip(ps, layer, region)) };
  }
}

/**
 * A region of the layer, transparent where the layer has no pixels. Adobe does not say what a region without
 * any pixel gives, and it may be an error: `isEmpty` is then asked whether it was that. To be used within a
 * modal state.
 */
export async function readRegion(
  ps: Photoshop,
  layer: LayerPixels,
  region: Bounds,
  isEmpty: () => Promise<boolean>,
): Promise<PixelSamples> {
  const { documentId, layerId, channels, depth } = layer;
  const width = region.right - region.left;
  const height = region.bottom - region.top;
  const placed =
    depth === 8 ? new Uint8Array(width * height * channels) : new Uint16Array(width * height * channels);
  const options = { documentID: documentId, layerID: layerId, colorSpace: 'RGB', componentSize: depth };
  const got = await ps.imaging
    .getPixels({ ...options, sourceBounds: { ...region } })
    .catch(async (thrown: unknown) => {
      if (await isEmpty()) return undefined;
      throw thrown;
    });
  if (!got) return placed;
  const { imageData, sourceBounds } = got;
  try {
    if (imageData.width === 0 || imageData.height === 0) return placed;
    const from = {
      samples: await imageData.getData({ chunky: true, fullRange: true }),
      width: imageData.width,
      height: imageData.height,
      components: imageData.components,
      left: sourceBounds.left - region.left,
      top: sourceBounds.top - region.top,
    };
    place(from, placed, { width, height, channels });
  } finally {
    await imageData.dispose();
  }
  return placed;
}

/**
 * True if the layer has no pixels in this strip of its full width. Asked of the strip and everything below,
 * at whose end there are pixels: the answer is trimmed to begin where they do. It is shrunk, so that little
 * is read, and hence exact to one row of the cache that Photoshop takes it from.
 */
async function isEmptyStrip(ps: Photoshop, layer: LayerPixels, strip: Bounds): Promise<boolean> {
  if (strip.bottom >= layer.bounds.bottom) return false;
  const { imageData, sourceBounds, level } = await ps.imaging.getPixels({
    documentID: layer.documentId,
    layerID: layer.layerId,
    sourceBounds: { ...strip, bottom: layer.bounds.bottom },
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

/** Copies trimmed pixels to their place. Without alpha of their own they are opaque. */
export function place(
  from: Trimmed,
  to: PixelSamples,
  { width, height, channels }: { width: number; height: number; channels: PixelChannels },
): void {
  const { samples, components, left, top } = from;
  const fits = left >= 0 && top >= 0 && left + from.width <= width && top + from.height <= height;
  if (
    !fits ||
    (components !== 3 && components !== 4) ||
    samples.length !== from.width * from.height * components
  ) {
    const got = `${from.width} × ${from.height} × ${components} at ${left}, ${top}`;
    throw new LoupeError('host-failed', `pixels of an unexpected form (${got} in ${width} × ${height})`);
  }
  if (samples.BYTES_PER_ELEMENT !== to.BYTES_PER_ELEMENT) {
    throw new LoupeError('host-failed', `pixels of an unexpected depth (${8 * samples.BYTES_PER_ELEMENT})`);
  }
  for (let y = 0; y < from.height; y += 1) {
    const source = samples.subarray(y * from.width * components, (y + 1) * from.width * components);
    const at = ((top + y) * width + left) * channels;
    if (components === channels) to.set(source, at);
    else copyRow(source, components, to.subarray(at, at + from.width * channels), channels);
  }
}

function copyRow(from: Trimmed['samples'], components: number, to: PixelSamples, channels: number): void {
  const opaque = 2 ** (8 * to.BYTES_PER_ELEMENT) - 1;
  for (let i = 0, o = 0; o < to.length; i += components, o += channels) {
    to[o] = from[i] ?? 0;
    to[o + 1] = from[i + 1] ?? 0;
    to[o + 2] = from[i + 2] ?? 0;
    if (channels === 4) to[o + 3] = opaque;
  }
}
