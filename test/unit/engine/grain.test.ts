import { describe, expect, test } from '@jest/globals';
import { axisOf } from '../../../src/engine/axis.ts';
import { enlargeTaps } from '../../../src/engine/grain-enlarge.ts';
import { weightGrain } from '../../../src/engine/grain.ts';
import {
  backendOf,
  enhancePicture,
  largestDifference,
  nearest,
  type Net,
  photo,
  picture,
  type Picture,
  random,
  sharpen,
} from './fakes.ts';

/** A network that takes out what is finer than some pixels: a mean of 5 × 5, then made larger. */
const denoise: Net = ({ width, height, data }, signal) => {
  const out = new Float32Array(data.length);
  const { max, min } = Math;
  for (let plane = 0; plane < 3; plane++) {
    const at = (x: number, y: number) =>
      data[(plane * height + max(0, min(height - 1, y))) * width + max(0, min(width - 1, x))] as number;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let j = -2; j <= 2; j++) for (let i = -2; i <= 2; i++) sum += at(x + i, y + j);
        out[(plane * height + y) * width + x] = sum / 25;
      }
    }
  }
  return nearest({ width, height, data: out }, signal);
};

/** Noise of deviation 1 and mean 0, of one number a pixel and channel. */
function noiseOf(width: number, height: number, seed = 5): (x: number, y: number, channel: number) => number {
  const next = random(seed);
  const values = Float32Array.from({ length: 3 * width * height }, () => {
    let sum = 0;
    for (let i = 0; i < 6; i++) sum += next();
    return (sum - 3) * Math.SQRT2;
  });
  return (x, y, channel) => values[(channel * height + y) * width + x] as number;
}

/** The result shrunk to the input: 3 values a pixel, in steps of 1/255. */
function shrunk(from: Picture, scale: number): (x: number, y: number, channel: number) => number {
  const unit = from.depth === 8 ? 1 : 255 / 65535;
  return (x, y, channel) => {
    let sum = 0;
    for (let j = 0; j < scale; j++) {
      for (let i = 0; i < scale; i++) {
        const at = (y * scale + j) * from.width + x * scale + i;
        sum += from.samples[at * from.channels + channel] as number;
      }
    }
    return (sum * unit) / scale ** 2;
  };
}

/** Deviation of what is finer than a mean of 5 × 5, and its correlation with that of another picture. */
function fineness(
  a: (x: number, y: number) => number,
  b: (x: number, y: number) => number,
  size: number,
): { sigma: number; other: number; correlation: number } {
  const fine = (of: (x: number, y: number) => number, x: number, y: number) => {
    let sum = 0;
    for (let j = -2; j <= 2; j++) for (let i = -2; i <= 2; i++) sum += of(x + i, y + j);
    return of(x, y) - sum / 25;
  };
  let [aa, bb, ab, count] = [0, 0, 0, 0];
  for (let y = 12; y < size - 12; y++) {
    for (let x = 12; x < size - 12; x++) {
      const [p, q] = [fine(a, x, y), fine(b, x, y)];
      [aa, bb, ab, count] = [aa + p * p, bb + q * q, ab + p * q, count + 1];
    }
  }
  const { sqrt } = Math;
  return { sigma: sqrt(aa / count), other: sqrt(bb / count), correlation: ab / sqrt(aa * bb) };
}

const SIZE = 72;
const SIGMA = 5;
const noise = noiseOf(SIZE, SIZE);
/** Soft light over grain of 5/255. */
const grainy = (colour: (x: number, y: number, channel: number) => number, depth: 8 | 16 = 16) =>
  picture(SIZE, SIZE, 3, depth, (x, y, c) => 0.35 + (0.2 * (x + y)) / (2 * SIZE) + colour(x, y, c));
const gray = grainy((x, y) => (SIGMA / 255) * noise(x, y, 0));

