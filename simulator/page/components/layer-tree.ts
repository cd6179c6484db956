import type { LayerView } from '../../photoshop/index.ts';

/** The layer of that id, wherever it is in the tree. */
export function findLayer(layers: readonly LayerView[], id: number): LayerView | undefined {
  for (const layer of layers) {
    const found = layer.id === id ? layer : findLayer(layer.children ?? [], id);
    if (found) return found;
  }
  return undefined;
}
