import { describe, expect, test } from '@jest/globals';
import { enhance } from '../../../src/engine/enhance.ts';
import type { Backend, Tile } from '../../../src/engine/types.ts';
import { LoupeError } from '../../../src/errors.ts';
import {
  backendOf,
  enhancePicture,
  largestDifference,
  nearest,
  nextTurn,
  photo,
  sharpen,
  sinkFor,
  sourceOf,
  targetAt,
  type Net,
} from './fakes.ts';

const network = { scale: 4, overlap: 4 };
const from = photo(150, 100);

/** A network that does what `fault` does on the runs `when` says (counted from 1), and else what `sharpen` does. */
function faulty(fault: Net, when: (run: number) => boolean): Net {
  let run = 0;
  return (tile, signal) => (when(++run) ? fault : sharpen)(tile, signal);
}

const filled =
  (value: number): Net =>
  async (tile, signal) => {
    const result = await nearest(tile, signal);
    result.data.fill(value);
    return result;
  };

const oneBad =
  (value: number): Net =>
  async (tile, signal) => {
    const result = await nearest(tile, signal);
    result.data[result.data.length - 7] = value;
    return result;
  };

const refuse: Net = () => {
  throw new Error('out of memory');
};

const faults: [string, Net][] = [
  ['a value that is not a number', oneBad(NaN)],
  ['an infinite value', oneBad(Infinity)],
  ['zeros', filled(0)],
  ['one flat colour', filled(0.5)],
  ['a tile of the wrong size', (tile): Tile => tile],
  ['an error', refuse],
];

describe.each(faults)('a backend that gives %s', (_name, fault) => {
  test('once is asked again with smaller tiles', async () => {
    const good = await enhancePicture(from, [backendOf(sharpen)]);
    const backend = backendOf(faulty(fault, (run) => run === 2));
    const { picture, result } = await enhancePicture(from, [backend, backendOf(refuse, { name: 'wasm' })]);
    expect(largestDifference(picture, good.picture)).toBeLessThanOrEqual(1);
    expect(result.backend).toBe('native');
    expect(result.fallbacks).toEqual([]);
    const [first] = backend.ran;
    const smaller = backend.ran.filter(
      (tile) => tile.width * tile.height < (first?.width ?? 0) * (first?.height ?? 0),
    );
    expect(smaller).toHaveLength(4);
  });

  test('from some tile on is left for the next, which goes on from that tile', async () => {
    const good = await enhancePicture(from, [backendOf(sharpen)]);
    const first = backendOf(
      faulty(fault, (run) => run > 3),
      { name: 'webgpu' },
    );
    const second = backendOf(sharpen, { name: 'wasm' });
    const { picture, result } = await enhancePicture(from, [first, second]);
    expect(largestDifference(picture, good.picture)).toBeLessThanOrEqual(1);
    expect(second.ran).toHaveLength(result.tiles - 3);
    expect(result.backend).toBe('wasm');
    expect(result.device).toBe('the wasm device');
    expect(result.fallbacks).toHaveLength(1);
    expect(result.fallbacks[0]).toMatch(/^webgpu \(the webgpu device\) failed: .+\.$/);
    expect([first.opened, first.disposed, second.opened, second.disposed]).toEqual([1, 1, 1, 1]);
  });

  test('and is the last ends the run with backend-failed', async () => {
    const only = backendOf(fault);
    await expect(enhancePicture(from, [only])).rejects.toMatchObject({ code: 'backend-failed' });
    await nextTurn();
    expect(only.disposed).toBe(1);
  });
});

