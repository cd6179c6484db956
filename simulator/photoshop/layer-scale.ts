/** A layer made larger or smaller where it is. [D] Photoshop API > Layer > scale. */
import { isEmpty } from './bounds.ts';
import { changedInfo } from './carried.ts';
import { NotEmulatedError, PhotoshopError } from './errors.ts';
import type { Bounds } from './interface.ts';
import { boundsOf, canvasOf, type Contents, type Layer } from './model.ts';
import { movedMask } from './moves.ts';
import { resampleSurface } from './resample.ts';
import { scaledMask } from './resize.ts';
import { smartBounds, transformSmart } from './smart-object.ts';

const ANCHOR = /^(?<down>top|middle|bottom)-(?<across>left|center|right)$/;

/** The point of a layer that stays where it is. */
function anchorOf(anchor: string): Record<'x' | 'y', (bounds: Bounds) => number> {
  const { across, down } = ANCHOR.exec(anchor)?.groups ?? {};
  if (across === undefined || down === undefined) throw new PhotoshopError(`There is no anchor "${anchor}"`);
  return {
    x: ({ left, right }) => (across === 'left' ? left : across === 'right' ? right : (left + right) / 2),
    y: ({ top, bottom }) => (down === 'top' ? top : down === 'bottom' ? bottom : (top + bottom) / 2),
  };
}

export interface Scaling {
  /** 1 is as large as it is. */
  readonly scale: { readonly x: number; readonly y: number };
  readonly anchor: string;
  readonly method: string;
}

export function scaledLayer(layer: Layer, contents: Contents, { scale, anchor, method }: Scaling): Layer {
  const fixed = anchorOf(anchor);
  if (!(scale.x > 0 && scale.y > 0)) throw new PhotoshopError('scale: percentages above 0 are required');
  if (layer.children) throw new NotEmulatedError('scaling a group');
  const bounds = layer.smart ? smartBounds(layer.smart) : boundsOf(layer, canvasOf(contents));
  if (isEmpty(bounds)) return layer;
  const exact = {
    dx: fixed.x(bounds) * (1 - scale.x),
    dy: fixed.y(bounds) * (1 - scale.y),
  };
  const whole = { dx: Math.round(exact.dx), dy: Math.round(exact.dy) };
  const resample = (): Layer['pixels'] =>
    layer.pixels
      ? resampleSurface(layer.pixels, layer.pixels.bounds, bounds, scale, method).moved(whole.dx, whole.dy)
      : null;
  const mask = layer.mask ? movedMask(scaledMask(layer.mask, scale, method), whole.dx, whole.dy) : null;
  if (layer.smart) {
    return { ...transformSmart(layer, contents, { ...scale, ...exact }, resample), mask };
  }
  const carried = layer.carried
    ? { info: changedInfo(layer.carried.info, { ...scale, ...whole }), raw: null }
    : null;
  return { ...layer, pixels: resample(), mask, carried };
}
