/**
 * `require('photoshop').imaging`. [D] Photoshop API > Imaging API, unless a comment says otherwise. Every rule
 * enforced is in rules.ts.
 */
import type { Bounds } from './interface.ts';
import { EMPTY, height, intersect, isEmpty, onGrid, sized, width } from './bounds.ts';
import { compositeOf, visibleBounds } from './composite.ts';
import type { Desktop } from './desktop.ts';
import { NotEmulatedError, PhotoshopError } from './errors.ts';
import {
  fromBuffer,
  PhotoshopImageData,
  toFull,
  toReduced,
  type BufferOptions,
  type ColorSpace,
} from './image-data.ts';
import { boundsOf, canvasOf, hasPixels, replaceLayer, type Layer } from './model.ts';
import type { OpenDocument } from './open-document.ts';
import { resampleTo } from './resample.ts';
import { fullScale, makeSamples, Surface, type Depth, type Samples } from './surface.ts';

type Rectangle = { left: number; top: number } & (
  { right: number; bottom: number } | { width: number; height: number }
);

export interface GetPixelsOptions {
  documentID?: number;
  layerID?: number;
  sourceBounds?: Rectangle;
  targetSize?: { width?: number; height?: number };
  colorSpace?: string;
  colorProfile?: string;
  componentSize?: -1 | 8 | 16 | 32;
  applyAlpha?: boolean;
}

export interface PutPixelsOptions {
  documentID?: number;
  layerID: number;
  imageData: PhotoshopImageData;
  replace?: boolean;
  targetBounds?: { left: number; top: number };
  commandName?: string;
}

/** Preferences > Performance > Cache Levels: 4 by default, so levels 0 to 3. */
const HIGHEST_LEVEL = 3;

function rectangleOf(given: Rectangle): Bounds {
  const { left, top } = given;
  const right = 'right' in given ? given.right : left + given.width;
  const bottom = 'bottom' in given ? given.bottom : top + given.height;
  const bounds = { left, top, right, bottom };
  if (!Object.values(bounds).every(Number.isInteger) || isEmpty(bounds)) {
    throw new PhotoshopError('getPixels: sourceBounds must be a rectangle of whole pixels');
  }
  return bounds;
}

function targetOf(
  size: { width?: number; height?: number },
  region: Bounds,
): { width: number; height: number } {
  const { width: w, height: h } = size;
  if (w === undefined && h === undefined)
    throw new PhotoshopError('getPixels: targetSize needs a width or a height');
  for (const side of [w, h]) {
    if (side !== undefined && (!Number.isInteger(side) || side < 1))
      throw new PhotoshopError('getPixels: bad targetSize');
  }
  const byHeight = h === undefined ? 1 : h / height(region);
  const byWidth = w === undefined ? byHeight : w / width(region);
  return {
    width: w ?? Math.max(1, Math.round(width(region) * byHeight)),
    height: h ?? Math.max(1, Math.round(height(region) * byWidth)),
  };
}

/** One sample between the depths: 8 and 16 bit full range, 32 bit 0 to 1. */
function convertDepth(samples: Samples, from: Depth, to: Depth): Samples {
  if (from === to) return samples;
  const out = makeSamples(to, samples.length);
  const factor = fullScale(to) / fullScale(from);
  for (let i = 0; i < samples.length; i++) {
    const value = (samples[i] ?? 0) * factor;
    out[i] = to === 32 ? value : Math.round(Math.min(fullScale(to), Math.max(0, value)));
  }
  return out;
}

/** Interleaved pixels from `from` components (2 or 4, straight alpha) to colour space and alpha as asked. */
function convertPixels(
  samples: Samples,
  from: 2 | 4,
  space: ColorSpace,
  alpha: boolean,
  depth: Depth,
): Samples {
  const to = (space === 'RGB' ? 3 : 1) + (alpha ? 1 : 0);
  if (from === to && alpha) return samples;
  const pixels = samples.length / from;
  const out = makeSamples(depth, pixels * to);
  for (let p = 0; p < pixels; p++) {
    const at = p * from;
    const r = samples[at] ?? 0;
    const g = from === 4 ? (samples[at + 1] ?? 0) : r;
    const b = from === 4 ? (samples[at + 2] ?? 0) : r;
    if (space === 'RGB') out.set([r, g, b], p * to);
    else {
      const gray = from === 2 ? r : 0.299 * r + 0.587 * g + 0.114 * b;
      out[p * to] = depth === 32 ? gray : Math.round(gray);
    }
    if (alpha) out[p * to + to - 1] = samples[at + from - 1] ?? 0;
  }
  return out;
}

/** Mats on white in place. */
function matte(samples: Samples, components: 2 | 4, depth: Depth): void {
  const full = fullScale(depth);
  for (let a = components - 1; a < samples.length; a += components) {
    const alpha = (samples[a] ?? 0) / full;
    for (let c = a - components + 1; c < a; c++) {
      const value = (samples[c] ?? 0) * alpha + full * (1 - alpha);
      samples[c] = depth === 32 ? value : Math.round(value);
    }
  }
}

