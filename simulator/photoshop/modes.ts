/** What the colour modes are made of, and what their numbers mean. */
import type { Colour } from '../colour/convert.ts';
import {
  installedProfiles,
  LINEAR,
  pressProfile,
  profileFile,
  WORKING,
  type Space,
} from '../colour/profiles.ts';
import { PhotoshopError } from './errors.ts';
import type { Components, Depth } from './surface.ts';
import { fullScale } from './surface.ts';

interface Mode {
  readonly space: Space;
  /** Of a surface: the colours and alpha. */
  readonly components: 2 | 4 | 5;
  readonly depths: readonly Depth[];
}

/** The modes whose pixels are decoded; in a document of another mode layers have none. */
const MODES: Readonly<Record<string, Mode>> = {
  RGBColorMode: { space: 'RGB', components: 4, depths: [8, 16, 32] },
  grayscaleMode: { space: 'Grayscale', components: 2, depths: [8, 16, 32] },
  CMYKColorMode: { space: 'CMYK', components: 5, depths: [8, 16] },
  labColorMode: { space: 'Lab', components: 4, depths: [8, 16] },
};

/** Null for modes, and depths of a mode, that are not decoded. */
export function modeOf(mode: string, depth: Depth | 1): Mode | null {
  const found = MODES[mode];
  return found && depth !== 1 && found.depths.includes(depth) ? found : null;
}

/** Of the document's surfaces, alpha included; 4 where pixels are not decoded. */
export const componentsOf = (contents: { readonly mode: string }): Components =>
  MODES[contents.mode]?.components ?? 4;

/** A paper-white opaque pixel. CMYK is held as in a PSD: full is no ink. */
export function whiteOf(contents: { readonly mode: string }, depth: Depth): readonly number[] {
  const full = fullScale(depth);
  if (MODES[contents.mode]?.space === 'Lab') {
    const neutral = depth === 8 ? 128 : 32768;
    return [full, neutral, neutral, full];
  }
  return Array.from({ length: componentsOf(contents) }, () => full);
}

interface Profiled {
  readonly mode: string;
  readonly depth: Depth | 1;
  readonly profile: string;
  readonly icc: Uint8Array | null;
}

/** What the numbers of a document mean: its own profile's colours, or else the working space's. */
export function colourOf({ mode, depth, profile, icc }: Profiled): Colour {
  const space = MODES[mode]?.space ?? 'RGB';
  const linear = depth === 32;
  if (space === 'Lab') return { space, name: WORKING.Lab, icc: null, linear };
  const name = profile === '' ? WORKING[space] : profile;
  return { space, name, icc: icc ?? profileFile(space, name, linear), linear };
}

/** The file to embed in a new document; null if untagged, and for press profiles, of which only the names are known. */
export function iccOf({ mode, depth, profile }: Omit<Profiled, 'icc'>): Uint8Array | null {
  const space = MODES[mode]?.space;
  if (!space || space === 'Lab' || profile === '') return null;
  if (!installedProfiles(space).includes(profile)) {
    throw new PhotoshopError(`The colour profile "${profile}" is not installed`);
  }
  return space === 'CMYK' ? pressProfile(profile) : profileFile(space, profile, depth === 32);
}

/**
 * An installed profile by its name, or the document's own. Null if there is none of that name. Names are given
 * without "(Linear RGB Profile)".
 */
export function namedColour(space: Space, name: string, linear: boolean, own?: Colour): Colour | null {
  if (own?.space === space && own.name === name && own.linear === linear) return own;
  if (space === 'Lab') return name === WORKING.Lab ? { space, name, icc: null, linear } : null;
  const icc = profileFile(space, name, linear);
  return icc ? { space, name, icc, linear } : null;
}

export const workingColour = (space: Space, linear: boolean): Colour => ({
  space,
  name: WORKING[space],
  icc: profileFile(space, WORKING[space], linear),
  linear,
});

/** The profile that a new document of that mode gets; Lab has none to name. */
export function workingProfile(mode: string): string {
  const space = MODES[mode]?.space ?? 'RGB';
  return space === 'Lab' ? '' : WORKING[space];
}

/** A profile's name as Photoshop tells it. */
export const profileName = (profile: string, depth: number): string =>
  depth === 32 && profile !== '' ? profile + LINEAR : profile;
