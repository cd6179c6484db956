import { describe, expect, test } from '@jest/globals';
import { KeptBackends } from '../../../src/cli/kept-backends.ts';
import type { Backend, Tile, TileRunner } from '../../../src/engine/types.ts';
import { loadedFile } from '../../../src/runtime/blend.ts';

const signal = new AbortController().signal;
const tile: Tile = { width: 1, height: 1, data: new Float32Array(3) };

function counting(run: TileRunner['run']): {
  backend: Backend;
  count: { opened: number; disposed: number };
} {
  const count = { opened: 0, disposed: 0 };
  const backend: Backend = {
    name: 'native',
    maxTilePixels: 1,
    open: () => {
      count.opened++;
      const dispose = () => Promise.resolve(void (count.disposed += 1));
      return Promise.resolve({ backend: 'native', device: 'none', lanes: 1, run, dispose });
    },
  };
  return { backend, count };
}

describe('the backends of several blends', () => {
  const bytes = new Uint8Array(0);
  const several = () => {
    const { backend, count } = counting((each) => Promise.resolve(each));
    const loaded: string[] = [];
    const backends = new KeptBackends(() => backend);
    const use = async (id: string) => {
      const load = () => {
        loaded.push(id);
        return Promise.resolve(loadedFile(bytes));
      };
      const runner = await (await backends.get(id, load)).open(signal);
      await runner.run(tile, signal);
      await runner.dispose();
    };
    return { backends, use, loaded, count };
  };

  test('are loaded once each while two take turns', async () => {
    const { use, loaded, count } = several();
    for (const id of ['landscape', 'face', 'landscape', 'face', 'landscape']) await use(id);
    expect(loaded).toEqual(['landscape', 'face']);
    expect(count).toEqual({ opened: 2, disposed: 0 });
  });

  test('are two at most: a third ends the one whose use is longest ago', async () => {
    const { backends, use, loaded, count } = several();
    for (const id of ['landscape', 'face', 'landscape', 'art']) await use(id);
    expect(count).toEqual({ opened: 3, disposed: 1 });
    await use('landscape');
    expect(loaded).toEqual(['landscape', 'face', 'art']);
    await use('face');
    expect(loaded).toEqual(['landscape', 'face', 'art', 'face']);
    await backends.close();
    expect(count).toEqual({ opened: 4, disposed: 4 });
  });

  test('are not kept when they could not be loaded', async () => {
    const { backends, use, loaded } = several();
    await expect(backends.get('face', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    await use('face');
    expect(loaded).toEqual(['face']);
  });
});
