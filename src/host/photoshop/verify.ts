/** Whether Photoshop holds what it was given, where it belongs. Whatever is not so is thrown, which rolls the run back. */
import { LoupeError } from '../../errors.ts';
import { fullOf, hasAlpha } from './cover.ts';
import type { LayerPixels } from './pixels.ts';
import { type Bounds, type Layer, pixelBounds, type Photoshop } from './photoshop.ts';
import { type Kept, type Put, readWithin } from './put.ts';

/** What may be lost of a sample by Photoshop's own storage: 16 bits are 0 to 32,768 there (Adobe, Imaging). */
const TOLERANCE = { 8: 1, 16: 4, 32: 1e-3 } as const;
/** Of the whole range, the mean of what a conversion into the document's colours may change. */
const CONVERTED = 1 / 8;
/** Colour says nothing where alpha is below that, of the whole range. */
const CLEAR = 1 / 255;

/** Throws unless the rows that were kept are read back as they were put. */
export async function checkPixels(
  ps: Photoshop,
  read: LayerPixels,
  documentId: number,
  layer: Layer,
  { channels, kept }: Put,
): Promise<void> {
  const whole = pixelBounds(layer);
  const own: LayerPixels = { ...read, documentId, layerId: layer.id, whole, bounds: whole, channels };
  for (const row of kept) {
    const { left, top, width } = row;
    const now = await readWithin(ps, own, { left, top, right: left + width, bottom: top + 1 });
    if (!alike(now, row, own))
      throw new LoupeError('host-failed', `row ${top} of the new layer is not as it was written`);
  }
}

function alike(now: ArrayLike<number>, { samples }: Kept, { channels, depth, colour }: LayerPixels): boolean {
  const full = fullOf(depth);
  const alpha = hasAlpha(channels) ? channels - 1 : undefined;
  let count = 0;
  let sum = 0;
  let most = 0;
  for (let i = 0; i < samples.length; i += channels) {
    const clear = alpha !== undefined && (samples[i + alpha] ?? 0) <= CLEAR * full;
    for (let c = 0; c < channels; c += 1) {
      if (clear && c !== alpha) continue;
      const before = samples[i + c] ?? 0;
      const off = Math.abs((now[i + c] ?? 0) - before) / Math.max(1, Math.abs(before) / full);
      // Alpha is never converted.
      if (colour.profile === undefined || c === alpha) most = Math.max(most, off);
      else sum += off;
      count += 1;
    }
  }
  return most <= TOLERANCE[depth] && sum <= CONVERTED * full * count;
}

/**
 * Throws unless a layer lies where its result was put: over all that is visible of it, and not beyond what was written.
 * Whether Photoshop trims a layer's bounds to visible pixels at once is not documented.
 */
export function checkBounds(layer: Layer, { visible }: Put, written: Bounds): void {
  if (!visible) return;
  const bounds = pixelBounds(layer);
  if (!contains(bounds, visible) || !contains(written, bounds)) throw misplaced(bounds, written);
}

export function misplaced(is: Bounds, wanted: Bounds): LoupeError {
  const sides = ({ left, top, right, bottom }: Bounds): string => `${left}, ${top}, ${right}, ${bottom}`;
  return new LoupeError('host-failed', `the new layer is at ${sides(is)} instead of ${sides(wanted)}`);
}

function contains(outer: Bounds, inner: Bounds): boolean {
  return (
    outer.left <= inner.left &&
    outer.top <= inner.top &&
    outer.right >= inner.right &&
    outer.bottom >= inner.bottom
  );
}
