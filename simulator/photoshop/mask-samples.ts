/** What a mask says, within its bounds and beyond. */
import { width } from './bounds.ts';
import type { Bounds } from './interface.ts';
import type { Mask } from './model.ts';
import { toSample, type Samples } from './surface.ts';

/** Every `step`th pixel of every `step`th row of a region that may reach beyond the mask. */
export function maskEvery({ surface, bounds, outside }: Mask, region: Bounds, step: number): Samples {
  const samples = surface.readEvery(region, step);
  const across = Math.ceil(width(region) / step);
  const beyond = toSample(outside, surface.depth);
  for (let p = 0; p < samples.length; p++) {
    const x = region.left + (p % across) * step;
    const y = region.top + Math.floor(p / across) * step;
    if (x < bounds.left || x >= bounds.right || y < bounds.top || y >= bounds.bottom) samples[p] = beyond;
  }
  return samples;
}
