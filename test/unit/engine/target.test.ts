/** Any target: where the result's pixels lie, to a fraction of a pixel, for sizes that are no whole multiples. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AlphaUpscaler } from '../../../src/engine/alpha.ts';
import { axisOf, placeOf } from '../../../src/engine/axis.ts';
import { enlargeTaps } from '../../../src/engine/grain-enlarge.ts';
import { cubicTaps, Resampler } from '../../../src/engine/resample.ts';
import { enlarge, type Target, targetOf } from '../../../src/size.ts';
import { backendOf, enhancePicture, nearest, photo, picture, sharpen, smooth, targetAt } from './fakes.ts';

/** A rectangle of a picture that is enlarged by any factor, and what becomes of it. */
const targets = fc
  .record({
    document: fc.record({
      width: fc.integer({ min: 24, max: 90 }),
      height: fc.integer({ min: 24, max: 90 }),
    }),
    pixels: fc.integer({ min: 90, max: 600 }),
    left: fc.integer({ min: -7, max: 9 }),
    top: fc.integer({ min: -7, max: 9 }),
    width: fc.integer({ min: 10, max: 24 }),
    height: fc.integer({ min: 10, max: 24 }),
  })
  .map(({ document, pixels, left, top, width, height }) => {
    const enlargement = enlarge(document, { kind: 'pixels', side: 'width', pixels });
    const rectangle = { left, top, right: left + width, bottom: top + height };
    return { width, height, target: targetOf(rectangle, enlargement) };
  });

/** The centre of a result's pixel in source pixels from the left or upper edge, as src/size.ts has it. */
const centre = (i: number, scale: number, offset: number) => (i + 0.5 + offset) / scale;

const SAMPLES = 4;

/** What the resampler makes of a picture given by its value at each place, in source pixels. */
function resampled(
  { width, height }: { width: number; height: number },
  target: Target,
  value: (x: number, y: number) => number,
): Float32Array[] {
  const resampler = new Resampler(SAMPLES * width, SAMPLES * height, SAMPLES, target);
  const rows: Float32Array[] = [];
  for (let y = 0; y < SAMPLES * height; y++) {
    const row = Float32Array.from({ length: 3 * SAMPLES * width }, (_, i) =>
      value(((i % (SAMPLES * width)) + 0.5) / SAMPLES, (y + 0.5) / SAMPLES),
    );
    resampler.push(row, (made) => rows.push(made.slice(0, target.width)));
  }
  return rows;
}

/** The largest difference from the value at the documented place, farther than `border` from the source's edges. */
function worst(
  size: { width: number; height: number },
  target: Target,
  value: (x: number, y: number) => number,
  border: number,
): number {
  const rows = resampled(size, target, value);
  expect([rows.length, rows[0]?.length]).toEqual([target.height, target.width]);
  let most = 0;
  rows.forEach((row, j) => {
    const y = centre(j, target.scaleY, target.offsetY);
    row.forEach((each, i) => {
      const x = centre(i, target.scaleX, target.offsetX);
      if (x < border || y < border || x > size.width - border || y > size.height - border) return;
      most = Math.max(most, Math.abs(each - value(x, y)));
    });
  });
  return most;
}

describe('the resampler, for any rectangle, factor and offset', () => {
  test('gives all rows, and a constant as it is', () => {
    fc.assert(
      fc.property(targets, fc.double({ min: 0, max: 1, noNaN: true }), ({ width, height, target }, value) => {
        expect(worst({ width, height }, target, () => value, 0)).toBeLessThan(1e-6);
      }),
    );
  });

  test('gives a ramp as the ramp: within a thirtieth of a result’s pixel where it shrinks, exactly where it enlarges', () => {
    fc.assert(
      fc.property(targets, ({ width, height, target }) => {
        for (const [value, scale] of [
          [(x: number) => x, target.scaleX],
          [(_x: number, y: number) => y, target.scaleY],
        ] as const) {
          expect(worst({ width, height }, target, value, 2.6) * scale).toBeLessThan(
            scale > SAMPLES ? 1e-4 : 1 / 30,
          );
        }
      }),
    );
  });

  test('gives a soft wave in register', () => {
    fc.assert(
      fc.property(targets, ({ width, height, target }) => {
        const value = (x: number, y: number) => 0.5 + 0.2 * Math.sin(0.4 * x) + 0.2 * Math.sin(0.4 * y);
        // A result displaced by a twentieth of a source pixel would be off by 0.004.
        expect(worst({ width, height }, target, value, 2.6)).toBeLessThan(0.003);
      }),
    );
  });

  test('keeps nothing of a pattern too fine for a smaller result', () => {
    const target = targetAt({ width: 20, height: 20 }, 1.37);
    const fine = (x: number) => (Math.floor(x * SAMPLES) % 2 === 0 ? 1 : 0);
    const rows = resampled({ width: 20, height: 20 }, target, fine);
    for (const value of rows[10]?.subarray(4, -4) ?? []) expect(Math.abs(value - 0.5)).toBeLessThan(0.02);
  });
});

