/**
 * How much a layer gives the model to go by: measured by running both ends of Detail over a few places of it
 * (`engine/ends.ts`), and shown on request as a map of the whole.
 */
import type { Damage } from '../subject/damage.ts';
import type { InventedMap } from './engine/protocol.ts';
import type { Pixels } from './pixels.ts';

/**
 * From this share of the detailed result's fine detail on, which the faithful one does not support, the panel says that
 * detail will be invented: undamaged photos stay below (`models/quality/share.ts`).
 */
const INVENTED_SHARE = 0.3;

/** Layer pixels on each side of a place that is tried: enough for the networks' surroundings, quick on a CPU. */
const SIDE = 112;
const PLACES = 3;
/** Candidates in each direction. */
const MOST_STEPS = 16;
/** Alpha below which a place counts as see-through. */
const OPAQUE = 250;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What was found in the places tried. */
export interface Tried {
  /** Share of the fine detail at Detail 100 that is invented, 0..1. */
  readonly share: number;
  /** What the layer has lost, if most of the places have lost the same. */
  readonly damage: Damage | undefined;
}

/** Several places as one; undefined if there are none. */
export function together(places: readonly Tried[]): Tried | undefined {
  if (places.length === 0) return undefined;
  const share = places.reduce((sum, place) => sum + place.share, 0) / places.length;
  const [damage] = places
    .map((place) => place.damage)
    .filter((each) => 2 * places.filter((place) => place.damage === each).length > places.length);
  return { share, damage };
}

/** Whether fine detail will be invented: because the two ends differ, or because the layer has little to say. */
export function invents({ share, damage }: Tried): boolean {
  return damage !== undefined || share >= INVENTED_SHARE;
}

export interface Place extends Size {
  readonly x: number;
  readonly y: number;
}

/**
 * Where to try a layer: up to three places, in its pixels, that are opaque all over and do not overlap; those with
 * the most contrast, since in an even sky there is nothing to know and nothing to invent. None if nothing is opaque.
 *
 * @param thumbnail a smaller picture of the whole layer
 */
export function placesToTry(thumbnail: Pixels, layer: Size): Place[] {
  const width = Math.min(SIDE, layer.width);
  const height = Math.min(SIDE, layer.height);
  const candidates: { place: Place; contrast: number }[] = [];
  for (const y of steps(layer.height, height)) {
    for (const x of steps(layer.width, width)) {
      const place = { x, y, width, height };
      const contrast = contrastIn(thumbnail, place, layer);
      if (contrast !== undefined) candidates.push({ place, contrast });
    }
  }
  candidates.sort((a, b) => b.contrast - a.contrast);
  const chosen: Place[] = [];
  for (const { place } of candidates) {
    if (chosen.length < PLACES && chosen.every((other) => !overlap(place, other))) chosen.push(place);
  }
  return chosen;
}

/** Where windows of `length` may begin so that they cover `whole` evenly, half overlapping where there are few. */
function steps(whole: number, length: number): number[] {
  const count = Math.min(MOST_STEPS, 2 * Math.ceil(whole / length) - 1);
  if (count <= 1) return [Math.floor((whole - length) / 2)];
  return Array.from({ length: count }, (_, i) => Math.round((i * (whole - length)) / (count - 1)));
}

/** Variance of the luma of a place in the thumbnail; undefined if any of it is see-through. */
function contrastIn({ width, height, rgba }: Pixels, place: Place, layer: Size): number | undefined {
  const [across, down] = [width / layer.width, height / layer.height];
  const left = Math.min(width - 1, Math.floor(place.x * across));
  const top = Math.min(height - 1, Math.floor(place.y * down));
  const right = Math.max(left + 1, Math.min(width, Math.ceil((place.x + place.width) * across)));
  const bottom = Math.max(top + 1, Math.min(height, Math.ceil((place.y + place.height) * down)));
  let sum = 0;
  let squares = 0;
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const at = 4 * (y * width + x);
      const [r = 0, g = 0, b = 0, alpha = 0] = rgba.subarray(at, at + 4);
      if (alpha < OPAQUE) return undefined;
      const luma = 0.2126 * r + 0.7152 * g + 0.0722 * b;
      sum += luma;
      squares += luma * luma;
    }
  }
  const count = (right - left) * (bottom - top);
  return squares / count - (sum / count) ** 2;
}

function overlap(a: Place, b: Place): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The difference at which the overlay is at its strongest, in 1/255 of white: plain to the eye at 100 %. */
const FULL = 24;
/** Weak to strong: from dark to light and from blue to yellow, told apart by every kind of colour vision. */
const RAMP: readonly (readonly [number, number, number])[] = [
  [32, 40, 96],
  [88, 90, 128],
  [176, 160, 96],
  [255, 228, 60],
];

/** The map as a picture to lie over the layer's: see-through where the two ends agree. */
export function overlayOf({ width, height, values }: InventedMap): Pixels {
  const rgba = new Uint8ClampedArray(width * height * 4);
  values.forEach((value, i) => {
    const strength = Math.min(1, value / FULL);
    rgba.set([...rampAt(strength), 255 * Math.min(0.9, strength * 1.6)], 4 * i);
  });
  return { width, height, rgba };
}

function rampAt(strength: number): [number, number, number] {
  const at = strength * (RAMP.length - 1);
  const low = Math.min(RAMP.length - 2, Math.floor(at));
  const [from, to] = [RAMP[low] ?? [0, 0, 0], RAMP[low + 1] ?? [0, 0, 0]];
  const share = at - low;
  return [0, 1, 2].map((i) => (from[i] ?? 0) * (1 - share) + (to[i] ?? 0) * share) as [
    number,
    number,
    number,
  ];
}

/** The legend's colours, weak to strong, as CSS takes them. */
export const LEGEND = `linear-gradient(to right, ${RAMP.map((colour) => `rgb(${colour.join(' ')})`).join(', ')})`;

export type Third = 'start' | 'middle' | 'end';

/** The ninth of the picture where the ends differ most; undefined if they differ nowhere that shows. */
export function strongestPart({
  width,
  height,
  values,
}: InventedMap): { readonly across: Third; readonly down: Third } | undefined {
  const thirds: Third[] = ['start', 'middle', 'end'];
  const sums = new Map<string, { sum: number; count: number; across: Third; down: Third }>();
  values.forEach((value, i) => {
    const across = thirds[Math.floor((3 * (i % width)) / width)] ?? 'end';
    const down = thirds[Math.floor((3 * Math.floor(i / width)) / height)] ?? 'end';
    const part = sums.get(across + down) ?? { sum: 0, count: 0, across, down };
    part.sum += value;
    part.count += 1;
    sums.set(across + down, part);
  });
  const [first] = [...sums.values()].sort((a, b) => b.sum / b.count - a.sum / a.count);
  return first && first.sum / first.count >= 1 ? { across: first.across, down: first.down } : undefined;
}
