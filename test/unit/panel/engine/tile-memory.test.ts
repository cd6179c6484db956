import { describe, expect, test } from '@jest/globals';
import type { Backend, BackendName, Tile } from '../../../../src/engine/types.ts';
import { TileMemory } from '../../../../src/panel/engine/tile-memory.ts';

const tileOf = (value: number): Tile => ({ width: 2, height: 1, data: new Float32Array(6).fill(value) });

/** Adds one to every sample, and takes the tile's buffer, as sessions do. */
function counting(name: BackendName = 'wasm') {
  const runs: number[] = [];
  const backend: Backend = {
    name,
    maxTilePixels: 100,
    open: () =>
      Promise.resolve({
        backend: name,
        device: '',
        lanes: 1,
        run: (tile) => {
          runs.push(tile.data[0] ?? NaN);
          const data = tile.data.map((each) => each + 1);
          tile.data.fill(NaN);
          return Promise.resolve({ ...tile, data });
        },
        dispose: () => Promise.resolve(),
      }),
  };
  return { backend, runs };
}

const { signal } = new AbortController();
async function run(backend: Backend, value: number): Promise<number[]> {
  const runner = await backend.open(signal);
  const { data } = await runner.run(tileOf(value), signal);
  const result = [...data];
  // Whoever asked may write into it.
  data.fill(-1);
  return result;
}

describe('the memory of tiles', () => {
  test('answers the same tile of the same model without running it, unspoilt', async () => {
    const { backend, runs } = counting();
    const memory = new TileMemory();
    for (let round = 0; round < 3; round += 1) {
      expect(await run(memory.over(backend, 'model'), 5)).toEqual(Array(6).fill(6));
    }
    expect(runs).toEqual([5]);
  });

  test('runs another tile, another model and another backend', async () => {
    const [cpu, gpu] = [counting(), counting('webgpu')];
    const memory = new TileMemory();
    await run(memory.over(cpu.backend, 'model'), 5);
    await run(memory.over(cpu.backend, 'model'), 6);
    await run(memory.over(cpu.backend, 'other'), 5);
    await run(memory.over(gpu.backend, 'model'), 5);
    expect([cpu.runs, gpu.runs]).toEqual([[5, 6, 5], [5]]);
  });

  test('gives up what was used longest ago, and all of it when told', async () => {
    const { backend, runs } = counting();
    // Two tiles with their results.
    const memory = new TileMemory(2 * 48);
    const remembering = memory.over(backend, 'model');
    for (const value of [1, 2, 1, 3]) await run(remembering, value);
    expect(runs).toEqual([1, 2, 3]);
    await run(remembering, 1);
    expect(runs).toEqual([1, 2, 3]);
    await run(remembering, 2);
    expect(runs).toEqual([1, 2, 3, 2]);
    memory.forget();
    await run(remembering, 2);
    expect(runs).toEqual([1, 2, 3, 2, 2]);
  });
});
