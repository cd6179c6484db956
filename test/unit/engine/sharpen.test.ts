import { describe, expect, test } from '@jest/globals';
import { Sharpener } from '../../../src/engine/sharpen.ts';
import type { Channels } from '../../../src/engine/types.ts';
import {
  backendOf,
  enhancePicture,
  largestDifference,
  nearest,
  photo,
  picture,
  type Picture,
  random,
  sharpen,
} from './fakes.ts';

type Value = (x: number, y: number, channel: number) => number;

/** All rows of a picture sharpened, three planes each. */
function sharpened(width: number, height: number, scale: number, sharpness: number, value: Value) {
  const sharpener = new Sharpener(width, height, scale, sharpness);
  const rows: Float32Array[] = [];
  for (let y = 0; y < height; y++) {
    const row = Float32Array.from({ length: 3 * width }, (_, i) => value(i % width, y, (i / width) | 0));
    sharpener.push(row, (made) => rows.push(made.slice()));
  }
  return rows;
}

/** An edge from 0.2 to 0.8 with its middle at 40, as soft as an enlarged one: 10 to 90 % over about 1.1 input pixels. */
const softEdge =
  (scale: number): Value =>
  (x) =>
    0.2 + 0.6 / (1 + Math.exp(-(x - 40) / (0.25 * scale)));

/** Where a line that rises from 0.2 to 0.8 passes a share of that, between pixels. */
function crossing(line: Float32Array, share: number): number {
  const level = 0.2 + 0.6 * share;
  const after = line.findIndex((value) => value >= level);
  const [a, b] = [line[after - 1] as number, line[after] as number];
  return after - 1 + (level - a) / (b - a);
}

const width = (line: Float32Array) => crossing(line, 0.9) - crossing(line, 0.1);

describe.each([2, 3, 4])('sharpening at %i×', (scale) => {
  const edge = softEdge(scale);
  const before = Float32Array.from({ length: 80 }, (_, x) => edge(x, 0, 0));

  test('narrows an edge, the more the stronger, without any overshoot', () => {
    let last = width(before);
    for (const sharpness of [25, 50, 100]) {
      const line = sharpened(80, 20, scale, sharpness, edge)[10]?.subarray(0, 80) as Float32Array;
      expect(width(line)).toBeLessThan(last);
      last = width(line);
      expect(Math.max(...line)).toBeLessThanOrEqual(Math.max(...before));
      expect(Math.min(...line)).toBeGreaterThanOrEqual(Math.min(...before));
      // It rises all the way, within half an 8-bit step: no ripple beside the edge.
      line.forEach((value, x) => expect(value).toBeGreaterThanOrEqual((line[x - 1] ?? 0) - 0.5 / 255));
    }
    expect(last).toBeLessThan(0.7 * width(before));
  });

  test('does the same down as across', () => {
    const across = sharpened(80, 80, scale, 60, edge);
    const down = sharpened(80, 80, scale, 60, (x, y, c) => edge(y, x, c));
    for (let i = 0; i < 80; i++) expect(down[i]?.[30]).toBeCloseTo(across[30]?.[i] as number, 6);
  });

  test('gives every value between the least and the greatest near it, in each channel', () => {
    const next = random(7);
    const [w, h] = [40, 30];
    const values = Float32Array.from({ length: 3 * w * h }, next);
    const at: Value = (x, y, c) => values[(c * h + y) * w + x] as number;
    const rows = sharpened(w, h, scale, 100, at);
    const near = Math.ceil(scale / 2);
    for (let y = 0; y < h; y++) {
      for (let i = 0; i < 3 * w; i++) {
        let [low, high] = [Infinity, -Infinity];
        for (let v = Math.max(0, y - near); v <= Math.min(h - 1, y + near); v++) {
          for (let u = Math.max(0, (i % w) - near); u <= Math.min(w - 1, (i % w) + near); u++) {
            low = Math.min(low, at(u, v, (i / w) | 0));
            high = Math.max(high, at(u, v, (i / w) | 0));
          }
        }
        const value = rows[y]?.[i] as number;
        if (value < low || value > high) throw new Error(`${value} at ${i}, ${y}: not in ${low}..${high}`);
      }
    }
  });

  test('makes noise of one step in a flat place at most a third stronger', () => {
    const next = random(9);
    const values = Float32Array.from({ length: 60 * 60 }, () => {
      let sum = 0;
      for (let i = 0; i < 6; i++) sum += next();
      return 0.5 + ((sum - 3) * Math.SQRT2) / 255;
    });
    const rows = sharpened(60, 60, scale, 100, (x, y) => values[y * 60 + x] as number);
    let [sum, expected] = [0, 0];
    rows.forEach((row, y) => {
      for (let x = 0; x < 60; x++) {
        sum += ((row[x] as number) - 0.5) ** 2;
        expected += ((values[y * 60 + x] as number) - 0.5) ** 2;
      }
    });
    expect(Math.sqrt(sum / expected)).toBeLessThan(4 / 3);
  });

  test.each([
    [1, 1],
    [3, 2],
    [50, 40],
  ])('leaves a constant of %i × %i exactly as it was', (w, h) => {
    const rows = sharpened(w, h, scale, 100, (_x, _y, c) => [0.1, 0.7, 1][c] as number);
    expect(rows).toHaveLength(h);
    const constant = Float32Array.of(0.1, 0.7, 1);
    for (const row of rows) expect(row.every((value, i) => value === constant[(i / w) | 0])).toBe(true);
  });
});

