/** Copies of layers, within a document and into another. */
import { insertAbove, newLayerId } from './edits.ts';
import { NotEmulatedError } from './errors.ts';
import { canvasOf, mapLayers, seal, UNLOCKED, type Contents, type Layer } from './model.ts';
import { movedLayer } from './moves.ts';

/** A copy with ids of its own. The Background's copy is an ordinary layer. A smart object's copy shares its file. */
export function duplicateOf(source: Layer, contents: Contents, name?: string): Layer {
  // From now on both hold the same pixels: neither may be written in place.
  seal({ ...contents, layers: [source] });
  const [copy] = mapLayers([source], (layer) => ({ ...layer, id: newLayerId(contents) }));
  if (!copy) throw new Error('There is nothing to duplicate');
  return {
    ...copy,
    name: name ?? `${source.name} copy`,
    background: false,
    locks: source.background ? UNLOCKED : source.locks,
  };
}

/** The layer in another document, above its selected layer: at the same place, or in the middle if sizes differ. */
export function duplicateInto(
  from: Contents,
  source: Layer,
  to: Contents,
  name = source.name,
): { contents: Contents; id: number } {
  if (from.mode !== to.mode || from.depth !== to.depth) {
    throw new NotEmulatedError('duplicating a layer into a document of another mode or depth');
  }
  const copy = duplicateOf(source, to, name);
  const same = from.width === to.width && from.height === to.height;
  const [a, b] = [canvasOf(from), canvasOf(to)];
  const layer = same
    ? copy
    : movedLayer(copy, Math.round((b.right - a.right) / 2), Math.round((b.bottom - a.bottom) / 2));
  return { contents: insertAbove(to, layer, to.activeLayerIds[0]), id: layer.id };
}
