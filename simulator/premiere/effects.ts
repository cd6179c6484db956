/**
 * Effects as they are kept, and the ones this Premiere has. [3P] Chain: Opacity at 0, Motion at 1, anything further from
 * 2. Motion's parameters are known by their indices alone: the one of Uniform Scale has no name.
 */
import type { Interpolation, ParamValue } from './interface.ts';

export interface StoredKeyframe {
  /** Of the source's time. */
  readonly ticks: bigint;
  readonly value: ParamValue;
  readonly interpolation: Interpolation;
}

export interface StoredParam {
  readonly name: string;
  readonly keyable: boolean;
  readonly value: ParamValue;
  /** Null while it does not vary. */
  readonly keyframes: readonly StoredKeyframe[] | null;
}

export interface StoredEffect {
  readonly id: string;
  readonly matchName: string;
  readonly name: string;
  readonly params: readonly StoredParam[];
}

export const MOTION = {
  position: 0,
  scale: 1,
  scaleWidth: 2,
  uniformScale: 3,
  rotation: 4,
  anchor: 5,
  antiFlicker: 6,
  cropLeft: 7,
  cropTop: 8,
  cropRight: 9,
  cropBottom: 10,
} as const;

export const OPACITY_NAME = 'AE.ADBE Opacity';
export const MOTION_NAME = 'AE.ADBE Motion';
export const CROP_NAME = 'AE.ADBE AECrop';

const param = (name: string, value: ParamValue, keyable = true): StoredParam => ({
  name,
  value,
  keyable,
  keyframes: null,
});

const CENTRE = [0.5, 0.5] as const;

const motion: readonly StoredParam[] = [
  param('Position', CENTRE),
  param('Scale', 100),
  param('Scale Width', 100),
  param('', true, false),
  param('Rotation', 0),
  param('Anchor Point', CENTRE),
  param('Anti-flicker Filter', 0),
  param('Crop Left', 0),
  param('Crop Top', 0),
  param('Crop Right', 0),
  param('Crop Bottom', 0),
];

interface Known {
  readonly name: string;
  readonly params: readonly StoredParam[];
}

const KNOWN: Readonly<Record<string, Known>> = {
  [OPACITY_NAME]: { name: 'Opacity', params: [param('Opacity', 100), param('Blend Mode', 0, false)] },
  [MOTION_NAME]: { name: 'Motion', params: motion },
  [CROP_NAME]: {
    name: 'Crop',
    params: [
      ...['Left', 'Top', 'Right', 'Bottom'].map((side) => param(side, 0)),
      param('Zoom', false, false),
      param('Edge Feather', 0),
    ],
  },
  'AE.ADBE Gaussian Blur 2': { name: 'Gaussian Blur', params: [param('Blurriness', 0)] },
  'AE.ADBE Lumetri': { name: 'Lumetri Color', params: [param('Temperature', 0), param('Exposure', 0)] },
  'AE.ADBE Geometry2': {
    name: 'Transform',
    params: [param('Anchor Point', CENTRE), param('Position', CENTRE), param('Scale', 100)],
  },
};

/** What can be applied; Opacity and Motion are on every clip already. */
export const APPLICABLE: readonly string[] = Object.keys(KNOWN).filter(
  (name) => name !== OPACITY_NAME && name !== MOTION_NAME,
);

export const displayNameOf = (matchName: string): string | undefined => KNOWN[matchName]?.name;

/** Undefined where this Premiere has no such effect. */
export function makeEffect(id: string, matchName: string): StoredEffect | undefined {
  const known = KNOWN[matchName];
  return known && { id, matchName, name: known.name, params: known.params };
}

/** A parameter's value at a time of the source. Bézier is drawn as a straight line. */
export function valueAt({ value, keyframes }: StoredParam, ticks: bigint): ParamValue {
  const [first] = keyframes ?? [];
  if (!keyframes || !first) return value;
  if (ticks <= first.ticks) return first.value;
  for (const [index, from] of keyframes.entries()) {
    const to = keyframes[index + 1];
    if (!to) return from.value;
    if (ticks >= to.ticks) continue;
    if (from.interpolation === 'hold') return from.value;
    const share = Number(ticks - from.ticks) / Number(to.ticks - from.ticks);
    return between(from.value, to.value, share);
  }
  return value;
}

function between(from: ParamValue, to: ParamValue, share: number): ParamValue {
  const mix = (a: number, b: number): number => a + (b - a) * share;
  if (typeof from === 'number' && typeof to === 'number') return mix(from, to);
  if (isPoint(from) && isPoint(to)) return [mix(from[0], to[0]), mix(from[1], to[1])];
  return from;
}

export const isPoint = (value: unknown): value is readonly [number, number] => Array.isArray(value);

/** With a keyframe added, or put in the place of one at its time. */
export const withKeyframe = (
  keyframes: readonly StoredKeyframe[],
  added: StoredKeyframe,
): readonly StoredKeyframe[] =>
  [...keyframes.filter(({ ticks }) => ticks !== added.ticks), added].sort((a, b) =>
    a.ticks < b.ticks ? -1 : 1,
  );

export const replaceParam = (
  effect: StoredEffect,
  index: number,
  change: (param: StoredParam) => StoredParam,
): StoredEffect => ({
  ...effect,
  params: effect.params.map((each, at) => (at === index ? change(each) : each)),
});
