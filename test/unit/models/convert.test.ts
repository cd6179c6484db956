import { describe, expect, test } from '@jest/globals';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { factsOf } from '../../../models/convert/facts.ts';
import { readNcnn } from '../../../models/convert/ncnn.ts';
import { decodeModel, encodeModel, FLOAT, FLOAT16 } from '../../../models/convert/onnx.ts';
import { translate } from '../../../models/convert/translate.ts';

/** ×2: 3 → 12 channels by a 3×3 convolution, PReLU, shuffle, plus the input enlarged. */
const PARAM = `7767517
7 8
Input        in    0 1 data
Split        split 1 2 data data_0 data_1
Convolution  conv  1 1 data_1 a 0=12 1=3 4=1 5=1 6=324
PReLU        act   1 1 a b 0=12
PixelShuffle up    1 1 b c 0=2
Interp       near  1 1 data_0 d 0=1 1=2.000000e+00 2=2.000000e+00
BinaryOp     add   2 1 c d output
`;

const FLOAT16_FLAG = 0x01306b47;
const HALF_AS_FLOAT16 = 0x3800;

/** Output channel o takes half of channel ⌊o/4⌋ from one pixel to the right; kernels are (row, column). */
function convolutionWeights(): Uint16Array {
  const weights = new Uint16Array(324);
  for (let output = 0; output < 12; output++) {
    const input = Math.floor(output / 4);
    weights[(output * 3 + input) * 9 + 1 * 3 + 2] = HALF_AS_FLOAT16;
  }
  return weights;
}
const BIASES = Float32Array.from({ length: 12 }, (_, output) => output / 100 - 0.3);
const SLOPES = Float32Array.from({ length: 12 }, (_, output) => output / 10);

const bytes = (...parts: ArrayBufferView[]): Uint8Array =>
  new Uint8Array(
    Buffer.concat(parts.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength))),
  );
const BIN = bytes(Uint32Array.of(FLOAT16_FLAG), convolutionWeights(), BIASES, SLOPES);

describe('a network converted from ncnn', () => {
  const model = encodeModel(translate('tiny', readNcnn(PARAM, BIN)));

  test('gives the numbers that its layers say, in the right places', async () => {
    const [height, width] = [2, 3];
    const data = Float32Array.from({ length: 3 * height * width }, (_, at) => at / 17);
    const session = await InferenceSession.create(model);
    const { output } = await session.run({ data: new Tensor('float32', data, [1, 3, height, width]) });

    expect(output?.dims).toEqual([1, 3, 4, 6]);
    const at = (channel: number, y: number, x: number): number =>
      x < width ? (data[(channel * height + y) * width + x] ?? NaN) : 0;
    const wanted: number[] = [];
    for (let channel = 0; channel < 3; channel++) {
      for (let y = 0; y < 2 * height; y++) {
        for (let x = 0; x < 2 * width; x++) {
          const of = channel * 4 + (y % 2) * 2 + (x % 2);
          const [row, column] = [Math.floor(y / 2), Math.floor(x / 2)];
          const sum = 0.5 * at(channel, row, column + 1) + (BIASES[of] ?? NaN);
          wanted.push((sum < 0 ? sum * (SLOPES[of] ?? NaN) : sum) + at(channel, row, column));
        }
      }
    }
    const found = Array.from(output?.data as Float32Array);
    expect(found).toHaveLength(wanted.length);
    found.forEach((sample, index) => expect(sample).toBeCloseTo(wanted[index] ?? NaN, 6));
  });

  test('keeps each weight in the precision it came in', () => {
    const types = Object.fromEntries(
      decodeModel(model).initializers.map(({ name, dataType }) => [name, dataType]),
    );
    expect(types).toMatchObject({ conv_weight_f16: FLOAT16, conv_bias: FLOAT, act_slope: FLOAT });
  });

  test('is described by its reach, its cost and its size', () => {
    expect(factsOf(model)).toMatchObject({ receptiveField: 1, macsPerPixel: 324, size: model.length });
  });
});

/** What RRDB networks are made of: slopes within convolutions, concatenation, weighted sums, convolutions after ×2. */
const DENSE_PARAM = `7767517
9 13
Input        in    0 1 data
Split        split 1 3 data data_0 data_1 data_2
Convolution  grow  1 1 data_2 a 0=2 1=1 5=1 6=6 9=2 -23310=1,2.000000e-01
Concat       all   2 1 data_1 a b
Convolution  join  1 1 b c 0=3 1=1 5=1 6=15
Eltwise      sum   2 1 c data_0 d 0=1 -23301=2,2.000000e-01,1.000000e+00
Interp       near  1 1 d e 0=1 1=2.000000e+00 2=2.000000e+00
Convolution  last  1 1 e f 0=3 1=3 4=1 5=1 6=81
BinaryOp     twice 2 1 f e output
`;

