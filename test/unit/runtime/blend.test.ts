import { describe, expect, test } from '@jest/globals';
import { blendFor, blendOfOne } from '../../../src/catalog.ts';
import { decodeModel } from '../../../models/convert/onnx.ts';
import { interpolateWeights, loadedFile, partsOf } from '../../../src/runtime/blend.ts';
import { fromFloat16, toFloat16 } from '../../../src/runtime/float16.ts';
import { nativeBackend } from '../../../src/runtime/native.ts';
import { blobs, catalog, entries, largestDifference, modelBytes } from './models.ts';
import { convolving, float32 } from './tiny-models.ts';

const { signal } = new AbortController();

describe('half-precision numbers', () => {
  test('are read and written back bit for bit, all of them', () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = fromFloat16(bits);
      if (!Number.isNaN(value)) expect(toFloat16(value)).toBe(bits);
    }
    expect([0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00].map(fromFloat16)).toEqual([
      1,
      -2,
      2 ** -24,
      65504,
      Infinity,
    ]);
    expect(fromFloat16(toFloat16(NaN))).toBeNaN();
  });

  test('are rounded to the nearest, and halfway to the even one', () => {
    for (const below of [0x0000, 0x0001, 0x03ff, 0x0400, 0x3bff, 0x3c00, 0x3c01, 0x7bfe]) {
      const [low, high] = [fromFloat16(below), fromFloat16(below + 1)];
      const halfway = (low + high) / 2;
      const even = below % 2 === 0 ? below : below + 1;
      expect(toFloat16(halfway)).toBe(even);
      expect(toFloat16(halfway * (1 - 1e-9))).toBe(below);
      expect(toFloat16(halfway * (1 + 1e-9))).toBe(below + 1);
    }
    expect([65519.9, 65520, -65520].map(toFloat16)).toEqual([0x7bff, 0x7c00, 0xfc00]);
  });
});

describe('interpolated weights', () => {
  const [one, other] = [convolving(1), convolving(2)];
  const between = (share: number) =>
    interpolateWeights([
      { bytes: one, share: 1 - share },
      { bytes: other, share },
    ]);

  test('are either end’s file bit for bit where the other has no share', () => {
    expect(between(0)).toEqual(one);
    expect(between(1)).toEqual(other);
  });

  test('are, halfway between, the mean of each pair, in the precision of each tensor', () => {
    const [low, high, middle] = [one, other, between(0.5)].map((file) => decodeModel(file).initializers);
    expect(middle?.map(({ name, dims, dataType }) => [name, dims, dataType])).toEqual([
      ['kernel', [12, 3, 3, 3], 10],
      ['bias', [12], 1],
    ]);
    middle?.forEach(({ dataType, rawData }, at) => {
      const [a, b, m] = [low?.[at]?.rawData, high?.[at]?.rawData, rawData].map((bytes) => {
        const { buffer } = new Uint8Array(bytes ?? []);
        return dataType === 1
          ? Array.from(new Float32Array(buffer))
          : Array.from(new Uint16Array(buffer), fromFloat16);
      });
      const rounded = (value: number) =>
        dataType === 1 ? Math.fround(value) : fromFloat16(toFloat16(value));
      expect(m).toEqual(a?.map((value, index) => rounded(0.5 * value + 0.5 * (b?.[index] ?? NaN))));
    });
    expect(between(0.5).length).toBe(one.length);
  });

  test('leave what both ends have alike as it is, whatever the shares', () => {
    expect(
      interpolateWeights([
        { bytes: one, share: 0.3 },
        { bytes: one.slice(), share: 0.7 },
      ]),
    ).toEqual(one);
  });

  test('leave the files they come from untouched', () => {
    between(0.25);
    expect(one).toEqual(convolving(1));
    expect(other).toEqual(convolving(2));
  });

  test('are refused, by the file’s name, where the graphs differ in more than numbers', () => {
    const graph = decodeModel(convolving(2));
    const others = {
      'another node': convolving(2, { nodes: graph.nodes.slice(0, 2) }),
      'another attribute': convolving(2, {
        nodes: graph.nodes.map((node) =>
          node.opType === 'Conv'
            ? { ...node, attribute: [{ name: 'pads', type: 7, ints: [0, 2, 0, 2] }] }
            : node,
        ),
      }),
      'another shape': convolving(2, {
        initializers: [
          ...graph.initializers.slice(0, 1),
          float32('bias', [1, 12], Array<number>(12).fill(0)),
        ],
      }),
      'another precision': convolving(2, {
        initializers: [
          float32('kernel', [12, 3, 3, 3], Array<number>(324).fill(0)),
          ...graph.initializers.slice(1),
        ],
      }),
      'a tensor less': convolving(2, { initializers: graph.initializers.slice(0, 1) }),
    };
    for (const bytes of Object.values(others)) {
      expect(() =>
        interpolateWeights([
          { bytes: one, share: 0.5 },
          { bytes, share: 0.5, name: 'other.onnx' },
        ]),
      ).toThrow(expect.objectContaining({ code: 'model-damaged', detail: 'other.onnx' }));
    }
  });
});

describe('the parts of a blend', () => {
  const load = (network: (typeof entries)[number]) => Promise.resolve(modelBytes(network));

  test('of weights are one network that runs, and lies between the two ends', async () => {
    const choice = { model: 'face', quality: 'fast' } as const;
    const results = [];
    for (const detail of [0, 50, 100]) {
      const parts = await partsOf(blendFor(catalog, { ...choice, detail }), load);
      expect(parts.map(({ share }) => share)).toEqual([1]);
      const runner = await nativeBackend({ parts, selfEnsemble: false }).open(signal);
      results.push((await runner.run(blobs(24, 16), signal)).data);
      await runner.dispose();
    }
    const [low, middle, high] = results as [Float32Array, Float32Array, Float32Array];
    const apart = largestDifference(low, high);
    expect(apart).toBeGreaterThan(0.02);
    expect(largestDifference(low, middle)).toBeLessThan(apart);
    expect(largestDifference(middle, high)).toBeLessThan(apart);
    expect(largestDifference(low, middle)).toBeGreaterThan(0);
  });

  test('of outputs are as many networks, each with its share', async () => {
    const blend = blendFor(catalog, { model: 'art', quality: 'best', detail: 25 });
    const parts = await partsOf(blend, load);
    expect(parts.map(({ share }) => share)).toEqual([0.75, 0.25]);
    parts.forEach(({ model }, at) => {
      const network = blend.parts[at]?.weights[0]?.network;
      expect(network && Buffer.compare(model, modelBytes(network))).toBe(0);
    });
  });

  test('are refused when a file is not the one the catalog lists', async () => {
    const [network] = entries;
    if (!network) throw new Error('the catalog is empty');
    const wrong = partsOf(blendOfOne(network), () => Promise.resolve(convolving(1)));
    await expect(wrong).rejects.toMatchObject({ code: 'model-damaged', detail: network.file });
  });

  test('are loaded once each', async () => {
    const [network] = entries;
    if (!network) throw new Error('the catalog is empty');
    let loads = 0;
    const once = { weights: [{ network, share: 1 }], share: 0.5 };
    await partsOf({ parts: [once, once] }, (wanted) => {
      loads++;
      return load(wanted);
    });
    expect(loads).toBe(1);
    expect(loadedFile(convolving(1)).parts).toHaveLength(1);
  });
});
