import { expect, test } from '@jest/globals';
import { clippedTo, placeAbove } from '../../../src/host/photoshop/carry.ts';
import type { Document, Layer, Photoshop } from '../../../src/host/photoshop/photoshop.ts';

/** Layers of which Photoshop clips what comes among clipped ones, and releases what lies above a released one. */
function layersOf(...given: [id: number, clipped: boolean][]) {
  const clipped = new Map(given);
  const order = given.map(([id]) => id);
  const layers = new Map<number, Layer>();
  for (const [id] of given) {
    const layer = {
      id,
      name: String(id),
      parent: null,
      get isClippingMask() {
        return clipped.get(id) ?? false;
      },
      set isClippingMask(clip: boolean) {
        clipped.set(id, clip);
        for (let i = order.indexOf(id) - 1; !clip && clipped.get(order[i] ?? 0); i -= 1)
          clipped.set(order[i] ?? 0, false);
      },
      move(below: Layer) {
        order.splice(order.indexOf(id), 1);
        const at = order.indexOf(below.id);
        order.splice(at, 0, id);
        clipped.set(id, clipped.get(order[at - 1] ?? 0) ?? false);
      },
    };
    layers.set(id, layer as unknown as Layer);
  }
  const document = {
    id: 1,
    get layers() {
      return order.map((id) => layers.get(id));
    },
  } as unknown as Document;
  const ps = {
    app: { documents: [document] },
    constants: { ElementPlacement: { PLACEBEFORE: 'placeBefore' } },
  } as unknown as Photoshop;
  const layer = (id: number): Layer => {
    const found = layers.get(id);
    if (!found) throw new Error('no layer');
    return found;
  };
  return { ps, document, layer, stack: () => order.map((id) => [id, clipped.get(id)]) };
}

test('a result takes its original’s place beneath the layers clipped to it, though Photoshop releases them', () => {
  const { ps, document, layer, stack } = layersOf([9, false], [4, true], [3, true], [2, false], [1, false]);
  const clipped = clippedTo(document, layer(2));
  expect(clipped).toEqual([3, 4]);
  placeAbove(ps, 1, { original: 2, result: 9, clipped });
  expect(stack()).toEqual([
    [4, true],
    [3, true],
    [9, false],
    [2, false],
    [1, false],
  ]);
});

test('the result of a clipped layer is clipped with it', () => {
  const { ps, document, layer, stack } = layersOf([9, false], [3, true], [2, false]);
  expect(clippedTo(document, layer(3))).toEqual([]);
  placeAbove(ps, 1, { original: 3, result: 9, clipped: [] });
  expect(stack()).toEqual([
    [9, true],
    [3, true],
    [2, false],
  ]);
});
