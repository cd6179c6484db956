import { afterEach, describe, expect, test } from '@jest/globals';
import type { Backend, Tile, TileRunner } from '../../../src/engine/types.ts';
import { loadedFile, type LoadedBlend } from '../../../src/runtime/blend.ts';
import { nativeBackend } from '../../../src/runtime/native.ts';
import { wasmNodeBackend } from '../../../src/runtime/wasm-node.ts';
import { blobs, largestDifference } from './models.ts';
import { chain, convolving } from './tiny-models.ts';

const { signal } = new AbortController();
const [one, other] = [convolving(1), convolving(2)];

const opened: TileRunner[] = [];
afterEach(async () => {
  for (const runner of opened.splice(0)) await runner.dispose();
});

async function run(backend: Backend, ...tiles: Tile[]): Promise<Tile[]> {
  const runner = await backend.open(signal);
  opened.push(runner);
  return Promise.all(tiles.map((tile) => runner.run(tile, signal)));
}

async function alone(model: Uint8Array<ArrayBuffer>, tile: Tile): Promise<Tile> {
  const [result] = await run(nativeBackend(loadedFile(model)), tile);
  if (!result) throw new Error('nothing came back');
  return result;
}

/** As `ways` does it, sample by sample and without sharing a line with it. */
type Mapping = (x: number, y: number, width: number, height: number) => [number, number];
const WAYS: readonly { readonly turned: boolean; readonly from: Mapping }[] = [
  { turned: false, from: (x, y) => [x, y] },
  { turned: false, from: (x, y, width) => [width - 1 - x, y] },
  { turned: false, from: (x, y, _, height) => [x, height - 1 - y] },
  { turned: false, from: (x, y, width, height) => [width - 1 - x, height - 1 - y] },
  { turned: true, from: (x, y) => [y, x] },
  { turned: true, from: (x, y, _, height) => [y, height - 1 - x] },
  { turned: true, from: (x, y, width) => [width - 1 - y, x] },
  { turned: true, from: (x, y, width, height) => [width - 1 - y, height - 1 - x] },
];

/** The tile whose sample at (x, y) is `tile`'s at `from(x, y)`. */
function laid(tile: Tile, { turned, from }: (typeof WAYS)[number]): Tile {
  const [width, height] = turned ? [tile.height, tile.width] : [tile.width, tile.height];
  const data = new Float32Array(tile.data.length);
  for (let channel = 0; channel < 3; channel++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [fromX, fromY] = from(x, y, tile.width, tile.height);
        data[(channel * height + y) * width + x] =
          tile.data[(channel * tile.height + fromY) * tile.width + fromX] ?? NaN;
      }
    }
  }
  return { width, height, data };
}

/** The inverse: the sample at (x, y) of the laid tile goes back to `from(x, y)`. */
function upright(tile: Tile, { turned, from }: (typeof WAYS)[number]): Tile {
  const [width, height] = turned ? [tile.height, tile.width] : [tile.width, tile.height];
  const data = new Float32Array(tile.data.length);
  for (let channel = 0; channel < 3; channel++) {
    for (let y = 0; y < tile.height; y++) {
      for (let x = 0; x < tile.width; x++) {
        const [toX, toY] = from(x, y, width, height);
        data[(channel * height + toY) * width + toX] =
          tile.data[(channel * tile.height + y) * tile.width + x] ?? NaN;
      }
    }
  }
  return { width, height, data };
}

const BACKENDS: readonly [string, (blend: LoadedBlend) => Backend][] = [
  ['native', nativeBackend],
  ['wasm', (blend) => wasmNodeBackend(blend, 1)],
];

describe.each(BACKENDS)('a blend on %s', (_, backend) => {
  test('of two networks gives the sum of their outputs by their shares, tile after tile', async () => {
    const parts = [
      { model: one, share: 0.25 },
      { model: other, share: 0.75 },
    ];
    const tiles = [blobs(9, 6), blobs(9, 6, 2), blobs(5, 8)];
    const wanted: Float32Array[] = [];
    for (const tile of tiles) {
      const [a, b] = [await alone(one, tile), await alone(other, tile)];
      wanted.push(a.data.map((sample, at) => 0.25 * sample + 0.75 * (b.data[at] ?? NaN)));
    }
    const results = await run(backend({ parts, selfEnsemble: false }), ...tiles.map(copy));
    results.forEach(({ width, height, data }, at) => {
      expect([width, height]).toEqual([2 * (tiles[at]?.width ?? 0), 2 * (tiles[at]?.height ?? 0)]);
      expect(largestDifference(data, wanted[at] ?? new Float32Array())).toBeLessThan(1e-6);
    });
  });

  test('in eight orientations gives the mean of them, turned back', async () => {
    const tile = blobs(7, 4);
    const plain = await alone(one, tile);
    const mean = new Float32Array(plain.data.length);
    for (const way of WAYS) {
      const back = upright(await alone(one, laid(tile, way)), way);
      back.data.forEach((sample, at) => (mean[at] = (mean[at] ?? 0) + sample / WAYS.length));
    }
    // Else this would prove nothing.
    expect(largestDifference(mean, plain.data)).toBeGreaterThan(0.02);
    const [result] = await run(
      backend({ parts: [{ model: one, share: 1 }], selfEnsemble: true }),
      copy(tile),
    );
    expect([result?.width, result?.height]).toEqual([14, 8]);
    expect(largestDifference(result?.data ?? new Float32Array(), mean)).toBeLessThan(1e-6);
  });

  test('of networks that enlarge differently fails, and says by how much', async () => {
    const identity = chain([['Identity', {}]]);
    const parts = [
      { model: one, share: 0.5 },
      { model: identity, share: 0.5 },
    ];
    await expect(run(backend({ parts, selfEnsemble: false }), blobs(4, 4))).rejects.toThrow('8×8 and 4×4');
  });

  test('is unavailable when one of its networks cannot be read', async () => {
    const parts = [
      { model: one, share: 0.5 },
      { model: one.slice(0, 200), share: 0.5 },
    ];
    await expect(backend({ parts, selfEnsemble: false }).open(signal)).rejects.toMatchObject({
      code: 'backend-unavailable',
    });
  });
});

/** A tile of its own buffer, which a runner takes. */
function copy({ width, height, data }: Tile): Tile {
  return { width, height, data: data.slice() };
}
