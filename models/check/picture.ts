/** Pictures as the checks hold them. */
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import sharp from 'sharp';
import { mirrorIndex } from '../../src/engine/mirror.ts';

/** Planar: `channels · height · width` samples; for RGB read from a file, 8-bit steps in 0..255. */
export interface Picture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Float32Array;
}

/** All PNG files of the folders and files named, in order of their names. */
export function pictureFiles(paths: readonly string[]): string[] {
  return paths.flatMap((path) =>
    statSync(path).isDirectory()
      ? readdirSync(path)
          .filter((file) => file.endsWith('.png'))
          .sort()
          .map((file) => join(path, file))
      : [path],
  );
}

/** RGB in 0..255; a gray picture as three equal channels, alpha dropped. */
export async function readPicture(file: string): Promise<Picture> {
  const { data, info } = await sharp(file)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const pixels = width * height;
  const planar = new Float32Array(3 * pixels);
  for (let channel = 0; channel < 3; channel++) {
    const from = info.channels === 1 ? 0 : channel;
    for (let at = 0; at < pixels; at++) planar[channel * pixels + at] = data[at * info.channels + from] ?? 0;
  }
  return { name: `${basename(dirname(file))}/${basename(file)}`, width, height, channels: 3, data: planar };
}

/** The rectangle of `width`×`height` whose top left is at (x, y); it must lie within the picture. */
export function crop(picture: Picture, x: number, y: number, width: number, height: number): Picture {
  if (x < 0 || y < 0 || x + width > picture.width || y + height > picture.height) {
    throw new RangeError(`${width}×${height} at (${x}, ${y}) is not within ${picture.name}`);
  }
  const data = new Float32Array(picture.channels * width * height);
  for (let row = 0; row < picture.channels * height; row++) {
    const channel = Math.floor(row / height);
    const start = (channel * picture.height + y + (row % height)) * picture.width + x;
    data.set(picture.data.subarray(start, start + width), row * width);
  }
  return { ...picture, width, height, data };
}

/** Without the rightmost columns and the bottom rows that a division by `divisor` would leave over. */
export function cropToMultiple(picture: Picture, divisor: number): Picture {
  return crop(
    picture,
    0,
    0,
    picture.width - (picture.width % divisor),
    picture.height - (picture.height % divisor),
  );
}

/** Extended by `margin` on each side as a mirror would, the edge pixel included: …b a | a b c … (period 2n). */
export function mirrored(picture: Picture, margin: number): Picture {
  const width = picture.width + 2 * margin;
  const height = picture.height + 2 * margin;
  const data = new Float32Array(picture.channels * width * height);
  let at = 0;
  for (let channel = 0; channel < picture.channels; channel++) {
    for (let y = -margin; y < picture.height + margin; y++) {
      const row = (channel * picture.height + mirrorIndex(y, picture.height)) * picture.width;
      for (let x = -margin; x < picture.width + margin; x++) {
        data[at++] = picture.data[row + mirrorIndex(x, picture.width)] ?? 0;
      }
    }
  }
  return { ...picture, width, height, data };
}

export function map(picture: Picture, change: (sample: number) => number): Picture {
  return { ...picture, data: picture.data.map((sample) => change(sample)) };
}

/** To whole 8-bit steps in 0..255. */
export function quantised(picture: Picture): Picture {
  return map(picture, (sample) => Math.min(255, Math.max(0, Math.round(sample))));
}
