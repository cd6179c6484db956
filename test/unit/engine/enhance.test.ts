import { describe, expect, test } from '@jest/globals';
import { enhance } from '../../../src/engine/enhance.ts';
import type { Progress } from '../../../src/engine/types.ts';
import {
  backendOf,
  enhancePicture,
  largestDifference,
  means,
  nearest,
  nextTurn,
  photo,
  picture,
  type Picture,
  random,
  sharpen,
  sinkFor,
  sourceOf,
  targetAt,
} from './fakes.ts';

/** Columns `from` to `to` of a picture. */
const part = (whole: Picture, from: number, to: number): Picture =>
  picture(to - from, whole.height, whole.channels, whole.depth, (x, y, channel) => {
    const white = whole.depth === 8 ? 255 : 65535;
    return (whole.samples[(y * whole.width + from + x) * whole.channels + channel] as number) / white;
  });

const flat = (width: number, height: number, value: number): Picture =>
  picture(width, height, 3, 8, () => value / 255);

const UNTILED = 2048 * 2048;

describe('tiles', () => {
  test.each([
    [1, 1],
    [7, 5],
    [257, 131],
    [200, 1],
    [1, 90],
  ])('a picture of %i × %i is the same tiled and untiled, within one step', async (width, height) => {
    const from = photo(width, height);
    const whole = backendOf(sharpen, { maxTilePixels: UNTILED });
    const small = backendOf(sharpen, { maxTilePixels: 48 * 48 });
    const untiled = await enhancePicture(from, [whole]);
    const tiled = await enhancePicture(from, [small]);
    // A single pixel is one colour and needs no network.
    expect(whole.ran).toHaveLength(width * height > 1 ? 1 : 0);
    expect(tiled.picture.width).toBe(4 * width);
    expect(tiled.picture.height).toBe(4 * height);
    expect(largestDifference(untiled.picture, tiled.picture)).toBeLessThanOrEqual(1);
    expect(tiled.result.tiles - tiled.result.tilesSkipped).toBe(small.ran.length);
  });

  test('several lanes give what one gives, and are all used', async () => {
    const from = photo(150, 140);
    const one = await enhancePicture(from, [backendOf(sharpen, { maxTilePixels: 48 * 48 })]);
    const lanes = backendOf(sharpen, { maxTilePixels: 48 * 48, lanes: 3 });
    const three = await enhancePicture(from, [lanes]);
    expect(three.picture.samples).toEqual(one.picture.samples);
    expect(lanes.mostInFlight).toBe(3);
  });

  test('several lanes are all used on a picture of one column', async () => {
    const lanes = backendOf(sharpen, { maxTilePixels: 48 * 48, lanes: 4 });
    await enhancePicture(photo(30, 400), [lanes]);
    expect(lanes.mostInFlight).toBe(4);
  });

  test('all tiles of a run have one shape', async () => {
    const backend = backendOf(sharpen, { maxTilePixels: 64 * 64 });
    await enhancePicture(photo(200, 170), [backend]);
    expect(new Set(backend.ran.map(({ width, height }) => `${width} × ${height}`)).size).toBe(1);
  });

  test('what is computed twice is reported', async () => {
    const backend = backendOf(nearest, { maxTilePixels: 64 * 64 });
    const { result } = await enhancePicture(photo(200, 170), [backend]);
    const seen = backend.ran.reduce((sum, { width, height }) => sum + width * height, 0);
    expect(result.recomputed).toBeCloseTo(seen / (200 * 170) - 1, 10);
  });
});

describe('colour', () => {
  test.each([0, 1, 37, 128, 254, 255])(
    'a constant %i stays that within one step, though the network shifts it',
    async (value) => {
      // One odd pixel far away, so that the network is run and not skipped.
      const from = picture(120, 40, 3, 8, (x, y) => (x === 0 && y === 0 ? 0.5 : value / 255));
      const { picture: result } = await enhancePicture(from, [
        backendOf(sharpen, { maxTilePixels: UNTILED }),
      ]);
      for (let y = 0; y < result.height; y++) {
        for (let x = 160; x < result.width; x++) {
          expect(Math.abs((result.samples[(y * result.width + x) * 3] ?? NaN) - value)).toBeLessThanOrEqual(
            1,
          );
        }
      }
    },
  );

  test.each([2, 3, 4] as const)('the mean colour drifts less than half a step at %i×', async (scale) => {
    const from = photo(220, 160);
    const { picture: result } = await enhancePicture(from, [backendOf(sharpen)], { scale });
    const before = means(from);
    means(result).forEach((mean, i) => expect(Math.abs(mean - (before[i] ?? NaN))).toBeLessThan(0.5));
  });

  test('a skipped flat region meets a shifted one without a step', async () => {
    // The left is flat over many tiles and skipped; the right is not. Between them lies flat colour that is run.
    const next = random(3);
    const from = picture(240, 60, 3, 8, (x) => (x < 200 ? 0.4 : next()));
    const backend = backendOf(sharpen, { maxTilePixels: 48 * 48 });
    const { picture: result, result: told } = await enhancePicture(from, [backend]);
    expect(told.tilesSkipped).toBeGreaterThan(0);
    expect(
      largestDifference(part(result, 0, 4 * 180), part(flat(960, 240, 102), 0, 4 * 180)),
    ).toBeLessThanOrEqual(1);
  });

  test('a 16-bit gradient keeps more than 256 levels', async () => {
    const from = picture(600, 12, 3, 16, (x) => 0.2 + (0.02 * x) / 600);
    const { picture: result } = await enhancePicture(from, [backendOf(sharpen)]);
    expect(result.depth).toBe(16);
    expect(new Set(result.samples.slice(0, result.width * 3)).size).toBeGreaterThan(256);
  });

  test('float rows come back as float rows', async () => {
    const from = picture(60, 50, 3, 32, (x, y) => (x + y) / 110);
    const { picture: result } = await enhancePicture(from, [backendOf(nearest)]);
    expect(result.samples).toBeInstanceOf(Float32Array);
    expect(result.samples[(100 * 240 + 100) * 3]).toBeCloseTo(50 / 110, 2);
  });

  test('gray stays one channel', async () => {
    const from = photo(60, 50, 1);
    const { picture: result } = await enhancePicture(from, [backendOf(nearest)]);
    expect(result.channels).toBe(1);
    expect(Math.abs((means(result)[0] ?? NaN) - (means(from)[0] ?? NaN))).toBeLessThan(0.5);
  });
});

