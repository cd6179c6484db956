import { describe, expect, test } from '@jest/globals';
import { imresize, KERNELS } from '../../../models/check/imresize.ts';
import { crop, cropToMultiple, mirrored, quantised, type Picture } from '../../../models/check/picture.ts';
import { inner, luma, psnr, ssim } from '../../../models/check/quality.ts';

function picture(
  width: number,
  height: number,
  sample: (x: number, y: number, channel: number) => number,
  channels = 1,
): Picture {
  const data = Float32Array.from({ length: channels * height * width }, (_, at) =>
    sample(at % width, Math.floor(at / width) % height, Math.floor(at / (width * height))),
  );
  return { name: 'made up', width, height, channels, data };
}
const row = (...samples: number[]): Picture => picture(samples.length, 1, (x) => samples[x] ?? NaN);
const samplesOf = ({ data }: Picture): number[] => Array.from(data);

describe('resampling', () => {
  test.each(Object.entries(KERNELS))('keeps a flat picture flat with %s', (_, kernel) => {
    const flat = picture(13, 9, () => 77);
    for (const [width, height] of [
      [5, 3],
      [13, 9],
      [40, 21],
    ] as const) {
      for (const sample of imresize(flat, width, height, kernel).data) expect(sample).toBeCloseTo(77, 4);
    }
  });

  test('puts the centre of a shrunk pixel amid the pixels it is made of', () => {
    const ramp = picture(64, 1, (x) => x);
    const { data } = imresize(ramp, 16, 1, KERNELS.catmullRom);
    for (let x = 2; x < 14; x++) expect(data[x]).toBeCloseTo(4 * x + 1.5, 4);
  });

  test('takes the mean of the area with the box', () => {
    expect(samplesOf(imresize(row(1, 2, 3, 40, 50, 60), 2, 1, KERNELS.box))).toEqual([2, 50]);
  });

  test('weighs by a = −0.5 when enlarging, the field’s bicubic', () => {
    // Halfway pixels of a ×2 enlargement lie 1/4 from their nearest: −0.0703125, 0.8671875, 0.2265625, −0.0234375.
    const { data } = imresize(row(0, 0, 0, 100, 0, 0, 0, 0), 16, 1, KERNELS.catmullRom);
    expect(Array.from(data.slice(2, 12)).map((sample) => sample.toFixed(5))).toEqual(
      [0, -2.34375, -7.03125, 22.65625, 86.71875, 86.71875, 22.65625, -7.03125, -2.34375, 0].map((sample) =>
        sample.toFixed(5),
      ),
    );
  });
});

describe('the measures', () => {
  const noisy = picture(24, 20, (x, y) => (x * 37 + y * 91) % 256);

  test('give 48.13 dB for one step everywhere', () => {
    expect(psnr(noisy, { ...noisy, data: noisy.data.map((sample) => sample + 1) })).toBeCloseTo(48.1308, 3);
  });

  test('take luma from 16 for black to 235 for white', () => {
    const ends = picture(2, 1, (x) => 255 * x, 3);
    expect(samplesOf(luma(ends))).toEqual([16, 235]);
    expect(samplesOf(luma(picture(1, 1, (_x, _y, channel) => (channel === 1 ? 255 : 0), 3)))[0]).toBeCloseTo(
      144.553,
      3,
    );
  });

  test('give a structural similarity of one for a picture and itself, less for another', () => {
    expect(ssim(noisy, noisy)).toBeCloseTo(1, 10);
    expect(
      ssim(
        noisy,
        picture(24, 20, () => 128),
      ),
    ).toBeLessThan(0.1);
  });

  test('leave the border out', () => {
    expect(
      samplesOf(
        inner(
          picture(5, 4, (x, y) => 10 * y + x),
          1,
        ),
      ),
    ).toEqual([11, 12, 13, 21, 22, 23]);
  });
});

describe('pictures', () => {
  test('are mirrored with their edge pixel, however far', () => {
    expect(samplesOf(mirrored(row(1, 2, 3), 4)).slice(0, 11)).toEqual([3, 3, 2, 1, 1, 2, 3, 3, 2, 1, 1]);
    expect(samplesOf(mirrored(row(5), 2))).toEqual(Array(25).fill(5));
  });

  test('are cropped in each channel alike', () => {
    const two = picture(3, 2, (x, y, channel) => 100 * channel + 10 * y + x, 2);
    expect(samplesOf(crop(two, 1, 1, 2, 1))).toEqual([11, 12, 111, 112]);
    expect(() => crop(two, 2, 0, 2, 1)).toThrow(RangeError);
    expect(
      cropToMultiple(
        picture(9, 6, () => 0),
        4,
      ),
    ).toMatchObject({ width: 8, height: 4 });
  });

  test('are rounded to 8-bit steps, not cut off', () => {
    expect(samplesOf(quantised(row(-3, 0.49, 0.5, 254.6, 300)))).toEqual([0, 0, 1, 255, 255]);
  });
});
