import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TileRunner } from '../../../src/engine/types.ts';
import { LoupeError } from '../../../src/errors.ts';
import { loadedFile, type LoadedBlend } from '../../../src/runtime/blend.ts';
import { nativeBackend } from '../../../src/runtime/native.ts';
import { wasmNodeBackend } from '../../../src/runtime/wasm-node.ts';
import { blobs, entries, largestDifference, modelBytes } from './models.ts';

const { signal } = new AbortController();

describe.each(entries)('$id', (entry) => {
  let native: TileRunner;
  let wasm: TileRunner;
  beforeAll(async () => {
    const model = loadedFile(modelBytes(entry));
    [native, wasm] = await Promise.all([
      nativeBackend(model).open(signal),
      wasmNodeBackend(model, 1).open(signal),
    ]);
  });
  afterAll(() => Promise.all([native.dispose(), wasm.dispose()]));

  test('gives on WASM what it gives natively, enlarged by its scale', async () => {
    // The largest takes as long for a pixel as fifteen of the others.
    const shapes: readonly (readonly [number, number])[] =
      entry.macsPerPixel > 5e6
        ? [[16, 16]]
        : [
            [24, 40],
            [33, 17],
          ];
    for (const [width, height] of shapes) {
      const [expected, result] = [
        await native.run(blobs(width, height), signal),
        await wasm.run(blobs(width, height), signal),
      ];
      expect([result.width, result.height]).toEqual([entry.scale * width, entry.scale * height]);
      expect(result.data).toHaveLength(3 * result.width * result.height);
      expect(largestDifference(result.data, expected.data)).toBeLessThanOrEqual(1e-3);
      // Not merely two times nothing.
      expect(Math.max(...result.data) - Math.min(...result.data)).toBeGreaterThan(0.3);
    }
  });
});

describe('a backend', () => {
  const [entry] = entries;
  if (!entry) throw new Error('the catalog is empty');
  const model = loadedFile(modelBytes(entry));

  test('names its device and its number of lanes', async () => {
    const native = await nativeBackend(model).open(signal);
    const wasm = await wasmNodeBackend(model, 2).open(signal);
    expect([native.backend, native.lanes]).toEqual(['native', 1]);
    expect(native.device).toMatch(/^CPU, \d+ threads?$/);
    expect([wasm.backend, wasm.device, wasm.lanes]).toEqual(['wasm', 'CPU, 2 workers', 2]);
    await Promise.all([native.dispose(), wasm.dispose()]);
  });

  test('runs tiles of several shapes in turn and goes back to the first', async () => {
    const native = await nativeBackend(model).open(signal);
    const first = await native.run(blobs(16, 16), signal);
    for (const side of [20, 24, 28]) expect((await native.run(blobs(side, 16), signal)).width).toBe(4 * side);
    expect(largestDifference((await native.run(blobs(16, 16), signal)).data, first.data)).toBe(0);
    await native.dispose();
  });

  test.each([
    ['native', nativeBackend],
    ['wasm', (blend: LoadedBlend) => wasmNodeBackend(blend, 1)],
  ])('%s is unavailable, with a reason, when the model cannot be read', async (_, backend) => {
    const bytes = modelBytes(entry);
    const broken = backend(loadedFile(bytes.slice(0, bytes.length >> 1))).open(signal);
    await expect(broken).rejects.toBeInstanceOf(LoupeError);
    await expect(broken).rejects.toMatchObject({ code: 'backend-unavailable' });
  });

  test('on WASM, an abort ends a tile under way', async () => {
    const wasm = await wasmNodeBackend(model, 1).open(signal);
    const controller = new AbortController();
    const reason = new LoupeError('cancelled');
    const running = wasm.run(blobs(512, 512), controller.signal);
    controller.abort(reason);
    await expect(running).rejects.toBe(reason);
    await wasm.dispose();
  });
});
