import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AlphaUpscaler } from '../../../src/engine/alpha.ts';
import { decodeRow } from '../../../src/engine/decode.ts';
import { allocateRows, encodeRow } from '../../../src/engine/encode.ts';
import { Resampler } from '../../../src/engine/resample.ts';
import type { Channels, Depth } from '../../../src/engine/types.ts';
import { targetAt } from './fakes.ts';

describe('decode and encode', () => {
  test.each([8, 16] as const)('give %i-bit samples back exactly', (depth) => {
    const sample = fc.integer({ min: 0, max: 2 ** depth - 1 });
    const row = fc.integer({ min: 1, max: 4 }).chain((channels) =>
      fc.array(fc.array(sample, { minLength: channels, maxLength: channels }), {
        minLength: 1,
        maxLength: 40,
      }),
    );
    fc.assert(
      fc.property(row, (pixels) => {
        const channels = pixels[0]?.length as Channels;
        const format = { width: pixels.length, height: 1, channels, depth };
        const samples = allocateRows(format, 1);
        samples.set(pixels.flat());
        const rgb = new Float32Array(3 * format.width);
        const alpha = channels % 2 === 0 ? new Float32Array(format.width) : undefined;
        decodeRow(samples, 0, format, rgb, alpha);
        const back = allocateRows(format, 1);
        encodeRow(rgb, alpha, format, back, 0);
        expect([...back]).toEqual([...samples]);
      }),
    );
  });

  test('rounds to the nearest and clamps', () => {
    const format = { width: 4, height: 1, channels: 1 as Channels, depth: 8 as Depth };
    const samples = allocateRows(format, 1);
    const gray = [-0.2, 1.7, 99.4 / 255, 99.6 / 255];
    encodeRow(Float32Array.from([...gray, ...gray, ...gray]), undefined, format, samples, 0);
    expect([...samples]).toEqual([0, 255, 99, 100]);
  });

  test('reads float samples outside 0..1, and NaN, as the nearest value inside', () => {
    const format = { width: 4, height: 1, channels: 1 as Channels, depth: 32 as Depth };
    const rgb = new Float32Array(12);
    decodeRow(Float32Array.of(-1, 0.25, 3, NaN), 0, format, rgb, undefined);
    expect([...rgb.subarray(0, 4)]).toEqual([0, 0.25, 1, 0]);
  });
});

/** All rows of a picture of one plane (given three times), resampled. */
function resample(
  width: number,
  height: number,
  to: number,
  value: (x: number, y: number) => number,
): Float32Array[] {
  const resampler = new Resampler(width, height, 4, targetAt({ width: width / 4, height: height / 4 }, to));
  const rows: Float32Array[] = [];
  for (let y = 0; y < height; y++) {
    const line = Float32Array.from({ length: width }, (_, x) => value(x, y));
    const row = new Float32Array(3 * width);
    for (let plane = 0; plane < 3; plane++) row.set(line, plane * width);
    resampler.push(row, (made) => rows.push(made.slice(0, (width / 4) * to)));
  }
  return rows;
}

describe.each([2, 3])('the resampler from 4 to %i', (to) => {
  test('gives all rows, and a constant as it was, on any size', () => {
    const side = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(side, side, fc.double({ min: 0, max: 1, noNaN: true }), (width, height, value) => {
        const rows = resample(4 * width, 4 * height, to, () => value);
        expect(rows).toHaveLength(to * height);
        for (const row of rows) for (const each of row) expect(each).toBeCloseTo(value, 5);
      }),
      { numRuns: 40 },
    );
  });

  test('keeps a ramp in register', () => {
    const rows = resample(160, 80, to, (x, y) => x / 160 + y / 400);
    const ratio = 4 / to;
    for (const [x, y] of [
      [30, 15],
      [44, 21],
      [51, 30],
    ] as const) {
      const [inX, inY] = [(x + 0.5) * ratio - 0.5, (y + 0.5) * ratio - 0.5];
      expect(rows[y]?.[x]).toBeCloseTo(inX / 160 + inY / 400, 3);
    }
  });

  test('takes away what the result cannot hold', () => {
    // A pattern of one sample on, one off. So near to its limit, Catmull-Rom leaves a quarter of it at 3 of 4.
    const rows = resample(80, 80, to, (x) => x % 2);
    const left = to === 3 ? 0.14 : 0.05;
    for (const value of (rows[20] ?? []).slice(10, 30)) expect(Math.abs(value - 0.5)).toBeLessThan(left);
  });
});

