/** High dynamic range, and gray: what goes through the engine beside RGB in 0..1. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { codingOf } from '../../../src/engine/hdr.ts';
import type { Channels, Depth } from '../../../src/engine/types.ts';
import {
  backendOf,
  enhancePicture,
  nearest,
  type Net,
  photo,
  picture,
  type Picture,
  smooth,
} from './fakes.ts';

/** A picture in linear light, with the range that its host would tell. */
function hdr(
  width: number,
  height: number,
  channels: Channels,
  value: (x: number, y: number, c: number) => number,
): Picture {
  const made = picture(width, height, channels, 32, value);
  const colors = Array.from(made.samples).filter(
    (each, i) => !(channels % 2 === 0 && i % channels === channels - 1) && isFinite(each),
  );
  const range = {
    low: colors.reduce((a, b) => Math.min(a, b)),
    high: colors.reduce((a, b) => Math.max(a, b)),
  };
  return { ...made, range };
}

describe('the coding', () => {
  const ends = fc.tuple(
    fc.double({ min: -50, max: 2, noNaN: true }),
    fc.double({ min: 0, max: 1e5, noNaN: true }),
  );
  const ranges = ends.filter(([low, high]) => low < high).map(([low, high]) => ({ low, high }));

  test('fills 0..1, is monotone, and gives back what it took, through floats', () => {
    fc.assert(
      fc.property(
        ranges,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 30 }),
        (range, shares) => {
          const coding = codingOf({ range });
          if (!coding) throw new Error('no coding');
          let [before, codeBefore] = [-Infinity, -Infinity];
          for (const share of shares.sort((a, b) => a - b)) {
            const value = range.low + share ** 4 * (range.high - range.low);
            const code = Math.fround(coding.encode(value));
            expect(code).toBeGreaterThanOrEqual(0);
            expect(code).toBeLessThanOrEqual(1);
            if (value > before) expect(code).toBeGreaterThanOrEqual(codeBefore);
            [before, codeBefore] = [value, code];
            expect(Math.abs(coding.decode(code) - value)).toBeLessThan(
              1e-5 * Math.max(Math.abs(value), 0.05),
            );
          }
        },
      ),
    );
  });

  test('is sRGB for a picture that stays within 0..1', () => {
    const coding = codingOf({ range: { low: 0.1, high: 0.6 } });
    expect(coding?.encode(0.214041)).toBeCloseTo(0.5, 5);
    expect(coding?.encode(0)).toBe(0);
    expect(coding?.encode(1)).toBeCloseTo(1, 12);
  });

  test('has no kink at white, and none at black', () => {
    const coding = codingOf({ range: { low: -4, high: 64 } });
    const slope = (at: number) =>
      ((coding?.encode(at + 1e-5) ?? NaN) - (coding?.encode(at - 1e-5) ?? NaN)) / 2e-5;
    expect(slope(1 - 1e-3) / slope(1 + 1e-3)).toBeCloseTo(1, 2);
    expect(slope(-1e-3) / slope(1e-3)).toBeCloseTo(1, 6);
  });

  test('takes NaN for black, and infinities for the ends, whatever the range says', () => {
    const coding = codingOf({ range: { low: -2, high: 8 } });
    expect(coding?.decode(coding.encode(NaN))).toBeCloseTo(0, 9);
    expect(coding?.decode(coding.encode(Infinity))).toBeCloseTo(8, 6);
    expect(coding?.decode(coding.encode(-Infinity))).toBeCloseTo(-2, 6);
    const endless = codingOf({ range: { low: NaN, high: Infinity } });
    expect(endless?.decode(Math.fround(endless.encode(2)))).toBeCloseTo(2, 4);
  });
});

