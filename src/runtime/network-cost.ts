/** What a network's graph tells of its cost and reach, without running it. */
import { FLOAT, type GraphNode, type OnnxGraph } from './onnx-graph.ts';

export interface NetworkCost {
  /** Radius of the receptive field in input pixels, rounded up: what lies further off changes nothing. */
  readonly receptiveField: number;
  /** Multiply-accumulates of all convolutions per input pixel. */
  readonly macsPerPixel: number;
  /** Samples per input pixel of the largest tensor between layers: what decides the memory of a tile. */
  readonly widest: number;
}

/** A picture between layers. */
interface Value {
  readonly channels: number;
  /** Its side in multiples of the input's. */
  readonly scale: number;
  /** Input pixels on each side that it depends on. */
  readonly reach: number;
}

/** Operators that leave size and channels as they are; constants among their inputs have none. */
const POINTWISE = new Set([
  ...[
    'Add',
    'Cast',
    'Clip',
    'Div',
    'Elu',
    'Exp',
    'Identity',
    'LeakyRelu',
    'Mul',
    'Neg',
    'PRelu',
    'Relu',
    'Sigmoid',
  ],
  ...['Dropout', 'Gelu', 'HardSigmoid', 'HardSwish', 'Max', 'Min', 'Softplus', 'Sqrt', 'Sub', 'Tanh'],
]);

/**
 * Adds up a network of convolutions: one of side k on a picture s times as wide as the input reaches (k − 1) / 2 / s
 * further and costs `out · in · k² · s²` for each input pixel. Undefined if there is an operator whose reach is not known here,
 * or that looks at the whole picture.
 */
export function costOf(graph: OnnxGraph): NetworkCost | undefined {
  const constants = new Map(graph.constants.map((constant) => [constant.name, constant]));
  const pictures = graph.inputs.filter((name) => !constants.has(name));
  const values = new Map<string, Value>(pictures.map((name) => [name, { channels: 3, scale: 1, reach: 0 }]));
  /** Kernels may lie behind a Cast. */
  const shapes = new Map(graph.constants.map(({ name, dims }) => [name, dims]));
  let macsPerPixel = 0;
  let widest = 3;

  const convolution = (node: GraphNode, from: Value): Value | undefined => {
    const [first = NaN, second = NaN, ...kernel] = shapes.get(node.input[1] ?? '') ?? [];
    const side = Math.max(...kernel);
    const stride = Math.max(...ints(node, 'strides', 1));
    const dilation = Math.max(...ints(node, 'dilations', 1));
    const group = node.attributes.find(({ name }) => name === 'group')?.i ?? 1;
    const macs = kernel.reduce((product, size) => product * size, first * second);
    if (node.opType === 'Conv') {
      // What it gives depends on where in its strides a tile begins: no overlap makes up for that.
      if (stride !== 1) return undefined;
      macsPerPixel += macs * from.scale ** 2;
      return { ...from, channels: first, reach: from.reach + (dilation * (side - 1)) / 2 / from.scale };
    }
    const scale = from.scale * stride;
    macsPerPixel += macs * from.scale ** 2;
    return { channels: second * group, scale, reach: from.reach + (dilation * (side - 1)) / scale };
  };

  const apply = (node: GraphNode): Value | undefined => {
    const inputs = node.input.flatMap((name) => values.get(name) ?? []);
    const [from] = inputs;
    if (!from) return undefined;
    const reach = Math.max(...inputs.map((each) => each.reach));
    const block = node.attributes.find(({ name }) => name === 'blocksize')?.i ?? NaN;
    if (POINTWISE.has(node.opType)) {
      return { ...from, channels: Math.max(...inputs.map(({ channels }) => channels)), reach };
    }
    switch (node.opType) {
      case 'Conv':
      case 'ConvTranspose':
        return convolution(node, from);
      case 'Concat':
        return { ...from, reach, channels: inputs.reduce((sum, { channels }) => sum + channels, 0) };
      case 'DepthToSpace':
        return { ...from, channels: from.channels / block ** 2, scale: from.scale * block };
      case 'Gather': {
        const indices = shapes.get(node.input[1] ?? '');
        const axis = node.attributes.find(({ name }) => name === 'axis')?.i;
        return axis === 1 && indices?.length === 1 ? { ...from, channels: indices[0] ?? NaN } : undefined;
      }
      case 'Resize': {
        const scales = constants.get(node.input[2] ?? '');
        const factor = scales?.dataType === FLOAT ? lastFloat(scales.raw) : undefined;
        // A cubic reads two pixels on each side.
        return factor && factor >= 1
          ? { ...from, scale: from.scale * factor, reach: reach + 2 / from.scale }
          : undefined;
      }
      default:
        return undefined;
    }
  };

  for (const node of graph.nodes) {
    const stored = shapes.get(node.input[0] ?? '');
    if (stored && (node.opType === 'Cast' || node.opType === 'Identity')) {
      for (const name of node.output) shapes.set(name, stored);
      continue;
    }
    if (node.opType === 'Constant') continue;
    const value = apply(node);
    if (!value) return undefined;
    for (const name of node.output) values.set(name, value);
    widest = Math.max(widest, value.channels * value.scale ** 2);
  }
  const reaches = graph.outputs.map((name) => values.get(name)?.reach ?? NaN);
  const cost = { receptiveField: Math.ceil(Math.max(...reaches)), macsPerPixel, widest };
  return Object.values(cost).every(Number.isFinite) ? cost : undefined;
}

function ints(node: GraphNode, attribute: string, otherwise: number): readonly number[] {
  const found = node.attributes.find(({ name }) => name === attribute)?.ints ?? [];
  return found.length > 0 ? found : [otherwise];
}

function lastFloat(raw: Uint8Array): number | undefined {
  if (raw.length < 4) return undefined;
  return new DataView(raw.buffer, raw.byteOffset, raw.byteLength).getFloat32(raw.length - 4, true);
}
