import { beforeAll, describe, expect, test } from '@jest/globals';
import { decodeModel, FLOAT16 } from '../../../models/convert/onnx.ts';
import { catalogEntries, loadNetwork, modelFile, type Enlarge } from '../../../models/check/network.ts';
import type { Picture } from '../../../models/check/picture.ts';

function flat(width: number, height: number, colour: readonly [number, number, number]): Picture {
  const pixels = width * height;
  const data = Float32Array.from({ length: 3 * pixels }, (_, at) => colour[Math.floor(at / pixels)] ?? NaN);
  return { name: 'flat', width, height, channels: 3, data };
}

describe.each(catalogEntries())('$id', (entry) => {
  let enlarge: Enlarge;
  beforeAll(async () => {
    enlarge = await loadNetwork(entry);
  });

  test.each([
    [1, 1],
    [7, 5],
    [33, 2],
  ])('takes %d×%d pixels to four times that', async (width, height) => {
    const { data, ...size } = await enlarge(flat(width, height, [90, 120, 200]));
    expect(size).toMatchObject({ width: 4 * width, height: 4 * height, channels: 3 });
    expect(data).toHaveLength(3 * 16 * width * height);
    expect(data.every(Number.isFinite)).toBe(true);
  });

  test('keeps a flat colour, each channel in its place, to within six 8-bit steps', async () => {
    // The largest take so long that one colour must do; the border reaches far in them, but hardly changes what is flat.
    const large = entry.macsPerPixel > 5e6;
    const side = large ? 40 : 2 * entry.receptiveField + 4;
    const colours = [
      [30, 120, 210],
      [200, 60, 90],
      [128, 128, 128],
    ] as const;
    for (const colour of colours.slice(0, large ? 1 : colours.length)) {
      const { data } = await enlarge(flat(side, side, colour));
      const wide = 4 * side;
      colour.forEach((wanted, channel) => {
        const centre = data[(channel * wide + wide / 2) * wide + wide / 2] ?? NaN;
        expect(Math.abs(centre - wanted)).toBeLessThan(6);
      });
    }
  });

  test('stores its convolutions in half precision, which keeps the plugin small', () => {
    const kernels = decodeModel(modelFile(entry)).initializers.filter(({ dims }) => dims.length === 4);
    expect(kernels.length).toBeGreaterThan(10);
    expect(kernels.every(({ dataType }) => dataType === FLOAT16)).toBe(true);
  });
});
