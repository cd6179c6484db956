import { describe, expect, test } from '@jest/globals';
import { AHEAD, FRAMES_AT_ONCE, BEGUN, runPipeline, type Stages } from '../../../src/video/pipeline.ts';

const rest = () => new Promise<void>((resolve) => setTimeout(resolve, 1));
const at = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('not there');
  return value;
};

/** Ten frames; each stage goes on when told, or at once. */
class Line implements Stages<number, string> {
  readonly log: string[] = [];
  readonly making: ({ frame: number } & Told)[] = [];
  readonly ending: ({ frame: number } & Told)[] = [];
  holdMaking = false;
  holdEnding = false;
  failsAt: number | undefined;
  left = false;
  mostHeld = 0;
  readonly controller = new AbortController();
  #paused: Promise<void> = Promise.resolve();
  #resume: () => void = () => undefined;
  #out = 0;

  async *ready(signal: AbortSignal) {
    try {
      for (let frame = 0; frame < 10; frame++) {
        if (signal.aborted) return;
        if (frame === this.failsAt) throw new Error(`frame ${frame} is damaged`);
        this.log.push(`ready ${frame}`);
        this.mostHeld = Math.max(this.mostHeld, ++this.#out);
        yield frame;
        await rest();
      }
    } finally {
      this.left = true;
    }
  }

  make = async (frame: number) => {
    this.log.push(`make ${frame}`);
    if (this.holdMaking) await new Promise<void>((go, fail) => this.making.push({ frame, go, fail }));
    return `picture ${frame}`;
  };

  end = async (frame: number, made: string) => {
    this.log.push(`end ${frame}: ${made}`);
    if (this.holdEnding) await new Promise<void>((go, fail) => this.ending.push({ frame, go, fail }));
    this.#out--;
  };

  pause(): void {
    this.#paused = new Promise((resolve) => (this.#resume = resolve));
  }

  goOn(): void {
    this.#paused = Promise.resolve();
    this.#resume();
  }

  run(): Promise<void> {
    return runPipeline(this, { signal: this.controller.signal, mayBegin: () => this.#paused });
  }

  of(stage: string): string[] {
    return this.log.filter((entry) => entry.startsWith(stage));
  }
}
interface Told {
  go: () => void;
  fail: (error: Error) => void;
}

describe('frames through the pipeline', () => {
  test('all come through once and in order, though a later one is made first', async () => {
    const line = new Line();
    line.holdMaking = true;
    const done = line.run();
    for (let turn = 0; turn < 5; turn++) await rest();
    expect(line.of('make')).toEqual(['make 0', 'make 1']);
    at(line.making[1]).go();
    await rest();
    expect(line.of('end')).toEqual([]);
    line.holdMaking = false;
    line.making.forEach(({ go }) => go());
    for (let turn = 0; turn < 20; turn++) {
      await rest();
      line.making.forEach(({ go }) => go());
    }
    await done;
    expect(line.of('end')).toEqual(
      Array.from({ length: 10 }, (_, frame) => `end ${frame}: picture ${frame}`),
    );
    expect(line.left).toBe(true);
  });

  test.each([
    ['making', { holdMaking: true }, FRAMES_AT_ONCE + AHEAD, FRAMES_AT_ONCE],
    ['ending', { holdEnding: true }, BEGUN + AHEAD, BEGUN],
  ] as const)('a slow %s holds back the stages before it', async (_, slow, ready, begun) => {
    const line = Object.assign(new Line(), slow);
    const done = line.run();
    for (let turn = 0; turn < 20; turn++) await rest();
    expect(line.of('ready')).toHaveLength(ready);
    expect(line.of('make')).toHaveLength(begun);
    line.holdMaking = false;
    line.holdEnding = false;
    for (let turn = 0; turn < 20; turn++) {
      line.making.forEach(({ go }) => go());
      line.ending.forEach(({ go }) => go());
      await rest();
    }
    await done;
    expect(line.of('end')).toHaveLength(10);
    expect(line.mostHeld).toBeLessThanOrEqual(BEGUN + AHEAD + 1);
  });

  test('paused, begins none, ends what was begun, and goes on where it was', async () => {
    const line = new Line();
    line.holdMaking = true;
    const done = line.run();
    for (let turn = 0; turn < 5; turn++) await rest();
    line.pause();
    line.holdMaking = false;
    line.making.forEach(({ go }) => go());
    for (let turn = 0; turn < 10; turn++) await rest();
    expect(line.of('make')).toEqual(['make 0', 'make 1']);
    expect(line.of('end')).toHaveLength(2);
    line.goOn();
    await done;
    expect(line.of('end')).toHaveLength(10);
  });

  test.each([
    ['cancelled while frames are made', (line: Line) => line.controller.abort(), /Cancelled/],
    ['a frame that cannot be made', (line: Line) => at(line.making[1]).fail(new Error('no GPU')), /no GPU/],
  ])('%s: rejects at once, and nothing goes on', async (_, happens, message) => {
    const line = new Line();
    line.holdMaking = true;
    const done = line.run();
    for (let turn = 0; turn < 5; turn++) await rest();
    happens(line);
    await expect(done).rejects.toThrow(message);
    const before = [...line.log];
    line.making.forEach(({ go }) => go());
    for (let turn = 0; turn < 5; turn++) await rest();
    expect(line.log).toEqual(before);
    expect(line.left).toBe(true);
  });

  test('a frame that cannot be decoded or encoded stops the others too', async () => {
    const damaged = new Line();
    damaged.failsAt = 5;
    await expect(damaged.run()).rejects.toThrow('frame 5 is damaged');
    expect(damaged.of('ready')).toHaveLength(5);

    const full = new Line();
    full.holdEnding = true;
    const done = full.run();
    for (let turn = 0; turn < 10; turn++) await rest();
    at(full.ending[0]).fail(new Error('disk full'));
    await expect(done).rejects.toThrow('disk full');
    for (let turn = 0; turn < 5; turn++) await rest();
    expect(full.of('end')).toHaveLength(1);
    expect(full.left).toBe(true);
  });

  test('cancelled before it begins, nothing is asked for', async () => {
    const line = new Line();
    line.controller.abort();
    await expect(line.run()).rejects.toMatchObject({ code: 'cancelled' });
    await rest();
    expect(line.of('make')).toEqual([]);
  });
});
