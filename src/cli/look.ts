/** What Auto is shown of a picture, and where in the picture itself that is. */
import sharp from 'sharp';
import type { Region } from '../engine/types.ts';
import type { Picture } from '../subject/picture.ts';

/** The longest side of what is shown, in pixels. */
const SIDE = 768;

/** A picture as the engine is given it. */
export interface Spooled {
  /** A `.v` file, see spool.ts. */
  readonly path: string;
  /** Pixels, as in the file. */
  readonly width: number;
  readonly height: number;
  /** How the file is to be turned to be upright: EXIF Orientation, 1..8. */
  readonly orientation: number;
}

/** The picture upright, in sRGB, and shrunk where it is larger than Auto needs. */
export async function lookAt({ path }: Spooled): Promise<Picture> {
  const { data, info } = await sharp(path, { limitInputPixels: false, unlimited: true })
    .autoOrient()
    .resize({ width: SIDE, height: SIDE, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgba: data };
}

/** A region of what Auto was shown, as whole pixels of the spooled picture: scaled, and turned back. */
export function regionIn(
  { width, height, orientation }: Spooled,
  shown: Pick<Picture, 'width' | 'height'>,
  region: Region,
): Region {
  // Orientations from 5 on have rows and columns exchanged (CIPA DC-008 4.6.4, tag 274).
  const turned = orientation >= 5;
  const across = span(region.x, region.width, shown.width, turned ? height : width);
  const down = span(region.y, region.height, shown.height, turned ? width : height);
  const [x, y] = turned ? [down, across] : [across, down];
  const horizontal = [2, 3, 7, 8].includes(orientation) ? mirrored(x, width) : x;
  const vertical = [3, 4, 6, 7].includes(orientation) ? mirrored(y, height) : y;
  return { x: horizontal.at, y: vertical.at, width: horizontal.length, height: vertical.length };
}

interface Along {
  readonly at: number;
  readonly length: number;
}

/** The pixels of `to` that the span of `from` pixels touches. */
function span(at: number, length: number, from: number, to: number): Along {
  const first = Math.floor((at * to) / from);
  return { at: first, length: Math.ceil(((at + length) * to) / from) - first };
}

function mirrored({ at, length }: Along, whole: number): Along {
  return { at: whole - at - length, length };
}
