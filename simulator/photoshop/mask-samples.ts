/** What a mask says, within its bounds and beyond. */
import { width } from './bounds.ts';
import type { Bounds } from './interface.ts';
import type { Mask } from './model.ts';
import { toSample, type Samples } from './surface.ts';

const clamped = (value: number, high: number): number => Math.min(high, Math.max(0, value));

/** Every `step`th pixel of every `step`th row of a region that may reach beyond the mask. */
export function maskEvery({ surface, bounds, outside }: Mask, region: Bounds, step: number): Samples {
  const samples = surface.readEvery(region, step);
  const across = Math.ceil(width(region) / step);
  const beyond = toSample(outside, surface.depth);
  // How many of a row's samples lie left of the mask, and left of its right edge.
  const begin = clamped(Math.ceil((bounds.left - region.left) / step), across);
  const end = clamped(Math.ceil((bounds.right - region.left) / step), across);
  for (let row = 0, y = region.top; row < samples.length; row += across, y += step) {
    if (y < bounds.top || y >= bounds.bottom) {
      samples.fill(beyond, row, row + across);
    } else {
      samples.fill(beyond, row, row + begin);
      samples.fill(beyond, row + end, row + across);
    }
  }
  return samples;
}
