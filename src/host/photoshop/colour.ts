/**
 * How a document's pixels are read and written in each of its modes. Photoshop knows image data as RGB, Grayscale and Lab
 * only, and converts between that and the document by their profiles (Adobe, Imaging › Color spaces and profiles).
 */
import type { PixelFormat } from '../../bridge/protocol.ts';
import { LoupeError } from '../../errors.ts';
import { bitsOf, type Document, type Layer, type Photoshop } from './photoshop.ts';

export type PixelDepth = PixelFormat['depth'];
export type PixelChannels = PixelFormat['channels'];

/** What image data is asked for and given in: the same both ways, so that nothing is converted but by design. */
export interface Colour {
  readonly space: 'RGB' | 'Grayscale';
  /** None named: the document's own. */
  readonly profile?: string;
}

/**
 * The RGB that CMYK and Lab documents go through, since the networks know RGB only: wide enough for what presses print,
 * and narrow enough not to band at 8 bits.
 */
const THROUGH_RGB: Colour = { space: 'RGB', profile: 'Adobe RGB (1998)' };
/** What a page shows. */
const SCREEN_RGB: Colour = { space: 'RGB', profile: 'sRGB IEC61966-2.1' };
const OWN_RGB: Colour = { space: 'RGB' };
const OWN_GRAY: Colour = { space: 'Grayscale' };

/** As Photoshop's Image › Mode menu names them. */
const MODE_NAMES: Readonly<Record<string, string>> = {
  bitmapMode: 'Bitmap',
  CMYKColorMode: 'CMYK Color',
  duotoneMode: 'Duotone',
  grayscaleMode: 'Grayscale',
  indexedColorMode: 'Indexed Color',
  labColorMode: 'Lab Color',
  multichannelMode: 'Multichannel',
  RGBColorMode: 'RGB Color',
};

export function modeName({ mode }: Document): string {
  return MODE_NAMES[mode] ?? mode;
}

/** Why a document's mode or depth cannot be enhanced; undefined if it can. */
export function colourProblem(ps: Photoshop, document: Document): LoupeError | undefined {
  const colour = colourOf(ps, document);
  if (!colour) return new LoupeError('mode-unsupported', modeName(document));
  const bits = bitsOf(ps, document);
  // Photoshop has 32 bits in RGB and Grayscale only (Adobe, “Bit depth and preferences”).
  const fits = bits === 8 || bits === 16 || (bits === 32 && !colour.profile);
  return fits ? undefined : new LoupeError('depth-unsupported', String(bits));
}

/** What a document's pixels are read and written in. Throws its `colourProblem`. */
export function needColour(ps: Photoshop, document: Document): { colour: Colour; depth: PixelDepth } {
  const problem = colourProblem(ps, document);
  if (problem) throw problem;
  return { colour: colourOf(ps, document) ?? OWN_RGB, depth: bitsOf(ps, document) as PixelDepth };
}

/**
 * What a layer is looked at in, at 8 bits: as it is read where that is RGB of 8 or 16 bits; where colour must be converted
 * in any case, as screens show it. Throws the document's `colourProblem`.
 */
export function lookColour(ps: Photoshop, document: Document): Colour {
  const { colour, depth } = needColour(ps, document);
  return colour === OWN_RGB && depth !== 32 ? colour : SCREEN_RGB;
}

/** The Background alone has no transparency; every other layer may have some. */
export function channelsOf({ space }: Colour, { isBackgroundLayer }: Layer): PixelChannels {
  if (space === 'Grayscale') return isBackgroundLayer ? 1 : 2;
  return isBackgroundLayer ? 3 : 4;
}

/** For `getPixels` and `createImageDataFromBuffer`. */
export function imageColour({ space, profile }: Colour): { colorSpace: string; colorProfile?: string } {
  return { colorSpace: space, ...(profile === undefined ? {} : { colorProfile: profile }) };
}

function colourOf(ps: Photoshop, { mode }: Document): Colour | undefined {
  const { RGB, GRAYSCALE, CMYK, LAB } = ps.constants.DocumentMode;
  switch (mode) {
    case RGB:
      return OWN_RGB;
    case GRAYSCALE:
      return OWN_GRAY;
    case CMYK:
    case LAB:
      return THROUGH_RGB;
    default:
      return undefined;
  }
}
