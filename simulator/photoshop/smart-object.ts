/**
 * Smart objects: a document inside a layer, shown through a transform. What the layer shows is always made from the
 * document inside, never from what it showed before; so shrinking loses nothing.
 *
 * Only upright transforms (moved and scaled) are drawn anew. A smart object that is turned, warped or filtered, or whose
 * file is of another kind or mode, keeps the pixels it came with, resampled.
 */
import type { Bounds } from './interface.ts';
import { EMPTY, intersect, isEmpty, sized, union } from './bounds.ts';
import { changedPoints, changedInfo, type Change } from './carried.ts';
import { compositeOf } from './composite.ts';
import { newLayerId } from './edits.ts';
import { PhotoshopError } from './errors.ts';
import {
  boundsOf,
  canvasOf,
  findLayer,
  hasPixels,
  mapLayers,
  replaceLayer,
  topmost,
  UNLOCKED,
  walk,
  type Contents,
  type EmbeddedFile,
  type Layer,
  type SmartObject,
} from './model.ts';
import { componentsOf } from './modes.ts';
import { movedLayer } from './moves.ts';
import { resampleRegion } from './resample.ts';
import { Surface } from './surface.ts';

const BAND = 256;
const PIECE = 512;
/** Corners are kept on this grid, so that what they are taken from is exact in binary. */
const GRID = 1024;

const flat = new WeakMap<EmbeddedFile, Surface>();

/** The document inside as one layer. */
function flattened(file: EmbeddedFile, inside: Contents): Surface {
  const known = flat.get(file);
  if (known) return known;
  const components = componentsOf(inside);
  const depth = inside.depth === 1 ? 8 : inside.depth;
  const surface = new Surface(components, depth);
  for (let top = 0; top < inside.height; top += BAND) {
    const band = sized(0, top, inside.width, Math.min(BAND, inside.height - top));
    surface.put(compositeOf(inside.layers, band, components, depth), band);
  }
  surface.seal();
  flat.set(file, surface);
  return surface;
}

/** left, top, right, bottom of an upright transform; null of any other. */
function upright({ corners }: SmartObject): Bounds | null {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = corners.map(
    (value) => Math.round(value * GRID) / GRID,
  );
  if (x0 !== x3 || x1 !== x2 || y0 !== y1 || y2 !== y3 || x0 >= x1 || y0 >= y3) return null;
  return { left: x0, top: y0, right: x1, bottom: y3 };
}

/** Around the corners. */
export function smartBounds({ corners }: SmartObject): Bounds {
  const across = corners.filter((_, i) => i % 2 === 0);
  const down = corners.filter((_, i) => i % 2 === 1);
  return {
    left: Math.min(...across),
    top: Math.min(...down),
    right: Math.max(...across),
    bottom: Math.max(...down),
  };
}

/** What the smart object shows, drawn from what it holds; null where that cannot be drawn. */
function drawn(layer: Layer, contents: Contents): Surface | null {
  const { smart } = layer;
  const place = smart && upright(smart);
  const placed = layer.carried?.info.placedLayer;
  if (!place || placed?.filter || (placed?.warp && placed.warp.style !== 'none')) return null;
  const inside = smart.file.contents();
  if (!inside || !hasPixels(inside) || inside.mode !== contents.mode || inside.depth !== contents.depth) {
    return null;
  }
  const source = flattened(smart.file, inside);
  const scale = {
    x: (place.right - place.left) / inside.width,
    y: (place.bottom - place.top) / inside.height,
  };
  const result = new Surface(source.components, source.depth);
  const whole: Bounds = {
    left: Math.floor(place.left),
    top: Math.floor(place.top),
    right: Math.ceil(place.right),
    bottom: Math.ceil(place.bottom),
  };
  for (let top = whole.top; top < whole.bottom; top += PIECE) {
    for (let left = whole.left; left < whole.right; left += PIECE) {
      const piece = intersect(sized(left, top, PIECE, PIECE), whole);
      const within = {
        left: piece.left - place.left,
        top: piece.top - place.top,
        right: piece.right - place.left,
        bottom: piece.bottom - place.top,
      };
      const samples = resampleRegion(
        (bounds) => source.read(bounds),
        source.components,
        source.depth,
        scale,
        within,
        canvasOf(inside),
        'bicubic',
      );
      result.put(samples, piece);
    }
  }
  return result;
}

