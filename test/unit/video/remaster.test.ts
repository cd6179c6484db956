import { describe, expect, test } from '@jest/globals';
import { LoupeError } from '../../../src/errors.ts';
import { allocatePlanes, type Planes } from '../../../src/video/planes.ts';
import { Pauses, remaster, type Parts } from '../../../src/video/remaster.ts';
import type { FrameEngine, RemasterJob, RemasterProgress } from '../../../src/video/types.ts';

const FIRST = 10;
const job: RemasterJob = {
  first: FIRST,
  end: FIRST + 8,
  rate: { numerator: 25, denominator: 1 },
  resampled: false,
  target: { width: 4, height: 2 },
  pixelAspect: { numerator: 1, denominator: 1 },
  rotation: 0,
  fields: 'progressive',
  colour: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false },
  codec: 'vp9',
  bitDepth: 8,
};

/** A frame of one gray, by its number in the file. */
function frameOf(number: number, height = 2): Planes {
  const picture = allocatePlanes('yuv420', 4, height, 8);
  picture.planes[0].fill(50 + number);
  picture.planes[1].fill(128);
  picture.planes[2].fill(128);
  return picture;
}
const numberOf = (picture: Planes) => (picture.planes[0][0] ?? 0) - 50;
const rest = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

const copying: FrameEngine = {
  enhance: async (source, sink) => {
    await sink.open(source.format);
    await sink.write(1, await source.read(1));
    await rest();
    await sink.write(1, await source.read(1));
  },
};

/** A clip and a render whose first `kept` frames are there; what was done is in `log`. */
class World implements Parts {
  readonly log: string[] = [];
  readonly added: number[] = [];
  readonly progress: RemasterProgress[] = [];
  readonly pauses = new Pauses();
  readonly controller = new AbortController();
  engine = copying;
  ends = job.end;
  /** The first frame that is twice as high. */
  grows = Infinity;
  time = 0;
  onAdd: (number: number) => Promise<void> = () => Promise.resolve();
  readonly #kept: number;

  constructor(kept = 0) {
    this.#kept = kept;
  }

  async *frames(from: number, signal: AbortSignal) {
    this.log.push(`from ${from}`);
    for (let number = from; number < this.ends && !signal.aborted; number++) {
      await rest();
      yield frameOf(number, number < this.grows ? 2 : 4);
    }
  }

  steady = (source: Planes, enhanced: Planes) => {
    this.log.push(`steady ${numberOf(source)}`);
    expect(numberOf(enhanced)).toBe(numberOf(source));
    return enhanced;
  };

  readonly flicker = {
    ratio: 1.25,
    add: (_: Planes, render: Planes) => void this.log.push(`flicker ${numberOf(render)}`),
  };

  get output() {
    return {
      nextFrame: this.#kept,
      add: async (picture: Planes) => {
        await this.onAdd(numberOf(picture));
        this.added.push(numberOf(picture));
        this.time += 500;
      },
      finish: () => Promise.resolve(void this.log.push('finished')),
      close: () => undefined,
    };
  }

  shown = () => ({ width: 1, height: 1, rgba: new Uint8ClampedArray(4) });
  encoding = <T>(run: () => Promise<T>) => run();
  shares = () => ({ decode: 1, model: 2, steady: 5, encode: 3, bridge: 4 });

  run() {
    return remaster(job, this, {
      pauses: this.pauses,
      signal: this.controller.signal,
      onProgress: (progress) => this.progress.push(progress),
      now: () => this.time,
    });
  }
}
const numbers = (from: number) => Array.from({ length: job.end - from }, (_, index) => from + index);

