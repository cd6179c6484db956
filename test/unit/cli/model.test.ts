import { cp, mkdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { KeptBackend, loadModel, MODELS_FOLDER } from '../../../src/cli/model.ts';
import type { Tile, TileRunner } from '../../../src/engine/types.ts';
import { withFolder } from './command.ts';

describe('a model', () => {
  test('is loaded when it is the one the catalog lists', async () => {
    const { entry, bytes } = await loadModel('art');
    expect([entry.model, bytes.length]).toEqual(['art', entry.size]);
  });

  test('that is missing or damaged is an error by name', async () => {
    await withFolder(async (path) => {
      await cp(join(MODELS_FOLDER, 'catalog.json'), path('catalog.json'));
      await expect(loadModel('art', path(''))).rejects.toMatchObject({ code: 'model-missing' });
      const { entry } = await loadModel('art');
      await mkdir(path('art'));
      await cp(join(MODELS_FOLDER, entry.file), path(entry.file));
      await expect(loadModel('art', path(''))).resolves.toMatchObject({ entry });
      await truncate(path(entry.file), entry.size - 1);
      await expect(loadModel('art', path(''))).rejects.toMatchObject({ code: 'model-damaged' });
    });
  });
});

describe('a backend kept open', () => {
  const signal = new AbortController().signal;
  const tile: Tile = { width: 1, height: 1, data: new Float32Array(3) };
  const counted = (run: TileRunner['run']) => {
    const count = { opened: 0, disposed: 0 };
    const backend = new KeptBackend({
      name: 'native',
      maxTilePixels: 1,
      open: () => {
        count.opened++;
        const dispose = () => Promise.resolve(void (count.disposed += 1));
        return Promise.resolve({ backend: 'native', device: 'none', lanes: 1, run, dispose });
      },
    });
    return { backend, count };
  };

  test('is opened once for several pictures and disposed at the end', async () => {
    const { backend, count } = counted((each) => Promise.resolve(each));
    for (let picture = 0; picture < 3; picture++) {
      const runner = await backend.open(signal);
      await runner.run(tile, signal);
      await runner.dispose();
    }
    expect(count).toEqual({ opened: 1, disposed: 0 });
    await backend.close();
    expect(count).toEqual({ opened: 1, disposed: 1 });
  });

  test('is opened anew after a tile failed', async () => {
    const { backend, count } = counted(() => Promise.reject(new Error('lost')));
    const runner = await backend.open(signal);
    await expect(runner.run(tile, signal)).rejects.toThrow('lost');
    await runner.dispose();
    await backend.open(signal);
    expect(count).toEqual({ opened: 2, disposed: 1 });
  });

  test('is not handed on while a tile of the picture before is still under way', async () => {
    let finish: (tile: Tile) => void = () => undefined;
    const { backend, count } = counted(() => new Promise((resolve) => (finish = resolve)));
    const runner = await backend.open(signal);
    const running = runner.run(tile, signal);
    await runner.dispose();
    await backend.open(signal);
    expect(count).toEqual({ opened: 2, disposed: 1 });
    finish(tile);
    await running;
  });
});
