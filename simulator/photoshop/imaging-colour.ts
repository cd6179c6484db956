/**
 * Colours and depths on their way between a document and image data. [D] Imaging API: "Photoshop will perform color
 * conversions when needed"; what it needs is in rules.ts.
 */
import { convertColours, sameColour, type Colour } from '../colour/convert.ts';
import { LINEAR } from '../colour/profiles.ts';
import { NotEmulatedError, PhotoshopError } from './errors.ts';
import type { ColorSpace } from './image-data.ts';
import { COLOURS_OF } from './imaging-options.ts';
import { colourOf, namedColour, profileName, whiteOf, workingColour } from './modes.ts';
import type { Contents } from './model.ts';
import { fullScale, makeSamples, type Depth, type Samples } from './surface.ts';

// Looked up once: in Jest's sandbox a global costs more than the arithmetic it is for.
const { round } = Math;

/** Samples between the depths: 8 and 16 bit full range, 32 bit 0 to 1. */
export function convertDepth(samples: Samples, from: Depth, to: Depth): Samples {
  if (from === to) return samples;
  const out = makeSamples(to, samples.length);
  const full = fullScale(to);
  const factor = full / fullScale(from);
  if (to === 32) {
    for (let i = 0; i < samples.length; i++) out[i] = (samples[i] ?? 0) * factor;
    return out;
  }
  for (let i = 0; i < samples.length; i++) {
    const value = (samples[i] ?? 0) * factor;
    out[i] = value <= 0 ? 0 : value >= full ? full : round(value);
  }
  return out;
}

/** Mats on white in place. */
function matte(samples: Samples, white: readonly number[], depth: Depth): void {
  const full = fullScale(depth);
  const components = white.length;
  for (let a = components - 1; a < samples.length; a += components) {
    const alpha = (samples[a] ?? 0) / full;
    const first = a - components + 1;
    for (let c = first; c < a; c++) {
      const value = (samples[c] ?? 0) * alpha + (white[c - first] ?? 0) * (1 - alpha);
      samples[c] = depth === 32 ? value : round(value);
    }
  }
}

function withoutAlpha(samples: Samples, components: number, depth: Depth): Samples {
  const pixels = samples.length / components;
  const out = makeSamples(depth, pixels * (components - 1));
  for (let p = 0; p < pixels; p++) {
    for (let c = 0; c < components - 1; c++) out[p * (components - 1) + c] = samples[p * components + c] ?? 0;
  }
  return out;
}

function withAlpha(samples: Samples, colours: number, depth: Depth): Samples {
  const pixels = samples.length / colours;
  const out = makeSamples(depth, pixels * (colours + 1)).fill(fullScale(depth));
  for (let p = 0; p < pixels; p++) {
    for (let c = 0; c < colours; c++) out[p * (colours + 1) + c] = samples[p * colours + c] ?? 0;
  }
  return out;
}

const MODE_OF: Readonly<Record<ColorSpace, string>> = {
  RGB: 'RGBColorMode',
  Grayscale: 'grayscaleMode',
  Lab: 'labColorMode',
};

export interface Wanted {
  readonly space: ColorSpace;
  readonly colour: Colour;
  readonly depth: Depth;
  readonly alpha: boolean;
  readonly matte: boolean;
}

export function spaceOf(asked: string | undefined, contents: Contents): ColorSpace {
  if (asked === undefined) {
    const { space } = colourOf(contents);
    if (space === 'CMYK') {
      throw new PhotoshopError(
        'getPixels: pixels of a CMYK document must be asked for in another colorSpace',
      );
    }
    return space;
  }
  if (asked === 'RGB' || asked === 'Grayscale' || asked === 'Lab') return asked;
  throw new PhotoshopError(`getPixels: there is no colour space "${asked}"`);
}

/** What pixels of the document are converted to for a call of getPixels. */
export function targetColour(
  contents: Contents,
  space: ColorSpace,
  asked: string | undefined,
  depth: Depth,
): { colour: Colour; profile: string } {
  const own = colourOf(contents);
  const linear = depth === 32;
  if (asked !== undefined && asked !== '') {
    if (asked.includes(LINEAR.trim())) {
      throw new PhotoshopError('getPixels: a profile name must not include "(Linear RGB Profile)"');
    }
    const colour = namedColour(space, asked, linear, own);
    if (!colour) throw new PhotoshopError(`getPixels: there is no ${space} profile "${asked}"`);
    return { colour, profile: profileName(asked, depth) };
  }
  if (space !== own.space) {
    const colour = workingColour(space, linear);
    return { colour, profile: profileName(colour.name, depth) };
  }
  if (linear === own.linear) return { colour: own, profile: profileName(contents.profile, depth) };
  const colour = namedColour(space, own.name, linear);
  if (!colour) throw new NotEmulatedError(`"${own.name}" with another curve than the document's`);
  return { colour, profile: profileName(contents.profile, depth) };
}

/** A document's pixels, with alpha, as they are wanted; full range. */
export function toImage(samples: Samples, contents: Contents, depth: Depth, wanted: Wanted): Samples {
  const own = colourOf(contents);
  const work: Depth = depth > wanted.depth ? depth : wanted.depth;
  let pixels = convertDepth(samples, depth, work);
  if (!sameColour(own, wanted.colour)) pixels = convertColours(pixels, true, own, wanted.colour, work);
  if (wanted.matte) matte(pixels, whiteOf({ mode: MODE_OF[wanted.space] }, work), work);
  if (!wanted.alpha) pixels = withoutAlpha(pixels, COLOURS_OF[wanted.space] + 1, work);
  return convertDepth(pixels, work, wanted.depth);
}

/** Image data in full range as the document's own pixels, with alpha. */
export function fromImage(
  samples: Samples,
  image: { readonly colorSpace: ColorSpace; readonly colorProfile: string; readonly components: number },
  contents: Contents,
  depth: Depth,
): Samples {
  const colours = COLOURS_OF[image.colorSpace];
  const pixels = image.components === colours ? withAlpha(samples, colours, depth) : samples;
  const own = colourOf(contents);
  return convertColours(pixels, true, sourceColour(image, own), own, depth);
}

function sourceColour(
  { colorSpace, colorProfile }: { readonly colorSpace: ColorSpace; readonly colorProfile: string },
  own: Colour,
): Colour {
  const name = colorProfile.replace(LINEAR, '');
  if (name !== '') {
    const colour = namedColour(colorSpace, name, own.linear, own);
    if (!colour) throw new PhotoshopError(`putPixels: there is no ${colorSpace} profile "${name}"`);
    return colour;
  }
  if (colorSpace === own.space) return own;
  if (colorSpace === 'Lab') return workingColour('Lab', own.linear);
  throw new PhotoshopError(`putPixels: ${colorSpace} pixels need a colorProfile in a ${own.space} document`);
}