describe('a picture of high dynamic range', () => {
  test.each([1, 2, 3, 4] as const)(
    'of %i channels comes back through a network that changes nothing',
    async (channels) => {
      const from = hdr(40, 33, channels, (x, y, c) =>
        c === 3 || (channels === 2 && c === 1)
          ? 1
          : c === 0
            ? x === 5
              ? -0.4 * y
              : 0.002 * 1.3 ** x
            : y === 7
              ? 300
              : 0.01 + 0.03 * x * c,
      );
      const { picture: to } = await enhancePicture(from, [backendOf(nearest)]);
      expect([to.width, to.height, to.channels, to.depth]).toEqual([160, 132, channels, 32]);
      let most = 0;
      for (let y = 0; y < to.height; y++) {
        for (let x = 0; x < to.width; x++) {
          for (let c = 0; c < channels; c++) {
            const before = from.samples[((y >> 2) * 40 + (x >> 2)) * channels + c] as number;
            const after = to.samples[(y * to.width + x) * channels + c] as number;
            most = Math.max(most, Math.abs(after - before) / Math.max(Math.abs(before), 1e-3));
          }
        }
      }
      expect(most).toBeLessThan(1e-4);
    },
  );

  test('keeps a ramp of 0 to 64 a ramp: it rises with every pixel', async () => {
    const from = hdr(512, 20, 3, (x) => (64 * x) / 511);
    const { picture: to } = await enhancePicture(from, [backendOf(smooth)], { scale: 3 });
    const row = Array.from({ length: to.width }, (_, x) => to.samples[(30 * to.width + x) * 3] as number);
    // Both ends are mirrored, and level.
    const inner = row.slice(4, -4);
    for (let i = 1; i < inner.length; i++) expect(inner[i]).toBeGreaterThan(inner[i - 1] as number);
    expect(row.at(-1)).toBeGreaterThan(63.5);
    expect(row[0]).toBeLessThan(0.05);
    const middle = row[3 * 256 + 1] as number;
    expect(middle).toBeGreaterThan(31);
    expect(middle).toBeLessThan(33);
  });

  test('never leaves its range, whatever the network makes', async () => {
    const wild: Net = async (tile, signal) => {
      const made = await smooth(tile, signal);
      return { ...made, data: made.data.map((value) => 3 * value - 1) };
    };
    const from = hdr(40, 40, 3, (x, y) => (x * y) / 100 - 1);
    const { picture: to } = await enhancePicture(from, [backendOf(wild)], { noise: 0, sharpness: 100 });
    expect(Array.from(to.samples).reduce((a, b) => Math.max(a, b))).toBeLessThanOrEqual(
      Math.fround(from.range?.high ?? NaN),
    );
    expect(Array.from(to.samples).reduce((a, b) => Math.min(a, b))).toBeGreaterThanOrEqual(-1);
  });

  test('with NaN and infinities in it gives numbers only', async () => {
    const from = hdr(40, 30, 4, (x, y, c) =>
      c === 3 ? 1 : x === 9 ? NaN : y === 9 ? Infinity : y === 3 ? -Infinity : x,
    );
    const { picture: to } = await enhancePicture(from, [backendOf(smooth)], { scale: 2 });
    expect(to.samples.every((value) => Number.isFinite(value))).toBe(true);
  });
});

describe('gray', () => {
  test.each([8, 16, 32] as const)(
    'of one and of two channels is the same at %i bits',
    async (depth: Depth) => {
      const shown = photo(50, 40, 1).samples;
      const value = (x: number, y: number) => (shown[y * 50 + x] as number) / 255;
      const one = picture(50, 40, 1, depth, value);
      const two = picture(50, 40, 2, depth, (x, y, c) => (c === 1 ? 1 : value(x, y)));
      const options = { scale: 3, noise: 50 };
      const [a, b] = [
        await enhancePicture(one, [backendOf(smooth)], options),
        await enhancePicture(two, [backendOf(smooth)], options),
      ];
      expect([...b.picture.samples.filter((_, i) => i % 2 === 0)]).toEqual([...a.picture.samples]);
      expect([a.picture.channels, b.picture.channels, a.picture.depth]).toEqual([1, 2, depth]);
    },
  );

  /** A network with a tint in its detail, as those trained on colour have: its mean over each pixel is none. */
  const tinting: Net = async (tile, signal) => {
    const made = await nearest(tile, signal);
    const { width } = made;
    const plane = made.data.length / 3;
    return {
      ...made,
      data: made.data.map((value, i) => {
        const sign = ((i % width) + Math.floor((i % plane) / width)) % 2 === 0 ? 1 : -1;
        return i < plane ? value + sign * 0.02 : value;
      }),
    };
  };
  const spread = ({ samples, width }: Picture, x: number, y: number) => {
    const at = (y * width + x) * 3;
    const pixel = [...samples.subarray(at, at + 3)];
    return Math.max(...pixel) - Math.min(...pixel);
  };

  test.each([0, 100])('in RGB stays gray, though the network tints it, at Noise %i', async (noise) => {
    const gray = photo(50, 40, 1).samples;
    const from = picture(50, 40, 3, 8, (x, y) => (gray[y * 50 + x] as number) / 255);
    const { picture: to } = await enhancePicture(from, [backendOf(tinting)], { noise, sharpness: 50 });
    let most = 0;
    for (let y = 0; y < to.height; y++)
      for (let x = 0; x < to.width; x++) most = Math.max(most, spread(to, x, y));
    expect(most).toBe(0);
  });

  test('beside colour takes nothing off the colour, nor off what is near it', async () => {
    const colored = photo(60, 40).samples;
    const from = picture(
      60,
      40,
      3,
      8,
      (x, y, c) => (colored[(y * 60 + x) * 3 + (x < 30 ? 0 : c)] as number) / 255,
    );
    const { picture: to } = await enhancePicture(from, [backendOf(tinting)]);
    // The tint is the network's word, where there is colour.
    const left = spread(to, 4 * 20, 80);
    expect(left).toBe(0);
    const kept = Array.from({ length: 4 * 33 }, (_, i) => spread(to, 4 * 27 + i, 80)).filter(
      (each) => each > 3,
    );
    expect(kept.length).toBeGreaterThan(100);
  });
});
