/**
 * Layer masks and selections through the Imaging API. [D] "Image data that is used for layer masks or document
 * selections uses a single grayscale component", of profile "Gray Gamma 2.2"; every rule enforced is in rules.ts.
 */
import { EMPTY, height, intersect, isEmpty, union, width } from './bounds.ts';
import { PhotoshopError } from './errors.ts';
import { convertDepth } from './imaging-colour.ts';
import { fillRange, PhotoshopImageData, reduceRange } from './image-data.ts';
import {
  placeOf,
  readRegion,
  rectangleOf,
  type Reader,
  type Rectangle,
  type Size,
} from './imaging-options.ts';
import type { Bounds } from './interface.ts';
import type { ImageMemory } from './memory.ts';
import { maskEvery } from './mask-samples.ts';
import { canvasOf, type Contents, type Layer, type Mask } from './model.ts';
import { fullScale, makeSamples, Surface, toSample, type Depth, type Samples } from './surface.ts';
import { vectorCoverage } from './vector-mask.ts';

export const MASK_PROFILE = 'Gray Gamma 2.2';

// Looked up once: in Jest's sandbox a global costs more than the arithmetic it is for.
const { max } = Math;

export interface GetMaskOptions {
  readonly sourceBounds?: Rectangle;
  readonly targetSize?: Size;
}

export interface PutMaskOptions {
  imageData: PhotoshopImageData;
  replace?: boolean;
  targetBounds?: { left: number; top: number };
}

/** Something read as a mask, and where it is when nothing is said of that. */
interface MaskSource {
  readonly read: Reader;
  readonly depth: Depth;
  readonly whole: Bounds;
}

const sourceOf = (mask: Mask, canvas: Bounds): MaskSource => ({
  read: (part, step) => maskEvery(mask, part, step),
  depth: mask.surface.depth,
  whole: isEmpty(mask.bounds) ? canvas : mask.bounds,
});

function maskOf(call: string, layer: Layer, kind: string | undefined, contents: Contents): MaskSource {
  if (kind !== undefined && kind !== 'user' && kind !== 'vector') {
    throw new PhotoshopError(`${call}: there is no kind "${kind}" of mask`);
  }
  if (kind === 'vector') {
    const paths = layer.carried?.info.vectorMask;
    if (!paths) throw new PhotoshopError(`${call}: the layer has no vector mask`);
    const depth = depthOf(contents);
    const read: Reader = (part, step) => {
      const covered = vectorCoverage(paths, part, step);
      const samples = makeSamples(depth, covered.length);
      for (let i = 0; i < samples.length; i++) samples[i] = toSample(covered[i] ?? 0, depth);
      return samples;
    };
    return { read, depth, whole: canvasOf(contents) };
  }
  if (!layer.mask) throw new PhotoshopError(`${call}: the layer "${layer.name}" has no mask`);
  return sourceOf(layer.mask, canvasOf(contents));
}

/** A mask, or the selection, within the region that was asked for, at the document's depth. */
function getMask(
  call: string,
  { read, depth }: MaskSource,
  region: Bounds,
  targetSize: Size | undefined,
  memory: ImageMemory,
) {
  const { samples, size, sourceBounds } = readRegion(call, read, region, targetSize, 1, depth);
  if (depth === 16) reduceRange(samples);
  const description = {
    ...size,
    components: 1,
    componentSize: depth,
    colorSpace: 'Grayscale',
    colorProfile: MASK_PROFILE,
  } as const;
  return { imageData: new PhotoshopImageData(samples, description, memory), sourceBounds };
}

function askedRegion(call: string, asked: Rectangle | undefined): Bounds | null {
  if (!asked) return null;
  if (!('right' in asked && 'bottom' in asked)) {
    throw new PhotoshopError(`${call}: sourceBounds needs left, top, right and bottom`);
  }
  return rectangleOf(call, asked);
}

/** A mask is somewhere everywhere: beyond its bounds, what it is out there. */
export function getLayerMask(
  { kind, sourceBounds, targetSize }: GetMaskOptions & { readonly kind?: string },
  layer: Layer,
  contents: Contents,
  memory: ImageMemory,
) {
  const call = 'getLayerMask';
  const mask = maskOf(call, layer, kind, contents);
  return getMask(call, mask, askedRegion(call, sourceBounds) ?? mask.whole, targetSize, memory);
}

export function getSelection(
  { sourceBounds, targetSize }: GetMaskOptions,
  selection: Mask | null,
  memory: ImageMemory,
) {
  const call = 'getSelection';
  if (!selection) throw new PhotoshopError(`${call}: nothing is selected`);
  const asked = askedRegion(call, sourceBounds);
  const region = asked ? selectedWithin(selection, intersect(asked, selection.bounds)) : selection.bounds;
  if (isEmpty(region)) throw new PhotoshopError(`${call}: nothing is selected in the requested region`);
  return getMask(call, sourceOf(selection, region), region, targetSize, memory);
}

