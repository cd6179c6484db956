/** The networks of a blend as bytes: verified, and where two share an architecture, their weights summed. */
import type { Blend, Network } from '../catalog.ts';
import { LoupeError } from '../errors.ts';
import { fromFloat16, toFloat16 } from './float16.ts';
import { FLOAT, FLOAT16, readGraph, type GraphConstant, type OnnxGraph } from './onnx-graph.ts';
import { verifyModel } from './sha256.ts';

/** ONNX files to run on each tile; their outputs are summed by the shares, which sum to 1. */
export interface LoadedBlend {
  readonly parts: readonly LoadedPart[];
  /** Whether each tile is run in its eight orientations and the results averaged. */
  readonly selfEnsemble: boolean;
}

export interface LoadedPart {
  readonly model: Uint8Array<ArrayBuffer>;
  readonly share: number;
}

/** A file on its own. */
export function loadedFile(model: Uint8Array<ArrayBuffer>): LoadedBlend {
  return { parts: [{ model, share: 1 }], selfEnsemble: false };
}

/**
 * Loads each network of a blend once by `load`, checks it against its SHA-256, and sums weights where the blend says so.
 * Rejects with `model-damaged` where a file is not the listed one, and with what `load` rejects with.
 */
export async function partsOf(
  blend: Pick<Blend, 'parts'>,
  load: (network: Network) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<LoadedPart[]> {
  const files = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  const verified = async (network: Network): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = await load(network);
    verifyModel(bytes, network);
    return bytes;
  };
  const fileOf = (network: Network): Promise<Uint8Array<ArrayBuffer>> => {
    const file = files.get(network.id) ?? verified(network);
    files.set(network.id, file);
    return file;
  };
  return Promise.all(
    blend.parts.map(async ({ weights, share }) => {
      const named = weights.map(async (each) => ({
        bytes: await fileOf(each.network),
        share: each.share,
        name: each.network.file,
      }));
      return { model: interpolateWeights(await Promise.all(named)), share };
    }),
  );
}

/**
 * The first of `files` with its weights replaced by the sum of all files' weights by their shares, each rounded once to
 * the precision it is stored in. Files of share 0 are left out; what all files have alike stays bit for bit. Throws
 * `model-damaged`, with `name`, at a file whose graph is not the first one's, weights aside.
 */
export function interpolateWeights(
  files: readonly {
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly share: number;
    readonly name?: string;
  }[],
): Uint8Array<ArrayBuffer> {
  const [first, ...others] = files.filter(({ share }) => share !== 0);
  if (!first) throw new RangeError('there is nothing to interpolate');
  if (others.length === 0) return first.bytes;
  const graph = readGraph(first.bytes);
  const result = first.bytes.slice();
  const sources = others.map(({ bytes, share, name = 'of the other end' }) => {
    const constants = constantsAlike(graph, readGraph(bytes));
    if (!constants) throw new LoupeError('model-damaged', name);
    return { constants, share };
  });
  graph.constants.forEach((constant, index) => {
    const all = [
      { raw: constant.raw, share: first.share },
      ...sources.map(({ constants, share }) => ({ raw: constants[index]?.raw ?? constant.raw, share })),
    ];
    if (all.every(({ raw }) => sameBytes(raw, constant.raw))) return;
    const start = constant.raw.byteOffset - first.bytes.byteOffset;
    sumInto(result.subarray(start, start + constant.raw.length), constant.dataType, all);
  });
  return result;
}

/** The other graph's constants in the order of the one's, if the two differ in nothing but the numbers in them. */
function constantsAlike(one: OnnxGraph, other: OnnxGraph): GraphConstant[] | undefined {
  const frame = ({ nodes, inputs, outputs }: OnnxGraph): string => JSON.stringify([nodes, inputs, outputs]);
  if (frame(one) !== frame(other) || one.constants.length !== other.constants.length) return undefined;
  const named = new Map(other.constants.map((constant) => [constant.name, constant]));
  const found = one.constants.map((constant) => {
    const counterpart = named.get(constant.name);
    return counterpart && interchangeable(constant, counterpart) ? counterpart : undefined;
  });
  return found.every((each) => each !== undefined) ? found : undefined;
}

function interchangeable(one: GraphConstant, other: GraphConstant): boolean {
  if (one.dataType !== other.dataType || one.dims.join() !== other.dims.join()) return false;
  const bytes = { [FLOAT]: 4, [FLOAT16]: 2 }[one.dataType];
  if (bytes === undefined) return sameBytes(one.raw, other.raw);
  const length = one.dims.reduce((product, size) => product * size, bytes);
  return one.raw.length === length && other.raw.length === length;
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

function sumInto(
  target: Uint8Array,
  dataType: number,
  sources: readonly { readonly raw: Uint8Array; readonly share: number }[],
): void {
  const half = dataType === FLOAT16;
  const to = viewOf(target);
  const from = sources.map(({ raw, share }) => ({ view: viewOf(raw), share }));
  for (let at = 0; at < target.length; at += half ? 2 : 4) {
    let sum = 0;
    for (const { view, share } of from) {
      sum += share * (half ? fromFloat16(view.getUint16(at, true)) : view.getFloat32(at, true));
    }
    if (half) to.setUint16(at, toFloat16(sum), true);
    else to.setFloat32(at, sum, true);
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
