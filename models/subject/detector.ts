/**
 * The face detector as an ONNX graph: MediaPipe's BlazeFace for rear cameras (Bazarevsky et al., BlazeFace:
 * Sub-millisecond Neural Face Detection on Mobile GPUs, 2019), from its graph in TensorFlow.js's format.
 */
import { toFloat16 } from '../../src/runtime/float16.ts';
import { FLOAT, FLOAT16, INT64, node, type Graph, type Node, type Tensor } from '../convert/onnx.ts';
import { transposed, type TfGraph, type TfNode } from './tfjs.ts';

/** The heads, by the nodes that reshape what they give: for cells of 16 and of 32 pixels. */
const HEADS = [
  { name: 'fine', scores: 'classificators_1', boxes: 'regressors_1', cells: 2 },
  { name: 'coarse', scores: 'classificators_2', boxes: 'regressors_2', cells: 1 },
] as const;

/** Numbers that a head gives for each anchor: x, y, width and height, then six points of a face, left out here. */
const REGRESSED = 16;
/** Numbers kept for each anchor: x, y, width, height, confidence. */
const KEPT = 5;

/**
 * Input `data`, 1×3×H×W RGB in 0..1, H and W multiples of 32 (the network was trained at 256×256); output `output`,
 * 1×70×(H/32)×(W/32): five numbers for each of 14 anchors as `src/subject/faces.ts` reads them, first two for each of
 * the four cells of 16 pixels within one of 32 (row by row), then six for it itself.
 *
 * Kernels are rounded to float16, behind a Cast that ONNX Runtime folds when it loads the model. Throws if the graph
 * has what is not known here.
 */
