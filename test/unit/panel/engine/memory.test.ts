/** What a job is said to take, against what the engine really allocates. */
import { describe, expect, test } from '@jest/globals';
import { blendFor, parseCatalog, type Blend, type ModelName, type Quality } from '../../../../src/catalog.ts';
import { heldBytes } from '../../../../src/engine/held.ts';
import { planRun } from '../../../../src/engine/plan-run.ts';
import type { PictureFormat } from '../../../../src/engine/types.ts';
import { memoryNeeded } from '../../../../src/panel/engine/memory.ts';
import type { EngineJob } from '../../../../src/panel/engine/protocol.ts';
import { wholeTarget } from '../../../../src/size.ts';
import catalogJson from '../../../../models/catalog.json' with { type: 'json' };
import { backendOf, enhancePicture, nearest, photo } from '../../engine/fakes.ts';

const catalog = parseCatalog(catalogJson);
const blend = (model: ModelName, quality: Quality): Blend =>
  blendFor(catalog, { model, quality, detail: 50 });
const rgba = (width: number, height: number): PictureFormat => ({ width, height, channels: 4, depth: 8 });
const jobFor = (of: Blend, format: PictureFormat, factor = 4): EngineJob => ({
  blend: of,
  target: wholeTarget(format, { kind: 'factor', factor }),
  noise: 50,
  sharpness: 50,
});
const MB = 2 ** 20;
const cpu = { backend: 'wasm', workers: 8 } as const;

describe('the memory a job needs', () => {
  test('does not grow with the height, and a little with the width', () => {
    const of = (width: number, height: number) => {
      const format = rgba(width, height);
      return memoryNeeded(jobFor(blend('landscape', 'fast'), format), format, cpu);
    };
    expect(of(6000, 20_000)).toBe(of(6000, 40_000));
    expect(of(6000, 4000) - of(1200, 4000)).toBeGreaterThan(50 * MB);
    // What 24 MP may take over 1 MP is a target of the bench, too, in megabytes.
    expect((of(6000, 4000) - of(1200, 833)) / 1e6).toBeLessThan(500);
  });

  test('is a tenth of a gigabyte or more for each worker, and less on one GPU', () => {
    const format = rgba(3000, 2000);
    const job = jobFor(blend('landscape', 'fast'), format);
    const one = memoryNeeded(job, format, { backend: 'wasm', workers: 1 });
    const eight = memoryNeeded(job, format, cpu);
    expect((eight - one) / 7 / MB).toBeGreaterThan(80);
    expect((eight - one) / 7 / MB).toBeLessThan(400);
    expect(memoryNeeded(job, format, { backend: 'webgpu', workers: 8 })).toBeLessThan(eight);
  });

  test('grows with what is finer and larger', () => {
    const format = rgba(3000, 2000);
    const usual = memoryNeeded(jobFor(blend('landscape', 'fast'), format), format, cpu);
    expect(memoryNeeded(jobFor(blend('landscape', 'best'), format), format, cpu)).toBeGreaterThan(usual);
    expect(memoryNeeded(jobFor(blend('landscape', 'fast'), format, 16), format, cpu)).toBeGreaterThan(usual);
  });

  test('is small for a preview', () => {
    const format = rgba(128, 128);
    const job = jobFor(blend('landscape', 'fast'), format);
    expect(memoryNeeded(job, format, { backend: 'wasm', workers: 1 }) / MB).toBeLessThan(350);
  });
});

test('the engine’s own part is what it allocates in rows and tiles, within a half', async () => {
  const from = photo(400, 500, 4);
  const network = { scale: 4, overlap: 4 };
  const maxTilePixels = 64 * 64;
  // All that is made of floats and integers while the engine runs and still there when most is.
  const made: number[] = [];
  const names = ['Float32Array', 'Uint16Array', 'Float64Array'] as const;
  const originals = names.map((name) => globalThis[name]);
  names.forEach((name) => {
    const Original = globalThis[name];
    Object.assign(globalThis, {
      [name]: new Proxy(Original, {
        construct: (target, args: [number], newTarget) => {
          if (typeof args[0] === 'number') made.push(args[0] * target.BYTES_PER_ELEMENT);
          return Reflect.construct(target, args, newTarget) as object;
        },
      }),
    });
  });
  let kept = 0;
  try {
    await enhancePicture(from, [
      backendOf(
        (tile, signal) => {
          // Before the first tile comes back all rings are there, and no tile's result.
          kept ||= made.reduce((sum, each) => sum + each, 0);
          return nearest(tile, signal);
        },
        { maxTilePixels },
      ),
    ]);
  } finally {
    names.forEach((name, i) => Object.assign(globalThis, { [name]: originals[i] }));
  }
  const { tiles } = planRun(from, network, undefined, maxTilePixels, 1);
  const target = wholeTarget(from, { kind: 'factor', factor: 4 });
  const tile = 3 * tiles.tileWidth * tiles.tileHeight * 4;
  // Portions and results under way are not allocated yet.
  const told =
    heldBytes(from, target, tiles, 4, 1, { noise: 100, sharpness: 0 }) - 8 * 2 ** 21 - 2 * 32 * tile;
  expect(kept).toBeGreaterThan(0);
  expect(told / kept).toBeGreaterThan(0.9);
  expect(told / kept).toBeLessThan(1.5);
});
