/**
 * The part of an ONNX file (onnx/onnx.proto) that is looked at here: nodes, constants, inputs and outputs. Nothing is
 * copied: a constant's bytes are a view of the file, so that a copy of the file can be patched in place.
 */
import { PbfReader } from 'pbf';

/** TensorProto.DataType */
export const FLOAT = 1;
export const FLOAT16 = 10;

/** AttributeProto; of the kinds that hold graphs and tensors only the type is kept. */
export interface GraphAttribute {
  readonly name: string;
  readonly type: number;
  readonly i: number;
  readonly f: number;
  readonly s: string;
  readonly ints: readonly number[];
  readonly floats: readonly number[];
}

export interface GraphNode {
  readonly opType: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attributes: readonly GraphAttribute[];
}

export interface GraphConstant {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dataType: number;
  /** Little-endian, a view of the file; empty where the file keeps the numbers in another field. */
  readonly raw: Uint8Array;
}

export interface OnnxGraph {
  readonly nodes: readonly GraphNode[];
  readonly constants: readonly GraphConstant[];
  /** Names; older files list their constants among the inputs. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

type Mutable<T> = { -readonly [key in keyof T]: T[key] extends readonly (infer U)[] ? U[] : T[key] };

/** Reads a whole file's graph. What is no ONNX file gives an empty graph, or throws. */
export function readGraph(file: Uint8Array): OnnxGraph {
  const graph: Mutable<OnnxGraph> = { nodes: [], constants: [], inputs: [], outputs: [] };
  new PbfReader(file).readFields((tag, _, model) => {
    if (tag === 7) model.readMessage(readGraphField, graph);
  }, undefined);
  return graph;
}

function readGraphField(tag: number, graph: Mutable<OnnxGraph>, pbf: PbfReader): void {
  if (tag === 1) {
    graph.nodes.push(
      pbf.readMessage<Mutable<GraphNode>>(readNode, { opType: '', input: [], output: [], attributes: [] }),
    );
  } else if (tag === 5) {
    graph.constants.push(
      pbf.readMessage<Mutable<GraphConstant>>(readConstant, {
        name: '',
        dims: [],
        dataType: 0,
        raw: new Uint8Array(),
      }),
    );
  } else if (tag === 11) {
    graph.inputs.push(pbf.readMessage(readValueName, { name: '' }).name);
  } else if (tag === 12) {
    graph.outputs.push(pbf.readMessage(readValueName, { name: '' }).name);
  }
}

function readNode(tag: number, node: Mutable<GraphNode>, pbf: PbfReader): void {
  if (tag === 1) node.input.push(pbf.readString());
  else if (tag === 2) node.output.push(pbf.readString());
  else if (tag === 4) node.opType = pbf.readString();
  else if (tag === 5) {
    node.attributes.push(
      pbf.readMessage<Mutable<GraphAttribute>>(readAttribute, {
        name: '',
        type: 0,
        i: 0,
        f: 0,
        s: '',
        ints: [],
        floats: [],
      }),
    );
  }
}

function readAttribute(tag: number, attribute: Mutable<GraphAttribute>, pbf: PbfReader): void {
  if (tag === 1) attribute.name = pbf.readString();
  else if (tag === 2) attribute.f = pbf.readFloat();
  else if (tag === 3) attribute.i = pbf.readVarint(true);
  else if (tag === 4) attribute.s = pbf.readString();
  else if (tag === 7) pbf.readPackedFloat(attribute.floats);
  else if (tag === 8) pbf.readPackedVarint(attribute.ints, true);
  else if (tag === 20) attribute.type = pbf.readVarint();
}

function readConstant(tag: number, constant: Mutable<GraphConstant>, pbf: PbfReader): void {
  if (tag === 1) pbf.readPackedVarint(constant.dims, true);
  else if (tag === 2) constant.dataType = pbf.readVarint();
  else if (tag === 8) constant.name = pbf.readString();
  else if (tag === 9) constant.raw = pbf.readBytes();
}

function readValueName(tag: number, value: { name: string }, pbf: PbfReader): void {
  if (tag === 1) value.name = pbf.readString();
}
