/**
 * `require('photoshop').imaging`. [D] Photoshop API > Imaging API, unless a comment says otherwise. Every rule
 * enforced is in rules.ts.
 */
import type { Bounds } from './interface.ts';
import { EMPTY, height, intersect, isEmpty, width } from './bounds.ts';
import { compositeOf, visibleBounds } from './composite.ts';
import type { Desktop } from './desktop.ts';
import { PhotoshopError } from './errors.ts';
import { fillRange, fromBuffer, PhotoshopImageData, reduceRange, type BufferOptions } from './image-data.ts';
import { fromImage, spaceOf, targetColour, toImage } from './imaging-colour.ts';
import { getLayerMask, getSelection, putMask, putSelection, type PutMaskOptions } from './imaging-masks.ts';
import {
  COLOURS_OF,
  placeOf,
  readRegion,
  rectangleOf,
  type Reader,
  type Rectangle,
  type Size,
} from './imaging-options.ts';
import { boundsOf, canvasOf, replaceLayer, type Contents, type Layer } from './model.ts';
import { componentsOf, modeOf, whiteOf } from './modes.ts';
import type { OpenDocument } from './open-document.ts';
import { fullScale, makeSamples, Surface, type Depth, type Samples } from './surface.ts';

export interface GetPixelsOptions {
  documentID?: number;
  layerID?: number;
  sourceBounds?: Rectangle;
  targetSize?: Size;
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

export interface GetLayerMaskOptions {
  documentID?: number;
  layerID: number;
  kind?: string;
  sourceBounds?: Rectangle;
  targetSize?: Size;
}

export interface PutLayerMaskOptions extends PutMaskOptions {
  documentID?: number;
  layerID: number;
  kind?: string;
  commandName?: string;
}

export interface GetSelectionOptions {
  documentID?: number;
  sourceBounds?: Rectangle;
  targetSize?: Size;
}

export interface PutSelectionOptions extends PutMaskOptions {
  documentID?: number;
  commandName?: string;
}

interface Pixels {
  imageData: PhotoshopImageData;
  sourceBounds: Bounds;
}

export class Imaging {
  readonly #desktop: Desktop;

  constructor(desktop: Desktop) {
    this.#desktop = desktop;
  }

  readonly getPixels = (options: GetPixelsOptions): Promise<Pixels & { level: number }> =>
    this.#desktop.command('imaging.getPixels', () => this.#getPixels(options));

  readonly putPixels = (options: PutPixelsOptions): Promise<void> =>
    this.#desktop.command('imaging.putPixels', () => this.#putPixels(options));

  readonly getLayerMask = (options: GetLayerMaskOptions): Promise<Pixels> =>
    this.#desktop.command('imaging.getLayerMask', () => {
      const { id, contents } = this.#document(options.documentID);
      const layer = this.#desktop.layer(id, options.layerID);
      return getLayerMask(options, layer, contents, this.#desktop.memory);
    });

