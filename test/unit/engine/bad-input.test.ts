/** Pictures that have nothing to enhance, or next to nothing, come out unharmed, whatever the settings. */
import { describe, expect, test } from '@jest/globals';
import {
  backendOf,
  enhancePicture,
  largestDifference,
  means,
  nearest,
  photo,
  picture,
  type Picture,
  sharpen,
} from './fakes.ts';

const settings = [
  {},
  { noise: 0 },
  { sharpness: 100 },
  { noise: 0, sharpness: 100, scale: 3 },
  { noise: 50, sharpness: 50, scale: 2 },
];
const faces = () => ({
  network: { scale: 4, overlap: 4 },
  backends: [backendOf(sharpen)],
  regions: [{ x: 0, y: 1, width: 6, height: 5 }],
});
const run = async (from: Picture, options: (typeof settings)[number]) =>
  (await enhancePicture(from, [backendOf(sharpen)], { local: faces(), ...options })).picture;

/** Each pixel of the input, times the scale in both directions. */
const enlarged = (from: Picture, scale: number) =>
  picture(from.width * scale, from.height * scale, from.channels, from.depth, (x, y, c) => {
    const at = ((y / scale) | 0) * from.width + ((x / scale) | 0);
    return (from.samples[at * from.channels + c] as number) / 255;
  });

const range = ({ samples }: Picture): [number, number] => {
  let [low, high] = [Infinity, -Infinity];
  for (const value of samples) [low, high] = [value < low ? value : low, value > high ? value : high];
  return [low, high];
};

describe.each(settings)('with %j', (options) => {
  const scale = options.scale ?? 4;

  test.each([
    [1, 1],
    [2, 1],
    [8, 8],
    [3, 40],
  ])('a picture of %i × %i keeps its colours and its place', async (width, height) => {
    for (const channels of [1, 3, 4] as const) {
      const from = photo(width, height, channels);
      const to = await run(from, options);
      expect([to.width, to.height, to.channels]).toEqual([width * scale, height * scale, channels]);
      const before = means(from);
      means(to).forEach((mean, i) => expect(Math.abs(mean - (before[i] as number))).toBeLessThan(1));
    }
  });

  test.each([0, 1, 128, 255])('one colour, %i, stays that colour', async (value) => {
    const from = picture(40, 30, 3, 8, (_x, _y, c) => (c === 1 ? 1 : value / 255));
    expect(largestDifference(await run(from, options), enlarged(from, scale))).toBe(0);
  });

  test('gray in three channels stays gray', async () => {
    const gray = photo(50, 40, 1);
    const from = picture(50, 40, 3, 8, (x, y) => (gray.samples[y * 50 + x] as number) / 255);
    const to = (await enhancePicture(from, [backendOf(nearest)], { ...options })).picture;
    for (let i = 0; i < to.samples.length; i += 3) {
      const [r, g, b] = to.samples.subarray(i, i + 3);
      if (r !== g || g !== b) throw new Error(`colour at ${i}: ${r} ${g} ${b}`);
    }
  });

  test('what is sharp already gets no brighter and no darker anywhere', async () => {
    const from = picture(48, 36, 3, 8, (x, y) => (((x >> 2) + (y >> 2)) & 1 ? 0.9 : 0.1));
    const to = (await enhancePicture(from, [backendOf(nearest)], options)).picture;
    const [low, high] = range(from);
    const [least, greatest] = range(to);
    // The filter that makes 2× and 3× of 4× overshoots by a tenth of an edge by itself (resample.ts).
    const allowed = scale === 4 ? 0 : 0.1 * (high - low);
    expect(least).toBeGreaterThanOrEqual(low - allowed);
    expect(greatest).toBeLessThanOrEqual(high + allowed);
    if (scale === 4) expect(largestDifference(to, enlarged(from, 4))).toBe(0);
  });
});
