import { describe, expect, test } from '@jest/globals';
import { FLOAT, node } from '../../../models/convert/onnx.ts';
import { costOf } from '../../../src/runtime/network-cost.ts';
import { readGraph } from '../../../src/runtime/onnx-graph.ts';
import { tilePixels, widestOf } from '../../../src/runtime/tile-pixels.ts';
import { entries, modelBytes } from './models.ts';
import { convolving, float32 } from './tiny-models.ts';

const costOfNodes = (nodes: Parameters<typeof convolving>[1]) => costOf(readGraph(convolving(1, nodes)));
const kernel = (name: string, dims: readonly number[]) =>
  float32(name, dims, Array<number>(dims.reduce((product, size) => product * size, 1)).fill(0));

describe('the cost of a network', () => {
  test('counts each convolution at the size it works on', () => {
    expect(costOf(readGraph(convolving(1)))).toEqual({ receptiveField: 1, macsPerPixel: 324, widest: 12 });
    const cost = costOfNodes({
      nodes: [
        node('Conv', ['data', 'first'], 'a', { kernel_shape: [5, 5] }),
        node('DepthToSpace', ['a'], 'b', { blocksize: 2, mode: 'CRD' }),
        node('Conv', ['b', 'second'], 'c', { kernel_shape: [3, 3], dilations: [4, 4] }),
        node('Relu', ['c'], 'd'),
        node('Concat', ['c', 'd'], 'output', { axis: 1 }),
      ],
      initializers: [kernel('first', [8, 3, 5, 5]), kernel('second', [3, 2, 3, 3])],
    });
    // 8·3·25 at the input's size, 3·2·9 at twice that; 2 pixels and 4 half pixels far; 6 channels at twice the size.
    expect(cost).toEqual({ receptiveField: 4, macsPerPixel: 600 + 4 * 54, widest: 24 });
  });

  test('goes by the branch that reaches furthest', () => {
    const cost = costOfNodes({
      nodes: [
        node('Conv', ['data', 'wide'], 'far', { kernel_shape: [9, 9] }),
        node('Conv', ['data', 'narrow'], 'near', { kernel_shape: [1, 1] }),
        node('Add', ['near', 'far'], 'output'),
      ],
      initializers: [kernel('wide', [3, 3, 9, 9]), kernel('narrow', [3, 3, 1, 1])],
    });
    expect(cost).toEqual({ receptiveField: 4, macsPerPixel: 9 * 81 + 9, widest: 3 });
  });

  test.each([
    ['looks at the whole picture', [node('GlobalAveragePool', ['data'], 'output')]],
    ['is of an operator unknown here', [node('Softsign', ['data'], 'output')]],
    ['gives nothing', [node('Cast', ['data'], 'elsewhere', { to: FLOAT })]],
    ['strides', [node('Conv', ['data', 'kernel'], 'output', { strides: [2, 2] })]],
  ])('is not told of one that %s', (_, nodes) => {
    expect(costOfNodes({ nodes })).toBeUndefined();
  });

  test('bounds the tiles of those that are wide within, and of no others', () => {
    for (const entry of entries) {
      const widest = widestOf({ parts: [{ model: modelBytes(entry), share: 1 }] });
      expect(widest).toBe(entry.widest);
      for (const backend of ['native', 'webgpu', 'wasm'] as const) {
        // 4 bytes a sample
        expect(4 * widest * tilePixels(backend, widest)).toBeLessThanOrEqual(400 * 2 ** 20);
        // Half of a tile's side is left for its core.
        expect(Math.sqrt(tilePixels(backend, widest))).toBeGreaterThan(2 * entry.overlap + 64);
      }
    }
    expect(tilePixels('native', 64)).toBe(512 * 512);
    expect(widestOf({ parts: [{ model: Uint8Array.of(1, 2, 3), share: 1 }] })).toBe(64);
  });
});
