import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mirrorIndex, mirrorIndices } from '../../../src/engine/mirror.ts';
import { planTiles, quarterTile, STITCHED_BYTES, type Span } from '../../../src/engine/plan.ts';

const side = fc.integer({ min: 1, max: 9000 });
const overlap = fc.integer({ min: 0, max: 40 });
const lanes = fc.integer({ min: 1, max: 8 });
const maxTilePixels = fc.integer({ min: 128 * 128, max: 1024 * 1024 });

/** The spans' cores follow on one another from 0 to `length`, each inside its tile with the overlap around it. */
function expectCover(spans: readonly Span[], from: number, length: number, tile: number, around: number) {
  let at = from;
  for (const span of spans) {
    expect(span.core).toBe(at);
    expect(span.coreLength).toBeGreaterThan(0);
    expect(span.core - span.tile).toBeGreaterThanOrEqual(around);
    expect(span.tile + tile - (span.core + span.coreLength)).toBeGreaterThanOrEqual(around);
    at += span.coreLength;
  }
  expect(at).toBe(from + length);
}

describe('planTiles', () => {
  test('covers every pixel once, with the overlap around each core, in tiles that the backend takes', () => {
    fc.assert(
      fc.property(side, side, overlap, maxTilePixels, lanes, (width, height, around, limit, atOnce) => {
        const plan = planTiles({ width, height }, { scale: 4, overlap: around }, limit, atOnce);
        expectCover(plan.columns, 0, width, plan.tileWidth, around);
        expectCover(plan.bands, 0, height, plan.tileHeight, around);
        expect(plan.tileWidth * plan.tileHeight).toBeLessThanOrEqual(limit);
        expect(plan.tiles).toBe(plan.columns.length * plan.bands.length);
      }),
      { numRuns: 60 },
    );
  });

  test('reaches no further than a picture cut out of a larger one, and has the overlap around all the rest', () => {
    const cuts = fc.record({
      left: fc.boolean(),
      top: fc.boolean(),
      right: fc.boolean(),
      bottom: fc.boolean(),
    });
    const long = fc.integer({ min: 100, max: 900 });
    fc.assert(
      fc.property(long, long, overlap, cuts, lanes, (width, height, around, cut, atOnce) => {
        const plan = planTiles({ width, height }, { scale: 4, overlap: around }, 320 * 320, atOnce, cut);
        for (const [spans, side, tile, first, last] of [
          [plan.columns, width, plan.tileWidth, cut.left, cut.right],
          [plan.bands, height, plan.tileHeight, cut.top, cut.bottom],
        ] as const) {
          // What is stored is the whole picture, each pixel once and from a tile that holds it …
          expectCover(spans, 0, side, tile, 0);
          // … and what is wanted of it lies where the tiles know what is around.
          for (const [i, { core, coreLength, tile: from }] of spans.entries()) {
            const wantedFrom = core + (i === 0 && first ? around : 0);
            const wantedTo = core + coreLength - (i === spans.length - 1 && last ? around : 0);
            expect(wantedFrom - from).toBeGreaterThanOrEqual(around);
            expect(from + tile - wantedTo).toBeGreaterThanOrEqual(around);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('runs little more than half of the pixels for a small part of a large picture', () => {
    const cut = { left: true, top: true, right: true, bottom: true };
    const pixels = (of?: typeof cut) => {
      const { tileWidth, tileHeight } = planTiles(
        { width: 139, height: 122 },
        { scale: 4, overlap: 28 },
        320 * 320,
        2,
        of,
      );
      return tileWidth * tileHeight;
    };
    expect(pixels(cut)).toBeLessThan(0.6 * pixels());
  });

  test('makes cores equal to a pixel', () => {
    const { columns } = planTiles({ width: 1003, height: 40 }, { scale: 4, overlap: 24 }, 256 * 256, 1);
    const lengths = columns.map(({ coreLength }) => coreLength);
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
  });

  test('cuts a small picture finer for many lanes, so that none stands idle', () => {
    const time = (lanes: number) => {
      const plan = planTiles({ width: 200, height: 256 }, { scale: 4, overlap: 24 }, 320 * 320, lanes);
      return Math.ceil(plan.tiles / lanes) * plan.tileWidth * plan.tileHeight;
    };
    expect(time(2)).toBeLessThan(0.75 * time(1));
    expect(time(8)).toBeLessThan(0.4 * time(1));
  });

  test('computes less twice the larger the tiles may be', () => {
    const share = (limit: number) =>
      planTiles({ width: 1200, height: 800 }, { scale: 4, overlap: 24 }, limit, 1).recomputed;
    expect(share(512 * 512)).toBeLessThan(share(256 * 256));
    expect(share(256 * 256)).toBeLessThan(0.6);
    expect(share(512 * 512)).toBeLessThan(0.3);
  });

  test('keeps the stitched rows of a 24-megapixel picture within their memory', () => {
    const plan = planTiles({ width: 6000, height: 4000 }, { scale: 4, overlap: 24 }, 512 * 512, 1);
    const rows = Math.max(...plan.bands.map(({ coreLength }) => coreLength));
    expect(rows * 6000 * 16 * 3 * 2).toBeLessThanOrEqual(STITCHED_BYTES);
    expect(plan.recomputed).toBeLessThan(0.5);
  });
});

describe('quarterTile', () => {
  test('covers the core once, in four smaller tiles of one shape with the same overlap', () => {
    const plan = planTiles({ width: 1000, height: 700 }, { scale: 4, overlap: 24 }, 256 * 256, 1);
    const [column, band] = [plan.columns[1], plan.bands[1]];
    if (!column || !band) throw new Error('the plan has one tile only');
    const quarters = quarterTile(column, band, plan, 24) ?? [];
    expect(quarters).toHaveLength(4);
    const [first] = quarters;
    for (const each of quarters) {
      expect([each.tileWidth, each.tileHeight]).toEqual([first?.tileWidth, first?.tileHeight]);
      expect(each.tileWidth * each.tileHeight).toBeLessThan(plan.tileWidth * plan.tileHeight);
    }
    expectCover(
      quarters.slice(0, 2).map((each) => each.column),
      column.core,
      column.coreLength,
      first?.tileWidth ?? 0,
      24,
    );
    expectCover(
      [quarters[0], quarters[2]].flatMap((each) => (each ? [each.band] : [])),
      band.core,
      band.coreLength,
      first?.tileHeight ?? 0,
      24,
    );
  });

  test('is undefined where no smaller tile holds the overlap', () => {
    const plan = planTiles({ width: 4, height: 4 }, { scale: 4, overlap: 14 }, 4096, 1);
    const [column, band] = [plan.columns[0], plan.bands[0]];
    expect(column && band && quarterTile(column, band, plan, 14)).toBeUndefined();
  });
});

describe('mirrorIndex', () => {
  test('repeats the edge pixel and runs back', () => {
    expect([...mirrorIndices(-4, 11, 3)]).toEqual([2, 2, 1, 0, 0, 1, 2, 2, 1, 0, 0]);
  });

  test('gives the only pixel of a side of one, however far', () => {
    fc.assert(fc.property(fc.integer(), (index) => mirrorIndex(index, 1) === 0));
  });

  test('lies inside, is itself inside, and is symmetric about the borders', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: 1, max: 500 }), (index, n) => {
        const at = mirrorIndex(index, n);
        expect(at >= 0 && at < n).toBe(true);
        if (index >= 0 && index < n) expect(at).toBe(index);
        expect(mirrorIndex(-1 - index, n)).toBe(at);
        expect(mirrorIndex(2 * n - 1 - index, n)).toBe(at);
      }),
    );
  });
});
