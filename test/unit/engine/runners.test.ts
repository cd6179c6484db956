import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { Lanes } from '../../../src/engine/runners.ts';
import type { Tile } from '../../../src/engine/types.ts';
import { backendOf, nearest } from './fakes.ts';

const { signal } = new AbortController();

test('a tile is let go of as soon as its run is over, while the backend stays open', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const lanes = new Lanes(await backendOf(nearest).open(signal), 64 * 64);
  const tile = (): Tile => ({ width: 8, height: 8, data: new Float32Array(3 * 64) });
  const results: WeakRef<Tile>[] = [];
  for (let i = 0; i < 4; i++) results.push(new WeakRef(await lanes.run(tile(), signal, () => undefined)));
  await new Promise((resolve) => setTimeout(resolve, 1));
  collect();
  // The last may still be on the stack of this very function.
  expect(results.slice(0, -1).filter((result) => result.deref())).toEqual([]);
  await lanes.dispose(new Error('done'));
});

test('giving a backend up rejects what is under way and what comes after', async () => {
  const never = backendOf(() => new Promise<never>(() => undefined));
  const lanes = new Lanes(await never.open(signal), 64 * 64);
  const tile: Tile = { width: 1, height: 1, data: new Float32Array(3) };
  const running = lanes.run(tile, signal, () => undefined);
  const queued = lanes.run(tile, signal, () => undefined);
  void lanes.dispose(new Error('the GPU is lost'));
  await expect(running).rejects.toThrow('the GPU is lost');
  await expect(queued).rejects.toThrow('the GPU is lost');
  await expect(lanes.run(tile, signal, () => undefined)).rejects.toThrow('the GPU is lost');
});
