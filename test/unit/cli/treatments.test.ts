/** What a picture is enhanced with: by hand, by Auto, and by a model of the user's own. The networks are real. */
import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { blendFor } from '../../../src/catalog.ts';
import { enhanceFile, type EnhancedFile } from '../../../src/cli/enhance-file.ts';
import { decode, inspect } from '../../../src/cli/decode.ts';
import { readCatalog } from '../../../src/cli/model.ts';
import { loadOwnModel } from '../../../src/cli/own-models.ts';
import { Treatments, type Choices, type ToldTreatment } from '../../../src/cli/treatments.ts';
import { draw, readStored, withFolder } from './command.ts';
import { repeating } from './networks.ts';

const catalog = await readCatalog();
const chosen: Choices = { model: 'auto', sharpness: 0, backend: 'native' };

/** Enhances a file as the command does. */
async function enhanced(
  input: string,
  output: string,
  choices: Partial<Choices>,
  scale: 2 | 4 = 2,
): Promise<EnhancedFile<ToldTreatment>> {
  const treatments = new Treatments(catalog, { ...chosen, ...choices });
  try {
    return await enhanceFile(
      { input, output, format: 'png' },
      {
        size: { kind: 'factor', factor: scale },
        treat: (picture, signal) => treatments.for(picture, signal),
        overwrite: true,
        isInput: () => Promise.resolve(false),
        signal: new AbortController().signal,
        onStage: () => undefined,
        onProgress: () => undefined,
        onNotice: () => undefined,
      },
    );
  } finally {
    await treatments.close();
  }
}

/** Reproducible grain, −1..1. */
function grain(x: number, y: number): number {
  const mixed = Math.imul((Math.imul(x, 374761393) + Math.imul(y, 668265263)) ^ 0x5bd1e995, 1274126177);
  return (((mixed ^ (mixed >>> 15)) >>> 8) % 2001) / 1000 - 1;
}

function difference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += Math.abs((one[i] ?? 0) - (other[i] ?? 0));
  return sum / one.length;
}

/** What Auto chooses for a file, and where the faces are in it as it is stored. */
async function proposed(input: string, spool: string, choices: Partial<Choices>): Promise<ToldTreatment> {
  const picture = await inspect(input);
  await decode(picture, spool, { upright: false, srgb: false });
  const { width, height, orientation } = picture;
  const treatments = new Treatments(catalog, { ...chosen, ...choices });
  try {
    return await treatments.for({ path: spool, width, height, orientation }, new AbortController().signal);
  } finally {
    await treatments.close();
  }
}

describe('Auto', () => {
  test('takes a drawing for art and a photo for landscape, and names its reason', async () => {
    await withFolder(async (path) => {
      const size = { width: 160, height: 120, channels: 3, depth: 8 } as const;
      // Flat colours with a dark line between them.
      await draw(size, (x, y, channel) => {
        const distance = Math.hypot(x - 80, y - 60);
        if (Math.abs(distance - 40) < 2) return 10;
        return (distance < 40 ? [240, 200, 60] : [60, 120, 220])[channel] ?? 0;
      })
        .png()
        .toFile(path('drawing.png'));
      // Soft shapes under a light from one side, with grain.
      await draw(size, (x, y, channel) => {
        const light = 90 + 50 * Math.sin(x / 31 + Math.cos(y / 17)) + 30 * Math.cos(y / 23 + channel / 3);
        return Math.min(255, Math.max(0, Math.round(light + 9 * grain(x + 500 * channel, y))));
      })
        .png()
        .toFile(path('photo.png'));

      const drawing = await proposed(path('drawing.png'), path('a.v'), {});
      expect(drawing.told).toEqual({
        model: 'art',
        reason: 'drawing',
        quality: 'fast',
        ...catalog.defaults.art,
        sharpness: 0,
        faces: 0,
      });
      expect(drawing.network).toEqual(
        blendFor(catalog, { model: 'art', quality: 'fast', detail: catalog.defaults.art.detail }),
      );
      const photo = await proposed(path('photo.png'), path('b.v'), { detail: 10, noise: 70 });
      expect(photo.told).toMatchObject({
        model: 'landscape',
        reason: 'photo',
        detail: 10,
        noise: 70,
        faces: 0,
      });
      expect(photo.local).toBeUndefined();
    });
  });

  test('gives the faces in a photo to the face model, where they are in the file as it is stored', async () => {
    await withFolder(async (path) => {
      const sample = (name: string) => sharp(`simulator/samples/${name}.png`).flatten().removeAlpha();
      const face = { width: 94, height: 120, left: 200, top: 30 };
      const upright = await sample('landscape')
        .composite([{ input: await sample('portrait').resize(face.width, face.height).toBuffer(), ...face }])
        .png()
        .toBuffer();
      await sharp(upright).toFile(path('upright.png'));
      // The same picture, turned by its tag alone.
      const turned = await sharp(upright).rotate(270).toBuffer();
      await sharp(turned).withMetadata({ orientation: 6 }).tiff().toFile(path('turned.tif'));

      const found = await proposed(path('upright.png'), path('a.v'), {});
      expect(found.told).toMatchObject({ model: 'landscape', reason: 'faces', faces: 1 });
      const { detail } = catalog.defaults.face;
      expect(found.local?.network).toEqual(blendFor(catalog, { model: 'face', quality: 'fast', detail }));
      const [region = { x: 0, y: 0, width: 0, height: 0 }] = found.local?.regions ?? [];
      const away = [
        region.x + region.width / 2 - (face.left + face.width / 2),
        region.y + region.height / 2 - (face.top + face.height / 2),
      ];
      for (const distance of away) expect(Math.abs(distance)).toBeLessThan(face.width / 3);

      const stored = await proposed(path('turned.tif'), path('b.v'), {});
      const { width } = await sharp(upright).metadata();
      const [again = { x: 0, y: 0, width: 0, height: 0 }] = stored.local?.regions ?? [];
      // 90° clockwise makes it upright: what was on the right is at the top. Rounding may move a side by a pixel.
      const expected = [region.y, width - region.x - region.width, region.height, region.width];
      const sides = [again.x, again.y, again.width, again.height];
      sides.forEach((side, i) => expect(Math.abs(side - (expected[i] ?? NaN))).toBeLessThanOrEqual(1));
    });
  });
});