/** A smart object scaled and moved. `resample` makes the pixels of one that cannot be drawn from what it holds. */
export function transformSmart(
  layer: Layer,
  contents: Contents,
  change: Change,
  resample: () => Layer['pixels'],
): Layer {
  if (!layer.smart) return layer;
  const corners = changedPoints(layer.smart.corners, change);
  const carried = layer.carried ? { info: changedInfo(layer.carried.info, change), raw: null } : null;
  const changed: Layer = { ...layer, smart: { ...layer.smart, corners }, carried };
  return { ...changed, pixels: drawn(changed, contents) ?? resample() };
}

/**
 * Layer > Smart Objects > Convert to Smart Object: the layers become a document of their own, as large as they are
 * without transparency around them, and one layer that holds it lies where the topmost of them lay.
 */
export function convertToSmartObject(contents: Contents, ids: readonly number[]): Contents {
  const canvas = canvasOf(contents);
  // Within a group that goes in, a layer goes in with it.
  const chosen = topmost(contents.layers, new Set(ids));
  const [top] = chosen;
  if (!top) throw new PhotoshopError('newPlacedLayer: no layer is selected');
  const bounds = chosen.reduce((all, layer) => union(all, boundsOf(layer, canvas)), EMPTY);
  if (isEmpty(bounds)) throw new PhotoshopError('newPlacedLayer: the layers have no pixels');
  const width = bounds.right - bounds.left;
  const height = bounds.bottom - bounds.top;
  const inside: Contents = {
    ...contents,
    width,
    height,
    layers: chosen.map((layer) => movedLayer({ ...layer, background: false }, -bounds.left, -bounds.top)),
    activeLayerIds: [top.id],
    selection: null,
    carried: null,
  };
  const file: EmbeddedFile = { id: guid(), name: `${top.name}.psb`, bytes: null, contents: () => inside };
  const { left, right, bottom } = bounds;
  const smart: SmartObject = {
    file,
    width,
    height,
    corners: [left, bounds.top, right, bounds.top, right, bottom, left, bottom],
  };
  const blank: Layer = {
    ...top,
    id: newLayerId(contents),
    name: top.background ? 'Layer 0' : top.name,
    kind: 'smartObject',
    visible: true,
    opacity: 100,
    fillOpacity: 100,
    blendMode: 'normal',
    clipped: false,
    locks: UNLOCKED,
    background: false,
    mask: null,
    children: null,
    framed: false,
    smart,
    xmp: null,
    carried: null,
  };
  const layer: Layer = { ...blank, pixels: drawn(blank, contents) };
  let layers = replaceLayer(contents.layers, top.id, () => [layer]);
  for (const { id } of chosen.slice(1)) layers = replaceLayer(layers, id, () => []);
  return { ...contents, layers, activeLayerIds: [layer.id] };
}

/** Every instance of a smart object gets what its document was saved as. */
export function updateSmartObjects(contents: Contents, fileId: string, inside: Contents): Contents {
  const old = [...walk(contents.layers)].find((layer) => layer.smart?.file.id === fileId)?.smart?.file;
  if (!old) return contents;
  const file: EmbeddedFile = { id: old.id, name: old.name, bytes: null, contents: () => inside };
  const layers = mapLayers(contents.layers, (layer) => {
    if (layer.smart?.file.id !== fileId) return layer;
    // Each side of the transform keeps its share of the side inside.
    const { corners, width, height } = layer.smart;
    const scale = { x: inside.width / width, y: inside.height / height };
    const [x = 0, y = 0] = corners;
    const grown = changedPoints(corners, { ...scale, dx: x - x * scale.x, dy: y - y * scale.y });
    const smart = { file, width: inside.width, height: inside.height, corners: grown };
    const changed: Layer = { ...layer, smart };
    return { ...changed, pixels: drawn(changed, contents) ?? layer.pixels };
  });
  return { ...contents, layers };
}

/** Throws unless the layer is a smart object whose document can be opened here. */
export function insideOf(contents: Contents, layerId: number): { file: EmbeddedFile; inside: Contents } {
  const smart = findLayer(contents.layers, layerId)?.smart;
  const inside = smart?.file.contents();
  if (!smart || !inside)
    throw new PhotoshopError('placedLayerEditContents: this is no smart object of a PSB');
  return { file: smart.file, inside };
}

let guids = 0;
/** In the form of a GUID; unlike any other of this program's. */
function guid(): string {
  const hex = (value: number, length: number): string =>
    value.toString(16).padStart(length, '0').slice(-length);
  const now = Date.now();
  return `${hex(now, 8)}-${hex(Math.floor(now / 2 ** 32), 4)}-11ef-9000-${hex(++guids, 12)}`;
}
