/** Pictures for fitting and measuring Auto. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { Picture } from '../../src/subject/picture.ts';

/** One picture in so many is held out, as in `models/training/data.py`. */
const HELD_OUT_OF = 10n;

/** Whether a file is kept from fitting, by the hash of its name: the same ones whatever else lies in the folder. */
export function heldOut(file: string): boolean {
  const hash = createHash('sha256').update(basename(file)).digest('hex');
  return BigInt(`0x${hash}`) % HELD_OUT_OF === 0n;
}

/** The pictures of a folder, in order of their names. */
export function picturesOf(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => /\.(png|jpe?g|webp)$/i.test(file))
    .sort()
    .map((file) => join(folder, file));
}

/** RGBA of what sharp has made. */
export async function pixelsOf(image: Sharp): Promise<Picture> {
  const { data, info } = await image
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels === 4) return { width, height, rgba: new Uint8Array(data) };
  // Gray files stay gray, whatever was asked for.
  const rgba = Uint8Array.from({ length: 4 * width * height }, (_, at) => {
    const [pixel, c] = [at >> 2, at & 3];
    if (c === 3) return channels === 2 ? (data[2 * pixel + 1] ?? 0) : 255;
    return data[channels * pixel + (channels < 3 ? 0 : c)] ?? 0;
  });
  return { width, height, rgba };
}

/** For going on from pixels. */
export function sharpOf({ width, height, rgba }: Picture): Sharp {
  return sharp(rgba, { raw: { width, height, channels: 4 } });
}

/** Numbers in 0..1 that are the same each time (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
