import { describe, expect, test } from '@jest/globals';
import { imresize, KERNELS } from '../../../models/check/imresize.ts';
import { map, type Picture } from '../../../models/check/picture.ts';
import { luma, psnr, ssim } from '../../../models/check/quality.ts';
import { degrade, PHOTO, shrink } from '../../../models/quality/damage.ts';
import { placed } from '../../../models/quality/docs.ts';
import { heldOut } from '../../../models/quality/held-out.ts';
import { consistency, drift } from '../../../models/quality/metrics/colour.ts';
import { BRIGHT, DARK, edgeFigures, slantedEdge, transposed } from '../../../models/quality/metrics/edge.ts';
import { cosine, squareAround } from '../../../models/quality/metrics/identity.ts';
import { featureDistance, unitLength } from '../../../models/quality/metrics/perceptual.ts';
import { spread } from '../../../models/quality/sets.ts';

function picture(
  width: number,
  height: number,
  sample: (x: number, y: number, channel: number) => number,
): Picture {
  const data = Float32Array.from({ length: 3 * height * width }, (_, at) =>
    sample(at % width, Math.floor(at / width) % height, Math.floor(at / (width * height))),
  );
  return { name: 'made up', width, height, channels: 3, data };
}
/** Waves of several lengths, all longer than eight pixels. */
const soft = picture(64, 48, (x, y, channel) =>
  Math.round(128 + 60 * Math.sin(x / 5 + channel) + 50 * Math.cos(y / 4 - x / 9)),
);

describe('colour', () => {
  test('drifts by as much as the channel that is shifted most', () => {
    const shifts = [1, -2.5, 0];
    const shifted = picture(64, 48, (x, y, channel) => {
      const at = (channel * 48 + y) * 64 + x;
      return (soft.data[at] ?? NaN) + (shifts[channel] ?? NaN);
    });
    expect(drift(soft, soft)).toBe(0);
    expect(drift(shifted, soft)).toBeCloseTo(2.5, 4);
  });

  test('is consistent where the result is the original, and 48 dB where it is one step brighter', () => {
    const input = shrink(soft);
    // Only the rounding of the input is between them: a twelfth of a step squared, 58.9 dB.
    expect(consistency(soft, input)).toBeGreaterThan(58);
    const level = picture(16, 16, () => 100);
    expect(
      consistency(
        map(level, (sample) => sample + 1),
        shrink(level),
      ),
    ).toBeCloseTo(48.13, 2);
  });

  test('is consistent to within some decibels where pixels were only repeated', () => {
    const input = shrink(soft);
    const repeated = imresize(input, 64, 48, KERNELS.box);
    expect(repeated.data[1]).toBe(input.data[0]);
    const found = consistency(repeated, input);
    expect(found).toBeGreaterThan(35);
    expect(found).toBeLessThan(consistency(soft, input));
  });
});

describe('similarity', () => {
  test('is one for a picture and itself, and less where a pattern lies over it', () => {
    const patterned = picture(64, 48, (x, y, channel) => {
      const at = (channel * 48 + y) * 64 + x;
      return (soft.data[at] ?? NaN) + ((x + y) % 2 === 0 ? 20 : -20);
    });
    expect(ssim(luma(soft), luma(soft))).toBeCloseTo(1, 10);
    expect(ssim(luma(patterned), luma(soft))).toBeLessThan(0.95);
  });

  test('of features ignores their strength and is two where they are opposite', () => {
    const map = (...values: number[]) =>
      unitLength({ channels: 2, places: 2, data: Float32Array.from(values) });
    // Channel by channel: at the first place (3, 4), at the second (1, 0).
    const one = map(3, 1, 4, 0);
    expect(Array.from(one.data)).toEqual([0.6, 1, 0.8, 0].map(Math.fround));
    expect(featureDistance([one], [map(6, 9, 8, 0)])).toBeCloseTo(0, 10);
    expect(featureDistance([one], [map(3, 0, 4, 7)])).toBeCloseTo(1, 6);
    expect(featureDistance([one, one], [one, map(-3, -1, -4, 0)])).toBeCloseTo(2, 6);
    expect(() =>
      featureDistance([one], [unitLength({ channels: 1, places: 2, data: new Float32Array(2) })]),
    ).toThrow(RangeError);
  });

  test('of faces is the cosine of their numbers', () => {
    const one = Float32Array.of(1, 2, 2);
    expect(cosine(one, Float32Array.of(2, 4, 4))).toBeCloseTo(1, 10);
    expect(cosine(one, Float32Array.of(0, 1, -1))).toBeCloseTo(0, 10);
  });

  test('of faces is taken in a square about the box, moved into the picture', () => {
    const within = { width: 100, height: 80 };
    expect(squareAround({ x: 20, y: 30, width: 30, height: 40 }, within)).toEqual({
      x: 15,
      y: 30,
      width: 40,
      height: 40,
    });
    expect(squareAround({ x: 90, y: -5, width: 20, height: 10 }, within)).toEqual({
      x: 80,
      y: 0,
      width: 20,
      height: 20,
    });
    expect(squareAround({ x: 0, y: 0, width: 90, height: 90 }, within)).toEqual({
      x: 5,
      y: 0,
      width: 80,
      height: 80,
    });
  });
});

