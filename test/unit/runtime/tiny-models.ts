/** Networks of one layer, made for a test. */
import { encodeModel, FLOAT, FLOAT16, node, type Graph, type Tensor } from '../../../models/convert/onnx.ts';
import { toFloat16 } from '../../../src/runtime/float16.ts';

const bytes = (graph: Graph): Uint8Array<ArrayBuffer> => new Uint8Array(encodeModel(graph));

export const picture = { name: 'data', dims: [1, 3, 'height', 'width'] } as const;
const enlarged = { name: 'output', dims: [1, 3, 'high', 'wide'] } as const;

function float16(name: string, dims: readonly number[], values: readonly number[]): Tensor {
  const rawData = new Uint8Array(Uint16Array.from(values, toFloat16).buffer);
  return { name, dims, dataType: FLOAT16, rawData };
}

export function float32(name: string, dims: readonly number[], values: readonly number[]): Tensor {
  return { name, dims, dataType: FLOAT, rawData: new Uint8Array(Float32Array.from(values).buffer) };
}

/**
 * ×2 by a 3×3 convolution of half precision with a bias and a shuffle. The kernels are drawn from `seed`: no two samples
 * of the result are alike, and turning the picture does not turn the result.
 */
export function convolving(seed: number, graph: Partial<Graph> = {}): Uint8Array<ArrayBuffer> {
  const drawn = (at: number): number => Math.sin(seed * 12.9898 + at * 78.233) / 9;
  return bytes({
    name: `seed ${seed}`,
    nodes: [
      node('Cast', ['kernel'], 'kernel32', { to: FLOAT }),
      node('Conv', ['data', 'kernel32', 'bias'], 'convolved', { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
      node('DepthToSpace', ['convolved'], 'output', { blocksize: 2, mode: 'CRD' }),
    ],
    initializers: [
      float16(
        'kernel',
        [12, 3, 3, 3],
        Array.from({ length: 324 }, (_, at) => drawn(at)),
      ),
      float32(
        'bias',
        [12],
        Array.from({ length: 12 }, (_, at) => drawn(500 + at)),
      ),
    ],
    inputs: [picture],
    outputs: [enlarged],
    ...graph,
  });
}

/** Passes the picture through one operator after the other; no sizes are promised beyond those given. */
export function chain(
  operators: readonly (readonly [type: string, attributes: Parameters<typeof node>[3]])[],
  { inputs = [picture], outputs = [enlarged] }: Partial<Pick<Graph, 'inputs' | 'outputs'>> = {},
): Uint8Array<ArrayBuffer> {
  const last = operators.length - 1;
  return bytes({
    name: 'chain',
    nodes: operators.map(([type, attributes], at) =>
      node(type, [at === 0 ? 'data' : `step${at}`], at === last ? 'output' : `step${at + 1}`, attributes),
    ),
    initializers: [],
    inputs,
    outputs,
  });
}
