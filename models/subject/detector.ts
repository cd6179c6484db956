/**
 * The face detector as an ONNX graph: face-api.js's TinyFaceDetector, that is Tiny YOLOv2 with separable
 * convolutions (`src/tinyYolov2/TinyYolov2Base.ts`, `runMobilenet`, of @vladmandic/face-api 1.7.15).
 */
import * as v from 'valibot';
import { FLOAT, node, type Graph, type Node, type Tensor } from '../convert/onnx.ts';

/** TensorProto.DataType */
const UINT8 = 2;

/** `src/tinyFaceDetector/const.ts`: what is taken off each channel, in 1/255 of white. */
const MEAN_RGB = [117.001, 114.697, 97.404];
/** `src/tinyYolov2/leaky.ts` */
const LEAK = 0.1;

const Manifest = v.array(
  v.object({
    weights: v.array(
      v.object({
        name: v.string(),
        shape: v.array(v.pipe(v.number(), v.integer(), v.minValue(1))),
        dtype: v.literal('float32'),
        /** value = byte · scale + min */
        quantization: v.object({ dtype: v.literal('uint8'), scale: v.number(), min: v.number() }),
      }),
    ),
    paths: v.array(v.string()),
  }),
);

interface Weight {
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
  readonly scale: number;
  readonly min: number;
}

/**
 * Reads weights as TensorFlow.js stores them: one byte a number, in the manifest's order. Throws if the manifest is of
 * another kind, or the shard of another length.
 */
export function readWeights(manifest: unknown, shard: Uint8Array): ReadonlyMap<string, Weight> {
  const weights = new Map<string, Weight>();
  let at = 0;
  for (const { name, shape, quantization } of v.parse(Manifest, manifest).flatMap((group) => group.weights)) {
    const size = shape.reduce((product, side) => product * side, 1);
    if (at + size > shard.length) throw new Error(`${name}: the shard ends within its weights`);
    const { scale, min } = quantization;
    weights.set(name, { shape, bytes: shard.slice(at, at + size), scale, min });
    at += size;
  }
  if (at !== shard.length) throw new Error(`the shard has ${shard.length - at} bytes more than the manifest`);
  return weights;
}

/**
 * Input `data`, 1×3×H×W RGB in 0..1, H and W multiples of 32; output `output`, 1×25×(H/32)×(W/32): for each of five
 * anchors x, y, width, height and confidence as they are before decoding (`src/subject/faces.ts`).
 *
 * The bytes stay bytes, behind a Cast, a Mul and an Add that ONNX Runtime folds when it loads the model. Padding is
 * written out, at the right and the bottom, where TensorFlow's `same` puts it; the first convolution, `valid` in the
 * original, is padded there too, so that all sides stay even: the grid is the same.
 */
export function detectorGraph(weights: ReadonlyMap<string, Weight>): Graph {
  const nodes: Node[] = [];
  const initializers: Tensor[] = [];

  const constant = (name: string, dims: readonly number[], values: ArrayLike<number>): string => {
    const rawData = new Uint8Array(Float32Array.from(values).buffer);
    initializers.push({ name, dims, dataType: FLOAT, rawData });
    return name;
  };
  const add = (...made: Parameters<typeof node>): string => {
    nodes.push(node(...made));
    return made[2];
  };
  /** A stored weight in float, its axes in the order of `axes`. */
  const stored = (key: string, axes?: readonly number[]): string => {
    const weight = weights.get(key);
    if (!weight) throw new Error(`the weights have no ${key}`);
    const name = key.replace('/', '_');
    const turned = axes ? transpose(weight, axes) : weight;
    initializers.push({
      name: `${name}_u8`,
      dims: turned.shape,
      dataType: UINT8,
      rawData: turned.bytes,
    });
    add('Cast', [`${name}_u8`], `${name}_f32`, { to: FLOAT });
    add('Mul', [`${name}_f32`, constant(`${name}_scale`, [], [weight.scale])], `${name}_scaled`);
    return add('Add', [`${name}_scaled`, constant(`${name}_min`, [], [weight.min])], name);
  };
  const leaky = (input: string, name: string): string =>
    add('PRelu', [input, constant(`${name}_slope`, [1, 1, 1], [LEAK])], name);
  const separable = (input: string, layer: string): string => {
    const channels = weights.get(`${layer}/depthwise_filter`)?.shape[2] ?? NaN;
    const depthwise = stored(`${layer}/depthwise_filter`, [2, 3, 0, 1]);
    const apart = add('Conv', [input, depthwise], `${layer}_apart`, {
      group: channels,
      kernel_shape: [3, 3],
      pads: [1, 1, 1, 1],
    });
    const pointwise = stored(`${layer}/pointwise_filter`, [3, 2, 0, 1]);
    const mixed = add('Conv', [apart, pointwise, stored(`${layer}/bias`)], `${layer}_mixed`, {
      kernel_shape: [1, 1],
    });
    return leaky(mixed, `${layer}_out`);
  };
  const pool = (input: string): string =>
    add('MaxPool', [input], `${input}_pooled`, { kernel_shape: [2, 2], strides: [2, 2] });

  const mean = constant(
    'mean',
    [1, 3, 1, 1],
    MEAN_RGB.map((each) => each / 255),
  );
  const centred = add('Sub', ['data', mean], 'centred');
  const first = add(
    'Conv',
    [centred, stored('conv0/filters', [3, 2, 0, 1]), stored('conv0/bias')],
    'conv0_mixed',
    { kernel_shape: [3, 3], pads: [0, 0, 2, 2] },
  );
  let out = pool(leaky(first, 'conv0_out'));
  for (const layer of ['conv1', 'conv2', 'conv3', 'conv4']) out = pool(separable(out, layer));
  out = separable(out, 'conv5');
  out = add('MaxPool', [out], `${out}_pooled`, {
    kernel_shape: [2, 2],
    strides: [1, 1],
    pads: [0, 0, 1, 1],
  });
  add('Conv', [out, stored('conv8/filters', [3, 2, 0, 1]), stored('conv8/bias')], 'output', {
    kernel_shape: [1, 1],
  });

  return {
    name: 'face-detector',
    nodes,
    initializers,
    inputs: [{ name: 'data', dims: [1, 3, 'height', 'width'] }],
    outputs: [{ name: 'output', dims: [1, 25, 'rows', 'columns'] }],
  };
}

/** The same numbers with the axes in another order: `axes[i]` is the old place of the new axis i. Four axes. */
function transpose({ shape, bytes }: Weight, axes: readonly number[]): Pick<Weight, 'shape' | 'bytes'> {
  const at = (list: readonly number[], index: number): number => list[index] ?? NaN;
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, side) => product * side, 1));
  const turned = axes.map((axis) => at(shape, axis));
  const result = new Uint8Array(bytes.length);
  for (let index = 0; index < result.length; index++) {
    let rest = index;
    let from = 0;
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      const side = at(turned, axis);
      from += (rest % side) * at(strides, at(axes, axis));
      rest = Math.floor(rest / side);
    }
    result[index] = bytes[from] ?? NaN;
  }
  return { shape: turned, bytes: result };
}