describe('a slanted edge', () => {
  const gaussian = (sigma: number) => ({
    radius: 5 * sigma,
    weight: (distance: number) => Math.exp(-(distance ** 2) / (2 * sigma ** 2)),
  });
  const edge = slantedEdge(192, false);

  test.each([1.5, 3])('blurred by σ %d has the MTF50 of that Gaussian, and no overshoot', (sigma) => {
    const { mtf50, overshoot } = edgeFigures(luma(imresize(edge, 192, 192, gaussian(sigma))));
    // exp(−2π²σ²f²) is one half at f = √(2 ln 2) / (2πσ); the pixel's own blur takes a little more.
    const expected = Math.sqrt(2 * Math.log(2)) / (2 * Math.PI * sigma);
    expect(mtf50).toBeGreaterThan(expected * 0.96);
    expect(mtf50).toBeLessThan(expected * 1.02);
    expect(overshoot).toBeLessThan(0.5);
  });

  test('is the same lying as upright', () => {
    const lying = transposed(luma(slantedEdge(192, true)));
    expect(edgeFigures(lying)).toEqual(edgeFigures(luma(edge)));
  });

  test('that rings is told by how much', () => {
    // A line of a tenth of the step, two pixels beyond the edge on its bright side.
    const slope = Math.tan((5 * Math.PI) / 180);
    const ringing = map(edge, (sample) => sample);
    ringing.data.forEach((sample, at) => {
      const [x, y] = [at % 192, Math.floor(at / 192) % 192];
      const distance = x + 0.5 - 96 - (y + 0.5 - 96) * slope;
      if (distance > 2 && distance < 5) ringing.data[at] = sample + (BRIGHT - DARK) / 10;
    });
    expect(edgeFigures(luma(ringing)).overshoot).toBeCloseTo(10, 0);
    expect(edgeFigures(luma(edge)).overshoot).toBeLessThan(0.1);
  });

  test('keeps its figures in a picture of another contrast', () => {
    const strong = map(edge, (sample) => (sample - DARK) * 2);
    const [one, other] = [edgeFigures(luma(edge)), edgeFigures(luma(strong))];
    expect(other.mtf50).toBeCloseTo(one.mtf50, 4);
  });
});

describe('pictures', () => {
  test.each([
    ['female-10.jpg', true],
    ['male-98.jpg', true],
    ['white-white_d_9.png', true],
    ['roman-colosseum.jpg', true],
    ['female-1.jpg', false],
    ['canyon-wren.jpg', false],
  ])('%s is held out as Python says: %s', (name, held) => {
    expect(heldOut(name)).toBe(held);
  });

  test('are spread over a set, and all taken where none is said', () => {
    expect(spread([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 3)).toHaveLength(3);
    expect(spread([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 5)).toEqual([0, 2, 4, 6, 8]);
    expect(spread([0, 1, 2], 0)).toEqual([0, 1, 2]);
    expect(spread([0, 1, 2], 7)).toEqual([0, 1, 2]);
  });

  test('are degraded by the same noise each time, by another for another name', async () => {
    const [one, again] = [await degrade(soft, PHOTO), await degrade(soft, PHOTO)];
    const other = await degrade({ ...soft, name: 'another' }, PHOTO);
    expect(one).toMatchObject({ width: 16, height: 12 });
    expect(Array.from(again.data)).toEqual(Array.from(one.data));
    expect(Array.from(other.data)).not.toEqual(Array.from(one.data));
    const found = psnr(one, shrink(soft));
    expect(found).toBeGreaterThan(20);
    expect(found).toBeLessThan(38);
  });
});

describe('the page of figures', () => {
  test('takes a section between its marks and leaves the others', () => {
    const text =
      'a\n<!-- quality: x -->\nold\n<!-- end: x -->\nb\n<!-- quality: y -->\nkept\n<!-- end: y -->';
    expect(placed(text, 'x', 'new')).toBe(
      'a\n<!-- quality: x -->\n\nnew\n\n<!-- end: x -->\nb\n<!-- quality: y -->\nkept\n<!-- end: y -->',
    );
    expect(() => placed(text, 'z', 'new')).toThrow('z');
  });
});
