import { describe, expect, test } from '@jest/globals';
import { KeptBackend } from '../../../src/engine/kept-backend.ts';
import type { Backend, Tile, TileRunner } from '../../../src/engine/types.ts';

const signal = new AbortController().signal;
const tile: Tile = { width: 1, height: 1, data: new Float32Array(3) };

/** Opens runners of `lanes` lanes, and counts. */
function counted(run: TileRunner['run'], lanes = 1) {
  const count = { opened: 0, disposed: 0 };
  const backend: Backend = {
    name: 'native',
    maxTilePixels: 1,
    open: () => {
      count.opened++;
      const dispose = () => Promise.resolve(void (count.disposed += 1));
      return Promise.resolve({ backend: 'native', device: 'none', lanes, run, dispose });
    },
  };
  return { backend: new KeptBackend(backend), count };
}

describe('a backend kept open', () => {
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

  test('is shared by pictures under way at once, with no more tiles than lanes, the earlier picture first', async () => {
    const begun: number[] = [];
    const finish: (() => void)[] = [];
    const { backend, count } = counted(
      (each) =>
        new Promise((resolve) => {
          begun.push(each.width);
          finish.push(() => resolve(each));
        }),
      2,
    );
    const [first, second] = await Promise.all([backend.open(signal), backend.open(signal)]);
    expect([first.lanes, second.lanes]).toEqual([2, 2]);
    const runs = [
      first.run({ ...tile, width: 11 }, signal),
      second.run({ ...tile, width: 21 }, signal),
      second.run({ ...tile, width: 22 }, signal),
      first.run({ ...tile, width: 12 }, signal),
    ];
    await rest();
    expect(begun).toEqual([11, 21]);
    finish[0]?.();
    await rest();
    expect(begun).toEqual([11, 21, 12]);
    finish[1]?.();
    await rest();
    expect(begun).toEqual([11, 21, 12, 22]);
    finish.slice(2).forEach((each) => each());
    await Promise.all(runs);
    await Promise.all([first.dispose(), second.dispose()]);
    expect(count).toEqual({ opened: 1, disposed: 0 });
    await backend.close();
    expect(count).toEqual({ opened: 1, disposed: 1 });
  });

  test('that failed for one picture lasts until the other one that has it is done', async () => {
    const { backend, count } = counted((each) =>
      each.width === 2 ? Promise.reject(new Error('lost')) : Promise.resolve(each),
    );
    const [first, second] = await Promise.all([backend.open(signal), backend.open(signal)]);
    await expect(first.run({ ...tile, width: 2 }, signal)).rejects.toThrow('lost');
    await first.dispose();
    expect(count).toEqual({ opened: 1, disposed: 0 });
    await second.run(tile, signal);
    await second.dispose();
    expect(count).toEqual({ opened: 1, disposed: 1 });
    await backend.open(signal);
    expect(count).toEqual({ opened: 2, disposed: 1 });
  });

  test('opens for one picture though the opening of another was given up', async () => {
    const controller = new AbortController();
    let opened = 0;
    const runner: TileRunner = {
      backend: 'native',
      device: 'none',
      lanes: 1,
      run: (each) => Promise.resolve(each),
      dispose: () => Promise.resolve(),
    };
    const backend = new KeptBackend({
      name: 'native',
      maxTilePixels: 1,
      open: (given) => {
        opened++;
        if (given !== controller.signal) return Promise.resolve(runner);
        return new Promise((_, reject) =>
          given.addEventListener('abort', () => reject(new Error('given up'))),
        );
      },
    });
    const first = backend.open(controller.signal);
    const second = backend.open(signal);
    controller.abort();
    await expect(first).rejects.toThrow('given up');
    expect((await second).device).toBe('none');
    expect(opened).toBe(2);
  });
});

const rest = () => new Promise((resolve) => setTimeout(resolve, 1));
