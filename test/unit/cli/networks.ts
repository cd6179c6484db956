/** ONNX files such as a user might have. */
import { encodeModel, FLOAT, node, type Graph } from '../../../models/convert/onnx.ts';

const input = { name: 'data', dims: [1, 3, 'height', 'width'] };
const output = (scale: number) => ({ name: 'output', dims: [1, 3, `${scale}h`, `${scale}w`] });

function graph(
  inputs: Graph['inputs'],
  outputs: Graph['outputs'],
  rest: Pick<Graph, 'nodes' | 'initializers'>,
) {
  return encodeModel({ name: 'own', inputs, outputs, ...rest });
}

/** A network that repeats each pixel `scale` times both ways, and inverts the colours if asked to. */
export function repeating(scale: number, inverted = false): Uint8Array {
  const outputs = 3 * scale ** 2;
  const weights = new Float32Array(outputs * 3);
  for (let i = 0; i < outputs; i++) weights[i * 3 + (i % 3)] = inverted ? -1 : 1;
  const bias = new Float32Array(outputs).fill(inverted ? 1 : 0);
  return graph([input], [output(scale)], {
    nodes: [
      node('Conv', ['data', 'weights', 'bias'], 'repeated', { kernel_shape: [1, 1] }),
      node('DepthToSpace', ['repeated'], 'output', { blocksize: scale }),
    ],
    initializers: [
      { name: 'weights', dims: [outputs, 3, 1, 1], dataType: FLOAT, rawData: bytesOf(weights) },
      { name: 'bias', dims: [outputs], dataType: FLOAT, rawData: bytesOf(bias) },
    ],
  });
}

/** A network of gray pictures, which Loupe has no use for. */
export function grayOnly(): Uint8Array {
  return graph([{ name: 'data', dims: [1, 1, 'h', 'w'] }], [{ name: 'output', dims: [1, 1, 'h', 'w'] }], {
    nodes: [node('Relu', ['data'], 'output')],
    initializers: [],
  });
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer);
}
