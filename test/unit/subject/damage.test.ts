import { describe, expect, test } from '@jest/globals';
import sharp, { type Sharp } from 'sharp';
import { damageFigures, damageIn } from '../../../src/subject/damage.ts';
import type { Picture } from '../../../src/subject/picture.ts';

const SIDE = 112;

/** Numbers in 0..1, the same each time (a linear congruence of Numerical Recipes). */
function uniform(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

function pictureOf(luma: (x: number, y: number) => number): Picture {
  const rgba = new Uint8Array(4 * SIDE ** 2).fill(255);
  for (let i = 0; i < SIDE ** 2; i++) rgba.fill(luma(i % SIDE, Math.floor(i / SIDE)), 4 * i, 4 * i + 3);
  return { width: SIDE, height: SIDE, rgba };
}

/** Discs of all sizes over one another, antialiased over a pixel: edges at every scale, as in a photograph. */
function scene(): Picture {
  const random = uniform(7);
  const discs = Array.from({ length: 220 }, () => ({
    x: random() * SIDE,
    y: random() * SIDE,
    radius: 2 + 14 * random() ** 3,
    level: 30 + 200 * random(),
  }));
  return pictureOf((x, y) =>
    discs.reduce((under, disc) => {
      const inside = Math.min(1, Math.max(0, disc.radius - Math.hypot(x - disc.x, y - disc.y) + 0.5));
      return under + (disc.level - under) * inside;
    }, 120),
  );
}

function raw({ width, height, rgba }: Picture): Sharp {
  return sharp(rgba, { raw: { width, height, channels: 4 } });
}

async function through(made: Sharp): Promise<Picture> {
  const { data, info } = await made.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgba: new Uint8Array(data) };
}

function noisy({ width, height, rgba }: Picture, sigma: number): Picture {
  const random = uniform(3);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const soiled = Uint8ClampedArray.from(rgba);
  for (let i = 0; i < width * height; i++) {
    const added = sigma * normal();
    for (let c = 0; c < 3; c++) soiled[4 * i + c] = (rgba[4 * i + c] ?? 0) + added;
  }
  return { width, height, rgba: soiled };
}

describe('The damage of a picture', () => {
  test('is none where it is as sharp as its pixels allow', () => {
    expect(damageIn(scene())).toBeUndefined();
  });

  test('is softness where it was blurred, and where it was enlarged', async () => {
    expect(damageIn(await through(raw(scene()).blur(1.5)))).toBe('soft');
    const small = await through(raw(scene()).resize(SIDE / 2));
    expect(damageIn(await through(raw(small).resize(SIDE)))).toBe('soft');
  });

  test('is compression where JPEG has left its blocks, wherever their grid lies', async () => {
    const jpeg = await raw(scene()).removeAlpha().jpeg({ quality: 25 }).toBuffer();
    expect(damageIn(await through(sharp(jpeg)))).toBe('compressed');
    const shifted = sharp(jpeg).extract({ left: 3, top: 5, width: 96, height: 96 });
    expect(damageIn(await through(shifted))).toBe('compressed');
  });

  test('is noise where noise lies over everything, and the noise is measured', () => {
    expect(damageIn(noisy(scene(), 12))).toBe('noisy');
    const even = noisy(
      pictureOf(() => 128),
      10,
    );
    const { noise = NaN } = damageFigures(even) ?? {};
    // The tenth with least in it, of blocks of 64 pixels.
    expect(noise).toBeGreaterThan(7);
    expect(noise).toBeLessThan(10);
  });

  test('is not told of one colour, nor of a few pixels', () => {
    expect(damageIn(pictureOf(() => 90))).toBeUndefined();
    expect(damageFigures({ width: 8, height: 8, rgba: new Uint8Array(256).fill(200) })).toBeUndefined();
  });
});
