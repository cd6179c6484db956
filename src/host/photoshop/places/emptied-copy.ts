/**
 * A copy of the document with all layers thrown away. It has the profile that is embedded in the document, be it installed
 * or not, which nothing else in Photoshop's API gives: a document is made, and a profile assigned, by a name only.
 */
import { LoupeError } from '../../../errors.ts';
import type { Dimensions } from '../../../size.ts';
import {
  type Document,
  type ExecutionContext,
  findDocument,
  type Layer,
  type Photoshop,
} from '../photoshop.ts';
import { enlargeDocument } from './enlarge-document.ts';

export interface Like extends Dimensions {
  readonly name: string;
  readonly resolution: number;
}

/** It has one transparent layer, and nothing in it is selected. It is registered to be closed. */
export async function emptiedCopy(
  ps: Photoshop,
  context: ExecutionContext,
  document: Document,
  { name, width, height, resolution }: Like,
): Promise<Document> {
  const { id } = await document.duplicate(name);
  await context.hostControl.registerAutoCloseDocument(id);
  const copy = (): Document => {
    const found = findDocument(ps, id);
    if (!found) throw new LoupeError('host-failed', 'the copy of the document cannot be found');
    return found;
  };
  // Its selection came along. Null if there is none, though its type does not say so (Adobe, Selection).
  if (copy().selection.bounds as object | null) await copy().selection.deselect();
  await keepOneBlank(ps, copy);
  // There is nothing in it any more that would be resampled.
  return enlargeDocument(ps, copy(), { width, height }, resolution);
}

/** A document cannot be without layers, so that the blank one comes first. */
async function keepOneBlank(ps: Photoshop, copy: () => Document): Promise<void> {
  const blank = await copy().createPixelLayer();
  if (!blank) throw new LoupeError('host-failed', 'no layer was made');
  const { id } = blank;
  const [top] = copy().layers;
  // It comes to lie above the selected layer, and so perhaps in a group or clipped.
  if (top && top.id !== id) blank.move(top, ps.constants.ElementPlacement.PLACEBEFORE);
  if (blank.isClippingMask) blank.isClippingMask = false;
  for (const layer of [...copy().layers]) {
    if (layer.id === id) continue;
    unlockAll(layer);
    layer.delete();
  }
}

/** A locked layer cannot be deleted. */
function unlockAll(layer: Layer): void {
  if (layer.allLocked) layer.allLocked = false;
  for (const inside of layer.layers ?? []) unlockAll(inside);
}