  readonly putLayerMask = (options: PutLayerMaskOptions): Promise<void> =>
    this.#desktop.command('imaging.putLayerMask', () => {
      if ((options.kind ?? 'user') !== 'user') throw new PhotoshopError('putLayerMask: kind must be "user"');
      const document = this.#document(options.documentID);
      const layer = this.#desktop.layer(document.id, options.layerID);
      const mask = putMask(document.contents, layer, options);
      changeLayer(document, options.commandName ?? 'Put Layer Mask', { ...layer, mask });
    });

  readonly getSelection = (options: GetSelectionOptions): Promise<Pixels> =>
    this.#desktop.command('imaging.getSelection', () => {
      const { selection } = this.#document(options.documentID).contents;
      return getSelection(options, selection, this.#desktop.memory);
    });

  readonly putSelection = (options: PutSelectionOptions): Promise<void> =>
    this.#desktop.command('imaging.putSelection', () => {
      const document = this.#document(options.documentID);
      const { contents } = document;
      const selection = putSelection(contents, canvasOf(contents), options);
      document.change(options.commandName ?? 'Put Selection', { ...contents, selection });
    });

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

  #source(document: OpenDocument, layerId: number | undefined, depth: Depth): PixelSource {
    const { contents } = document;
    if (layerId === undefined) {
      const { layers } = contents;
      return {
        bounds: visibleBounds(layers, canvasOf(contents)),
        opaque: layers.some((layer) => layer.background && layer.visible),
        read: (bounds, step) => compositeOf(layers, bounds, componentsOf(contents), depth, step),
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

  #getPixels(options: GetPixelsOptions): Pixels & { level: number } {
    const document = this.#document(options.documentID);
    const { contents } = document;
    const depth = depthOf('getPixels', contents);
    const source = this.#source(document, options.layerID, depth);
    const space = spaceOf(options.colorSpace, contents);
    const componentSize = sizeOf(options.componentSize, depth);
    const { colour, profile } = targetColour(contents, space, options.colorProfile, componentSize);
    const asked = options.sourceBounds ? rectangleOf('getPixels', options.sourceBounds) : source.bounds;
    const region = source.trim(intersect(asked, source.bounds));
    if (isEmpty(region)) throw new PhotoshopError('getPixels: there are no pixels in the requested region');
    const { samples, size, sourceBounds, level } = readRegion(
      'getPixels',
      source.read,
      region,
      options.targetSize,
      componentsOf(contents),
      depth,
    );
    // [3P] Known bug: Grayscale and Lab come without alpha.
    const alpha = !source.opaque && options.applyAlpha !== true && space === 'RGB';
    const pixels = toImage(samples, contents, depth, {
      space,
      colour,
      depth: componentSize,
      alpha,
      matte: options.applyAlpha === true,
    });
    if (componentSize === 16) reduceRange(pixels);
    const imageData = new PhotoshopImageData(
      pixels,
      {
        ...size,
        components: COLOURS_OF[space] + (alpha ? 1 : 0),
        componentSize,
        colorSpace: space,
        colorProfile: profile,
      },
      this.#desktop.memory,
    );
    return { imageData, sourceBounds, level };
  }

  #putPixels(options: PutPixelsOptions): void {
    const document = this.#document(options.documentID);
    const { contents } = document;
    const layer = this.#desktop.layer(document.id, options.layerID);
    if (layer.kind !== 'pixel' || !layer.pixels || contents.depth === 1) {
      throw new PhotoshopError(`putPixels: "${layer.name}" is not a pixel layer`);
    }
    const depth = contents.depth;
    const { all, pixels, transparency } = layer.locks;
    if (all || pixels || transparency)
      throw new PhotoshopError(`putPixels: the layer "${layer.name}" is locked`);
    const { imageData } = options;
    const samples = PhotoshopImageData.samplesOf(imageData);
    if (imageData.componentSize !== depth) {
      throw new PhotoshopError(`putPixels: ${imageData.componentSize}-bit pixels in a ${depth}-bit document`);
    }
    const place = placeOf('putPixels', options.targetBounds, imageData);
    const full = depth === 16 ? fillRange(samples.slice()) : samples;
    const own = fromImage(full, imageData, contents, depth);
    const surface = layer.background
      ? onBackground(layer.pixels, own, place, contents, options.replace ?? true)
      : onLayer(layer.pixels, own, place, options.replace ?? true);
    changeLayer(document, options.commandName ?? 'Put Pixels', { ...layer, pixels: surface });
  }
}

interface PixelSource {
  readonly bounds: Bounds;
  readonly opaque: boolean;
  readonly read: Reader;
  readonly trim: (bounds: Bounds) => Bounds;
}

function depthOf(call: string, { mode, depth }: Contents): Depth {
  if (depth === 1 || !modeOf(mode, depth)) {
    throw new PhotoshopError(`${call}: pixels of a document in ${mode} cannot be had`);
  }
  return depth;
}

function sizeOf(asked: number | undefined, own: Depth): Depth {
  const size = asked === undefined || asked === -1 ? own : asked;
  if (size === 8 || size === 16 || size === 32) return size;
  throw new PhotoshopError('getPixels: componentSize must be -1, 8, 16 or 32');
}

function changeLayer(document: OpenDocument, command: string, changed: Layer): void {
  const { contents } = document;
  const layers = replaceLayer(contents.layers, changed.id, () => [changed]);
  document.change(command, { ...contents, layers });
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
  contents: Contents,
  replace: boolean,
): Surface {
  const { components, depth } = pixels;
  const full = fullScale(depth);
  for (let a = components - 1; a < samples.length; a += components) {
    if (samples[a] !== full) throw new PhotoshopError('putPixels: the Background cannot be transparent');
  }
  const canvas = canvasOf(contents);
  let surface = pixels.writable();
  if (replace) {
    const white = whiteOf(contents, depth);
    const blank = makeSamples(depth, width(canvas) * height(canvas) * components);
    for (let i = 0; i < blank.length; i++) blank[i] = white[i % components] ?? 0;
    surface = Surface.from(blank, components, depth, canvas);
  }
  const part = intersect(place, canvas);
  if (part === EMPTY) return surface;
  const cut = Surface.from(samples, components, depth, place).read(part);
  surface.put(cut, part);
  return surface;
}
