/** What Auto is shown of a picture, and how what it finds is found again in the picture's own pixels. */
import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { decode, inspect } from '../../../src/cli/decode.ts';
import { lookAt, regionIn, type Spooled } from '../../../src/cli/look.ts';
import { openSourceSpool } from '../../../src/cli/spool.ts';
import { draw, withFolder } from './command.ts';

/** Decodes a file as a run does. */
async function spooled(file: string, to: string, upright: boolean): Promise<Spooled> {
  const picture = await inspect(file);
  await decode(picture, to, { upright, srgb: false });
  const source = await openSourceSpool(to);
  const { width, height } = source.format;
  await source.close();
  return { path: to, width, height, orientation: upright ? 1 : picture.orientation };
}

/** Dark but for a patch, upright at 12..18, 4..10 of 48 × 30; stored so that the tag turns it upright. */
async function patched(orientation: number): Promise<Buffer> {
  const upright = await draw({ width: 48, height: 30, channels: 3, depth: 8 }, (x, y) =>
    x >= 12 && x < 18 && y >= 4 && y < 10 ? 240 : 20,
  )
    .png()
    .toBuffer();
  const back = [0, 0, 0, 180, 180, 90, 270, 270, 90][orientation];
  const turned = sharp(await sharp(upright).rotate(back).toBuffer());
  const mirrored = [2, 4, 5, 7].includes(orientation) ? turned.flop() : turned;
  return mirrored.withMetadata({ orientation }).tiff().toBuffer();
}

/** The box around what is bright, in an interleaved picture. */
function bright(width: number, samples: ArrayLike<number>, channels: number) {
  const at = Array.from({ length: samples.length / channels }, (_, i) => i).filter(
    (i) => (samples[i * channels] ?? 0) > 128,
  );
  const columns = at.map((i) => i % width);
  const rows = at.map((i) => Math.floor(i / width));
  const [x, y] = [Math.min(...columns), Math.min(...rows)];
  return { x, y, width: Math.max(...columns) - x + 1, height: Math.max(...rows) - y + 1 };
}

describe('what Auto is shown', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'is upright whatever the orientation, and its regions are those of the stored picture (%i)',
    async (orientation) => {
      await withFolder(async (path) => {
        await writeFile(path('a.tif'), await patched(orientation));
        const picture = await spooled(path('a.tif'), path('a.v'), false);
        expect(picture.orientation).toBe(orientation);
        const shown = await lookAt(picture);
        expect([shown.width, shown.height]).toEqual([48, 30]);
        const found = bright(shown.width, shown.rgba, 4);
        expect(found).toEqual({ x: 12, y: 4, width: 6, height: 6 });

        const source = await openSourceSpool(picture.path);
        const stored = await source.read(picture.height, new AbortController().signal);
        await source.close();
        expect(regionIn(picture, shown, found)).toEqual(bright(picture.width, stored, 3));

        const turned = await spooled(path('a.tif'), path('b.v'), true);
        expect(regionIn(turned, await lookAt(turned), found)).toEqual(found);
      });
    },
  );

  test('is shrunk where the picture is large, and a region covers all that it stands for', async () => {
    await withFolder(async (path) => {
      await draw({ width: 1000, height: 90, channels: 3, depth: 8 }, (x) => (x >= 501 && x < 601 ? 250 : 5))
        .png()
        .toFile(path('a.png'));
      const picture = await spooled(path('a.png'), path('a.v'), true);
      const shown = await lookAt(picture);
      expect([shown.width, shown.height]).toEqual([768, 69]);
      const region = regionIn(picture, shown, { x: 385, y: 0, width: 76, height: 69 });
      expect(region.x).toBe(501);
      expect(region.x + region.width).toBe(601);
      expect([region.y, region.height]).toEqual([0, 90]);
    });
  });

  test.each([
    [1, 8],
    [2, 8],
    [4, 16],
    [1, 16],
    [2, 16],
  ] as const)('is 8-bit RGBA of a picture of %i channels and %i bits', async (channels, depth) => {
    await withFolder(async (path) => {
      const white = depth === 8 ? 255 : 65535;
      const alpha = channels === 2 ? 1 : 3;
      await draw({ width: 9, height: 7, channels, depth }, (_x, _y, channel) =>
        channel === alpha ? Math.round(white / 5) : Math.round(white * 0.6),
      )
        .png()
        .toFile(path('a.png'));
      const shown = await lookAt(await spooled(path('a.png'), path('a.v'), true));
      expect(shown.rgba.length).toBe(9 * 7 * 4);
      const [red, green, blue, opacity] = shown.rgba;
      for (const value of [red, green, blue]) expect(Math.abs((value ?? 0) - 153)).toBeLessThanOrEqual(1);
      expect(opacity).toBe(channels === 2 || channels === 4 ? 51 : 255);
    });
  });
});
