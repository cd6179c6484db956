/** Picture files in: what they are, whether they can be enhanced, and their rows. */
import { open } from 'node:fs/promises';
import sharp, { type Metadata } from 'sharp';
import { LoupeError } from '../errors.ts';
import type { Channels } from '../engine/types.ts';
import { formatOfBytes, type FileFormat } from './formats.ts';
import { colourspaceOf } from './spool.ts';

// Only the four formats' readers (and the spool's own) may run, whatever a file claims to be.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadPng',
    'VipsForeignLoadJpeg',
    'VipsForeignLoadWebp',
    'VipsForeignLoadTiff',
    'VipsForeignLoadVips',
  ],
});
// Every picture is read once: a cache would only hold memory.
sharp.cache(false);

/** Pixels an input may declare. More would take days, and is most often a forged header. */
const MOST_PIXELS = 1e9;

export interface InputPicture {
  readonly path: string;
  readonly format: FileFormat;
  /** pixels, as stored: before any turning upright */
  readonly width: number;
  readonly height: number;
  readonly channels: Channels;
  readonly depth: 8 | 16;
  /** EXIF Orientation, 1..8; 1 when there is none. */
  readonly orientation: number;
  /** The colours are in a space the model does not take and become sRGB. */
  readonly toSrgb: string | undefined;
  readonly hasProfile: boolean;
  /** Pictures in the file, of which the first is read. */
  readonly pages: number;
}

/**
 * Reads a file's header.
 * @throws file-missing, file-unreadable, file-empty, file-not-image, file-damaged, file-unsupported, file-too-large
 */
export async function inspect(path: string): Promise<InputPicture> {
  const start = await firstBytes(path);
  if (start.length === 0) throw new LoupeError('file-empty', path);
  const format = formatOfBytes(start);
  if (!format) throw new LoupeError('file-not-image', path);
  let found: Metadata;
  try {
    found = await reader(path).metadata();
  } catch (error) {
    throw new LoupeError('file-damaged', path, { cause: error });
  }
  const { width, height, space, depth } = found;
  if (width * height > MOST_PIXELS) {
    throw new LoupeError(
      'file-too-large',
      `${path}: ${width} × ${height} pixels are more than Loupe takes (${MOST_PIXELS / 1e6} megapixels). Cut it into parts.`,
    );
  }
  if (depth !== 'uchar' && depth !== 'ushort') {
    throw new LoupeError(
      'file-unsupported',
      `${path}: ${found.bitsPerSample ?? 32}-bit samples are not supported yet. Save a copy with 8 or 16 bits per channel.`,
    );
  }
  const bits = depth === 'uchar' ? 8 : 16;
  const gray = space === 'b-w' || space === 'grey16';
  const direct = gray || space === 'srgb' || space === 'rgb16';
  return {
    path,
    format,
    width,
    height,
    channels: gray ? (found.hasAlpha ? 2 : 1) : found.hasAlpha ? 4 : 3,
    depth: bits,
    orientation: found.orientation ?? 1,
    toSrgb: direct ? undefined : space.toUpperCase(),
    hasProfile: found.hasProfile,
    pages: found.pages ?? 1,
  };
}

/**
 * Decodes a picture into a `.v` file (see spool.ts), a few rows at a time. The samples are as stored, with the
 * profile beside them, unless `srgb` asks for a conversion through it.
 * @param upright Turn the pixels as the Orientation tag says, and reset the tag.
 * @throws file-damaged
 */
export async function decode(
  picture: InputPicture,
  to: string,
  { upright, srgb }: { upright: boolean; srgb: boolean },
): Promise<void> {
  let pipeline = reader(picture.path).keepExif().keepXmp();
  if (upright) pipeline = pipeline.autoOrient();
  pipeline = srgb
    ? pipeline.toColourspace(colourspaceOf(3, picture.depth))
    : pipeline.keepIccProfile().toColourspace(colourspaceOf(picture.channels, picture.depth));
  try {
    await pipeline.toFile(to);
  } catch (error) {
    throw new LoupeError('file-damaged', picture.path, { cause: error });
  }
}

function reader(path: string) {
  // 'error' and not 'warning': an odd tag is no reason to refuse a picture, missing rows are.
  return sharp(path, {
    failOn: 'error',
    limitInputPixels: false,
    unlimited: true,
    sequentialRead: true,
    pages: 1,
  });
}

async function firstBytes(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r');
    try {
      const bytes = new Uint8Array(12);
      return bytes.subarray(0, (await file.read(bytes)).bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    throw new LoupeError(code === 'ENOENT' || code === 'ENOTDIR' ? 'file-missing' : 'file-unreadable', path, {
      cause: error,
    });
  }
}
