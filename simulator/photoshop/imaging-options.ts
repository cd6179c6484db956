/** What the calls of the Imaging API have in common: regions, sizes and places. */
import { height, isEmpty, onGrid, sized, width } from './bounds.ts';
import { PhotoshopError } from './errors.ts';
import type { ColorSpace } from './image-data.ts';
import type { Bounds } from './interface.ts';
import { resampleTo } from './resample.ts';
import type { Components, Depth, Samples } from './surface.ts';

export type Rectangle = { left: number; top: number } & (
  { right: number; bottom: number } | { width: number; height: number }
);

export interface Size {
  width?: number;
  height?: number;
}

/** Preferences > Performance > Cache Levels: 4 by default, so levels 0 to 3. */
const HIGHEST_LEVEL = 3;

/** A region of whole pixels, told by two corners or by a corner and a size. */
export function rectangleOf(call: string, given: Rectangle): Bounds {
  const { left, top } = given;
  const right = 'right' in given ? given.right : left + given.width;
  const bottom = 'bottom' in given ? given.bottom : top + given.height;
  const bounds = { left, top, right, bottom };
  if (!Object.values(bounds).every(Number.isInteger) || isEmpty(bounds)) {
    throw new PhotoshopError(`${call}: sourceBounds must be a rectangle of whole pixels`);
  }
  return bounds;
}

export function placeOf(
  call: string,
  targetBounds: { left: number; top: number } | undefined,
  size: { readonly width: number; readonly height: number },
): Bounds {
  const { left, top } = targetBounds ?? { left: 0, top: 0 };
  if (!Number.isInteger(left) || !Number.isInteger(top)) {
    throw new PhotoshopError(`${call}: targetBounds needs left and top in whole pixels`);
  }
  return sized(left, top, size.width, size.height);
}

function sizeOf(call: string, size: Size, region: Bounds): { width: number; height: number } {
  const { width: w, height: h } = size;
  if (w === undefined && h === undefined)
    throw new PhotoshopError(`${call}: targetSize needs a width or a height`);
  for (const side of [w, h]) {
    if (side !== undefined && (!Number.isInteger(side) || side < 1))
      throw new PhotoshopError(`${call}: bad targetSize`);
  }
  const byHeight = h === undefined ? 1 : h / height(region);
  const byWidth = w === undefined ? byHeight : w / width(region);
  return {
    width: w ?? Math.max(1, Math.round(width(region) * byHeight)),
    height: h ?? Math.max(1, Math.round(height(region) * byWidth)),
  };
}

/** Every step-th pixel of the bounds. */
export type Reader = (bounds: Bounds, step: number) => Samples;

export interface ReadPixels {
  readonly samples: Samples;
  readonly size: { readonly width: number; readonly height: number };
  readonly sourceBounds: Bounds;
  readonly level: number;
}

/** The region's pixels, scaled from the nearest level of the pyramid if a size is asked for. */
export function readRegion(
  call: string,
  read: Reader,
  region: Bounds,
  targetSize: Size | undefined,
  components: Components,
  depth: Depth,
): ReadPixels {
  if (!targetSize) {
    const size = { width: width(region), height: height(region) };
    return { samples: read(region, 1), size, sourceBounds: region, level: 0 };
  }
  const size = sizeOf(call, targetSize, region);
  const shrink = Math.min(width(region) / size.width, height(region) / size.height);
  const level = Math.min(HIGHEST_LEVEL, Math.max(0, Math.floor(Math.log2(shrink))));
  const step = 2 ** level;
  const samples = resampleTo(
    (part) => read(onGrid(part, region, step), step),
    components,
    depth,
    { width: Math.ceil(width(region) / step), height: Math.ceil(height(region) / step) },
    size,
  );
  const sourceBounds = {
    left: Math.floor(region.left / step),
    top: Math.floor(region.top / step),
    right: Math.ceil(region.right / step),
    bottom: Math.ceil(region.bottom / step),
  };
  return { samples, size, sourceBounds, level };
}

/** How many components image data of a space have, without alpha. */
export const COLOURS_OF: Readonly<Record<ColorSpace, 1 | 3>> = { RGB: 3, Grayscale: 1, Lab: 3 };
