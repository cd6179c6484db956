/** The picture files the shell reads and writes, and how it writes them. */
import type { Sharp } from 'sharp';

export const FILE_FORMATS = ['png', 'jpeg', 'webp', 'tiff'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

const byExtension: Record<string, FileFormat> = {
  '.png': 'png',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.webp': 'webp',
  '.tif': 'tiff',
  '.tiff': 'tiff',
};

/** The format that an extension (with its dot, any case) stands for; undefined for any other. */
export function formatOfExtension(extension: string): FileFormat | undefined {
  return byExtension[extension.toLowerCase()];
}

/** The format that a file's first 12 bytes tell; undefined for any other. BigTIFF counts as TIFF. */
export function formatOfBytes(start: Uint8Array): FileFormat | undefined {
  const bytes = Buffer.from(start.buffer, start.byteOffset, start.byteLength);
  if (bytes.subarray(0, 8).toString('latin1') === '\x89PNG\r\n\x1a\n') return 'png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
  if (
    bytes.subarray(0, 4).toString('latin1') === 'RIFF' &&
    bytes.subarray(8, 12).toString('latin1') === 'WEBP'
  ) {
    return 'webp';
  }
  const order = bytes.subarray(0, 4).toString('latin1');
  if (['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(order)) return 'tiff';
  return undefined;
}

interface Limits {
  /** Largest side in pixels. */
  readonly side: number;
  readonly depth16: boolean;
  readonly alpha: boolean;
  readonly gray: boolean;
  /** Whether viewers in general turn the picture as the file's Orientation tag says. */
  readonly orientation: boolean;
}

/**
 * What each format holds. Sides: JPEG 16-bit counts (ITU-T T.81 B.2.2), WebP 14 bits (RFC 9649 2.5), the others
 * libvips' own limit. PNG's and WebP's EXIF Orientation is skipped by many viewers, so it is not relied on there.
 */
export const formatLimits: Record<FileFormat, Limits> = {
  png: { side: 100_000_000, depth16: true, alpha: true, gray: true, orientation: false },
  jpeg: { side: 65_500, depth16: false, alpha: false, gray: true, orientation: true },
  webp: { side: 16_383, depth16: false, alpha: true, gray: false, orientation: false },
  tiff: { side: 100_000_000, depth16: true, alpha: true, gray: true, orientation: true },
};

/** Above this many pixels, JPEG's second pass over the coefficients (6 bytes a pixel, held in memory) is left out. */
const ONE_PASS_PIXELS = 50e6;

/** Classic TIFF counts bytes in 32 bits; some room is left for what surrounds the pixels. */
const CLASSIC_TIFF_BYTES = 3.9e9;

export interface Written {
  /** Pixels of the whole picture. */
  readonly pixels: number;
  /** Bytes of all its samples, uncompressed. */
  readonly bytes: number;
  /** Pixels per millimetre. */
  readonly density: number;
}

/** Sets the output's format, at a quality at which what the model added is not lost again. */
export function writeAs(pipeline: Sharp, format: FileFormat, { pixels, bytes, density }: Written): Sharp {
  switch (format) {
    case 'png':
      return pipeline.png({ compressionLevel: 6, adaptiveFiltering: true });
    case 'jpeg':
      return pipeline.jpeg({
        quality: 95,
        chromaSubsampling: '4:4:4',
        optimiseCoding: pixels <= ONE_PASS_PIXELS,
      });
    case 'webp':
      return pipeline.webp({ quality: 95, alphaQuality: 100, smartSubsample: true });
    case 'tiff':
      return pipeline.tiff({
        compression: 'deflate',
        predictor: 'horizontal',
        bigtiff: bytes > CLASSIC_TIFF_BYTES,
        xres: density,
        yres: density,
        resolutionUnit: 'inch',
      });
  }
}