test('places that repeat are those that do not', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(0.25, 0.5, 0.75, 1, 4 / 3, 1.5, 2, 2.5, 3, 4, 8, 16, 0.9),
      fc.double({ min: -0.5, max: 0.5, noNaN: true }),
      fc.integer({ min: 1, max: 400 }),
      (scale, offset, length) => {
        const axis = axisOf(length, scale, offset);
        expect(axis.period).toBeLessThanOrEqual(64);
        for (let i = 0; i < length; i++) {
          expect(placeOf(axis, i)).toBeCloseTo((i + 0.5 + offset) / scale - 0.5, 9);
        }
      },
    ),
  );
});

test('all weights sum to 1, at any scale and offset', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.13, max: 16, noNaN: true }),
      fc.double({ min: -0.5, max: 0.5, noNaN: true }),
      (scale, offset) => {
        const axis = axisOf(50, scale, offset);
        for (const { taps, weights } of [cubicTaps(axis), enlargeTaps(axis)]) {
          for (let at = 0; at < weights.length; at += taps) {
            expect(weights.subarray(at, at + taps).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(
              1,
              5,
            );
          }
        }
      },
    ),
  );
});

describe('alpha', () => {
  test('is in register: a soft ramp comes back as the ramp', () => {
    fc.assert(
      fc.property(targets, ({ width, height, target }) => {
        // Too soft to be steepened.
        const row = Float32Array.from({ length: width }, (_, x) => 0.1 + 0.03 * (x + 0.5));
        const alpha = new AlphaUpscaler(() => row, width, height, target);
        const made = alpha.make(target.height >> 1);
        made.forEach((value, i) => {
          const x = centre(i, target.scaleX, target.offsetX);
          if (x < 2 || x > width - 2) return;
          expect(Math.abs(value - (0.1 + 0.03 * x))).toBeLessThan(1e-5);
        });
      }),
    );
  });

  test('is at 1× what it was, hard edges too', () => {
    const rows = Array.from({ length: 9 }, (_, y) =>
      Float32Array.from({ length: 12 }, (_v, x) => ((x * y) % 5) / 4),
    );
    const alpha = new AlphaUpscaler(
      (y) => rows[y] as Float32Array,
      12,
      9,
      targetAt({ width: 12, height: 9 }, 1),
    );
    rows.forEach((row, y) => expect([...alpha.make(y)]).toEqual([...row]));
  });
});

describe('the engine', () => {
  test.each([1, 1.3, 2.5, 3.6, 5, 8, 16])(
    'makes %f× in register, with alpha, grain and sharpening',
    async (factor) => {
      const size = { width: 30, height: 22 };
      const wave = (x: number, y: number) => 0.5 + 0.15 * Math.sin(0.35 * x) + 0.1 * Math.sin(0.3 * y);
      const from = picture(size.width, size.height, 4, 16, (x, y, c) =>
        c === 3 ? 1 : wave(x + 0.5, y + 0.5),
      );
      const target = targetAt(size, factor);
      const { picture: to, result } = await enhancePicture(from, [backendOf(smooth)], {
        target,
        noise: 0,
        sharpness: 10,
      });
      expect([to.width, to.height, result.width]).toEqual([target.width, target.height, target.width]);
      for (let j = 0; j < to.height; j++) {
        const y = centre(j, target.scaleY, target.offsetY);
        for (let i = 0; i < to.width; i++) {
          const x = centre(i, target.scaleX, target.offsetX);
          if (x < 3 || y < 3 || x > size.width - 3 || y > size.height - 3) continue;
          const value = (to.samples[(j * to.width + i) * 4] as number) / 65535;
          // Half a source pixel off would be 0.026 at the steepest.
          if (Math.abs(value - wave(x, y)) > 0.008)
            throw new Error(`${value} for ${wave(x, y)} at ${i}, ${j}`);
        }
      }
    },
  );

  test('at 1× gives the picture back where the network changes nothing', async () => {
    const from = photo(50, 40);
    const target = targetAt(from, 1);
    const { picture: to } = await enhancePicture(from, [backendOf(nearest)], { target });
    // Four samples each, shrunk by a filter with lobes: what is sharpest is a little off.
    const off = Array.from(to.samples, (value, i) => Math.abs(value - (from.samples[i] as number)));
    expect(off.reduce((sum, each) => sum + each, 0) / off.length).toBeLessThan(2);
    expect([to.width, to.height]).toEqual([50, 40]);
  });

  test('a rectangle off the pixel grid is tiled as untiled', async () => {
    const from = photo(90, 70, 4);
    const enlargement = enlarge({ width: 123, height: 100 }, { kind: 'pixels', side: 'width', pixels: 431 });
    const target = targetOf({ left: 17, top: 11, right: 107, bottom: 81 }, enlargement);
    expect(Math.abs(target.offsetX)).toBeGreaterThan(0.01);
    const options = { target, noise: 40, sharpness: 40 };
    const whole = await enhancePicture(from, [backendOf(sharpen, { maxTilePixels: 2048 ** 2 })], options);
    const tiled = await enhancePicture(from, [backendOf(sharpen, { maxTilePixels: 48 * 48 })], options);
    const most = Array.from(whole.picture.samples).reduce(
      (sum, value, i) => Math.max(sum, Math.abs(value - (tiled.picture.samples[i] as number))),
      0,
    );
    expect(most).toBeLessThanOrEqual(1);
  });
});
