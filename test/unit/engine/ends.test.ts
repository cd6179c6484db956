import { describe, expect, test } from '@jest/globals';
import { compareEnds, type EndsOptions, type InventedMap } from '../../../src/engine/ends.ts';
import { EndsComparison } from '../../../src/engine/ends-comparison.ts';
import type { Backend, Source, Tile } from '../../../src/engine/types.ts';
import { LoupeError } from '../../../src/errors.ts';
import {
  backendOf,
  nearest,
  type Net,
  nextTurn,
  photo,
  picture,
  type Picture,
  sharpen,
  smooth,
  sourceOf,
} from './fakes.ts';

const network = { scale: 4, overlap: 4 };
const small = { maxTilePixels: 48 * 48 };

/** What `net` makes, with a pattern of ±`by` on top within each input pixel, where `where` says so. */
const withPattern =
  (net: Net, by: number, where: (value: number) => boolean = () => true): Net =>
  async (tile, signal) => {
    const result = await net(tile, signal);
    const { width } = result;
    result.data.forEach((value, i) => {
      if (where(value)) result.data[i] = value + ((i + ((i / width) | 0)) & 1 ? by : -by);
    });
    return result;
  };

function compare(
  from: Picture,
  faithful: readonly Backend[],
  detailed: readonly Backend[],
  options: Partial<EndsOptions> = {},
): Promise<InventedMap> {
  return compareEnds(() => sourceOf(from), {
    network,
    faithful,
    detailed,
    signal: new AbortController().signal,
    ...options,
  });
}

const shown = photo(120, 90);

describe('the ends compared', () => {
  test('that are the same claim nothing of their own', async () => {
    const map = await compare(shown, [backendOf(sharpen, small)], [backendOf(sharpen, small)]);
    expect([map.width, map.height]).toEqual([120, 90]);
    expect(map.share).toBe(0);
    expect(map.values.every((value) => value === 0)).toBe(true);
  });

  test('give a share of 1 where all fine detail is one’s alone, and little where it is both’s', async () => {
    const soft = picture(100, 80, 3, 8, (x, y) => 0.3 + (0.3 * x) / 100 + (0.1 * y) / 80);
    const alone = await compare(soft, [backendOf(smooth)], [backendOf(withPattern(smooth, 0.05))]);
    expect(alone.share).toBeGreaterThan(0.9);
    const agreed = await compare(
      soft,
      [backendOf(withPattern(smooth, 0.05))],
      [backendOf(withPattern(smooth, 0.055))],
    );
    expect(agreed.share).toBeLessThan(0.05);
    // In between: half the pattern is one's alone, which is a quarter of its energy.
    const half = await compare(
      soft,
      [backendOf(withPattern(smooth, 0.025))],
      [backendOf(withPattern(smooth, 0.05))],
    );
    expect(half.share).toBeCloseTo(0.25, 1);
  });

  test.each([8, 16] as const)(
    'give 0 for flat and soft pictures of %i bits, where nothing is claimed',
    async (depth) => {
      for (const from of [
        picture(60, 50, 3, depth, () => 0.4),
        picture(60, 50, 3, depth, (x, y) => 0.4 + (0.02 * (x + y)) / 110),
        picture(1, 1, 3, depth, () => 0.7),
      ]) {
        // A pattern that nobody sees is no claim either.
        const map = await compare(from, [backendOf(smooth)], [backendOf(withPattern(smooth, 0.05 / 255))]);
        expect(map.share).toBeLessThan(0.02);
        expect(map.values.every((value) => value === 0)).toBe(true);
      }
    },
  );

  test('show where they differ and by how much', async () => {
    // Bright on the right, and there only is a pattern of 20/255 added.
    const from = picture(96, 64, 3, 16, (x, y) => (x < 48 ? 0.2 : 0.6) + (0.1 * y) / 64);
    const map = await compare(
      from,
      [backendOf(smooth, small)],
      [
        backendOf(
          withPattern(smooth, 20 / 255, (value) => value > 0.5),
          small,
        ),
      ],
    );
    for (let y = 2; y < 62; y++) {
      for (let x = 2; x < 94; x++) {
        if (x > 42 && x < 52) continue;
        const value = map.values[y * 96 + x] as number;
        if (x < 48 ? value !== 0 : value < 18 || value > 22) throw new Error(`${value} at ${x}, ${y}`);
      }
    }
  });

  test('make a map of at most the asked side, in the picture’s shape', async () => {
    const from = picture(120, 60, 3, 16, (x, y) => 0.3 + (0.2 * (x + y)) / 180);
    const map = await compare(from, [backendOf(smooth)], [backendOf(withPattern(smooth, 10 / 255))], {
      side: 16,
    });
    expect([map.width, map.height, map.values.length]).toEqual([16, 8, 128]);
    for (const value of map.values) expect(value).toBe(10);
    const narrow = await compare(photo(200, 1), [backendOf(sharpen)], [backendOf(sharpen)], { side: 16 });
    expect([narrow.width, narrow.height]).toEqual([16, 1]);
  });

  test('leave out what is transparent', () => {
    const comparison = new EndsComparison({ width: 12, height: 8, channels: 4, depth: 32 }, 2, 512);
    // From column 8 of the result on all is transparent, and from 12 on, as far as detail reaches, the two differ.
    const rows = (by: number) =>
      Float32Array.from({ length: 16 * 24 * 4 }, (_, i) => {
        const x = (i >> 2) % 24;
        if (i % 4 === 3) return x < 8 ? 1 : 0;
        return x < 12 ? 0.5 + 0.1 * (x & 1) : x & 1 ? 0.5 + by : 0.5;
      });
    comparison.add(10, rows(0), rows(0.3));
    comparison.add(6, rows(0), rows(0.3));
    const map = comparison.map();
    expect([map.width, map.height]).toEqual([12, 8]);
    expect(map.share).toBe(0);
    expect(map.values.every((value) => value === 0)).toBe(true);
  });

  test('work on gray, on gray with alpha, and in quarters on the next backend', async () => {
    for (const channels of [1, 2] as const) {
      const from = picture(80, 60, channels, 8, (x, y, c) => (c === 1 ? 1 : 0.3 + (0.2 * (x + y)) / 140));
      const broken = backendOf(() => {
        throw new Error('out of memory');
      });
      const map = await compare(
        from,
        [backendOf(smooth)],
        [broken, backendOf(withPattern(smooth, 10 / 255))],
      );
      for (const value of map.values) expect(value).toBe(10);
    }
  });
});