describe('noise', () => {
  test.each([2, 3, 4])('0 gives the input’s own grain back at %i×', async (scale) => {
    const { picture: to } = await enhancePicture(gray, [backendOf(denoise)], { scale, noise: 0 });
    const result = shrunk(to, scale);
    const input = shrunk(gray, 1);
    const { sigma, other, correlation } = fineness(
      (x, y) => result(x, y, 1),
      (x, y) => input(x, y, 1),
      SIZE,
    );
    expect(correlation).toBeGreaterThan(0.9);
    expect(sigma / other).toBeGreaterThan(0.85);
    expect(sigma / other).toBeLessThan(1.15);
  });

  test('50 gives half of it back, and 100 none', async () => {
    const at = async (percent: number) => {
      const { picture: to } = await enhancePicture(gray, [backendOf(denoise)], { noise: percent });
      return shrunk(to, 4);
    };
    const [all, half, none] = [await at(0), await at(50), await at(100)];
    const { sigma, other, correlation } = fineness(
      (x, y) => half(x, y, 0) - none(x, y, 0),
      (x, y) => all(x, y, 0) - none(x, y, 0),
      SIZE,
    );
    expect(sigma / other).toBeCloseTo(0.5, 2);
    expect(correlation).toBeGreaterThan(0.99);
    expect(
      fineness(
        (x, y) => none(x, y, 0),
        (x, y) => all(x, y, 0),
        SIZE,
      ).sigma,
    ).toBeLessThan(0.3 * SIGMA);
  });

  test('100 is what a run without the setting gives', async () => {
    const plain = await enhancePicture(gray, [backendOf(sharpen)]);
    const none = await enhancePicture(gray, [backendOf(sharpen)], { noise: 100, sharpness: 0 });
    expect(largestDifference(none.picture, plain.picture)).toBe(0);
  });

  test('0 gives the same tiled and untiled, with alpha and without', async () => {
    for (const channels of [3, 4] as const) {
      const shown = photo(150, 90);
      const from = picture(150, 90, channels, 8, (x, y, c) =>
        c === 3 ? (x < 60 ? 0 : 1) : (shown.samples[(y * 150 + x) * 3 + c] as number) / 255,
      );
      const untiled = await enhancePicture(from, [backendOf(sharpen, { maxTilePixels: 2048 * 2048 })], {
        noise: 0,
      });
      const tiled = await enhancePicture(from, [backendOf(sharpen, { maxTilePixels: 48 * 48 })], {
        noise: 0,
      });
      // Where it is wholly transparent, one run may see a network and the other none; nobody sees either.
      const seen = (of: Picture) =>
        channels === 3
          ? of
          : { ...of, samples: of.samples.map((value, i) => (of.samples[i | 3] === 0 ? 0 : value)) };
      expect(largestDifference(seen(untiled.picture), seen(tiled.picture))).toBeLessThanOrEqual(1);
    }
  });

  test('of one colour keeps that colour, and gray noise stays gray', async () => {
    const blue = grainy((x, y, c) => (c === 2 ? (SIGMA / 255) * noise(x, y, 0) : 0));
    const { picture: to } = await enhancePicture(blue, [backendOf(denoise)], { noise: 0 });
    const result = shrunk(to, 4);
    const channel = (c: number) =>
      fineness(
        (x, y) => result(x, y, c),
        (x, y) => result(x, y, c),
        SIZE,
      ).sigma;
    expect(channel(2)).toBeGreaterThan(0.8 * SIGMA);
    expect(channel(0)).toBeLessThan(0.05);
    const { picture: neutral } = await enhancePicture(gray, [backendOf(denoise)], { noise: 0 });
    for (let i = 0; i < neutral.samples.length; i += 3) {
      const [r, g, b] = neutral.samples.subarray(i, i + 3);
      if (r !== g || g !== b) throw new Error(`colour at ${i}: ${r} ${g} ${b}`);
    }
  });

  test('brings no ringing to a sharp edge that the network drew otherwise', async () => {
    const edge = picture(SIZE, SIZE, 3, 16, (x) => (x < SIZE / 2 ? 0.2 : 0.8));
    const off = await enhancePicture(edge, [backendOf(denoise)]);
    const on = await enhancePicture(edge, [backendOf(denoise)], { noise: 0 });
    expect(largestDifference(on.picture, off.picture) / 257).toBeLessThan(0.5);
  });

  test('brings no halo to an edge amid grain: along it, what comes back has no mean', async () => {
    const edge = picture(
      SIZE,
      SIZE,
      3,
      16,
      (x, y) => (x < SIZE / 2 ? 0.2 : 0.8) + (3 / 255) * noise(x, y, 0),
    );
    const off = await enhancePicture(edge, [backendOf(denoise)]);
    const on = await enhancePicture(edge, [backendOf(denoise)], { noise: 0 });
    const [before, after] = [shrunk(off.picture, 4), shrunk(on.picture, 4)];
    for (let x = 0; x < SIZE; x++) {
      let sum = 0;
      for (let y = 0; y < SIZE; y++) sum += after(x, y, 0) - before(x, y, 0);
      // The mean of 72 values of deviation 3 itself scatters by a third.
      expect(Math.abs(sum / SIZE)).toBeLessThan(1.5);
    }
  });

  test('brings nothing to a clean picture, whatever the network did to its shapes', async () => {
    const disc = (x: number, y: number, cx: number, cy: number, r: number) =>
      Math.min(1, Math.max(0, r - Math.hypot(x - cx, y - cy) + 0.5));
    const clean = picture(SIZE, SIZE, 3, 8, (x, y, c) => {
      const sky = 0.3 + (0.3 * y) / SIZE;
      return sky + (0.3 - 0.2 * c) * disc(x, y, 25, 30, 12) - 0.2 * disc(x, y, 52, 45, 9);
    });
    const off = await enhancePicture({ ...clean }, [backendOf(denoise)]);
    const on = await enhancePicture({ ...clean }, [backendOf(denoise)], { noise: 0 });
    expect(largestDifference(on.picture, off.picture)).toBeLessThan(0.5);
  });

  test('leaves places of one colour and what is transparent as they were', async () => {
    const from = picture(160, 64, 4, 8, (x, y, c) =>
      c === 3 ? (x < 120 ? 1 : 0) : x < 50 ? 0.4 : 0.5 + 0.02 * noise(x % SIZE, y, c),
    );
    const off = await enhancePicture(from, [backendOf(denoise, { maxTilePixels: 48 * 48 })]);
    const on = await enhancePicture(from, [backendOf(denoise, { maxTilePixels: 48 * 48 })], { noise: 0 });
    const different = new Set<number>();
    on.picture.samples.forEach((value, i) => {
      if (value !== off.picture.samples[i]) different.add(((i / 4) | 0) % on.picture.width);
    });
    // The grain itself is there, and ends with the noise; alpha, the flat side and the transparent side are the same.
    expect(different.size).toBeGreaterThan(4 * 50);
    expect(Math.min(...different)).toBeGreaterThanOrEqual(4 * (50 - 6));
    expect(Math.max(...different)).toBeLessThan(4 * (120 + 6));
    for (let i = 3; i < on.picture.samples.length; i += 4) {
      if (on.picture.samples[i] !== off.picture.samples[i]) throw new Error(`alpha at ${i}`);
    }
  });

  test('keeps its grain up to the edge of a cut-out', async () => {
    const cut = picture(SIZE, SIZE, 4, 16, (x, y, c) =>
      c === 3 ? (x < 40 ? 1 : 0) : 0.4 + (SIGMA / 255) * noise(x, y, 0),
    );
    const { picture: to } = await enhancePicture(cut, [backendOf(denoise)], { noise: 0 });
    const result = shrunk(to, 4);
    let [sum, expected] = [0, 0];
    for (let y = 0; y < SIZE; y++) {
      for (let x = 34; x < 38; x++) {
        sum += (result(x, y, 0) - 102) ** 2;
        expected += (SIGMA * noise(x, y, 0)) ** 2;
      }
    }
    expect(Math.sqrt(sum / expected)).toBeGreaterThan(0.75);
  });
});

