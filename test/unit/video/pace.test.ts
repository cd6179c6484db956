import { describe, expect, test } from '@jest/globals';
import { Pace } from '../../../src/video/pace.ts';
import { WorkShares } from '../../../src/video/work-shares.ts';

describe('the pace of frames', () => {
  test('is told from the third frame on, and pairs of frames do not disturb it', () => {
    let time = 0;
    const pace = new Pace(() => time);
    const at = (when: number) => {
      time = when;
      pace.frameDone();
    };
    at(5000);
    at(5001);
    expect(pace.framesPerSecond()).toBeUndefined();
    for (let pair = 1; pair <= 20; pair++) {
      at(5000 + 200 * pair);
      at(5001 + 200 * pair);
    }
    expect(pace.framesPerSecond()).toBeCloseTo(10, 0);
    expect(pace.remainingMs(100) ?? 0).toBeGreaterThan(9_500);
    expect(pace.remainingMs(100) ?? 0).toBeLessThan(10_500);
  });

  test('is not disturbed by a machine that slept, and follows one that slows down', () => {
    let time = 0;
    const pace = new Pace(() => time);
    const frames = (count: number, ms: number) => {
      for (let frame = 0; frame < count; frame++) {
        time += ms;
        pace.frameDone();
      }
    };
    frames(100, 100);
    frames(1, 3_600_000);
    expect(pace.remainingMs(1000) ?? 0).toBeLessThan(115_000);
    frames(60, 100);
    expect(pace.framesPerSecond()).toBeCloseTo(10, 5);
    frames(200, 400);
    expect(pace.remainingMs(10)).toBeCloseTo(4000, 5);
  });
});

test('shares of time: decoding and encoding do not work while they wait for the bridge', async () => {
  let time = 0;
  const shares = new WorkShares(() => time);
  const spend = (ms: number) => () => {
    time += ms;
    return Promise.resolve();
  };
  const media = shares.media({
    size: 1,
    read: () => spend(5)().then(() => new Uint8Array(1)),
  });
  const render = shares.render({ name: 'clip', journal: [], write: spend(7), record: spend(1) });
  async function* frames() {
    time += 10;
    await media.read(0, 1);
    time += 20;
    yield 1;
    yield 2;
  }
  const seen: number[] = [];
  for await (const frame of shares.decode(frames())) {
    seen.push(frame);
    time += 1000;
  }
  await shares.encode(async () => {
    time += 100;
    await render.write(null, 0, new Uint8Array(1));
    await render.record('line');
  });
  await shares
    .engine({ enhance: spend(300) })
    .enhance(
      { format: { width: 1, height: 1, channels: 3, depth: 32 }, read: () => Promise.reject(new Error()) },
      { open: () => Promise.resolve(), write: () => Promise.resolve() },
    );
  expect(shares.steady(() => (time += 40))).toBe(time);
  expect(() =>
    shares.steady(() => {
      time += 2;
      throw new Error();
    }),
  ).toThrow();
  time += 1000;
  expect(seen).toEqual([1, 2]);
  expect(shares.shares()).toEqual({ decode: 30, model: 300, steady: 42, encode: 100, bridge: 13 });
});
