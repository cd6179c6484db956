import { describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { parseCatalog } from '../../../src/catalog.ts';
import type { Backend } from '../../../src/engine/types.ts';
import { loadedFile } from '../../../src/runtime/blend.ts';
import { nativeBackend } from '../../../src/runtime/native.ts';
import { enhancePicture, largestDifference, means, photo, picture } from './fakes.ts';

const models = new URL('../../../models/', import.meta.url);
const catalog = parseCatalog(JSON.parse(await readFile(new URL('catalog.json', models), 'utf8')));

/** The ones fit for a CPU. What is said of the others' overlap is measured by models/check/overlap.ts, in minutes. */
const fast = catalog.networks.filter(({ macsPerPixel }) => macsPerPixel < 3e6);

describe.each(fast.map((entry) => [entry.id, entry] as const))('the network %s', (_id, entry) => {
  const backend = async (maxTilePixels: number): Promise<Backend> => ({
    ...nativeBackend(loadedFile(Uint8Array.from(await readFile(new URL(entry.file, models))))),
    maxTilePixels,
  });

  test.each([
    [7, 5],
    [131, 67],
    [200, 1],
  ])('makes of %i × %i the same tiled and untiled, within one step', async (width, height) => {
    const from = photo(width, height);
    const { overlap } = entry;
    const untiled = await enhancePicture(from, [await backend(1024 * 1024)], { overlap });
    const tiled = await enhancePicture(from, [await backend(112 * 112)], { overlap });
    expect(untiled.result.tiles).toBe(1);
    expect(largestDifference(tiled.picture, untiled.picture)).toBeLessThanOrEqual(1);
  });

  test('leaves the mean colour within half a step and flat colour within one', async () => {
    const busy = photo(96, 64);
    const from = picture(160, 64, 3, 8, (x, y, channel) =>
      x < 96 ? (busy.samples[(y * 96 + x) * 3 + channel] as number) / 255 : ([0.8, 0.35, 0.1][channel] ?? 0),
    );
    const { picture: result } = await enhancePicture(from, [await backend(512 * 512)], {
      overlap: entry.overlap,
    });
    const before = means(from);
    means(result).forEach((mean, i) => expect(Math.abs(mean - (before[i] as number))).toBeLessThan(0.5));
    for (let y = 0; y < 256; y++) {
      for (let x = 4 * 140; x < 640; x++) {
        for (const [channel, value] of [204, 89, 26].entries()) {
          const off = (result.samples[(y * 640 + x) * 3 + channel] as number) - value;
          if (off < -1 || off > 1) throw new Error(`${off} off at ${x}, ${y}`);
        }
      }
    }
  });

  test('makes of tiny pictures, and of soft gray light, nothing that is not there', async () => {
    const { overlap } = entry;
    const settings = { overlap, noise: 0 };
    for (const [width, height] of [
      [1, 1],
      [8, 8],
    ] as const) {
      const from = photo(width, height);
      const { picture: to } = await enhancePicture(from, [await backend(512 * 512)], settings);
      const before = means(from);
      means(to).forEach((mean, i) => expect(Math.abs(mean - (before[i] as number))).toBeLessThan(0.5));
    }
    const light = (x: number, y: number) => 0.3 + 0.004 * x + 0.006 * y;
    const from = picture(24, 20, 3, 16, light);
    const { picture: to } = await enhancePicture(from, [await backend(512 * 512)], settings);
    // At the border the mirrored light has a bend, which is smoothed.
    for (let y = 12; y < 68; y++) {
      for (let x = 12; x < 84; x++) {
        for (let c = 0; c < 3; c++) {
          const expected = 65535 * light((x + 0.5) / 4 - 0.5, (y + 0.5) / 4 - 0.5);
          const off = ((to.samples[(y * 96 + x) * 3 + c] as number) - expected) / 257;
          if (off < -2.5 || off > 2.5) throw new Error(`${off} off at ${x}, ${y}`);
        }
      }
    }
  });
});
