/**
 * `PhotoshopImageData`: pixels on their way between a document and the plugin.
 * [D] Photoshop API > Imaging API > PhotoshopImageData.
 */
import { PhotoshopError } from './errors.ts';
import type { ImageMemory } from './memory.ts';
import { makeSamples, type Depth, type Samples } from './surface.ts';

export type ColorSpace = 'RGB' | 'Grayscale' | 'Lab';
type PixelFormat = 'RGB' | 'RGBA' | 'Grayscale' | 'GrayscaleAlpha' | 'LAB' | 'LABAlpha';

/** Photoshop's 16 bits are 15 bits and one more value. [D] "16: 0..32768". */
const REDUCED = 32768;
/** Between the ranges by table: a sum per sample takes seconds for a large picture. */
const REDUCED_OF = new Uint16Array(65536);
const FULL_OF = new Uint16Array(65536).fill(65535);
for (let i = 0; i <= 65535; i++) REDUCED_OF[i] = (i * REDUCED) / 65535 + 0.5;
for (let i = 0; i < REDUCED; i++) FULL_OF[i] = (i * 65535) / REDUCED + 0.5;

/** 16-bit samples of the full range in the reduced one, in place. */
export function reduceRange(samples: Samples): Samples {
  for (let i = 0; i < samples.length; i++) samples[i] = REDUCED_OF[samples[i] ?? 0] ?? 0;
  return samples;
}

/** 16-bit samples of the reduced range in the full one, in place. */
export function fillRange(samples: Samples): Samples {
  for (let i = 0; i < samples.length; i++) samples[i] = FULL_OF[samples[i] ?? 0] ?? 0;
  return samples;
}

export interface ImageDescription {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  readonly componentSize: Depth;
  readonly colorSpace: ColorSpace;
  readonly colorProfile: string;
}

/** Moves samples between the chunky and the planar order. */
function reorder(samples: Samples, components: number, toChunky: boolean, depth: Depth): Samples {
  const pixels = samples.length / components;
  const out = makeSamples(depth, samples.length);
  for (let c = 0; c < components; c++) {
    const plane = c * pixels;
    if (toChunky) {
      for (let i = 0, at = c; i < pixels; i++, at += components) out[at] = samples[plane + i] ?? 0;
    } else {
      for (let i = 0, at = c; i < pixels; i++, at += components) out[plane + i] = samples[at] ?? 0;
    }
  }
  return out;
}

export class PhotoshopImageData {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  readonly componentSize: Depth;
  readonly colorSpace: ColorSpace;
  readonly colorProfile: string;
  /** Kept chunky whatever order it came in. Adobe's page says `isChunky`, the published types `chunky`. */
  readonly isChunky = true;
  readonly chunky = true;
  readonly type = 'image/uncompressed';
  readonly #memory: ImageMemory;
  /** Chunky; 16 bit in the reduced range. Null once disposed of. */
  #samples: Samples | null;

  constructor(samples: Samples, description: ImageDescription, memory: ImageMemory) {
    this.width = description.width;
    this.height = description.height;
    this.components = description.components;
    this.componentSize = description.componentSize;
    this.colorSpace = description.colorSpace;
    this.colorProfile = description.colorProfile;
    this.#samples = samples;
    this.#memory = memory;
    memory.take(samples.byteLength);
  }

  get hasAlpha(): boolean {
    return this.components === 2 || this.components === 4;
  }

  get pixelFormat(): PixelFormat {
    if (this.colorSpace === 'Lab') return this.hasAlpha ? 'LABAlpha' : 'LAB';
    if (this.colorSpace === 'RGB') return this.hasAlpha ? 'RGBA' : 'RGB';
    return this.hasAlpha ? 'GrayscaleAlpha' : 'Grayscale';
  }

  async getData(options: { chunky?: boolean; fullRange?: boolean } = {}): Promise<Samples> {
    const samples = this.samples();
    await Promise.resolve();
    const ordered =
      (options.chunky ?? true)
        ? samples.slice()
        : reorder(samples, this.components, false, this.componentSize);
    return this.componentSize === 16 && options.fullRange ? fillRange(ordered) : ordered;
  }

  /** Synchronous by the documentation; the published types say it answers a promise, so it does both. */
  dispose(): Promise<void> {
    if (this.#samples) this.#memory.release(this.#samples.byteLength);
    this.#samples = null;
    return Promise.resolve();
  }

  /** Not part of Photoshop's API: what putPixels reads. A private name, so that the plugin cannot. */
  static samplesOf(imageData: PhotoshopImageData): Samples {
    if (!(#samples in imageData)) {
      throw new PhotoshopError('imageData must come from the imaging API');
    }
    return imageData.samples();
  }

  private samples(): Samples {
    if (!this.#samples) throw new PhotoshopError('The image data was disposed of');
    return this.#samples;
  }
}

/** What a plugin may pass to createImageDataFromBuffer. */
export interface BufferOptions {
  width: number;
  height: number;
  components: number;
  colorSpace: string;
  colorProfile?: string;
  chunky?: boolean;
  fullRange?: boolean;
}

const COMPONENTS: Readonly<Record<ColorSpace, readonly number[]>> = {
  RGB: [3, 4],
  Grayscale: [1, 2],
  Lab: [3, 4],
};
const isColorSpace = (name: unknown): name is ColorSpace =>
  name === 'RGB' || name === 'Grayscale' || name === 'Lab';

/** [D] Imaging API > createImageDataFromBuffer, and refusals of what it says is required. */
export function fromBuffer(buffer: unknown, options: BufferOptions, memory: ImageMemory): PhotoshopImageData {
  const depth: Depth | null =
    buffer instanceof Uint8Array
      ? 8
      : buffer instanceof Uint16Array
        ? 16
        : buffer instanceof Float32Array
          ? 32
          : null;
  if (depth === null) {
    throw new PhotoshopError(
      'createImageDataFromBuffer: a Uint8Array, Uint16Array or Float32Array is required',
    );
  }
  const given = buffer as Samples;
  const { width, height, components, colorSpace } = options;
  for (const [name, value] of Object.entries({ width, height, components })) {
    if (!Number.isInteger(value) || value < 1)
      throw new PhotoshopError(`createImageDataFromBuffer: bad ${name}`);
  }
  if (!isColorSpace(colorSpace)) throw new PhotoshopError('createImageDataFromBuffer: bad colorSpace');
  if (!COMPONENTS[colorSpace].includes(components)) {
    throw new PhotoshopError(`createImageDataFromBuffer: ${colorSpace} cannot have ${components} components`);
  }
  if (given.length !== width * height * components) {
    throw new PhotoshopError(
      `createImageDataFromBuffer: ${given.length} elements, but width * height * components is ${width * height * components}`,
    );
  }
  const colorProfile = options.colorProfile ?? '';
  if (colorProfile.includes('(Linear RGB Profile)')) {
    throw new PhotoshopError(
      'createImageDataFromBuffer: a profile name must not include "(Linear RGB Profile)"',
    );
  }
  const samples = (options.chunky ?? true) ? given.slice() : reorder(given, components, true, depth);
  if (depth === 16) {
    const over = options.fullRange ? undefined : samples.find((value) => value > REDUCED);
    if (over !== undefined) {
      throw new PhotoshopError(`createImageDataFromBuffer: 16-bit value ${over} is over 32768`);
    }
    if (options.fullRange) reduceRange(samples);
  }
  return new PhotoshopImageData(
    samples,
    { width, height, components, componentSize: depth, colorSpace, colorProfile },
    memory,
  );
}