/** Alpha enlarged by `scale`, as one array. */
function enlargeAlpha(
  width: number,
  height: number,
  scale: number,
  value: (x: number, y: number) => number,
): Float32Array {
  const rows = Array.from({ length: height }, (_, y) =>
    Float32Array.from({ length: width }, (_, x) => value(x, y)),
  );
  const upscaler = new AlphaUpscaler(
    (y) => rows[y] as Float32Array,
    width,
    height,
    targetAt({ width, height }, scale),
  );
  const result = new Float32Array(width * height * scale * scale);
  for (let y = 0; y < height * scale; y++) result.set(upscaler.make(y), y * width * scale);
  return result;
}

/** How much of the pixel at (x, y), of side `size`, lies in a disc, by 16² samples. */
function disc(x: number, y: number, size: number, centre: number, radius: number): number {
  let inside = 0;
  for (let j = 0; j < 16; j++) {
    for (let i = 0; i < 16; i++) {
      const [dx, dy] = [x + ((i + 0.5) / 16) * size - centre, y + ((j + 0.5) / 16) * size - centre];
      if (dx * dx + dy * dy < radius * radius) inside++;
    }
  }
  return inside / 256;
}

function meanSquare(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0) / a.length;
}

describe('alpha', () => {
  test.each([2, 3, 4])(
    'at %i× a disc’s smooth edge is nearer to the true one than plain bicubic brings it',
    (scale) => {
      const side = 40;
      const truth = new Float32Array((side * scale) ** 2);
      for (let i = 0; i < truth.length; i++) {
        const [x, y] = [(i % (side * scale)) / scale, Math.floor(i / (side * scale)) / scale];
        truth[i] = disc(x, y, 1 / scale, 20.3, 13.7);
      }
      const small = (x: number, y: number) => disc(x, y, 1, 20.3, 13.7);
      const ours = enlargeAlpha(side, side, scale, small);
      const bicubic = catmullRomOf(side, side, scale, small);
      expect(meanSquare(ours, truth)).toBeLessThan(0.6 * meanSquare(bicubic, truth));
    },
  );

  test('a soft gradient stays as it is', () => {
    const ramp = enlargeAlpha(64, 8, 4, (x) => x / 63);
    for (let x = 16; x < 240; x++) expect(ramp[16 * 256 + x]).toBeCloseTo(((x + 0.5) / 4 - 0.5) / 63, 5);
  });

  test('a soft shadow keeps its softness', () => {
    const shadow = (x: number) => 1 / (1 + Math.exp((x - 32) / 5));
    const ours = enlargeAlpha(64, 8, 4, shadow);
    for (let x = 16; x < 240; x++) expect(ours[16 * 256 + x]).toBeCloseTo(shadow((x + 0.5) / 4 - 0.5), 2);
  });

  test('stays exactly opaque and exactly transparent where all around is', () => {
    const edge = enlargeAlpha(40, 20, 3, (x) => (x < 20 ? 1 : 0));
    for (let y = 0; y < 60; y++) {
      for (let x = 0; x < 120; x++) {
        if (x < 54) expect(edge[y * 120 + x]).toBe(1);
        if (x >= 66) expect(edge[y * 120 + x]).toBe(0);
      }
    }
  });

  test('never leaves the range of the alphas near by', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 30, maxLength: 30 }),
        (values) => {
          const result = enlargeAlpha(6, 5, 4, (x, y) => Math.fround(values[y * 6 + x] ?? 0));
          const low = Math.fround(Math.min(...values));
          const high = Math.fround(Math.max(...values));
          for (const value of result) {
            expect(value).toBeGreaterThanOrEqual(low - 1e-6);
            expect(value).toBeLessThanOrEqual(high + 1e-6);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

/** Plain bicubic, clamped to 0..1, in the plainest way. */
function catmullRomOf(
  width: number,
  height: number,
  scale: number,
  value: (x: number, y: number) => number,
): Float32Array {
  const weight = (d: number) => {
    const a = Math.abs(d);
    return a < 1 ? 1.5 * a ** 3 - 2.5 * a ** 2 + 1 : a < 2 ? -0.5 * a ** 3 + 2.5 * a ** 2 - 4 * a + 2 : 0;
  };
  const result = new Float32Array(width * height * scale * scale);
  for (let i = 0; i < result.length; i++) {
    const x = ((i % (width * scale)) + 0.5) / scale - 0.5;
    const y = (Math.floor(i / (width * scale)) + 0.5) / scale - 0.5;
    let sum = 0;
    for (let v = Math.floor(y) - 1; v <= Math.floor(y) + 2; v++) {
      for (let u = Math.floor(x) - 1; u <= Math.floor(x) + 2; u++) {
        const inside = value(Math.min(width - 1, Math.max(0, u)), Math.min(height - 1, Math.max(0, v)));
        sum += inside * weight(x - u) * weight(y - v);
      }
    }
    result[i] = Math.min(1, Math.max(0, sum));
  }
  return result;
}
