/**
 * How a picture is made small for measuring. Decided once, from the middle of what the networks are trained on
 * (`models/training/recipes.py`), before anything was measured; not to be tuned to results.
 */
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { imresize, KERNELS, type Kernel } from '../check/imresize.ts';
import { map, quantised, type Picture } from '../check/picture.ts';

export const SCALE = 4;

export const DAMAGES = ['clean', 'degraded'] as const;
export type Damage = (typeof DAMAGES)[number];

/** Blur in pixels of the sharp picture, noise in 1/255, both as standard deviations of a Gaussian; JPEG 4:2:0. */
export interface Degradation {
  readonly blur: number;
  readonly noise: number;
  readonly jpeg: number;
}
export const PHOTO: Degradation = { blur: 1.2, noise: 6, jpeg: 65 };
/** Drawings are seldom noisy. */
export const DRAWING: Degradation = { blur: 1.2, noise: 3, jpeg: 65 };

/** Shrunk by four with antialiased bicubic, on sRGB values, and rounded to 8 bits. */
export function shrink(picture: Picture): Picture {
  return quantised(smaller(picture));
}

/** As `shrink`, neither clamped nor rounded. */
export function smaller(picture: Picture): Picture {
  return imresize(picture, picture.width / SCALE, picture.height / SCALE, KERNELS.catmullRom);
}

/** Blurred, shrunk, made noisy and put through JPEG. The noise is the same for the same name. */
export async function degrade(picture: Picture, { blur, noise, jpeg }: Degradation): Promise<Picture> {
  const soft = imresize(picture, picture.width, picture.height, gaussian(blur));
  const random = normal(picture.name);
  const noisy = quantised(map(smaller(soft), (sample) => sample + noise * random()));
  return throughJpeg(noisy, jpeg);
}

function gaussian(sigma: number): Kernel {
  return { radius: 4 * sigma, weight: (distance) => Math.exp(-(distance ** 2) / (2 * sigma ** 2)) };
}

/** Numbers of mean 0 and variance 1, by Box and Muller, "A note on the generation of random normal deviates", 1958. */
function normal(seed: string): () => number {
  const random = uniform(createHash('sha256').update(seed).digest().readUInt32LE());
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** In 0 (included) to 1: mulberry32 (Tommy Ettinger, 2017; public domain). */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function throughJpeg(picture: Picture, quality: number): Promise<Picture> {
  const { width, height } = picture;
  const jpeg = await sharp(interleaved(picture), { raw: { width, height, channels: 3 } })
    .jpeg({ quality, chromaSubsampling: '4:2:0' })
    .toBuffer();
  return planar(picture, await sharp(jpeg).raw().toBuffer());
}

/** RGB bytes, pixel by pixel, of a picture in whole steps of 0..255. */
export function interleaved({ width, height, data }: Picture): Uint8Array {
  const pixels = width * height;
  const bytes = new Uint8Array(3 * pixels);
  for (let at = 0; at < bytes.length; at++) bytes[at] = data[(at % 3) * pixels + Math.floor(at / 3)] ?? 0;
  return bytes;
}

/** The picture with other samples of its size. */
export function planar(picture: Picture, bytes: ArrayLike<number>): Picture {
  const pixels = picture.width * picture.height;
  const data = new Float32Array(3 * pixels);
  for (let at = 0; at < data.length; at++) data[at] = bytes[(at % pixels) * 3 + Math.floor(at / pixels)] ?? 0;
  return { ...picture, data };
}
