import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { planRun } from '../../../src/engine/plan-run.ts';
import type { Span } from '../../../src/engine/plan.ts';
import { type Makers, RegionWeights } from '../../../src/engine/region-weights.ts';
import type { Backend, Local, Progress, Region, Tile } from '../../../src/engine/types.ts';
import {
  backendOf,
  enhancePicture,
  largestDifference,
  nearest,
  type Net,
  nextTurn,
  photo,
  picture,
  type Picture,
  sharpen,
} from './fakes.ts';

const size = { width: 200, height: 150 };
const at = (weights: RegionWeights, x: number, y: number): number => {
  const one = new Float32Array(1);
  weights.row(x, y, one);
  return one[0] as number;
};

describe('the weights of regions', () => {
  const region = { x: 50, y: 40, width: 80, height: 60 };
  const weights = new RegionWeights([region], size, 4);

  test('are 0 outside the region and 1 from its margin on', () => {
    const wrong: string[] = [];
    for (let y = 0; y < 600; y += 3) {
      const row = new Float32Array(800);
      weights.row(0, y, row);
      row.forEach((weight, x) => {
        const [px, py] = [(x + 0.5) / 4, (y + 0.5) / 4];
        const [fromMiddleX, fromMiddleY] = [px < 90 ? 90 - px : px - 90, py < 70 ? 70 - py : py - 70];
        const outside = fromMiddleX > 40 || fromMiddleY > 30;
        // The margin is 12, a fifth of 60, and the corners are rounded by 21.
        const core = (fromMiddleX < 28 && fromMiddleY < 9) || (fromMiddleX < 19 && fromMiddleY < 18);
        if ((outside && weight !== 0) || (core && weight !== 1)) wrong.push(`${weight} at ${px}, ${py}`);
      });
    }
    expect(wrong).toEqual([]);
  });

  test('rise from the border to the middle all the way, and smoothly', () => {
    for (const [fromX, fromY] of [
      [50, 70],
      [90, 40],
      [50, 40],
      [130, 100],
    ] as const) {
      let before = 0;
      for (let i = 0; i <= 400; i++) {
        const [x, y] = [fromX + ((90 - fromX) * i) / 400, fromY + ((70 - fromY) * i) / 400];
        const weight = at(weights, 4 * x, 4 * y);
        expect(weight).toBeGreaterThanOrEqual(before);
        before = weight;
      }
      expect(before).toBe(1);
    }
  });

  test('never change by more than half a cosine does, whatever the regions', () => {
    const side = fc.integer({ min: 1, max: 120 });
    const any = fc.record({
      x: fc.integer({ min: -150, max: 220 }),
      y: fc.integer({ min: -150, max: 170 }),
      width: side,
      height: side,
    });
    fc.assert(
      fc.property(any, (each) => {
        const field = new RegionWeights([each], size, 2);
        // Half a cosine over the margin, of which at least the half of the region's side is left.
        const shorter = Math.min(each.width, each.height);
        const margin = Math.min(shorter / 2, Math.max(0.2 * shorter, 8));
        const most = Math.PI / 2 / (2 * margin) + 1e-5;
        let above = new Float32Array(400);
        for (let y = 0; y < 300; y++) {
          const row = new Float32Array(400);
          field.row(0, y, row);
          row.forEach((weight, x) => {
            const [left, up] = [x > 0 ? row[x - 1] : weight, y > 0 ? above[x] : weight] as [number, number];
            if (Math.abs(weight - left) > most || Math.abs(weight - up) > most) {
              throw new Error(`a step at ${x}, ${y}: ${left}, ${up}, ${weight}`);
            }
          });
          above = row;
        }
      }),
      { numRuns: 25 },
    );
  });

  test('go on beyond the picture where a region reaches its border', () => {
    const cut = new RegionWeights([{ x: 0, y: 100, width: 60, height: 50 }], size, 1);
    expect(at(cut, 0, 149)).toBe(1);
    expect(at(cut, 0, 100)).toBeLessThan(0.1);
    expect(at(cut, 59, 149)).toBeLessThan(0.1);
    expect(at(cut, 61, 149)).toBe(0);
  });

  test('of regions that overlap are no less than either, and 1 where one is', () => {
    const other = { x: 110, y: 60, width: 60, height: 60 };
    const both = new RegionWeights([region, other], size, 4);
    const second = new RegionWeights([other], size, 4);
    for (let y = 120; y < 500; y += 7) {
      for (let x = 160; x < 720; x += 7) {
        const [a, b] = [at(weights, x, y), at(second, x, y)];
        expect(at(both, x, y)).toBeGreaterThanOrEqual(Math.max(a, b) - 1e-6);
        if (a === 1 || b === 1) expect(at(both, x, y)).toBe(1);
      }
    }
  });

  test('of regions outside of the picture, or without any width, are none', () => {
    const outside: Region[] = [
      { x: -50, y: 10, width: 50, height: 20 },
      { x: 200, y: 10, width: 50, height: 20 },
      { x: 20, y: 150, width: 50, height: 20 },
      { x: 20, y: 20, width: 0, height: 20 },
    ];
    expect(new RegionWeights(outside, size, 4).empty).toBe(true);
  });
});

