import { describe, expect, test } from '@jest/globals';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { encodeModel } from '../../../models/convert/onnx.ts';
import { GraphBuilder } from '../../../models/quality/networks/builder.ts';
import { base64Within, parseMinified, readWeights } from '../../../models/quality/networks/quantised.ts';

describe('weights of TensorFlow.js', () => {
  const script =
    'x={weights:[{name:"a/kernel",shape:[1,2],dtype:"float32",quantization:{min:-.5,scale:25e-2,dtype:"uint8"}},' +
    '{name:"b",shape:[1],dtype:"float32",quantization:{min:1,scale:1,dtype:"uint8"}}]}';

  test('are read out of a minified list without running it', () => {
    const list = parseMinified(script);
    expect(list.map(({ name, shape }) => [name, shape])).toEqual([
      ['a/kernel', [1, 2]],
      ['b', [1]],
    ]);
    const weight = readWeights(list, Uint8Array.of(0, 4, 9));
    expect(Array.from(weight('a/kernel').values)).toEqual([-0.5, 0.5]);
    expect(Array.from(weight('b').values)).toEqual([10]);
    expect(() => weight('c')).toThrow('c');
  });

  test('are refused where list and bytes do not go together', () => {
    expect(() => readWeights(parseMinified(script), new Uint8Array(4))).toThrow('3 bytes');
  });

  test('may be float32 among bytes, at any place', () => {
    const bytes = Buffer.from([7, ...new Uint8Array(Float32Array.of(0.25).buffer)]);
    const weight = readWeights(
      [
        { name: 'byte', shape: [1], dtype: 'float32', quantization: { dtype: 'uint8', min: 0, scale: 2 } },
        { name: 'float', shape: [1], dtype: 'float32' },
      ],
      bytes,
    );
    expect([weight('byte').values[0], weight('float').values[0]]).toEqual([14, 0.25]);
  });

  test('come out of a script’s base64', () => {
    const bytes = Uint8Array.from({ length: 900 }, (_, at) => at % 251);
    expect(Array.from(base64Within(`f("${Buffer.from(bytes).toString('base64')}")`))).toEqual(
      Array.from(bytes),
    );
    expect(() => base64Within('f("short")')).toThrow('base64');
  });
});

describe('a graph from them', () => {
  test('convolves each output with its own weights, scaled and shifted', async () => {
    const builder = new GraphBuilder();
    // Height × width × in × out: of two channels, output 0 takes 1 and 10, output 1 takes 2 and 20.
    const kernel = { dims: [1, 1, 2, 2], values: Float32Array.of(1, 2, 10, 20) };
    const affine = { scale: Float32Array.of(1, 3), shift: Float32Array.of(0.5, 0) };
    builder.convolution('data', 'result', kernel, affine, { pads: [0, 0, 0, 0] });
    expect(await run(builder, [1, 2, 1, 1], [4, 5])).toEqual([54.5, 3 * 108]);
  });

  test('convolves each channel by itself, with zeros where it is padded', async () => {
    const builder = new GraphBuilder();
    // Height × width × channels × 1: channel 0 sums two neighbours, channel 1 takes the second's double.
    const kernel = { dims: [1, 2, 2, 1], values: Float32Array.of(1, 0, 1, 2) };
    const affine = { scale: Float32Array.of(1, 1), shift: Float32Array.of(0, 0) };
    builder.convolution('data', 'result', kernel, affine, { pads: [0, 0, 0, 1], depthwise: true });
    expect(await run(builder, [1, 2, 1, 3], [1, 2, 3, 4, 5, 6])).toEqual([3, 5, 3, 10, 12, 0]);
  });
});

async function run(
  builder: GraphBuilder,
  dims: readonly number[],
  values: readonly number[],
): Promise<number[]> {
  const graph = builder.graph(
    'test',
    [{ name: 'data', dims }],
    [{ name: 'result', dims: ['a', 'b', 'c', 'd'] }],
  );
  const session = await InferenceSession.create(encodeModel(graph));
  const { result } = await session.run({ data: new Tensor('float32', Float32Array.from(values), dims) });
  if (!(result?.data instanceof Float32Array)) throw new Error('no result');
  return Array.from(result.data);
}
