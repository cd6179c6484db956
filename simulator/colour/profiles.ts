/**
 * The colour profiles that are installed, and the working spaces: those of Photoshop's default settings, "North
 * America General Purpose". https://helpx.adobe.com/photoshop/using/working-with-color-profiles.html
 *
 * The RGB and gray ones are made here from their published primaries and curves. Of press profiles only the names
 * are known: a document that brings one along is converted with it, and new documents of that name get it too;
 * without it, CMYK is converted by plain-cmyk.ts.
 */
import { grayProfile, rgbProfile, type Curve, type Primaries } from './icc-bytes.ts';

/** Colour spaces that pixels can be in. */
export type Space = 'RGB' | 'Grayscale' | 'CMYK' | 'Lab';

export const WORKING: Readonly<Record<Space, string>> = {
  RGB: 'sRGB IEC61966-2.1',
  Grayscale: 'Dot Gain 20%',
  CMYK: 'U.S. Web Coated (SWOP) v2',
  Lab: 'Lab D50',
};

export const LINEAR = ' (Linear RGB Profile)';

const SRGB: Primaries = [
  [0.43607, 0.22249, 0.01392],
  [0.38515, 0.71687, 0.09708],
  [0.14307, 0.06061, 0.7141],
];

interface Rgb {
  readonly primaries: Primaries;
  readonly curve: Curve;
}

const RGB_PROFILES: Readonly<Record<string, Rgb>> = {
  'sRGB IEC61966-2.1': { primaries: SRGB, curve: 'sRGB' },
  // IEC 61966-2-5 gives the exponent as 563 / 256.
  'Adobe RGB (1998)': {
    primaries: [
      [0.60974, 0.31111, 0.01947],
      [0.20528, 0.62567, 0.06087],
      [0.14919, 0.06322, 0.74457],
    ],
    curve: 563 / 256,
  },
  'Display P3': {
    primaries: [
      [0.51512, 0.2412, -0.00105],
      [0.29198, 0.69225, 0.04189],
      [0.1571, 0.06657, 0.78407],
    ],
    curve: 'sRGB',
  },
  'ProPhoto RGB': {
    primaries: [
      [0.79767, 0.28804, 0],
      [0.13519, 0.71187, 0],
      [0.03134, 0.00009, 0.8249],
    ],
    curve: 1.8,
  },
};

/**
 * Dot gain of so much at half tone: paper between the dots grows darker by a parabola. [I] Adobe's own curves are
 * not published.
 */
const dotGain = (gain: number): Curve =>
  Array.from({ length: 1024 }, (_, i) => {
    const ink = 1 - i / 1023;
    return 1 - Math.min(1, ink + 4 * gain * ink * (1 - ink));
  });

const GRAY_PROFILES: Readonly<Record<string, Curve>> = {
  'Dot Gain 10%': dotGain(0.1),
  'Dot Gain 15%': dotGain(0.15),
  'Dot Gain 20%': dotGain(0.2),
  'Dot Gain 25%': dotGain(0.25),
  'Dot Gain 30%': dotGain(0.3),
  'Gray Gamma 1.8': 1.8,
  'Gray Gamma 2.2': 2.2,
};

const CMYK_NAMES = [
  'U.S. Web Coated (SWOP) v2',
  'U.S. Sheetfed Coated v2',
  'Coated FOGRA39 (ISO 12647-2:2004)',
  'Japan Color 2001 Coated',
];

const NAMES: Readonly<Record<Space, readonly string[]>> = {
  RGB: Object.keys(RGB_PROFILES),
  Grayscale: Object.keys(GRAY_PROFILES),
  CMYK: CMYK_NAMES,
  Lab: [WORKING.Lab],
};

const seen = new Map<string, Uint8Array>();

/** A press profile that a document brought along is the installed one of that name. */
export function pressProfileSeen(name: string, file: Uint8Array): void {
  if (CMYK_NAMES.includes(name) && !seen.has(name)) seen.set(name, file);
}

export const pressProfile = (name: string): Uint8Array | null => seen.get(name) ?? null;

/** The names that `app.getColorProfiles` lists. */
export const installedProfiles = (space: Space): readonly string[] => NAMES[space];

const made = new Map<string, Uint8Array>();

/**
 * The file of an installed profile; with `linear`, of the same primaries without a curve, as 32-bit documents have.
 * Null for those of which only the name is known.
 */
export function profileFile(space: Space, name: string, linear = false): Uint8Array | null {
  const key = `${space}/${name}/${String(linear)}`;
  const known = made.get(key);
  if (known) return known;
  const file = makeFile(space, name, linear);
  if (file) made.set(key, file);
  return file;
}

function makeFile(space: Space, name: string, linear: boolean): Uint8Array | null {
  const title = linear ? name + LINEAR : name;
  const rgb = space === 'RGB' ? RGB_PROFILES[name] : undefined;
  if (rgb) return rgbProfile(title, rgb.primaries, linear ? 1 : rgb.curve);
  const gray = space === 'Grayscale' ? GRAY_PROFILES[name] : undefined;
  if (gray !== undefined) return grayProfile(title, linear ? 1 : gray);
  return null;
}