describe('a dense network converted from ncnn', () => {
  const grow = { weights: Float32Array.of(1, -2, 0.5, -1, 0.25, 2), bias: Float32Array.of(0.1, -0.2) };
  const join = {
    weights: Float32Array.from({ length: 15 }, (_, at) => (at % 4) / 3 - 0.4),
    bias: Float32Array.of(0.3, 0, -0.1),
  };
  /** Takes a tenth of what is one pixel up; a pixel of the enlarged picture. */
  const last = { weights: new Float32Array(81), bias: Float32Array.of(0, 0, 0) };
  for (let channel = 0; channel < 3; channel++) last.weights[(channel * 3 + channel) * 9 + 1] = 0.1;
  const blobs = [grow, join, last].flatMap(({ weights, bias }) => [Uint32Array.of(0), weights, bias]);
  const model = encodeModel(translate('dense', readNcnn(DENSE_PARAM, bytes(...blobs))));

  test('gives the numbers that its layers say, in the right places', async () => {
    const [height, width] = [3, 2];
    const data = Float32Array.from({ length: 3 * height * width }, (_, at) => ((at * 7) % 18) / 17);
    const session = await InferenceSession.create(model);
    const { output } = await session.run({ data: new Tensor('float32', data, [1, 3, height, width]) });
    expect(output?.dims).toEqual([1, 3, 6, 4]);

    const dot = (weights: Float32Array, row: number, values: readonly number[]): number =>
      values.reduce((sum, value, at) => sum + value * (weights[row * values.length + at] ?? NaN), 0);
    const before = (y: number, x: number): number[] => {
      const rgb = [0, 1, 2].map((channel) => data[(channel * height + y) * width + x] ?? NaN);
      const grown = [0, 1].map((row) => dot(grow.weights, row, rgb) + (grow.bias[row] ?? NaN));
      const all = [...rgb, ...grown.map((value) => (value < 0 ? 0.2 * value : value))];
      return rgb.map((value, row) => 0.2 * (dot(join.weights, row, all) + (join.bias[row] ?? NaN)) + value);
    };
    const near = (channel: number, y: number, x: number): number =>
      y < 0 ? 0 : (before(Math.floor(y / 2), Math.floor(x / 2))[channel] ?? NaN);
    const found = output?.data as Float32Array;
    expect(found).toHaveLength(3 * 6 * 4);
    found.forEach((sample, at) => {
      const [channel, y, x] = [Math.floor(at / 24), Math.floor(at / 4) % 6, at % 4];
      expect(sample).toBeCloseTo(near(channel, y, x) + 0.1 * near(channel, y - 1, x), 6);
    });
  });

  test('counts a convolution after ×2 four times, and its reach half', () => {
    // 6 + 15 multiplications at the input's size, 81 at twice that; half a pixel of reach, rounded up.
    expect(factsOf(model)).toMatchObject({ receptiveField: 1, macsPerPixel: 21 + 4 * 81, widest: 12 });
  });
});

describe('the reader of ncnn files', () => {
  const CONVOLUTIONS = `7767517
3 3
Input       in  0 1 data
Convolution one 1 1 data a 0=1 1=3 4=1 5=0 6=9
Convolution two 1 1 a    b 0=1 1=1 4=0 5=1 6=1
`;

  test('skips the padding after an odd number of float16 weights, and reads float32 ones', () => {
    const odd = Uint16Array.from({ length: 9 }, (_, index) => index);
    const bin = bytes(
      Uint32Array.of(FLOAT16_FLAG),
      odd,
      Uint16Array.of(0xffff),
      Uint32Array.of(0),
      Float32Array.of(7, 8),
    );
    const [, one, two] = readNcnn(CONVOLUTIONS, bin);
    expect(one?.weights).toEqual([{ type: 'float16', bytes: bytes(odd) }]);
    expect(two?.weights).toEqual([
      { type: 'float32', bytes: bytes(Float32Array.of(7)) },
      { type: 'float32', bytes: bytes(Float32Array.of(8)) },
    ]);
  });

  test('refuses a weight file that is too short or too long', () => {
    expect(() => readNcnn(PARAM, BIN.subarray(0, -1))).toThrow('act: the .bin file ends within its weights');
    expect(() => readNcnn(PARAM, bytes(BIN, Uint8Array.of(0)))).toThrow('1 bytes more');
  });

  test('reads arrays of parameters, and refuses one that is not as long as it says', () => {
    const [layer] = readNcnn('7767517\n1 1\nInput in 0 1 data -23301=2,2.0e-01,1 0=3\n', bytes());
    expect(layer?.array(1)).toEqual([0.2, 1]);
    expect(layer?.array(2)).toEqual([]);
    expect(layer?.param(0)).toBe(3);
    for (const broken of ['-23301=3,1,2', '-23301=', '0=1,2', '0=', '0=x']) {
      expect(() => readNcnn(`7767517\n1 1\nInput in 0 1 data ${broken}\n`, bytes())).toThrow(
        `in: cannot read “${broken}”`,
      );
    }
  });

  test('refuses what it does not know rather than guess', () => {
    expect(() => readNcnn('7767518\n', BIN)).toThrow('not an ncnn .param file');
    expect(() => readNcnn(PARAM.replace('PReLU ', 'Swish '), BIN)).toThrow('act: layers of type Swish');
    expect(() => readNcnn(PARAM, bytes(Uint32Array.of(0x000d4b38), BIN.subarray(4)))).toThrow(
      'conv: weights stored as 0xd4b38',
    );
  });
});

describe('the translation', () => {
  test.each([
    ['a stride', '4=1 5=1', '3=2 4=1 5=1', 'conv: its stride is 2'],
    ['a convolution without its padding', '4=1 5=1', '5=1', 'conv: its padding is 0'],
    ['an activation within a convolution', '4=1 5=1', '4=1 5=1 9=1', 'conv: its activation is 1'],
    ['another order of the shuffle', 'c 0=2', 'c 0=2 1=1', 'up: its channel order is 1'],
    ['a smooth enlargement', 'd 0=1', 'd 0=2', 'near: its interpolation is 2'],
    ['a product', 'c d output', 'c d output 0=2', 'add: its operation is 2'],
    ['two sizes', '1=2.000000e+00 2=2.000000e+00', '1=3 2=3', 'add: adds pictures of different sizes'],
  ])('refuses %s', (_, from, to, message) => {
    expect(PARAM).toContain(from);
    expect(() => translate('tiny', readNcnn(PARAM.replace(from, to), BIN))).toThrow(message);
  });
});
