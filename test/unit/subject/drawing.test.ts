import { describe, expect, test } from '@jest/globals';
import sharp, { type Sharp } from 'sharp';
import { DRAWING_WEIGHTS } from '../../../src/subject/drawing-weights.ts';
import { drawingLikelihood, STATISTICS, statisticsOf } from '../../../src/subject/drawing.ts';
import type { Picture } from '../../../src/subject/picture.ts';
import { astronaut, drawing, painted, photo } from './pictures.ts';

async function changed({ width, height, rgba }: Picture, change: (image: Sharp) => Sharp): Promise<Picture> {
  const image = change(sharp(rgba, { raw: { width, height, channels: 4 } }));
  const again = sharp(await image.toBuffer())
    .toColourspace('srgb')
    .ensureAlpha();
  const { data, info } = await again.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgba: new Uint8Array(data) };
}

describe('a drawing is told from a photo', () => {
  test.each<readonly [string, (image: Sharp) => Sharp]>([
    ['as they are', (image) => image.png()],
    ['as JPEGs', (image) => image.removeAlpha().jpeg({ quality: 60 })],
    ['gray', (image) => image.grayscale().png()],
    ['small', (image) => image.resize(96).png()],
    ['large', (image) => image.resize(700).png()],
  ])('%s', async (_, change) => {
    expect(drawingLikelihood(await changed(drawing(), change))).toBeGreaterThan(0.5);
    expect(drawingLikelihood(await changed(photo(), change))).toBeLessThan(0.5);
    expect(drawingLikelihood(await changed(await astronaut(), change))).toBeLessThan(0.5);
  });

  test('a screenshot of lettering counts as a drawing', () => {
    const letters = painted(320, 200, (x, y) =>
      y % 14 < 9 && ((x * 7 + Math.floor(y / 14) * 5) % 11 < 3 || (y % 14 === 4 && x % 9 < 6))
        ? [30, 30, 30]
        : [250, 250, 250],
    );
    expect(drawingLikelihood(letters)).toBeGreaterThan(0.5);
  });

  test.each<readonly [string, number]>([
    ['transparent', 0],
    ['white', 255],
  ])('a photo cut out before a %s ground stays a photo', (_, alpha) => {
    const { rgba } = photo();
    const cut = painted(240, 180, (x, y) => {
      const at = 4 * (y * 240 + x);
      const inside = ((x - 120) / 110) ** 2 + ((y - 90) / 80) ** 2 < 1;
      return inside ? [rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0] : [255, 255, 255, alpha];
    });
    expect(drawingLikelihood(cut)).toBeLessThan(0.5);
  });
});

describe('the statistics', () => {
  test('are shares with a weight each', () => {
    const found = statisticsOf(drawing()) ?? [];
    expect(found).toHaveLength(STATISTICS.length);
    expect(DRAWING_WEIGHTS.weights).toHaveLength(STATISTICS.length);
    for (const value of found) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
  });

  test('tell what is flat and what is level beside an edge', () => {
    const quarters = painted(80, 80, (x, y) => [x < 40 ? 0 : 200, y < 40 ? 0 : 200, 100]);
    const found = Object.fromEntries(STATISTICS.map((name, at) => [name, statisticsOf(quarters)?.[at]]));
    // Of 2 · 79 · 80 pairs, 160 cross from one colour to another.
    expect(found['steps up to 0']).toBeCloseTo(1 - 160 / 12640, 6);
    expect(found['edges between flat areas']).toBe(1);
    expect(found['in the commonest colour']).toBeCloseTo(0.25, 6);
    expect(found['in the 8 commonest colours']).toBe(1);
  });

  test('leave out the backdrop, but for its edge with what is before it', () => {
    const disc = painted(80, 80, (x, y) =>
      (x - 40) ** 2 + (y - 40) ** 2 < 900 ? [x, 2 * y, 90] : [255, 255, 255],
    );
    const found = Object.fromEntries(STATISTICS.map((name, at) => [name, statisticsOf(disc)?.[at]]));
    expect(found['steps up to 0']).toBe(0);
    expect(found['in the commonest colour']).toBeLessThan(0.05);
  });

  test('are not to be had of a picture that is all transparent, or of next to nothing', () => {
    expect(statisticsOf(painted(100, 100, () => [9, 99, 199, 0]))).toBeUndefined();
    expect(statisticsOf(drawing(31, 31))).toBeUndefined();
  });
});