describe('a remaster', () => {
  test('brings each frame of the job into the render once, in order, through the engine and steadied', async () => {
    const world = new World();
    const result = await world.run();
    expect(world.added).toEqual(numbers(FIRST));
    expect(world.log).toEqual([
      `from ${FIRST}`,
      ...numbers(FIRST).flatMap((number) => [`steady ${number}`, `flicker ${number}`]),
      'finished',
    ]);
    expect(result).toEqual({
      frames: 8,
      width: 4,
      height: 2,
      ms: 4000,
      shares: { decode: 1, model: 2, steady: 5, encode: 3, bridge: 4 },
      flicker: 1.25,
    });
  });

  test('tells frames done, their rate, the time left, and shows a picture a second', async () => {
    const world = new World();
    await world.run();
    expect(world.progress.map(({ framesDone, frames }) => [framesDone, frames])).toEqual(
      numbers(1)
        .slice(0, 8)
        .map((done) => [done, 8]),
    );
    expect(world.progress.map(({ picture }) => picture !== undefined)).toEqual([
      true,
      false,
      true,
      false,
      true,
      false,
      true,
      false,
    ]);
    expect(world.progress[3]).toMatchObject({ framesPerSecond: 2, remainingMs: 2000 });
    expect(world.progress[0]).toMatchObject({ framesPerSecond: undefined, remainingMs: undefined });
  });

  test('goes on after the frames that are there, and makes the one before again for steadiness', async () => {
    const world = new World(5);
    await world.run();
    expect(world.added).toEqual(numbers(FIRST + 5));
    expect(world.log.slice(0, 4)).toEqual([
      `from ${FIRST + 4}`,
      `steady ${FIRST + 4}`,
      `steady ${FIRST + 5}`,
      `flicker ${FIRST + 5}`,
    ]);
    expect(world.progress[0]?.framesDone).toBe(6);
  });

  test('whose frames are all there is only finished', async () => {
    const world = new World(8);
    await world.run();
    expect(world.log).toEqual(['finished']);
  });

  test('says how many frames are kept where the GPU was lost', async () => {
    const world = new World(3);
    let frames = 0;
    world.engine = {
      enhance: (source, sink) =>
        ++frames > 2 ? Promise.reject(new LoupeError('gpu-lost')) : copying.enhance(source, sink),
    };
    await expect(world.run()).rejects.toMatchObject({ code: 'gpu-lost', detail: '3' });
    expect(world.log).not.toContain('finished');
  });

  test('is not finished where the file ends before the job does, or a frame cannot be written', async () => {
    const short = new World();
    short.ends = FIRST + 6;
    await expect(short.run()).rejects.toMatchObject({ code: 'clip-truncated', detail: `#${FIRST + 6}` });
    expect(short.log).not.toContain('finished');

    const full = new World();
    full.onAdd = (number) =>
      number === FIRST + 2 ? Promise.reject(new LoupeError('disk-full')) : Promise.resolve();
    await expect(full.run()).rejects.toMatchObject({ code: 'disk-full' });
    expect(full.added).toEqual([FIRST, FIRST + 1]);
  });

  test('ends where the stream changes to another size, and says at which frame', async () => {
    const world = new World(3);
    world.grows = FIRST + 5;
    await expect(world.run()).rejects.toMatchObject({ code: 'clip-truncated', detail: `#${FIRST + 5}` });
    expect(world.log).not.toContain('finished');
    expect(world.added).not.toContain(FIRST + 5);
  });

  test('paused, stands still and counts no time; goes on; and is cancelled at once, also while it is paused', async () => {
    const world = new World();
    world.onAdd = (number) => {
      if (number === FIRST + 3) world.pauses.set(true);
      return Promise.resolve();
    };
    const done = world.run();
    for (let turn = 0; turn < 30; turn++) await rest();
    const standing = world.added.length;
    expect(standing).toBeGreaterThanOrEqual(4);
    expect(standing).toBeLessThan(8);
    world.time += 3_600_000;
    world.pauses.set(false);
    await done;
    expect(world.added).toEqual(numbers(FIRST));
    expect(world.progress.at(-1)?.framesPerSecond).toBeCloseTo(2, 5);

    const cancelled = new World();
    cancelled.pauses.set(true);
    const never = cancelled.run();
    await rest();
    cancelled.controller.abort();
    await expect(never).rejects.toMatchObject({ code: 'cancelled' });
    expect(cancelled.added).toEqual([]);
  });
});
