/**
 * dlib's face recognition ResNet (dlib_face_recognition_resnet_model_v1, King, 2017), laid out as face-api does: a face
 * of 150², RGB with `MEANS` taken off and divided by 255, in; 128 numbers out.
 */
import type { Graph } from '../../convert/onnx.ts';
import { GraphBuilder, type ConvolutionShape } from './builder.ts';
import type { Weight } from './quantised.ts';

export const SIDE = 150;
/** Of red, green and blue in 0..255. */
export const MEANS = [122.782, 117.001, 104.298] as const;

const SAME = { pads: [1, 1, 1, 1] } as const;
const HALVED = { stride: 2, pads: [0, 0, 0, 0] } as const;

/** `channels` more than came in, and `grown` rows and columns that the convolutions give too few. */
interface Block {
  readonly name: string;
  readonly halves?: { readonly channels: number; readonly grown: number };
}
const BLOCKS: readonly Block[] = [
  { name: 'conv32_1' },
  { name: 'conv32_2' },
  { name: 'conv32_3' },
  { name: 'conv64_down', halves: { channels: 32, grown: 0 } },
  { name: 'conv64_1' },
  { name: 'conv64_2' },
  { name: 'conv64_3' },
  { name: 'conv128_down', halves: { channels: 64, grown: 0 } },
  { name: 'conv128_1' },
  { name: 'conv128_2' },
  { name: 'conv256_down', halves: { channels: 128, grown: 1 } },
  { name: 'conv256_1' },
  { name: 'conv256_2' },
  { name: 'conv256_down_out', halves: { channels: 0, grown: 1 } },
];

export function faceRecognition(weight: (name: string) => Weight): Graph {
  const builder = new GraphBuilder();
  const convolution = (input: string, name: string, shape: ConvolutionShape): string => {
    const bias = weight(`${name}/conv/bias`).values;
    const scale = weight(`${name}/scale/weights`).values;
    const biases = weight(`${name}/scale/biases`).values;
    const shift = biases.map((each, at) => each + (bias[at] ?? NaN) * (scale[at] ?? NaN));
    return builder.convolution(input, name, weight(`${name}/conv/filters`), { scale, shift }, shape);
  };
  const rectified = (input: string): string => builder.add('Relu', [input], `${input}_relu`);

  let current = builder.add('MaxPool', [rectified(convolution('data', 'conv32_down', HALVED))], 'pooled', {
    kernel_shape: [3, 3],
    strides: [2, 2],
  });
  for (const { name, halves } of BLOCKS) {
    const first = rectified(convolution(current, `${name}/conv1`, halves ? HALVED : SAME));
    let second = convolution(first, `${name}/conv2`, SAME);
    let past = current;
    if (halves) {
      past = builder.add('AveragePool', [past], `${name}_pooled`, { kernel_shape: [2, 2], strides: [2, 2] });
      if (halves.channels > 0) past = builder.pad(past, `${name}_deeper`, halves.channels, 0, 0);
      if (halves.grown > 0) second = builder.pad(second, `${name}_larger`, 0, halves.grown, halves.grown);
    }
    current = rectified(builder.add('Add', [past, second], name));
  }
  const mean = builder.add('Flatten', [builder.add('GlobalAveragePool', [current], 'mean')], 'flat');
  const { dims, values } = weight('fc');
  builder.add('MatMul', [mean, builder.constant('fc', dims, values)], 'embedding');
  return builder.graph(
    'face-recognition',
    [{ name: 'data', dims: [1, 3, SIDE, SIDE] }],
    [{ name: 'embedding', dims: [1, 128] }],
  );
}
