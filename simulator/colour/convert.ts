/**
 * Colours from one profile to another, by Little CMS. [I] Intent and black point as in Photoshop's default
 * settings: relative colorimetric with black point compensation.
 */
import { instantiate } from 'lcms-wasm';
import type { Depth, Samples } from '../photoshop/surface.ts';
import { makeSamples, toSample } from '../photoshop/surface.ts';
import { plainToRgb, rgbToPlain } from './plain-cmyk.ts';
import { profileFile, WORKING, type Space } from './profiles.ts';

/** What numbers mean. */
export interface Colour {
  readonly space: Space;
  /** The profile's name; colours of one name are not converted. */
  readonly name: string;
  /** The profile itself; null in Lab, and for CMYK of which no profile is known. */
  readonly icc: Uint8Array | null;
  /** Whether 1 is twice as much light as 0.5, as in 32-bit documents. */
  readonly linear: boolean;
}

export const COLOURS: Readonly<Record<Space, 1 | 3 | 4>> = { RGB: 3, Grayscale: 1, CMYK: 4, Lab: 3 };

const lcms = await instantiate();

// Looked up once: in Jest's sandbox a global costs more than the arithmetic it is for.
const { round } = Math;

const RELATIVE_COLORIMETRIC = 1;
const BLACK_POINT_COMPENSATION = 0x2000;
/**
 * Every colour is reckoned. The shortcuts of Little CMS lose a step of 8 bits in white from Lab, and more in the
 * darkest tones of 16 bits; a press profile is a table in any case, and a finer one of its own is fast enough.
 */
const NO_SHORTCUTS = 0x0100;
const FINE_TABLE = 0x0400;
/** Pixels converted at once. */
const PORTION = 1 << 16;

/** Little CMS's numbers of pixel types (lcms2.h). */
const PIXEL_TYPES: Readonly<Record<Space, number>> = { RGB: 4, Grayscale: 3, CMYK: 6, Lab: 10 };
/**
 * The neutral a and b of ICC's 16-bit Lab are 0x8080. [I] Those of Photoshop are the middle of its 0 to 32768, so
 * 0x8000 of the full range; 8 bits agree on 128.
 */
const LAB_STRETCH = 257 / 256;

function formatOf(space: Space, depth: Depth): number {
  // A PSD's CMYK is the wrong way round: 0 is full ink.
  const reversed = space === 'CMYK' ? 1 << 13 : 0;
  const float = depth === 32 ? 1 << 22 : 0;
  return float | (PIXEL_TYPES[space] << 16) | reversed | (COLOURS[space] << 3) | (depth / 8);
}

const handles = new WeakMap<Uint8Array, number>();
let labHandle = 0;

function handleOf({ space, icc, name }: Colour): number {
  if (space === 'Lab') return (labHandle ||= lcms.cmsCreateLab4Profile(null));
  if (!icc) throw new Error(`The profile ${name} is not at hand`);
  const known = handles.get(icc);
  if (known) return known;
  const handle = lcms.cmsOpenProfileFromMem(icc, icc.length);
  if (handle === 0) throw new Error(`The colour profile ${name} is damaged`);
  handles.set(icc, handle);
  return handle;
}

const SIGNATURES: Readonly<Record<string, Space>> = {
  RGB: 'RGB',
  GRAY: 'Grayscale',
  CMYK: 'CMYK',
  Lab: 'Lab',
};

/** The space a profile is for; null if it is damaged or for another. */
export function spaceOfProfile(icc: Uint8Array): Space | null {
  const handle = handles.get(icc) ?? lcms.cmsOpenProfileFromMem(icc, icc.length);
  if (handle === 0) return null;
  handles.set(icc, handle);
  return SIGNATURES[lcms.cmsGetColorSpaceASCII(handle) ?? ''] ?? null;
}

const transforms = new Map<string, number>();

