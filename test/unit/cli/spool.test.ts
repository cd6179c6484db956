import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { encode } from '../../../src/cli/encode.ts';
import { carryMetadata } from '../../../src/cli/metadata.ts';
import { createResultSpool } from '../../../src/cli/spool.ts';
import { namesIn, readStored, withFolder } from './command.ts';

const signal = new AbortController().signal;

test.each([
  [1, 8, 'png'],
  [2, 8, 'tiff'],
  [3, 8, 'png'],
  [4, 8, 'tiff'],
  [1, 16, 'tiff'],
  [2, 16, 'png'],
  [3, 16, 'tiff'],
  [4, 16, 'png'],
] as const)(
  'a result of %i channels and %i bits spooled in many files becomes one %s',
  async (channels, depth, format) => {
    await withFolder(async (path) => {
      const [width, height] = [9, 23];
      const samples = filled(width * height * channels, depth);
      const rowLength = width * channels;
      // Four rows a file, and one of three at the end.
      const spool = createResultSpool(path(''), depth, [40, 40], (rowLength * 4 * depth) / 8);
      await spool.open({ width, height, channels, depth });
      for (const [from, to] of [
        [0, 1],
        [1, 10],
        [10, 23],
      ] as const) {
        await spool.write(to - from, samples.slice(from * rowLength, to * rowLength), signal);
      }
      const result = await spool.finish(
        carryMetadata('', { width, height, dpi: [1016, 1016], upright: false }),
      );
      expect(result.parts).toHaveLength(channels === 2 ? 1 : 6);
      await encode(result, 40, path('out'), format);
      const stored = await readStored(path('out'));
      expect([stored.width, stored.height, stored.channels, stored.depth]).toEqual([
        width,
        height,
        channels,
        depth,
      ]);
      expect(Array.from(stored.samples)).toEqual(Array.from(samples));
      expect((await sharp(path('out')).metadata()).density).toBe(1016);
    });
  },
);

test('rows that never came are an error, and nothing that looks like a result', async () => {
  await withFolder(async (path) => {
    const spool = createResultSpool(path(''), 8, [1, 1]);
    await spool.open({ width: 4, height: 2, channels: 1, depth: 8 });
    await spool.write(1, new Uint8Array(4), signal);
    await expect(spool.finish('')).rejects.toThrow('last row');
    await expect(sharp(join(path(''), (await namesIn(path('')))[0] ?? '')).toBuffer()).rejects.toThrow();
  });
});

function filled(length: number, depth: 8 | 16): Uint8Array | Uint16Array {
  const samples = depth === 8 ? new Uint8Array(length) : new Uint16Array(length);
  return samples.map((_, i) => i * 7919);
}
