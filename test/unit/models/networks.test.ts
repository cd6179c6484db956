import { describe, expect, test } from '@jest/globals';
import { decodeModel, FLOAT16 } from '../../../models/convert/onnx.ts';
import { catalogEntries, loadNetwork, modelFile } from '../../../models/check/network.ts';
import type { Picture } from '../../../models/check/picture.ts';

function flat(width: number, height: number, colour: readonly [number, number, number]): Picture {
  const pixels = width * height;
  const data = Float32Array.from({ length: 3 * pixels }, (_, at) => colour[Math.floor(at / pixels)] ?? NaN);
  return { name: 'flat', width, height, channels: 3, data };
}

describe.each(catalogEntries())('$id', (entry) => {
  test.each([
    [1, 1],
    [7, 5],
    [33, 2],
  ])('takes %d×%d pixels to four times that', async (width, height) => {
    const { data, ...size } = await (await loadNetwork(entry))(flat(width, height, [90, 120, 200]));
    expect(size).toMatchObject({ width: 4 * width, height: 4 * height, channels: 3 });
    expect(data).toHaveLength(3 * 16 * width * height);
    expect(data.every(Number.isFinite)).toBe(true);
  });

  test('keeps a flat colour, each channel in its place, to within six 8-bit steps', async () => {
    const enlarge = await loadNetwork(entry);
    // The border reaches far in the largest, but hardly changes what is flat.
    const side = Math.min(2 * entry.receptiveField + 4, 72);
    for (const colour of [
      [30, 120, 210],
      [200, 60, 90],
      [128, 128, 128],
    ] as const) {
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