describe('work that is not needed', () => {
  test('a fully transparent picture costs no inference', async () => {
    const next = random(1);
    const backend = backendOf(sharpen);
    const from = picture(100, 90, 4, 8, (_x, _y, channel) => (channel === 3 ? 0 : next()));
    const { result, picture: to } = await enhancePicture(from, [backend]);
    expect(backend.ran).toHaveLength(0);
    expect(result.tilesSkipped).toBe(result.tiles);
    expect(to.samples.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 0)).toBe(true);
  });

  test('alpha that varies over one colour costs no inference', async () => {
    const next = random(1);
    const backend = backendOf(sharpen);
    // Beneath full transparency stands another colour, as programs leave it; nobody sees it.
    const alpha = picture(150, 120, 1, 8, () => Math.max(0, next() * 1.4 - 0.4)).samples;
    const at = (x: number, y: number) => alpha[y * 150 + x] ?? 0;
    const from = picture(150, 120, 4, 8, (x, y, channel) =>
      channel === 3 ? at(x, y) / 255 : at(x, y) === 0 ? 1 : 0.3,
    );
    const { picture: to } = await enhancePicture(from, [backend]);
    expect(backend.ran).toHaveLength(0);
    expect(to.samples.every((value, i) => i % 4 === 3 || Math.abs(value - 77) <= 1)).toBe(true);
  });

  test('transparent tiles of a picture are skipped and the others run', async () => {
    const shown = photo(400, 60).samples;
    const from = picture(400, 60, 4, 8, (x, y, channel) =>
      channel === 3 ? (x < 100 ? 1 : 0) : (shown[(y * 400 + x) * 3 + channel] ?? 0) / 255,
    );
    const backend = backendOf(sharpen);
    const { result } = await enhancePicture(from, [backend]);
    expect(backend.ran.length).toBe(result.tiles - result.tilesSkipped);
    expect(result.tilesSkipped).toBeGreaterThanOrEqual(result.tiles / 2);
  });
});

describe('the stream', () => {
  test('rows are asked for once, in order and one read at a time', async () => {
    const source = sourceOf(photo(90, 333, 4));
    await enhance(source, sinkFor(), {
      network: { scale: 4, overlap: 4 },
      target: targetAt(source.format, 4),
      backends: [backendOf(nearest)],
      signal: new AbortController().signal,
    });
    expect(source.reads.reduce((sum, rows) => sum + rows, 0)).toBe(333);
    expect(source.overlappingReads).toBe(0);
  });

  test.each([2, 3, 4])('the sink gets every row once at %i×', async (scale) => {
    const { picture: to } = await enhancePicture(photo(61, 83, 4), [backendOf(nearest)], { scale });
    expect([to.width, to.height, to.channels]).toEqual([61 * scale, 83 * scale, 4]);
  });

  test('a slow sink holds back the source and the network', async () => {
    const source = sourceOf(picture(60, 3000, 3, 8, (x, y) => ((x + y) % 16) / 16));
    const sink = sinkFor();
    const backend = backendOf(nearest, { maxTilePixels: 64 * 64 });
    let release: () => void = () => undefined;
    const stuck = new Promise<void>((resolve) => (release = resolve));
    const running = enhance(
      source,
      {
        open: (format) => sink.open(format),
        write: async (rows, samples, signal) => {
          await stuck;
          await sink.write(rows, samples, signal);
        },
      },
      {
        network: { scale: 4, overlap: 4 },
        target: targetAt(source.format, 4),
        backends: [backend],
        signal: new AbortController().signal,
      },
    );
    let before = -1;
    for (let ran = 0; ran !== before;) {
      before = ran;
      for (let i = 0; i < 50; i++) await nextTurn();
      ran = backend.ran.length;
    }
    const rowsRead = source.reads.reduce((sum, rows) => sum + rows, 0);
    expect(rowsRead).toBeLessThan(1500);
    expect(backend.ran.length).toBeLessThan(30);
    release();
    await running;
    expect(sink.rowsWritten).toBe(12000);
  });

  test('progress counts tiles and written rows up to the end and names the backend', async () => {
    const seen: Progress[] = [];
    await enhancePicture(photo(130, 120), [backendOf(sharpen, { maxTilePixels: 48 * 48 })], {
      onProgress: (progress) => seen.push(progress),
    });
    const last = seen.at(-1);
    expect(last).toMatchObject({
      rowsWritten: 480,
      rows: 480,
      backend: 'native',
      device: 'the native device',
    });
    expect(last?.tilesDone).toBe(last?.tiles);
    expect(last?.remainingMs).toBe(0);
    expect(seen[0]?.rowsWritten).toBe(0);
    for (const [i, each] of seen.entries()) {
      expect(each.tilesDone).toBeGreaterThanOrEqual(seen[i - 1]?.tilesDone ?? 0);
      expect(each.rowsWritten).toBeGreaterThanOrEqual(seen[i - 1]?.rowsWritten ?? 0);
    }
  });
});
