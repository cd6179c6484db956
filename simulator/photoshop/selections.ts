/**
 * Selections a person draws. A feathered edge is a Gaussian's integral across the outline; how wide Photoshop makes it
 * for a radius is not published: its standard deviation is half the radius here.
 */
import type { Bounds } from './interface.ts';
import { height, intersect, isEmpty, sized, width } from './bounds.ts';
import { canvasOf, type Contents, type Mask } from './model.ts';
import { fullScale, makeSamples, Surface, toSample, type Depth } from './surface.ts';

// Looked up once: in Jest's sandbox a global costs more than the arithmetic it is for.
const { abs, ceil, exp, floor, hypot, max, min, sign, SQRT2 } = Math;

export type SelectionShape = 'rectangle' | 'ellipse';
export type SelectionHow = 'replace' | 'add' | 'subtract' | 'intersect';

const BAND = 256;
/** Standard deviations beyond which nothing is seen of a feathered edge at 8 bits. */
const REACH = 3;

/** 0 to 1 of a pixel that lies `distance` pixels within the outline. */
function within(distance: number, feather: number): number {
  if (feather <= 0) return min(1, max(0, distance + 0.5));
  const x = distance / (feather / 2) / SQRT2;
  // Abramowitz and Stegun, 7.1.26.
  const t = 1 / (1 + 0.3275911 * abs(x));
  const tail =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const erf = sign(x) * (1 - tail * exp(-x * x));
  return (1 + erf) / 2;
}

function coverage(shape: SelectionShape, bounds: Bounds, feather: number): (x: number, y: number) => number {
  const { left, top, right, bottom } = bounds;
  if (shape === 'rectangle') {
    const along = (at: number, low: number, high: number): number =>
      min(within(at - low, feather), within(high - at, feather));
    return (x, y) => along(x + 0.5, left, right) * along(y + 0.5, top, bottom);
  }
  const [a, b] = [(right - left) / 2, (bottom - top) / 2];
  return (x, y) => {
    const [u, v] = [(x + 0.5 - left - a) / a, (y + 0.5 - top - b) / b];
    return within((1 - hypot(u, v)) * min(a, b), feather);
  };
}

/** What the selection becomes; null if nothing is selected then. */
export function drawSelection(
  contents: Contents,
  shape: SelectionShape,
  bounds: Bounds,
  feather = 0,
  how: SelectionHow = 'replace',
): Mask | null {
  if (isEmpty(bounds)) return how === 'replace' ? null : contents.selection;
  const margin = ceil((feather / 2) * REACH);
  const reach = {
    left: bounds.left - margin,
    top: bounds.top - margin,
    right: bounds.right + margin,
    bottom: bounds.bottom + margin,
  };
  const drawn = coverage(shape, bounds, feather);
  const part = intersect(reach, canvasOf(contents));
  return combine(contents, (x, y, before) => {
    const inside = x >= part.left && x < part.right && y >= part.top && y < part.bottom;
    const value = inside ? drawn(x, y) : 0;
    if (how === 'add') return max(before, value);
    if (how === 'subtract') return min(before, 1 - value);
    return how === 'intersect' ? min(before, value) : value;
  });
}

export const invertSelection = (contents: Contents): Mask | null =>
  combine(contents, (_x, _y, before) => 1 - before);

/** A selection from what `change` makes of each pixel of the canvas, and of what it was. */
function combine(contents: Contents, change: (x: number, y: number, before: number) => number): Mask | null {
  const depth: Depth = contents.depth === 1 ? 8 : contents.depth;
  const canvas = canvasOf(contents);
  const surface = new Surface(1, depth);
  const full = fullScale(depth);
  let found: Bounds | null = null;
  for (let top = 0; top < canvas.bottom; top += BAND) {
    const band = sized(0, top, width(canvas), min(BAND, canvas.bottom - top));
    const before = contents.selection?.surface.read(band);
    const samples = makeSamples(depth, width(band) * height(band));
    for (let i = 0; i < samples.length; i++) {
      const x = i % width(band);
      const y = top + floor(i / width(band));
      samples[i] = toSample(change(x, y, (before?.[i] ?? 0) / full), depth);
      if (samples[i] === 0) continue;
      found = found
        ? {
            left: min(found.left, x),
            top: found.top,
            right: max(found.right, x + 1),
            bottom: y + 1,
          }
        : sized(x, y, 1, 1);
    }
    surface.put(samples, band);
  }
  if (!found) return null;
  return { surface: cut(surface, found), bounds: found, outside: 0, disabled: false };
}

function cut(surface: Surface, bounds: Bounds): Surface {
  return Surface.from(surface.read(bounds), 1, surface.depth, bounds);
}

/** A layer mask that shows what is selected, or everything. */
export function maskFrom({ selection, depth }: Contents): Mask {
  if (selection) return { ...selection, outside: 0, disabled: false };
  const surface = new Surface(1, depth === 1 ? 8 : depth);
  return { surface, bounds: { left: 0, top: 0, right: 0, bottom: 0 }, outside: 1, disabled: false };
}
