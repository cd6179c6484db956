/**
 * ONNX files as plain objects: encode, decode, and the few pieces a recipe builds a graph from.
 * The schema is `onnx.proto` beside this file.
 */
import { readFileSync } from 'node:fs';
import protobuf from 'protobufjs';

/** TensorProto.DataType */
export const FLOAT = 1;
export const INT64 = 7;
export const FLOAT16 = 10;

/** AttributeProto.AttributeType */
const ATTRIBUTE_FLOAT = 1;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_STRING = 3;
const ATTRIBUTE_INTS = 7;

export interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly f?: number;
  readonly i?: number;
  readonly s?: Uint8Array;
  readonly ints?: readonly number[];
}

export interface Node {
  readonly opType: string;
  readonly name: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly Attribute[];
}

/** A constant of the graph; `rawData` is little-endian, in the order of `dims`, the last running fastest. */
export interface Tensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dataType: number;
  readonly rawData: Uint8Array;
}

/** A float32 input or output; a string is a size known only at run time, by its name. */
export interface Value {
  readonly name: string;
  readonly dims: readonly (number | string)[];
}

export interface Graph {
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly initializers: readonly Tensor[];
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}

/** Operator set 17 has every operator used here in a form that all of ONNX Runtime's backends know. */
const OPSET = 17;
const IR_VERSION = 8;

const { root } = protobuf.parse(readFileSync(new URL('./onnx.proto', import.meta.url), 'utf8'));
const ModelProto = root.lookupType('onnx.ModelProto');

export function encodeModel(graph: Graph): Uint8Array {
  return ModelProto.encode(
    ModelProto.fromObject({
      irVersion: IR_VERSION,
      producerName: 'loupe',
      opsetImport: [{ domain: '', version: OPSET }],
      graph: {
        name: graph.name,
        node: graph.nodes,
        initializer: graph.initializers,
        input: graph.inputs.map(valueInfo),
        output: graph.outputs.map(valueInfo),
      },
    }),
  ).finish();
}

/** The nodes and constants of an ONNX file. Throws protobufjs's error if it is none. */
export function decodeModel(file: Uint8Array): Pick<Graph, 'nodes' | 'initializers'> {
  const model: unknown = ModelProto.toObject(ModelProto.decode(file), { arrays: true, defaults: true });
  const { graph } = model as { graph: { node: Node[]; initializer: Tensor[] } };
  return { nodes: graph.node, initializers: graph.initializer };
}

function valueInfo({ name, dims }: Value): object {
  const dim = dims.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType: FLOAT, shape: { dim } } } };
}

/** A whole number is an attribute of integer type; `real` says that it is a float. */
export type AttributeValue = number | string | readonly number[] | { readonly real: number };

export function node(
  opType: string,
  input: readonly string[],
  output: string,
  attributes: Readonly<Record<string, AttributeValue>> = {},
): Node {
  return {
    opType,
    name: output,
    input,
    output: [output],
    attribute: Object.entries(attributes).map(attribute),
  };
}

function attribute([name, value]: [string, AttributeValue]): Attribute {
  if (typeof value === 'number') return { name, type: ATTRIBUTE_INT, i: value };
  if (typeof value === 'string') return { name, type: ATTRIBUTE_STRING, s: new TextEncoder().encode(value) };
  if ('real' in value) return { name, type: ATTRIBUTE_FLOAT, f: value.real };
  return { name, type: ATTRIBUTE_INTS, ints: value };
}
