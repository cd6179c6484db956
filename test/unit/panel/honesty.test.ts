import { describe, expect, test } from '@jest/globals';
import { overlayOf, placesToTry, strongestPart } from '../../../src/panel/honesty.ts';
import type { Pixels } from '../../../src/panel/pixels.ts';
import { en as texts } from '../../../src/texts/index.ts';

/** A gray picture, `level` and `alpha` of each pixel. */
function picture(
  width: number,
  height: number,
  level: (x: number, y: number) => number,
  alpha: (x: number, y: number) => number = () => 255,
): Pixels {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const v = level(x, y);
      rgba.set([v, v, v, alpha(x, y)], 4 * (y * width + x));
    }
  }
  return { width, height, rgba };
}

const stripes = (x: number): number => (x % 2 === 0 ? 0 : 255);

describe('The places tried', () => {
  test('of a large layer are three, within it, and do not overlap', () => {
    const layer = { width: 4000, height: 3000 };
    const places = placesToTry(picture(128, 96, stripes), layer);
    expect(places).toHaveLength(3);
    for (const { x, y, width, height } of places) {
      expect([x >= 0, y >= 0, x + width <= layer.width, y + height <= layer.height]).not.toContain(false);
    }
    const apart = places.every((a, i) =>
      places.every(
        (b, j) =>
          i === j ||
          a.x + a.width <= b.x ||
          b.x + b.width <= a.x ||
          a.y + a.height <= b.y ||
          b.y + b.height <= a.y,
      ),
    );
    expect(apart).toBe(true);
  });

  test('are where there is most contrast', () => {
    const thumbnail = picture(100, 100, (x, y) => (x >= 75 && y >= 75 ? stripes(x) : 128));
    const [first] = placesToTry(thumbnail, { width: 1000, height: 1000 });
    expect(first?.x).toBeGreaterThan(650);
    expect(first?.y).toBeGreaterThan(650);
  });

  test('are opaque all over: none of a layer that is see-through everywhere', () => {
    const half = picture(100, 100, stripes, (x) => (x < 50 ? 255 : 249));
    for (const { x, width } of placesToTry(half, { width: 1000, height: 1000 })) {
      expect(x + width).toBeLessThanOrEqual(500);
    }
    const none = picture(100, 100, stripes, () => 200);
    expect(placesToTry(none, { width: 1000, height: 1000 })).toEqual([]);
  });

  test('of a small layer are the whole of it', () => {
    expect(placesToTry(picture(8, 6, stripes), { width: 8, height: 6 })).toEqual([
      { x: 0, y: 0, width: 8, height: 6 },
    ]);
  });
});

describe('The map', () => {
  const map = (values: number[], width: number) => ({
    width,
    height: values.length / width,
    values: Uint8Array.from(values),
    share: 0.5,
  });

  test('is see-through where the ends agree, and the lighter and denser the more they differ', () => {
    const { rgba } = overlayOf(map([0, 4, 10, 24, 255], 5));
    const alphas = [0, 1, 2, 3, 4].map((i) => rgba[4 * i + 3] ?? 0);
    const lights = [0, 1, 2, 3, 4].map((i) => (rgba[4 * i] ?? 0) + (rgba[4 * i + 1] ?? 0));
    expect(alphas[0]).toBe(0);
    expect(alphas).toEqual([...alphas].sort((a, b) => a - b));
    expect(lights).toEqual([...lights].sort((a, b) => a - b));
    expect(lights[3]).toBe(lights[4]);
    expect(new Set(lights).size).toBe(4);
  });

  test('says in which ninth of the picture the ends differ most', () => {
    const values = Array.from({ length: 36 }, (_, i) => (i === 4 ? 200 : 0));
    const part = strongestPart(map(values, 6));
    expect(part).toEqual({ across: 'end', down: 'start' });
    expect(texts.invented.map(62, part)).toMatch(/62\s% .* upper right\.$/);
    expect(texts.invented.map(62, { across: 'middle', down: 'end' })).toMatch(/the lower part\.$/);
  });

  test('says that they agree where they do', () => {
    const part = strongestPart(
      map(
        Array.from({ length: 36 }, () => 0),
        6,
      ),
    );
    expect(part).toBeUndefined();
    expect(texts.invented.map(0, part)).toMatch(/nearly the same/);
  });

  test('of a picture of one pixel is a map all the same', () => {
    expect(strongestPart(map([9], 1))).toEqual({ across: 'start', down: 'start' });
  });
});