describe('detail', () => {
  const ends = catalog.entries.filter(
    ({ faithful, detailed, quality }) => faithful !== detailed && quality === 'fast',
  );

  test.each(ends)(
    'of $model goes from one picture to another, by way of those between',
    async ({ model }) => {
      await withFolder(async (path) => {
        await draw({ width: 32, height: 24, channels: 3, depth: 8 }, (x, y, channel) =>
          Math.round(128 + 60 * Math.sin(x / 2 + channel) + 50 * Math.cos(y / 3) + 10 * grain(x, y)),
        )
          .png()
          .toFile(path('a.png'));
        const samples = async (detail: number) => {
          const { treatment } = await enhanced(path('a.png'), path('b.png'), { model, detail });
          expect(treatment.told).toMatchObject({ model, detail, reason: null, faces: null });
          return (await readStored(path('b.png'))).samples;
        };
        const [faithful, between, detailed] = [await samples(0), await samples(50), await samples(100)];
        const whole = difference(faithful, detailed);
        expect(whole).toBeGreaterThan(0.5);
        for (const end of [faithful, detailed]) {
          expect(difference(between, end)).toBeGreaterThan(whole / 10);
          expect(difference(between, end)).toBeLessThan(whole);
        }
      });
    },
  );
});

describe('a model of the user’s own', () => {
  test('makes the picture, at its own scale and at a smaller one', async () => {
    await withFolder(async (path) => {
      await writeFile(path('four.onnx'), repeating(4));
      const model = await loadOwnModel('four', path(''));
      const step = (x: number) => (x < 10 ? 40 : 200);
      await draw({ width: 20, height: 16, channels: 3, depth: 8 }, step).png().toFile(path('a.png'));
      for (const scale of [4, 2] as const) {
        const { treatment } = await enhanced(path('a.png'), path('b.png'), { model }, scale);
        expect(treatment.told).toEqual({
          model: 'own:four.onnx',
          reason: null,
          quality: null,
          detail: null,
          noise: 100,
          sharpness: 0,
          faces: null,
        });
        const { width, height, samples } = await readStored(path('b.png'));
        expect([width, height]).toEqual([20 * scale, 16 * scale]);
        // Away from the edge the pixels are repeated; an interpolation would be as even, the next line tells.
        const at = (x: number) => samples[(8 * scale * width + x) * 3] ?? 0;
        expect(Math.abs(at(2 * scale) - 40)).toBeLessThanOrEqual(2);
        expect(Math.abs(at(18 * scale) - 200)).toBeLessThanOrEqual(2);
        // A hard edge stays hard: one step from dark to bright.
        expect(at(10 * scale) - at(10 * scale - 1)).toBeGreaterThan(100);
      }
    });
  });
});

test('noise 0 keeps the grain that noise 100 removes', async () => {
  await withFolder(async (path) => {
    await draw({ width: 72, height: 72, channels: 3, depth: 8 }, (x, y) => Math.round(128 + 14 * grain(x, y)))
      .png()
      .toFile(path('a.png'));
    const spread = async (noise: number) => {
      await enhanced(path('a.png'), path('b.png'), { model: 'landscape', detail: 100, noise });
      const { channels } = await sharp(path('b.png')).stats();
      return channels[1]?.stdev ?? 0;
    };
    const [kept, removed] = [await spread(0), await spread(100)];
    expect(kept).toBeGreaterThan(1.5 * removed);
  });
});