describe('fallback', () => {
  test('several lanes that fail at once give a backend up once', async () => {
    const first = backendOf(refuse, { name: 'webgpu', lanes: 3, maxTilePixels: 48 * 48 });
    const second = backendOf(sharpen, { name: 'wasm', lanes: 2 });
    const { result } = await enhancePicture(from, [first, second]);
    expect(result.fallbacks).toHaveLength(1);
    expect([first.disposed, second.opened, second.disposed]).toEqual([1, 1, 1]);
    expect(second.mostInFlight).toBeLessThanOrEqual(2);
  });

  test('a tile that hangs on a backend given up is run on the next', async () => {
    let run = 0;
    const first = backendOf(
      (tile, signal) => (++run === 1 ? new Promise<Tile>(() => undefined) : refuse(tile, signal)),
      {
        lanes: 2,
        maxTilePixels: 48 * 48,
      },
    );
    const { result } = await enhancePicture(from, [first, backendOf(sharpen, { name: 'wasm' })]);
    expect(result.backend).toBe('wasm');
  });

  test('a backend that does not start is passed over with its reason', async () => {
    const broken: Backend = {
      name: 'webgpu',
      maxTilePixels: 4096,
      open: () => Promise.reject(new LoupeError('backend-unavailable', 'no adapter')),
    };
    const { result } = await enhancePicture(from, [broken, backendOf(sharpen, { name: 'wasm' })]);
    expect(result.fallbacks).toEqual(['webgpu could not be started: no adapter.']);
  });

  test('a damaged model is no reason to try another backend', async () => {
    const broken: Backend = {
      name: 'webgpu',
      maxTilePixels: 4096,
      open: () => Promise.reject(new LoupeError('model-damaged', 'face-faithful.onnx')),
    };
    const next = backendOf(sharpen, { name: 'wasm' });
    await expect(enhancePicture(from, [broken, next])).rejects.toMatchObject({ code: 'model-damaged' });
    expect(next.opened).toBe(0);
  });

  test('a backend that takes only smaller tiles than the run has is given quarters', async () => {
    const first = backendOf(refuse, { name: 'webgpu', maxTilePixels: 96 * 96 });
    const second = backendOf(sharpen, { name: 'wasm', maxTilePixels: 64 * 64 });
    await enhancePicture(from, [first, second]);
    for (const { width, height } of second.ran) expect(width * height).toBeLessThanOrEqual(64 * 64);
  });
});

describe('cancel', () => {
  test('in the middle of a run rejects with cancelled and disposes of the backend', async () => {
    const controller = new AbortController();
    const backend = backendOf(sharpen, { maxTilePixels: 48 * 48 });
    const running = enhancePicture(from, [backend], {
      signal: controller.signal,
      onProgress: ({ tilesDone }) => {
        if (tilesDone === 3) controller.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    await nextTurn();
    expect(backend.disposed).toBe(1);
    expect(backend.ran.length).toBeLessThanOrEqual(5);
  });

  test('does not wait for a tile that hangs, nor for a runner that does not dispose', async () => {
    const controller = new AbortController();
    const hanging = backendOf(() => new Promise<Tile>(() => undefined));
    const stubborn: Backend = {
      ...hanging,
      open: async (signal) => ({
        ...(await hanging.open(signal)),
        dispose: () => new Promise(() => undefined),
      }),
    };
    const running = enhancePicture(from, [stubborn], { signal: controller.signal });
    await nextTurn();
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('is not taken for a failure of the backend', async () => {
    const controller = new AbortController();
    const abortable: Net = (_tile, signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
        controller.abort();
      });
    const next = backendOf(sharpen, { name: 'wasm' });
    const running = enhancePicture(from, [backendOf(abortable), next], { signal: controller.signal });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    await nextTurn();
    expect(next.opened).toBe(0);
  });

  test('while a backend is being opened disposes of it once it is open', async () => {
    const controller = new AbortController();
    const backend = backendOf(sharpen);
    let opened: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (opened = resolve));
    const slow: Backend = { ...backend, open: async (signal) => (await gate, backend.open(signal)) };
    const running = enhancePicture(from, [slow], { signal: controller.signal });
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    opened();
    await nextTurn();
    await nextTurn();
    expect(backend.disposed).toBe(1);
  });

  test('before the start opens nothing', async () => {
    const backend = backendOf(sharpen);
    await expect(enhancePicture(from, [backend], { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(backend.opened).toBe(0);
  });
});

describe('the other ends', () => {
  const options = { network, target: targetAt(from, 4), signal: new AbortController().signal };

  test('an error of the sink ends the run as it is and disposes of the backend', async () => {
    const backend = backendOf(sharpen, { maxTilePixels: 48 * 48 });
    const sink = { ...sinkFor(), write: () => Promise.reject(new LoupeError('disk-full')) };
    const running = enhance(sourceOf(from), sink, { ...options, backends: [backend] });
    await expect(running).rejects.toMatchObject({ code: 'disk-full' });
    await nextTurn();
    expect(backend.disposed).toBe(1);
  });

  test('an error of the source ends the run as it is, also when it was asked ahead', async () => {
    const source = sourceOf(photo(40, 900));
    let reads = 0;
    const failing = {
      format: source.format,
      read: (rows: number, signal: AbortSignal) =>
        ++reads < 3 ? source.read(rows, signal) : Promise.reject(new LoupeError('file-damaged', 'a.png')),
    };
    const backend = backendOf(sharpen);
    await expect(enhance(failing, sinkFor(), { ...options, backends: [backend] })).rejects.toMatchObject({
      code: 'file-damaged',
    });
    await nextTurn();
    expect(backend.disposed).toBe(1);
  });
});