describe('the sharpness of a run', () => {
  const shown = photo(90, 70);
  const from = (channels: Channels, depth: 8 | 16): Picture =>
    picture(90, 70, channels, depth, (x, y, c) =>
      c === 3 || (channels === 2 && c === 1)
        ? (x + y) / 160
        : (shown.samples[(y * 90 + x) * 3 + c] as number) / 255,
    );

  test('0 is what a run without the setting gives', async () => {
    const plain = await enhancePicture(from(3, 8), [backendOf(sharpen)]);
    const none = await enhancePicture(from(3, 8), [backendOf(sharpen)], { sharpness: 0 });
    expect(largestDifference(none.picture, plain.picture)).toBe(0);
  });

  test.each<[number, Channels, 8 | 16]>([
    [2, 4, 8],
    [3, 2, 16],
    [4, 4, 16],
    [4, 1, 8],
  ])('works at %i× on %i channels of %i bits, tiled as untiled', async (scale, channels, depth) => {
    const run = (maxTilePixels: number, sharpness: number, noise: number) =>
      enhancePicture(from(channels, depth), [backendOf(sharpen, { maxTilePixels })], {
        scale,
        sharpness,
        noise,
      });
    const plain = await run(48 * 48, 0, 100);
    const whole = await run(2048 * 2048, 80, 30);
    const tiled = await run(48 * 48, 80, 30);
    expect([tiled.picture.width, tiled.picture.height]).toEqual([90 * scale, 70 * scale]);
    expect(largestDifference(whole.picture, tiled.picture)).toBeLessThanOrEqual(depth === 8 ? 1 : 3);
    expect(largestDifference(plain.picture, tiled.picture)).toBeGreaterThan(depth === 8 ? 3 : 800);
    if (channels % 2 === 0) {
      const alpha = (of: Picture) => of.samples.filter((_, i) => i % channels === channels - 1);
      expect(Buffer.from(alpha(tiled.picture).buffer).equals(Buffer.from(alpha(plain.picture).buffer))).toBe(
        true,
      );
    }
  });

  test('does not sharpen the grain that is put back', async () => {
    const next = random(2);
    const grainy = picture(60, 60, 3, 16, () => 0.5 + 0.05 * (next() - 0.5));
    const mean: typeof nearest = (tile, signal) =>
      nearest({ ...tile, data: tile.data.map((value) => 0.5 + 0.01 * (value - 0.5)) }, signal);
    const plain = await enhancePicture(grainy, [backendOf(mean)], { noise: 0 });
    const sharp = await enhancePicture(grainy, [backendOf(mean)], { noise: 0, sharpness: 100 });
    expect(largestDifference(plain.picture, sharp.picture) / 257).toBeLessThan(0.25);
  });
});
