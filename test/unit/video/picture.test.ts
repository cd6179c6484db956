import { expect, test } from '@jest/globals';
import { rgbaOf } from '../../../src/video/picture.ts';
import { allocatePlanes } from '../../../src/video/planes.ts';

const colour = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false } as const;

test('a picture to look at has its colours, at its size, smaller and wider', () => {
  const picture = allocatePlanes('rgb', 32, 16, 16);
  picture.planes[0].fill(65535);
  for (let i = 0; i < 512; i++) picture.planes[1][i] = i % 32 < 16 ? 0 : 65535;
  for (const [width, height] of [
    [32, 16],
    [8, 4],
    [43, 16],
    [100, 50],
  ] as const) {
    const { rgba, ...size } = rgbaOf(picture, colour, width, height);
    expect(size).toEqual({ width, height });
    expect(rgba).toHaveLength(4 * width * height);
    const row = 4 * width * (height >> 1);
    expect([...rgba.subarray(row, row + 4)]).toEqual([255, 0, 0, 255]);
    expect([...rgba.subarray(row + 4 * width - 4, row + 4 * width)]).toEqual([255, 255, 0, 255]);
  }
});

test('fine stripes that no longer fit become their mean', () => {
  const picture = allocatePlanes('rgb', 64, 64, 8);
  picture.planes[0].forEach((_, i) => (picture.planes[0][i] = i % 2 === 0 ? 0 : 200));
  const { rgba } = rgbaOf(picture, colour, 8, 8);
  for (let pixel = 0; pixel < 64; pixel++)
    expect(Math.abs((rgba[4 * pixel] ?? 0) - 100)).toBeLessThanOrEqual(8);
});
