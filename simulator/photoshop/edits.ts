/** Changes of a document's contents that are more than one field: each answers the new contents. */
import { findLayer, highestLayerId, parentOf, replaceLayer, UNLOCKED, walk } from './model.ts';
import type { Carried, Contents, Layer } from './model.ts';
import { height, sized, width } from './bounds.ts';
import { PhotoshopError } from './errors.ts';
import { componentsOf, iccOf, whiteOf } from './modes.ts';
import { pixelOf } from './screen.ts';
import { makeSamples, Surface, type Depth } from './surface.ts';

/** [D] Photoshop's largest document side. https://helpx.adobe.com/photoshop/using/image-size-resolution.html */
export const MAX_SIDE = 300_000;

export function checkSize(across: number, down: number): void {
  for (const side of [across, down]) {
    if (!Number.isInteger(side) || side < 1 || side > MAX_SIDE) {
      throw new PhotoshopError(`A document side must be 1 to ${MAX_SIDE} pixels, not ${side}`);
    }
  }
}

/** Why a layer id is never used twice: Photoshop's are not, even after an undo. */
let highestId = 0;
export function newLayerId(contents: Contents): number {
  highestId = Math.max(highestId, highestLayerId(contents.layers)) + 1;
  return highestId;
}

export function blankLayer(contents: Contents, name: string): Layer {
  const depth: Depth = contents.depth === 1 ? 8 : contents.depth;
  return {
    id: newLayerId(contents),
    name,
    kind: 'pixel',
    visible: true,
    opacity: 100,
    fillOpacity: 100,
    blendMode: 'normal',
    clipped: false,
    locks: UNLOCKED,
    background: false,
    pixels: new Surface(componentsOf(contents), depth),
    mask: null,
    children: null,
    smart: null,
    xmp: null,
    framed: false,
    carried: null,
  };
}

/** "Layer 7": the next free number, as Photoshop names new layers. */
export function nextName(contents: Contents, word: string): string {
  const names = new Set([...walk(contents.layers)].map((layer) => layer.name));
  let number = 1;
  while (names.has(`${word} ${number}`)) number++;
  return `${word} ${number}`;
}

/** Puts a layer above the one with `aboveId`, or on top of all. A group that is selected gets it inside, on top. */
export function insertAbove(contents: Contents, layer: Layer, aboveId: number | undefined): Contents {
  const above = aboveId === undefined ? null : findLayer(contents.layers, aboveId);
  const layers = above
    ? replaceLayer(contents.layers, above.id, (old) => [layer, old])
    : [layer, ...contents.layers];
  return { ...contents, layers, activeLayerIds: [layer.id] };
}

export function removeLayer(contents: Contents, id: number): Contents {
  const layers = replaceLayer(contents.layers, id, () => []);
  if (layers.length === 0) throw new PhotoshopError('The only layer of a document cannot be deleted');
  const left = new Set([...walk(layers)].map((layer) => layer.id));
  const active = contents.activeLayerIds.filter((each) => left.has(each));
  const fallback = layers[0];
  return { ...contents, layers, activeLayerIds: active.length > 0 || !fallback ? active : [fallback.id] };
}

export type Placement = 'placeBefore' | 'placeAfter' | 'placeAtBeginning' | 'placeAtEnd' | 'placeInside';

/** [D] constants.ElementPlacement. "Before" is above: the first of `layers` is the top one. */
export function placeLayer(
  contents: Contents,
  id: number,
  relativeId: number,
  placement: Placement,
): Contents {
  const moving = findLayer(contents.layers, id);
  const relative = findLayer(contents.layers, relativeId);
  if (!moving || !relative) throw new PhotoshopError('move: the layer does not exist any more');
  if (moving.background || moving.locks.all || moving.locks.position) {
    throw new PhotoshopError(`move: the layer "${moving.name}" is locked in its place`);
  }
  if (moving.id === relative.id || findLayer(moving.children ?? [], relativeId)) {
    throw new PhotoshopError('move: a layer cannot be placed relative to itself');
  }
  if (relative.background && placement === 'placeAfter') {
    throw new PhotoshopError('move: nothing can lie beneath the Background');
  }
  const without = replaceLayer(contents.layers, id, () => []);
  const siblingsOf = (change: (siblings: readonly Layer[]) => readonly Layer[]): readonly Layer[] => {
    const parent = parentOf(without, relativeId);
    if (!parent) return change(without);
    return replaceLayer(without, parent.id, (old) => [{ ...old, children: change(old.children ?? []) }]);
  };
  const layers = ((): readonly Layer[] => {
    switch (placement) {
      case 'placeBefore':
        return replaceLayer(without, relativeId, (old) => [moving, old]);
      case 'placeAfter':
        return replaceLayer(without, relativeId, (old) => [old, moving]);
      case 'placeAtBeginning':
        return siblingsOf((siblings) => [moving, ...siblings]);
      case 'placeAtEnd':
        return siblingsOf((siblings) => {
          const last = siblings.at(-1);
          return last?.background ? [...siblings.slice(0, -1), moving, last] : [...siblings, moving];
        });
      case 'placeInside':
        if (!relative.children) throw new PhotoshopError('move: only a group can have layers inside');
        return replaceLayer(without, relativeId, (old) => [
          { ...old, children: [moving, ...(old.children ?? [])] },
        ]);
    }
  })();
  return { ...contents, layers };
}

export interface NewDocument {
  readonly width: number;
  readonly height: number;
  readonly resolution: number;
  readonly mode: string;
  readonly depth: Depth;
  readonly profile: string;
  readonly fill: 'white' | 'black' | 'transparent';
}

export function newContents(options: NewDocument): Contents {
  checkSize(options.width, options.height);
  const carried: Carried | null = null;
  const icc = iccOf(options);
  const empty: Contents = { ...options, icc, layers: [], activeLayerIds: [], selection: null, carried };
  const layer = blankLayer(empty, options.fill === 'transparent' ? 'Layer 1' : 'Background');
  if (options.fill === 'transparent') return { ...empty, layers: [layer], activeLayerIds: [layer.id] };
  const surface = new Surface(componentsOf(options), options.depth);
  const pixel =
    options.fill === 'black' ? pixelOf([0, 0, 0], empty, options.depth) : whiteOf(options, options.depth);
  const band = 256;
  for (let top = 0; top < options.height; top += band) {
    const bounds = sized(0, top, options.width, Math.min(band, options.height - top));
    const samples = makeSamples(options.depth, width(bounds) * height(bounds) * surface.components);
    for (let i = 0; i < samples.length; i++) samples[i] = pixel[i % pixel.length] ?? 0;
    surface.put(samples, bounds);
  }
  const background: Layer = {
    ...layer,
    background: true,
    pixels: surface,
    locks: { ...UNLOCKED, position: true, transparency: false },
  };
  return { ...empty, layers: [background], activeLayerIds: [background.id] };
}