const mapSamples = (samples: Samples, change: (value: number) => number): Samples => {
  for (let i = 0; i < samples.length; i++) samples[i] = change(samples[i] ?? 0);
  return samples;
};

export const profileName = (profile: string, depth: number): string =>
  depth === 32 && profile !== '' ? `${profile} (Linear RGB Profile)` : profile;

export class Imaging {
  readonly #desktop: Desktop;

  constructor(desktop: Desktop) {
    this.#desktop = desktop;
  }

  readonly getPixels = (options: GetPixelsOptions) =>
    this.#desktop.command('imaging.getPixels', () => this.#getPixels(options));

  readonly putPixels = (options: PutPixelsOptions): Promise<void> =>
    this.#desktop.command('imaging.putPixels', () => this.#putPixels(options));

  /** Changes nothing in Photoshop, so it needs no modal scope. */
  readonly createImageDataFromBuffer = async (
    buffer: Uint8Array | Uint16Array | Float32Array,
    options: BufferOptions,
  ): Promise<PhotoshopImageData> => {
    await Promise.resolve();
    return this.#desktop.query('imaging.createImageDataFromBuffer', () =>
      fromBuffer(buffer, options, this.#desktop.memory),
    );
  };

  #document(id: number | undefined): OpenDocument {
    if (id !== undefined && id >= 0) return this.#desktop.document(id);
    if (!this.#desktop.activeDocument) throw new PhotoshopError('There is no open document');
    return this.#desktop.activeDocument;
  }

  #source(document: OpenDocument, layerId: number | undefined): PixelSource {
    const { contents } = document;
    const components = contents.mode === 'grayscaleMode' ? 2 : 4;
    if (layerId === undefined) {
      const { layers, depth } = contents;
      if (depth === 1) throw new NotEmulatedError('pixels of a bitmap document');
      return {
        bounds: visibleBounds(layers, canvasOf(contents)),
        opaque: layers.some((layer) => layer.background && layer.visible),
        read: (bounds, step) => compositeOf(layers, bounds, components, depth, step),
        trim: (bounds) => bounds,
      };
    }
    const layer = this.#desktop.layer(document.id, layerId);
    if (!layer.pixels) throw new PhotoshopError(`The layer "${layer.name}" has no pixels`);
    const { pixels } = layer;
    return {
      bounds: boundsOf(layer, document.canvas),
      opaque: layer.background,
      read: (bounds, step) => pixels.readEvery(bounds, step),
      trim: (bounds) => pixels.boundsWithin(bounds),
    };
  }

  #getPixels(options: GetPixelsOptions): {
    imageData: PhotoshopImageData;
    sourceBounds: Bounds;
    level: number;
  } {
    const document = this.#document(options.documentID);
    const { contents } = document;
    if (!hasPixels(contents) || contents.depth === 1) {
      throw new NotEmulatedError(`pixels of a document in ${contents.mode}`);
    }
    const depth = contents.depth;
    const components = contents.mode === 'grayscaleMode' ? 2 : 4;
    const source = this.#source(document, options.layerID);
    const asked = options.sourceBounds ? rectangleOf(options.sourceBounds) : source.bounds;
    const region = source.trim(intersect(asked, source.bounds));
    if (isEmpty(region)) throw new PhotoshopError('getPixels: there are no pixels in the requested region');

    let samples: Samples;
    let size = { width: width(region), height: height(region) };
    let sourceBounds = region;
    let level = 0;
    if (options.targetSize) {
      size = targetOf(options.targetSize, region);
      const scale = { x: size.width / width(region), y: size.height / height(region) };
      const shrink = Math.min(1 / scale.x, 1 / scale.y);
      level = Math.min(HIGHEST_LEVEL, Math.max(0, Math.floor(Math.log2(shrink))));
      const step = 2 ** level;
      samples = resampleTo(
        (part) => source.read(onGrid(part, region, step), step),
        components,
        depth,
        { width: Math.ceil(width(region) / step), height: Math.ceil(height(region) / step) },
        size,
      );
      sourceBounds = {
        left: Math.floor(region.left / step),
        top: Math.floor(region.top / step),
        right: Math.ceil(region.right / step),
        bottom: Math.ceil(region.bottom / step),
      };
    } else {
      samples = source.read(region, 1);
    }

    const colorSpace = this.#space(options.colorSpace, components);
    // [3P] Known bug: Grayscale and Lab come without alpha.
    const alpha = !source.opaque && options.applyAlpha !== true && colorSpace === 'RGB';
    if (options.applyAlpha) matte(samples, components, depth);
    samples = convertPixels(samples, components, colorSpace, alpha, depth);
    const componentSize = this.#depth(options.componentSize, depth);
    samples = convertDepth(samples, depth, componentSize);
    if (componentSize === 16) mapSamples(samples, toReduced);
    const own = profileName(contents.profile, depth);
    if (
      options.colorProfile !== undefined &&
      options.colorProfile !== contents.profile &&
      contents.profile !== ''
    ) {
      this.#desktop.memory.warnings.push(
        `Not emulated: colours were not converted from "${contents.profile}" to "${options.colorProfile}"`,
      );
    }
    const imageData = new PhotoshopImageData(
      samples,
      {
        ...size,
        components: (colorSpace === 'RGB' ? 3 : 1) + (alpha ? 1 : 0),
        componentSize,
        colorSpace,
        colorProfile: options.colorProfile ?? own,
      },
      this.#desktop.memory,
    );
    return { imageData, sourceBounds, level };
  }

  #space(asked: string | undefined, components: 2 | 4): ColorSpace {
    const space = asked ?? (components === 2 ? 'Grayscale' : 'RGB');
    if (space === 'RGB' || space === 'Grayscale') return space;
    if (space === 'Lab') throw new NotEmulatedError('pixels in Lab');
    throw new PhotoshopError(`getPixels: there is no colour space "${space}"`);
  }

  #depth(asked: number | undefined, own: Depth): Depth {
    const size = asked === undefined || asked === -1 ? own : asked;
    if (size === 8 || size === 16 || size === 32) return size;
    throw new PhotoshopError('getPixels: componentSize must be -1, 8, 16 or 32');
  }

  #putPixels(options: PutPixelsOptions): void {
    const document = this.#document(options.documentID);
    const { contents } = document;
    const layer = this.#desktop.layer(document.id, options.layerID);
    const depth = contents.depth;
    if (layer.kind !== 'pixel' || !layer.pixels || depth === 1) {
      throw new PhotoshopError(`putPixels: "${layer.name}" is not a pixel layer`);
    }
    const { all, pixels, transparency } = layer.locks;
    if (all || pixels || transparency)
      throw new PhotoshopError(`putPixels: the layer "${layer.name}" is locked`);
    const { imageData } = options;
    const samples = PhotoshopImageData.samplesOf(imageData);
    const gray = contents.mode === 'grayscaleMode';
    if (imageData.colorSpace !== (gray ? 'Grayscale' : 'RGB')) {
      throw new NotEmulatedError(`putPixels of ${imageData.colorSpace} into ${contents.mode}`);
    }
    if (imageData.componentSize !== depth) {
      throw new PhotoshopError(`putPixels: ${imageData.componentSize}-bit pixels in a ${depth}-bit document`);
    }
    const { left, top } = options.targetBounds ?? { left: 0, top: 0 };
    if (!Number.isInteger(left) || !Number.isInteger(top)) {
      throw new PhotoshopError('putPixels: targetBounds needs left and top in whole pixels');
    }
    const place = sized(left, top, imageData.width, imageData.height);
    const own = withAlpha(samples, imageData.components, gray ? 2 : 4, depth);
    const surface = layer.background
      ? onBackground(layer.pixels, own, place, document.canvas, options.replace ?? true)
      : onLayer(layer.pixels, own, place, options.replace ?? true);
    document.change(options.commandName ?? 'Put Pixels', {
      ...contents,
      layers: replaceLayer(contents.layers, layer.id, (old): Layer[] => [{ ...old, pixels: surface }]),
    });
  }
}

