/** Where a result lies among the layers: directly above its original, without breaking what is clipped to that. */
import type { Document, Layer, Photoshop } from './photoshop.ts';
import { relocate } from './places/stage.ts';

/** The ids of the layers that are clipped to this one, from the lowest; none if it is clipped itself. */
export function clippedTo(document: Document, layer: Layer): number[] {
  if (layer.isClippingMask) return [];
  const siblings = siblingsOf(document, layer);
  const ids: number[] = [];
  for (let i = siblings.findIndex(({ id }) => id === layer.id) - 1; i >= 0; i -= 1) {
    const above = siblings[i];
    if (!above?.isClippingMask) break;
    ids.push(above.id);
  }
  return ids;
}

/**
 * Puts a result directly above its original, clipped if that is. Layers that are clipped to the original are clipped to
 * the result from then on, which takes the original's part in the picture. Photoshop may clip what comes to lie among
 * clipped layers, and “releasing a clipping mask will also release the layers above” (Adobe, Layer.isClippingMask), so
 * that these are clipped again.
 */
export function placeAbove(
  ps: Photoshop,
  documentId: number,
  {
    original: originalId,
    result: resultId,
    clipped,
  }: { original: number; result: number; clipped: readonly number[] },
): void {
  const find = (id: number): Layer => relocate(ps, documentId, id, `layer ${id}`).layer;
  const original = find(originalId);
  const result = find(resultId);
  const siblings = siblingsOf(relocate(ps, documentId, originalId, original.name).document, original);
  const at = siblings.findIndex(({ id }) => id === originalId);
  if (siblings[at - 1]?.id !== resultId) result.move(original, ps.constants.ElementPlacement.PLACEBEFORE);
  if (result.isClippingMask !== original.isClippingMask) result.isClippingMask = original.isClippingMask;
  for (const id of clipped) {
    const layer = find(id);
    if (!layer.isClippingMask) layer.isClippingMask = true;
  }
}

function siblingsOf(document: Document, { parent }: Layer): readonly Layer[] {
  return [...(parent?.layers ?? document.layers)];
}

type Locks = Pick<Layer, 'pixelsLocked' | 'positionLocked' | 'transparentPixelsLocked'>;

/** Takes a layer's locks off, which would keep its pixels from being put, and gives them back at the end. */
export function unlock(layer: Layer): (later: Layer) => void {
  const { pixelsLocked, positionLocked, transparentPixelsLocked } = layer;
  const locks: Locks = { pixelsLocked, positionLocked, transparentPixelsLocked };
  const set = Object.entries(locks).filter(([, locked]) => locked) as [keyof Locks, true][];
  for (const [lock] of set) layer[lock] = false;
  return (later) => {
    for (const [lock] of set) later[lock] = true;
  };
}