describe('who makes a tile', () => {
  const spanOf = (core: number, coreLength: number): Span => ({ core, coreLength, tile: core });
  /** By looking at each pixel of the core. */
  const looked = (weights: RegionWeights, column: Span, band: Span, scale: number): Makers => {
    let [low, high] = [1, 0];
    const row = new Float32Array(column.coreLength * scale);
    for (let y = band.core * scale; y < (band.core + band.coreLength) * scale; y++) {
      weights.row(column.core * scale, y, row);
      for (const weight of row) [low, high] = [Math.min(low, weight), Math.max(high, weight)];
    }
    return high === 0 ? 'base' : low === 1 ? 'local' : 'both';
  };
  const region = fc.record({
    x: fc.integer({ min: -60, max: 190 }),
    y: fc.integer({ min: -60, max: 140 }),
    width: fc.integer({ min: 1, max: 160 }),
    height: fc.integer({ min: 1, max: 160 }),
  });
  const scale = fc.constantFrom(1, 2, 3, 4);
  const columns = fc.tuple(fc.nat(190), fc.integer({ min: 1, max: 60 }));
  const bands = fc.tuple(fc.nat(140), fc.integer({ min: 1, max: 60 }));

  test('is told from one region’s shape as from its pixels', () => {
    const seen = new Set<Makers>();
    fc.assert(
      fc.property(region, scale, columns, bands, (each, times, across, down) => {
        const weights = new RegionWeights([each], size, times);
        const [column, band] = [spanOf(...across), spanOf(...down)];
        const makers = weights.makers(column, band);
        seen.add(makers);
        expect(makers).toBe(looked(weights, column, band, times));
      }),
      { numRuns: 400 },
    );
    expect([...seen].sort()).toEqual(['base', 'both', 'local']);
  });

  test('never lacks a network that a pixel needs, with several regions', () => {
    fc.assert(
      fc.property(
        fc.array(region, { minLength: 2, maxLength: 4 }),
        scale,
        columns,
        bands,
        (regions, times, across, down) => {
          const weights = new RegionWeights(regions, size, times);
          const [column, band] = [spanOf(...across), spanOf(...down)];
          const makers = weights.makers(column, band);
          if (makers !== 'both') expect(makers).toBe(looked(weights, column, band, times));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('takes no longer for the largest region than for a small one', () => {
    // Pixel by pixel this would take minutes.
    const side = 20_000;
    const weights = new RegionWeights(
      [{ x: 0, y: 0, width: side, height: side }],
      { width: side, height: side },
      4,
    );
    expect(weights.makers(spanOf(0, side), spanOf(0, side))).toBe('local');
  });
});

/** `sharpen` with a pattern within each input pixel, which no match of low frequencies takes out. */
const patterned: Net = async (tile, signal) => {
  const result = await sharpen(tile, signal);
  result.data.forEach((value, i) => (result.data[i] = value + (i & 1 ? 0.05 : -0.05)));
  return result;
};

const wide = photo(300, 90);
const middle: Region = { x: 110, y: 5, width: 90, height: 80 };
const localOf = (
  backends: readonly Backend[],
  regions: readonly Region[] = [middle],
  overlap = 4,
): Local => ({
  network: { scale: 4, overlap },
  backends,
  regions,
});
const small = { maxTilePixels: 48 * 48 };

describe('a local network', () => {
  test('makes the regions’ cores and the base the rest, exactly, and each runs where it is needed', async () => {
    // Beyond both the upper and the lower border, so that there is no margin there: 36 pixels left and right.
    const tall = { x: 60, y: -70, width: 180, height: 230 };
    const alone = await enhancePicture(wide, [backendOf(sharpen, small)]);
    const all = await enhancePicture(wide, [backendOf(patterned, small)]);
    const [base, local] = [backendOf(sharpen, small), backendOf(patterned, small)];
    const { picture: to, result } = await enhancePicture(wide, [base], { local: localOf([local], [tall]) });
    const format = { width: 300, height: 90 };
    const network = { scale: 4, overlap: 4 };
    const { runs, tiles } = planRun(format, network, { network, regions: [tall] }, 48 * 48, 1);
    expect(base.ran).toHaveLength(runs.base);
    expect(local.ran).toHaveLength(runs.local);
    expect(runs.base + runs.local).toBeGreaterThan(tiles.tiles);
    expect(runs.base).toBeLessThan(tiles.tiles);
    expect(runs.local).toBeLessThan(tiles.tiles);
    expect(result.tiles).toBe(runs.base + runs.local);
    // The match of low frequencies reaches 6 pixels over the seam.
    const part = (of: Picture, from: number, end: number, top: number, bottom: number) =>
      picture(
        4 * (end - from),
        4 * (bottom - top),
        3,
        8,
        (x, y, c) => (of.samples[((4 * top + y) * of.width + 4 * from + x) * 3 + c] as number) / 255,
      );
    for (const [from, end] of [
      [0, 53],
      [247, 300],
    ] as const) {
      expect(largestDifference(part(to, from, end, 0, 90), part(alone.picture, from, end, 0, 90))).toBe(0);
    }
    expect(largestDifference(part(to, 103, 197, 0, 90), part(all.picture, 103, 197, 0, 90))).toBe(0);
    expect(
      largestDifference(part(all.picture, 103, 197, 0, 90), part(alone.picture, 103, 197, 0, 90)),
    ).toBeGreaterThan(9);
  });

  test('shows no border: two networks that differ by a constant pattern differ smoothly', async () => {
    const soft = picture(160, 120, 3, 16, (x) => 0.4 + (0.1 * x) / 160);
    const shifted =
      (by: number): Net =>
      async (tile, signal) => {
        const result = await nearest(tile, signal);
        const { width } = result;
        // +by and −by in turn, so that the match of low frequencies, which would mend a constant, leaves it.
        for (let i = 0; i < result.data.length; i++) {
          result.data[i] = (result.data[i] as number) + ((i % width) & 1 ? by : -by);
        }
        return result;
      };
    const { picture: to } = await enhancePicture(soft, [backendOf(shifted(0.1), small)], {
      local: localOf([backendOf(shifted(-0.1), small)], [{ x: 40, y: 30, width: 80, height: 60 }]),
    });
    let most = 0;
    for (let y = 8; y < to.height; y++) {
      for (let x = 8; x < to.width; x++) {
        const here = to.samples[(y * to.width + x) * 3] as number;
        const left = to.samples[(y * to.width + x - 2) * 3] as number;
        const up = to.samples[((y - 1) * to.width + x) * 3] as number;
        most = Math.max(most, Math.abs(here - left) / 2, Math.abs(here - up));
      }
    }
    // 0.2 over a margin of 12 pixels, 48 of the result's: π/2 · 0.2 / 48 at the steepest.
    expect(most / 65535).toBeLessThan(((Math.PI / 2) * 0.2) / 48 + 1e-3);
    expect(most).toBeGreaterThan(0);
  });

  test('gives the same tiled and untiled, with regions over the border and over each other, and alpha', async () => {
    const shown = photo(170, 130);
    const from = picture(170, 130, 4, 8, (x, y, c) =>
      c === 3 ? (x < 130 ? 1 : 0) : (shown.samples[(y * 170 + x) * 3 + c] as number) / 255,
    );
    const regions = [
      { x: -30, y: -20, width: 90, height: 80 },
      { x: 40, y: 30, width: 60, height: 60 },
      { x: 110, y: 90, width: 90, height: 90 },
    ];
    const run = async (maxTilePixels: number) =>
      (
        await enhancePicture(from, [backendOf(sharpen, { maxTilePixels })], {
          local: localOf([backendOf(patterned, { maxTilePixels })], regions),
          noise: 20,
          sharpness: 20,
        })
      ).picture;
    const [whole, tiled] = [await run(2048 * 2048), await run(48 * 48)];
    const seen = (of: Picture): Picture => ({
      ...of,
      samples: of.samples.map((value, i) => (of.samples[i | 3] === 0 ? 0 : value)),
    });
    expect(largestDifference(seen(whole), seen(tiled))).toBeLessThanOrEqual(1);
  });

  test('whose regions lie outside of the picture is not opened', async () => {
    const backend = backendOf(patterned);
    const alone = await enhancePicture(wide, [backendOf(sharpen)]);
    const { picture: to } = await enhancePicture(wide, [backendOf(sharpen)], {
      local: localOf([backend], [{ x: 400, y: 0, width: 50, height: 50 }], 40),
    });
    expect(backend.opened).toBe(0);
    expect(largestDifference(to, alone.picture)).toBe(0);
  });

  test('with another overlap and other lanes uses one plan, of the larger overlap', async () => {
    const [base, local] = [backendOf(sharpen, { lanes: 2 }), backendOf(sharpen, { lanes: 3 })];
    const { picture: to } = await enhancePicture(wide, [base], { local: localOf([local], [middle], 9) });
    const alone = await enhancePicture(wide, [backendOf(sharpen)], { overlap: 9 });
    expect(largestDifference(to, alone.picture)).toBeLessThanOrEqual(1);
    const shapes = new Set([...base.ran, ...local.ran].map(({ width, height }) => `${width} × ${height}`));
    expect(shapes.size).toBe(1);
    expect(base.mostInFlight).toBeLessThanOrEqual(2);
    expect(local.mostInFlight).toBeLessThanOrEqual(3);
  });

  test('of another scale is refused', async () => {
    const local = { ...localOf([backendOf(sharpen)]), network: { scale: 2, overlap: 4 } };
    await expect(enhancePicture(wide, [backendOf(sharpen)], { local })).rejects.toThrow(RangeError);
  });
});

const refuse: Net = () => {
  throw new Error('out of memory');
};

describe('a local network that fails', () => {
  test('on one tile is asked again in quarters, which are mixed like the whole', async () => {
    const good = await enhancePicture(wide, [backendOf(sharpen)], { local: localOf([backendOf(patterned)]) });
    for (const failing of ['base', 'local'] as const) {
      let run = 0;
      const once =
        (net: Net): Net =>
        (tile, signal) =>
          (++run === 2 ? refuse : net)(tile, signal);
      const { picture: to, result } = await enhancePicture(
        wide,
        [backendOf(failing === 'base' ? once(sharpen) : sharpen)],
        {
          local: localOf([backendOf(failing === 'local' ? once(patterned) : patterned)]),
        },
      );
      expect(largestDifference(to, good.picture)).toBeLessThanOrEqual(1);
      expect(result.fallbacks).toEqual([]);
    }
  });

  test('is run on its next backend, and that is said', async () => {
    const good = await enhancePicture(wide, [backendOf(sharpen)], { local: localOf([backendOf(patterned)]) });
    const first = backendOf(refuse, { name: 'webgpu' });
    const second = backendOf(patterned, { name: 'wasm' });
    const { picture: to, result } = await enhancePicture(wide, [backendOf(sharpen)], {
      local: localOf([first, second]),
    });
    expect(largestDifference(to, good.picture)).toBeLessThanOrEqual(1);
    expect(result.fallbacks).toEqual(['webgpu (the webgpu device) failed: out of memory.']);
    expect(result.backend).toBe('native');
    await nextTurn();
    expect([first.disposed, second.disposed]).toEqual([1, 1]);
  });

  test('on every backend ends the run with backend-failed and disposes of both networks’ backends', async () => {
    const [base, local] = [backendOf(sharpen), backendOf(refuse)];
    await expect(enhancePicture(wide, [base], { local: localOf([local]) })).rejects.toMatchObject({
      code: 'backend-failed',
    });
    await nextTurn();
    expect([base.disposed, local.disposed]).toEqual([1, 1]);
  });

  test('is cancelled at once while it hangs', async () => {
    const controller = new AbortController();
    const [base, local] = [
      backendOf(sharpen, small),
      backendOf(() => new Promise<Tile>(() => undefined), small),
    ];
    const running = enhancePicture(wide, [base], {
      local: localOf([local]),
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    await nextTurn();
    expect([base.disposed, local.disposed]).toEqual([1, 1]);
  });
});

test('progress counts a tile that two networks make twice, up to the end', async () => {
  const seen: Progress[] = [];
  const [base, local] = [backendOf(sharpen, small), backendOf(patterned, small)];
  await enhancePicture(wide, [base], { local: localOf([local]), onProgress: (each) => seen.push(each) });
  const last = seen.at(-1);
  expect(last?.tiles).toBe(base.ran.length + local.ran.length);
  expect(last?.tilesDone).toBe(last?.tiles);
  expect(last?.remainingMs).toBe(0);
  seen.forEach((each, i) => expect(each.tilesDone).toBeGreaterThanOrEqual(seen[i - 1]?.tilesDone ?? 0));
});