function transformOf(from: Colour, to: Colour, depth: Depth): number {
  const input = handleOf(from);
  const output = handleOf(to);
  const key = `${input}/${output}/${depth}`;
  const known = transforms.get(key);
  if (known) return known;
  const transform = lcms.cmsCreateTransform(
    input,
    formatOf(from.space, depth),
    output,
    formatOf(to.space, depth),
    RELATIVE_COLORIMETRIC,
    BLACK_POINT_COMPENSATION | (from.space === 'CMYK' || to.space === 'CMYK' ? FINE_TABLE : NO_SHORTCUTS),
  );
  if (transform === 0) throw new Error(`Colours cannot be converted from ${from.name} to ${to.name}`);
  transforms.set(key, transform);
  return transform;
}

export const sameColour = (a: Colour, b: Colour): boolean =>
  a.space === b.space && a.linear === b.linear && (a.name === b.name || (a.icc !== null && a.icc === b.icc));

const SRGB: Colour = {
  space: 'RGB',
  name: WORKING.RGB,
  icc: profileFile('RGB', WORKING.RGB),
  linear: false,
};

const isPlain = ({ space, icc }: Colour): boolean => space === 'CMYK' && icc === null;

/** Interleaved colours without alpha. */
function convertPortion(samples: Samples, from: Colour, to: Colour, depth: Depth): Samples {
  if (sameColour(from, to)) return samples;
  if (isPlain(from)) {
    return convertPortion(throughFloats(samples, depth, plainToRgb), SRGB, to, depth);
  }
  if (isPlain(to)) {
    return throughFloats(convertPortion(samples, from, SRGB, depth), depth, rgbToPlain);
  }
  const transform = transformOf(from, to, depth);
  const pixels = samples.length / COLOURS[from.space];
  const input = from.space === 'Lab' && depth === 16 ? stretchLab(samples, LAB_STRETCH) : samples;
  const output = lcms.cmsDoTransform(transform, input, pixels);
  return to.space === 'Lab' && depth === 16 ? stretchLab(output, 1 / LAB_STRETCH) : output;
}

function stretchLab(lab: Samples, factor: number): Samples {
  const out = lab.slice();
  const stretch = (at: number): void => {
    const value = round((lab[at] ?? 0) * factor);
    out[at] = value > 65535 ? 65535 : value;
  };
  for (let i = 1; i + 1 < out.length; i += 3) {
    stretch(i);
    stretch(i + 1);
  }
  return out;
}

function throughFloats(
  samples: Samples,
  depth: Depth,
  change: (values: Float32Array) => Float32Array,
): Samples {
  const full = depth === 8 ? 255 : depth === 16 ? 65535 : 1;
  const values = new Float32Array(samples.length);
  for (let i = 0; i < values.length; i++) values[i] = (samples[i] ?? 0) / full;
  const changed = change(values);
  const out = makeSamples(depth, changed.length);
  for (let i = 0; i < out.length; i++) out[i] = toSample(changed[i] ?? 0, depth);
  return out;
}

/**
 * Interleaved samples with their alpha, if there is one, which is left as it is. 32-bit values beyond 0 to 1
 * survive as far as the profiles' curves go.
 */
export function convertColours(
  samples: Samples,
  alpha: boolean,
  from: Colour,
  to: Colour,
  depth: Depth,
): Samples {
  if (sameColour(from, to)) return samples;
  const before = COLOURS[from.space];
  const after = COLOURS[to.space];
  const stepBefore = before + (alpha ? 1 : 0);
  const stepAfter = after + (alpha ? 1 : 0);
  const pixels = samples.length / stepBefore;
  const out = makeSamples(depth, pixels * stepAfter);
  for (let first = 0; first < pixels; first += PORTION) {
    const count = Math.min(PORTION, pixels - first);
    const portion = makeSamples(depth, count * before);
    for (let p = 0; p < count; p++) {
      for (let c = 0; c < before; c++) {
        portion[p * before + c] = samples[(first + p) * stepBefore + c] ?? 0;
      }
    }
    const converted = convertPortion(portion, from, to, depth);
    for (let p = 0; p < count; p++) {
      const at = (first + p) * stepAfter;
      for (let c = 0; c < after; c++) out[at + c] = converted[p * after + c] ?? 0;
      if (alpha) out[at + after] = samples[(first + p) * stepBefore + before] ?? 0;
    }
  }
  return out;
}
