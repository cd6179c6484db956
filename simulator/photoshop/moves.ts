/** Layers moved by whole pixels: with their masks, which are linked to them, and with all that is in a group. */
import { changedInfo, changedPoints } from './carried.ts';
import type { Layer, Mask } from './model.ts';
import { sized, width, height } from './bounds.ts';

export function movedLayer(layer: Layer, dx: number, dy: number): Layer {
  if (dx === 0 && dy === 0) return layer;
  const change = { x: 1, y: 1, dx, dy };
  return {
    ...layer,
    pixels: layer.pixels?.moved(dx, dy) ?? null,
    mask: layer.mask ? movedMask(layer.mask, dx, dy) : null,
    children: layer.children?.map((child) => movedLayer(child, dx, dy)) ?? null,
    smart: layer.smart ? { ...layer.smart, corners: changedPoints(layer.smart.corners, change) } : null,
    carried: layer.carried ? { info: changedInfo(layer.carried.info, change), raw: null } : null,
  };
}

export function movedMask(mask: Mask, dx: number, dy: number): Mask {
  const { left, top } = mask.bounds;
  return {
    ...mask,
    surface: mask.surface.moved(dx, dy),
    bounds: sized(left + dx, top + dy, width(mask.bounds), height(mask.bounds)),
  };
}