export function detectorGraph(source: TfGraph): Graph {
  const nodes: Node[] = [];
  const initializers: Tensor[] = [];
  /** What the result of each node of the source is called here. */
  const results = new Map<string, string>();

  const add = (...made: Parameters<typeof node>): string => {
    nodes.push(node(...made));
    return made[2];
  };
  const constant = (name: string, dims: readonly number[], values: ArrayLike<number>): string => {
    const rawData = new Uint8Array(Float32Array.from(values).buffer);
    initializers.push({ name, dims, dataType: FLOAT, rawData });
    return name;
  };
  const kernel = (name: string, dims: readonly number[], values: Float32Array): string => {
    const rawData = new Uint8Array(Uint16Array.from(values, toFloat16).buffer);
    initializers.push({ name: `${name}_f16`, dims, dataType: FLOAT16, rawData });
    return add('Cast', [`${name}_f16`], name, { to: FLOAT });
  };
  const resultOf = (name: string | undefined): string => {
    const found = results.get(name ?? '');
    if (found === undefined) throw new Error(`${name} is used before it is made`);
    return found;
  };

  const convolve = ({ op, input, attr }: TfNode, name: string): string => {
    const depthwise = op === 'DepthwiseConv2dNative';
    const weight = source.weight(input[1]);
    // (row, column, in, out) there, depthwise (row, column, in, 1); (out, in, row, column) here.
    const { shape, values } = transposed(weight, depthwise ? [2, 3, 0, 1] : [3, 2, 0, 1]);
    const [outputs = NaN, , side = NaN] = shape;
    const stride = Number(attr.strides?.list.i[1]);
    // As `same` pads where the stride divides the input's sides: the odd one goes to the right and the bottom.
    const padding = Math.max(0, side - stride);
    const before = Math.floor(padding / 2);
    const inputs = [resultOf(input[0]), kernel(`${name}_kernel`, shape, values)];
    if (!depthwise) inputs.push(constant(`${name}_bias`, [outputs], source.weight(input[2]).values));
    const made = add('Conv', inputs, name, {
      group: depthwise ? outputs : 1,
      kernel_shape: [side, side],
      strides: [stride, stride],
      pads: [before, before, padding - before, padding - before],
    });
    const fused = attr.fused_ops?.list.s.map((word) => Buffer.from(word, 'base64').toString()) ?? [];
    return fused.includes('Relu') ? add('Relu', [made], `${name}_relu`) : made;
  };

  const addChannels = ({ name: original, input }: TfNode, name: string): string => {
    // For each axis (batch, row, column, channel) how much comes before and after.
    const sizes = source.weight(input[1]).values;
    const channels = sizes[7];
    if (channels === undefined || sizes.some((size, at) => size !== 0 && at !== 7)) {
      throw new Error(`${original}: pads more than channels`);
    }
    // Here (batch, channel, row, column) before, then the same after.
    const pads = BigInt64Array.of(0n, 0n, 0n, 0n, 0n, BigInt(channels), 0n, 0n);
    initializers.push({
      name: `${name}_pads`,
      dims: [pads.length],
      dataType: INT64,
      rawData: new Uint8Array(pads.buffer),
    });
    return add('Pad', [resultOf(input[0]), `${name}_pads`], name);
  };

  const reshaped = new Set(source.nodes.filter(({ op }) => op === 'Reshape').map(({ input }) => input[0]));
  const translate = (each: TfNode, name: string): string | undefined => {
    const { op, input } = each;
    switch (op) {
      case 'Const':
      case 'Reshape':
      case 'Identity':
        return undefined;
      case 'Placeholder': {
        // What MediaPipe gives it: −1 for black, 1 for white.
        const doubled = add('Mul', ['data', constant('two', [], [2])], 'doubled');
        return add('Sub', [doubled, constant('one', [], [1])], 'centred');
      }
      case '_FusedConv2D':
      case 'DepthwiseConv2dNative':
        // What is reshaped is a head, made below.
        return reshaped.has(each.name) ? undefined : convolve(each, name);
      case 'AddV2':
        return add('Add', input.map(resultOf), name);
      case 'Relu':
        return add('Relu', input.map(resultOf), name);
      case 'MaxPool':
        return add('MaxPool', input.map(resultOf), name, { kernel_shape: [2, 2], strides: [2, 2] });
      case 'Pad':
        return addChannels(each, name);
      default:
        throw new Error(`${each.name}: nodes of type ${op} are not known`);
    }
  };
  source.nodes.forEach((each, index) => {
    const result = translate(each, `n${index}`);
    if (result !== undefined) results.set(each.name, result);
  });

  /** The convolution whose result a node reshapes. */
  const headOf = (reshape: string): TfNode => {
    const [name] = source.nodes.find((each) => each.name.endsWith(`/${reshape}`))?.input ?? [];
    const head = source.nodes.find((each) => each.name === name);
    if (!head) throw new Error(`the model has no ${reshape}`);
    return head;
  };
  const heads = HEADS.map(({ name, scores, boxes, cells }) => {
    const [score, box] = [headOf(scores), headOf(boxes)];
    const [, , channels = NaN, anchors = NaN] = source.weight(score.input[1]).shape;
    const picked = Array.from({ length: anchors * KEPT }, (_, at) => {
      const [anchor, part] = [Math.floor(at / KEPT), at % KEPT];
      const [head, column] = part < 4 ? [box, anchor * REGRESSED + part] : [score, anchor];
      const { values, shape } = source.weight(head.input[1]);
      const weights = Array.from({ length: channels }, (_each, channel) => {
        return values[channel * (shape[3] ?? NaN) + column] ?? NaN;
      });
      return { weights, bias: source.weight(head.input[2]).values[column] ?? NaN };
    });
    // The fine head's cells within a coarse one become channels, by kernels that are zero but in one place: a
    // SpaceToDepth, which not every backend has.
    const places = cells * cells;
    const outputs = places * picked.length;
    const values = new Float32Array(outputs * channels * places);
    for (let place = 0; place < places; place++) {
      picked.forEach(({ weights }, at) => {
        weights.forEach((weight, channel) => {
          values[((place * picked.length + at) * channels + channel) * places + place] = weight;
        });
      });
    }
    const bias = Array.from({ length: outputs }, (_, at) => picked[at % picked.length]?.bias ?? NaN);
    const inputs = [
      resultOf(score.input[0]),
      kernel(`${name}_kernel`, [outputs, channels, cells, cells], values),
      constant(`${name}_bias`, [outputs], bias),
    ];
    return add('Conv', inputs, name, { kernel_shape: [cells, cells], strides: [cells, cells] });
  });
  add('Concat', heads, 'output', { axis: 1 });

  return {
    name: 'face-detector',
    nodes,
    initializers,
    inputs: [{ name: 'data', dims: [1, 3, 'height', 'width'] }],
    outputs: [{ name: 'output', dims: [1, 70, 'rows', 'columns'] }],
  };
}
