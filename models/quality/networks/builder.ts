/** An ONNX graph put together layer by layer, from weights in TensorFlow's order. */
import { FLOAT, INT64, node, type Graph, type Node, type Tensor } from '../../convert/onnx.ts';
import type { Weight } from './quantised.ts';

/** What comes after a convolution: its output times `scale` plus `shift`, channel by channel. */
export interface Affine {
  readonly scale: Float32Array;
  readonly shift: Float32Array;
}

export interface ConvolutionShape {
  readonly stride?: number;
  /** Zeros put around the input: top, left, bottom, right. */
  readonly pads: readonly [number, number, number, number];
  /** Each channel by itself; the kernel is then height × width × channels × 1. */
  readonly depthwise?: boolean;
}

export class GraphBuilder {
  readonly #nodes: Node[] = [];
  readonly #initializers: Tensor[] = [];

  /** Adds a node whose output is called `output`, and gives that name back. */
  add(
    opType: string,
    inputs: readonly string[],
    output: string,
    attributes: Readonly<Record<string, number | string | readonly number[]>> = {},
  ): string {
    this.#nodes.push(node(opType, inputs, output, attributes));
    return output;
  }

  constant(name: string, dims: readonly number[], values: Float32Array): string {
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.#initializers.push({ name, dims, dataType: FLOAT, rawData });
    return name;
  }

  /** A convolution without a bias, and what follows it folded into its weights. */
  convolution(
    input: string,
    name: string,
    kernel: Weight,
    { scale, shift }: Affine,
    { stride = 1, pads, depthwise = false }: ConvolutionShape,
  ): string {
    const [height = 0, width = 0, third = 0, fourth = 0] = kernel.dims;
    const [outputs, inputs] = depthwise ? [third, 1] : [fourth, third];
    const values = new Float32Array(kernel.values.length);
    let at = 0;
    for (let to = 0; to < outputs; to++) {
      for (let from = 0; from < inputs; from++) {
        for (let place = 0; place < height * width; place++) {
          // Height × width × in × out; depthwise, in is the channel and out the only one.
          const source = depthwise ? place * outputs + to : (place * inputs + from) * outputs + to;
          values[at++] = (kernel.values[source] ?? NaN) * (scale[to] ?? NaN);
        }
      }
    }
    return this.add(
      'Conv',
      [
        input,
        this.constant(`${name}_weight`, [outputs, inputs, height, width], values),
        this.constant(`${name}_bias`, [outputs], shift),
      ],
      name,
      {
        kernel_shape: [height, width],
        strides: [stride, stride],
        pads,
        group: depthwise ? outputs : 1,
      },
    );
  }

  /** Zeros after the last channel, row and column. */
  pad(input: string, name: string, channels: number, rows: number, columns: number): string {
    const pads = BigInt64Array.from([0, 0, 0, 0, 0, channels, rows, columns].map(BigInt));
    this.#initializers.push({
      name: `${name}_pads`,
      dims: [pads.length],
      dataType: INT64,
      rawData: new Uint8Array(pads.buffer),
    });
    return this.add('Pad', [input, `${name}_pads`], name);
  }

  graph(name: string, inputs: Graph['inputs'], outputs: Graph['outputs']): Graph {
    return { name, nodes: this.#nodes, initializers: this.#initializers, inputs, outputs };
  }
}
