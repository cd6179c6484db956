import { describe, expect, test } from '@jest/globals';
import type { Blend } from '../../../../src/catalog.ts';
import { planRun } from '../../../../src/engine/plan-run.ts';
import { because, LoupeError } from '../../../../src/errors.ts';
import { ClipEngine } from '../../../../src/panel/engine/clip.ts';
import type { EngineJob } from '../../../../src/panel/engine/protocol.ts';
import { backendOf, nearest, type Net, photo, sinkFor, sourceOf, targetAt } from '../../engine/fakes.ts';

const blend: Blend = {
  id: 'a network',
  name: 'a network',
  parts: [],
  scale: 4,
  overlap: 8,
  selfEnsemble: false,
  macsPerPixel: 1,
  widest: 64,
} as Blend;
const frame = photo(48, 40);
const format = { width: 48, height: 40, channels: 3, depth: 8 } as const;
const job: EngineJob = { blend, target: targetAt(format, 2), noise: 100, sharpness: 0 };
const going = new AbortController().signal;

const failing =
  (error: Error): Net =>
  () =>
    Promise.reject(error);
const gone = new LoupeError('backend-failed', because('gpu-lost', 'unplugged'));
const broken = new LoupeError('backend-failed', 'it does not compile');

const plannedFor = (lanes: number) => planRun(format, blend, undefined, 64 * 64, lanes).runs.base;

function enhanced(clip: ClipEngine) {
  const sink = sinkFor();
  const source = sourceOf(frame);
  return clip.enhance((rows) => source.read(rows, going), sink).then(() => sink.picture());
}

describe('the engine held for a clip', () => {
  test('makes frames side by side on one opened backend, and gives it back when it is closed', async () => {
    const backend = backendOf(nearest, { lanes: 2 });
    const controller = new AbortController();
    const clip = await ClipEngine.open(job, format, [backend], controller.signal);
    const [one, two] = await Promise.all([enhanced(clip), enhanced(clip)]);
    const three = await enhanced(clip);
    expect([one.width, one.height]).toEqual([96, 80]);
    expect(two.samples).toEqual(one.samples);
    expect(three.samples).toEqual(one.samples);
    expect(backend.mostInFlight).toBe(2);
    // The trial's, and each frame's: cut for one of the two lanes.
    expect(backend.ran).toHaveLength(1 + 3 * plannedFor(1));
    expect([backend.opened, backend.disposed]).toEqual([1, 0]);
    controller.abort();
    await clip.released;
    expect(backend.disposed).toBe(1);
    await expect(enhanced(clip)).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('is given back, too, where a session cannot be closed', async () => {
    const stuck = backendOf(nearest);
    const open = stuck.open.bind(stuck);
    stuck.open = async (signal) => ({
      ...(await open(signal)),
      dispose: () => Promise.reject(new Error('gone')),
    });
    const controller = new AbortController();
    const clip = await ClipEngine.open(job, format, [stuck], controller.signal);
    controller.abort();
    await expect(clip.released).resolves.toBeUndefined();
  });

  test('takes the first backend that runs a tile, and no other once frames are made', async () => {
    let works = true;
    const gpu = backendOf((tile, signal) => (works ? nearest(tile, signal) : failing(gone)(tile, signal)), {
      name: 'webgpu',
    });
    const cpu = backendOf(nearest, { name: 'wasm' });
    const blind = backendOf(failing(broken), { name: 'native' });
    const clip = await ClipEngine.open(job, format, [blind, gpu, cpu], going);
    expect(clip.backend).toBe('webgpu');
    expect(blind.disposed).toBe(blind.opened);
    await enhanced(clip);
    works = false;
    await expect(enhanced(clip)).rejects.toMatchObject({ code: 'gpu-lost' });
    expect([cpu.opened, cpu.ran]).toEqual([0, []]);
  });

  test('goes on with what made the frames before, and else not at all', async () => {
    const gpu = backendOf(nearest, { name: 'webgpu' });
    const cpu = backendOf(nearest, { name: 'wasm' });
    expect((await ClipEngine.open(job, format, [gpu, cpu], going, 'webgpu')).backend).toBe('webgpu');
    expect((await ClipEngine.open(job, format, [gpu, cpu], going, 'wasm')).backend).toBe('wasm');
    const away = backendOf(failing(broken), { name: 'webgpu' });
    const opened = cpu.opened;
    for (const backends of [[away, cpu], [cpu]]) {
      await expect(ClipEngine.open(job, format, backends, going, 'webgpu')).rejects.toMatchObject({
        code: 'gpu-lost',
      });
    }
    expect(cpu.opened).toBe(opened);
    expect(away.disposed).toBe(away.opened);
  });

  test('does not call a GPU lost that merely fails', async () => {
    let works = true;
    const gpu = backendOf((tile, signal) => (works ? nearest(tile, signal) : failing(broken)(tile, signal)), {
      name: 'webgpu',
    });
    const clip = await ClipEngine.open(job, format, [gpu], going);
    works = false;
    await expect(enhanced(clip)).rejects.toMatchObject({ code: 'backend-failed' });
  });

  test('rejects where no backend runs a tile, and within a tile when it is cancelled', async () => {
    const blind = backendOf(failing(gone), { name: 'webgpu' });
    await expect(ClipEngine.open(job, format, [blind], going)).rejects.toMatchObject({
      code: 'backend-failed',
    });
    expect(blind.disposed).toBe(blind.opened);

    const controller = new AbortController();
    let trial = true;
    const slow = backendOf((tile, signal) => {
      if (trial) return nearest(tile, signal);
      return new Promise(() => undefined);
    });
    const clip = await ClipEngine.open(job, format, [slow], controller.signal);
    trial = false;
    const made = enhanced(clip);
    setTimeout(() => controller.abort(), 5);
    await expect(made).rejects.toMatchObject({ code: 'cancelled' });
  });
});