/** Full range samples of image data fit for a mask of this depth. */
function maskSamples(call: string, imageData: PhotoshopImageData, depth: Depth): Samples {
  const samples = PhotoshopImageData.samplesOf(imageData);
  const { components, colorSpace, colorProfile, componentSize } = imageData;
  if (components !== 1 || colorSpace !== 'Grayscale') {
    throw new PhotoshopError(`${call}: a single grayscale component is required`);
  }
  if (colorProfile !== '' && colorProfile !== MASK_PROFILE) {
    throw new PhotoshopError(`${call}: the profile must be "${MASK_PROFILE}", not "${colorProfile}"`);
  }
  if (componentSize !== depth && componentSize !== 8) {
    throw new PhotoshopError(`${call}: ${componentSize}-bit data in a ${depth}-bit document`);
  }
  return convertDepth(componentSize === 16 ? fillRange(samples.slice()) : samples, componentSize, depth);
}

const depthOf = (contents: Contents): Depth => (contents.depth === 1 ? 8 : contents.depth);

export function putMask(contents: Contents, layer: Layer, options: PutMaskOptions): Mask {
  const call = 'putLayerMask';
  if (layer.background) throw new PhotoshopError(`${call}: the Background can have no mask`);
  if (layer.locks.all) throw new PhotoshopError(`${call}: the layer "${layer.name}" is locked`);
  const depth = depthOf(contents);
  const samples = maskSamples(call, options.imageData, depth);
  const place = placeOf(call, options.targetBounds, options.imageData);
  if (options.replace ?? true) {
    return { surface: Surface.from(samples, 1, depth, place), bounds: place, outside: 0, disabled: false };
  }
  const { mask } = layer;
  if (!mask) throw new PhotoshopError(`${call}: the layer "${layer.name}" has no mask to put them into`);
  const bounds = union(mask.bounds, place);
  const surface = mask.surface.writable();
  fillBetween(surface, mask, bounds);
  surface.put(samples, place);
  return { ...mask, surface, bounds };
}

const BAND = 256;

/** What the mask is beyond its bounds, where its bounds grow. */
function fillBetween(surface: Surface, mask: Mask, bounds: Bounds): void {
  const { left, top, right, bottom } = isEmpty(mask.bounds)
    ? { ...bounds, right: bounds.left, bottom: bounds.top }
    : mask.bounds;
  const value = toSample(mask.outside, surface.depth);
  const parts: Bounds[] = [
    { ...bounds, bottom: top },
    { ...bounds, top: bottom },
    { ...bounds, top, bottom, right: left },
    { ...bounds, top, bottom, left: right },
  ];
  for (const part of parts) {
    if (isEmpty(part)) continue;
    for (let y = part.top; y < part.bottom; y += BAND) {
      const band = { ...part, top: y, bottom: Math.min(part.bottom, y + BAND) };
      surface.put(makeSamples(surface.depth, width(band) * height(band)).fill(value), band);
    }
  }
}

/** The document's selection after putSelection: null if nothing is selected then. */
export function putSelection(contents: Contents, canvas: Bounds, options: PutMaskOptions): Mask | null {
  const call = 'putSelection';
  const depth = depthOf(contents);
  const samples = maskSamples(call, options.imageData, depth);
  const place = placeOf(call, options.targetBounds, options.imageData);
  const before = (options.replace ?? true) ? null : contents.selection;
  const bounds = intersect(union(place, before?.bounds ?? EMPTY), canvas);
  if (isEmpty(bounds)) return null;
  const given = Surface.from(samples, 1, depth, place);
  const surface = new Surface(1, depth);
  let found = EMPTY;
  for (let top = bounds.top; top < bounds.bottom; top += BAND) {
    const band = { ...bounds, top, bottom: Math.min(bounds.bottom, top + BAND) };
    const sum = given.read(band);
    const old = before?.surface.read(band);
    const full = fullScale(depth);
    for (let i = 0; i < sum.length; i++) {
      const value = max(sum[i] ?? 0, old?.[i] ?? 0);
      sum[i] = value > full ? full : value;
    }
    surface.put(sum, band);
    found = union(found, selectedIn(sum, band));
  }
  return isEmpty(found) ? null : { surface, bounds: found, outside: 0, disabled: false };
}

/** What of a region is selected: a selection may have holes, and be of several islands. */
function selectedWithin({ surface }: Mask, region: Bounds): Bounds {
  let found = EMPTY;
  for (let { top } = region; top < region.bottom; top += BAND) {
    const band = { ...region, top, bottom: Math.min(region.bottom, top + BAND) };
    if (!isEmpty(band)) found = union(found, selectedIn(surface.read(band), band));
  }
  return found;
}

function selectedIn(samples: Samples, band: Bounds): Bounds {
  const across = width(band);
  let found = EMPTY;
  for (let y = 0; y < height(band); y++) {
    const row = samples.subarray(y * across, (y + 1) * across);
    let first = 0;
    while (first < across && row[first] === 0) first++;
    if (first === across) continue;
    let last = across - 1;
    while (row[last] === 0) last--;
    const top = band.top + y;
    found = union(found, {
      left: band.left + first,
      top,
      right: band.left + last + 1,
      bottom: top + 1,
    });
  }
  return found;
}
