/** The pixels and the mask of a layer, from its channels. */
import type { Layer as PsdLayer } from 'ag-psd';
import { EMPTY, height, isEmpty, width } from '../photoshop/bounds.ts';
import type { Bounds } from '../photoshop/interface.ts';
import type { Mask } from '../photoshop/model.ts';
import { Surface, type Components, type Depth } from '../photoshop/surface.ts';
import { channelRows, surfaceOf, type Rows } from './rows.ts';

export const TRANSPARENCY = -1;
const USER_MASK = -2;

interface Place {
  readonly left?: number;
  readonly top?: number;
  readonly right?: number;
  readonly bottom?: number;
}

function boundsOf({ left = 0, top = 0, right = 0, bottom = 0 }: Place): Bounds {
  const bounds = { left, top, right, bottom };
  return isEmpty(bounds) ? EMPTY : bounds;
}

/** Null if the layer has no such channel. */
function rowsOf(layer: PsdLayer, id: number, bounds: Bounds, depth: Depth): Rows | null {
  const channel = layer.rawData?.channels.find((each) => (each.id as number) === id);
  if (!channel?.data || !layer.rawData) return null;
  const shape = { across: width(bounds), down: height(bounds), depth };
  return channelRows(channel.compression, channel.data, shape, layer.rawData.large);
}

/** @param components of the document's surfaces, alpha included */
export function layerPixels(layer: PsdLayer, components: Components, depth: Depth): Surface {
  const bounds = boundsOf(layer);
  if (isEmpty(bounds)) return new Surface(components, depth);
  const colours = Array.from({ length: components - 1 }, (_, id) => rowsOf(layer, id, bounds, depth));
  if (colours.every((rows) => rows === null)) return new Surface(components, depth);
  return surfaceOf([...colours, rowsOf(layer, TRANSPARENCY, bounds, depth)], depth, bounds);
}

export function layerMask(layer: PsdLayer, depth: Depth): Mask | null {
  const { mask } = layer;
  if (!mask || mask.fromVectorData) return null;
  const bounds = boundsOf(mask);
  const rows = isEmpty(bounds) ? null : rowsOf(layer, USER_MASK, bounds, depth);
  return {
    surface: rows ? surfaceOf([rows], depth, bounds) : new Surface(1, depth),
    bounds: rows ? bounds : EMPTY,
    outside: (mask.defaultColor ?? 0) / 255,
    disabled: mask.disabled === true,
  };
}