describe('the parts of it', () => {
  test('grain enlarged and shrunk again is itself', () => {
    for (const scale of [2, 3, 4]) {
      const { taps, weights } = enlargeTaps(axisOf(100 * scale, scale, 0));
      const phases = Array.from({ length: scale }, (_, i) => weights.subarray(i * taps, (i + 1) * taps));
      const means = Array.from({ length: taps }, (_, tap) =>
        phases.reduce((sum, phase) => sum + (phase[tap] ?? 0) / scale, 0),
      );
      means.forEach((mean, tap) => expect(Math.abs(mean - (tap === 4 ? 1 : 0))).toBeLessThan(0.02));
      for (const phase of phases) expect(phase.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
    }
  });

  test('the weight is near 1 in even grain, and near 0 at edges, at blocks and where there is none', () => {
    const grain = (4 / 255) ** 2;
    expect(weightGrain(1.6 * grain, 0, 0.7 * grain)).toBeGreaterThan(0.95);
    expect(weightGrain(grain, 0.2 ** 2, grain)).toBeLessThan(0.01);
    expect(weightGrain(0.1 ** 2, 0, (0.5 / 255) ** 2)).toBeLessThan(0.01);
    expect(weightGrain(0.1 ** 2, 0, 0)).toBe(0);
    expect(weightGrain(0, 0, 0)).toBe(0);
    expect(weightGrain(Infinity, 0, grain)).toBe(0);
  });
});
