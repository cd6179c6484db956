/** Picture files out: from a result's spool to the format asked for. */
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import sharp from 'sharp';
import { LoupeError } from '../errors.ts';
import { formatLimits, writeAs, type FileFormat } from './formats.ts';
import { colourspaceOf, type SpooledResult } from './spool.ts';

/**
 * Encodes a spooled result, its samples unchanged and its metadata along, to `to`.
 * @param density Pixels per millimetre.
 * @throws disk-full, output-unwritable
 */
export async function encode(
  { parts, format: { width, height, channels, depth } }: SpooledResult,
  density: number,
  to: string,
  format: FileFormat,
): Promise<void> {
  const options = { limitInputPixels: false, unlimited: true, sequentialRead: true };
  let pipeline =
    parts.length === 1
      ? sharp(parts[0], options)
      : // Joined parts are all taken to be as high as the first.
        sharp([...parts], { ...options, join: { across: 1 } }).extract({ left: 0, top: 0, width, height });
  // sharp joins onto a background of RGB, which makes gray into three equal channels.
  if (parts.length > 1 && channels === 1) pipeline = pipeline.extractChannel(0);
  if (!formatLimits[format].alpha && (channels === 2 || channels === 4)) {
    pipeline = pipeline.flatten({ background: '#ffffff' });
  }
  // WebP gets its density through EXIF alone, which a picture without any has to be given.
  if (format === 'webp') pipeline = pipeline.withExifMerge({ IFD0: exifDensity(density) });
  pipeline = pipeline
    .keepIccProfile()
    .keepExif()
    .keepXmp()
    .toColourspace(formatLimits[format].gray ? colourspaceOf(channels, depth) : 'srgb');
  const pixels = width * height;
  pipeline = writeAs(pipeline, format, { pixels, bytes: (pixels * channels * depth) / 8, density });
  try {
    await pipeline.toFile(to);
  } catch (error) {
    const { bavail, bsize } = await statfs(dirname(to));
    // libvips says only that a write failed; a disk with no room for one more strip of rows explains it.
    const room = bavail * bsize;
    throw new LoupeError(room < width * channels * 64 ? 'disk-full' : 'output-unwritable', to, {
      cause: error,
    });
  }
}

function exifDensity(density: number): Record<string, string> {
  const dpi = `${Math.round(density * 25.4 * 1000)}/1000`;
  return { XResolution: dpi, YResolution: dpi, ResolutionUnit: '2' };
}