describe('the two runs', () => {
  test('go in step: neither gets far ahead of a slow other', async () => {
    const long = picture(60, 3000, 3, 8, (x, y) => ((x + y) % 16) / 16);
    let release: () => void = () => undefined;
    const stuck = new Promise<void>((resolve) => (release = resolve));
    const slow: Net = async (tile, signal) => {
      await stuck;
      return nearest(tile, signal);
    };
    const fast = backendOf(nearest, { maxTilePixels: 64 * 64 });
    const controller = new AbortController();
    const running = compare(long, [fast], [backendOf(slow, { maxTilePixels: 64 * 64 })], {
      signal: controller.signal,
    });
    let before = -1;
    for (let ran = 0; ran !== before;) {
      before = ran;
      for (let i = 0; i < 50; i++) await nextTurn();
      ran = fast.ran.length;
    }
    expect(fast.ran.length).toBeGreaterThan(2);
    expect(fast.ran.length).toBeLessThan(60);
    controller.abort();
    release();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('tell how far they are, up to all of it', async () => {
    const seen: [number, number | undefined][] = [];
    await compare(shown, [backendOf(sharpen, small)], [backendOf(nearest, small)], {
      onProgress: (done, remaining) => seen.push([done, remaining]),
    });
    expect(seen.at(-1)).toEqual([1, 0]);
    expect(seen[0]?.[0]).toBeLessThan(0.3);
    seen.forEach(([done], i) => expect(done).toBeGreaterThanOrEqual(seen[i - 1]?.[0] ?? 0));
    expect(seen.some(([, remaining]) => remaining !== undefined && remaining > 0)).toBe(true);
  });

  test('are both stopped at once by a cancel, though they hang', async () => {
    const controller = new AbortController();
    const hanging = () => backendOf(() => new Promise<Tile>(() => undefined));
    const [faithful, detailed] = [hanging(), hanging()];
    const running = compare(shown, [faithful], [detailed], { signal: controller.signal });
    for (let i = 0; i < 5; i++) await nextTurn();
    expect([faithful.opened, detailed.opened]).toEqual([1, 1]);
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    await nextTurn();
    expect([faithful.disposed, detailed.disposed]).toEqual([1, 1]);
    await expect(
      compare(shown, [faithful], [detailed], { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  test('are both stopped when one fails, for its reason', async () => {
    const refuse = backendOf(() => {
      throw new Error('out of memory');
    });
    const other = backendOf(sharpen, small);
    await expect(compare(shown, [other], [refuse])).rejects.toMatchObject({ code: 'backend-failed' });
    await nextTurn();
    expect([other.disposed, refuse.disposed]).toEqual([1, 1]);
    let opened = 0;
    const source = (): Source =>
      opened++ === 0
        ? sourceOf(shown)
        : {
            format: sourceOf(shown).format,
            read: () => Promise.reject(new LoupeError('file-damaged', 'a.png')),
          };
    const running = compareEnds(source, {
      network,
      faithful: [backendOf(sharpen)],
      detailed: [backendOf(sharpen)],
      signal: new AbortController().signal,
    });
    await expect(running).rejects.toMatchObject({ code: 'file-damaged' });
  });
});