interface PixelSource {
  readonly bounds: Bounds;
  readonly opaque: boolean;
  /** Every step-th pixel of the bounds. */
  readonly read: (bounds: Bounds, step: number) => Samples;
  readonly trim: (bounds: Bounds) => Bounds;
}

function withAlpha(samples: Samples, from: number, to: 2 | 4, depth: Depth): Samples {
  const pixels = samples.length / from;
  const out = makeSamples(depth, pixels * to);
  const value = depth === 16 ? toFull : (sample: number) => sample;
  for (let p = 0; p < pixels; p++) {
    for (let c = 0; c < to - 1; c++) out[p * to + c] = value(samples[p * from + c] ?? 0);
    out[p * to + to - 1] = from === to ? value(samples[p * from + from - 1] ?? 0) : fullScale(depth);
  }
  return out;
}

function onLayer(pixels: Surface, samples: Samples, place: Bounds, replace: boolean): Surface {
  const surface = replace ? new Surface(pixels.components, pixels.depth) : pixels.writable();
  surface.put(samples, place);
  return surface;
}

/** [I] The Background has no transparency: what is not opaque is refused, what is off the canvas is lost. */
function onBackground(
  pixels: Surface,
  samples: Samples,
  place: Bounds,
  canvas: Bounds,
  replace: boolean,
): Surface {
  const { components, depth } = pixels;
  for (let a = components - 1; a < samples.length; a += components) {
    if (samples[a] !== fullScale(depth))
      throw new PhotoshopError('putPixels: the Background cannot be transparent');
  }
  let surface = pixels.writable();
  if (replace) {
    surface = new Surface(components, depth);
    surface.put(
      makeSamples(depth, width(canvas) * height(canvas) * components).fill(fullScale(depth)),
      canvas,
    );
  }
  const part = intersect(place, canvas);
  if (part === EMPTY) return surface;
  const cut = Surface.from(samples, components, depth, place).read(part);
  surface.put(cut, part);
  return surface;
}
