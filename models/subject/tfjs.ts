/** Graph models of TensorFlow.js: their nodes, and the weights out of their shard. */
import * as v from 'valibot';

const Attributes = v.object({
  strides: v.optional(v.object({ list: v.object({ i: v.array(v.string()) }) })),
  /** base64 */
  fused_ops: v.optional(v.object({ list: v.object({ s: v.array(v.string()) }) })),
});
const TfNode = v.object({
  name: v.string(),
  op: v.string(),
  input: v.optional(v.array(v.string()), []),
  attr: v.optional(Attributes, {}),
});
export type TfNode = v.InferOutput<typeof TfNode>;

const Entry = v.object({
  name: v.string(),
  shape: v.array(v.pipe(v.number(), v.integer(), v.minValue(1))),
  dtype: v.picklist(['float32', 'int32']),
});
const GraphModel = v.object({
  modelTopology: v.object({ node: v.array(TfNode) }),
  weightsManifest: v.array(v.object({ weights: v.array(Entry) })),
});

export interface Weight {
  readonly shape: readonly number[];
  /** Of `shape`, the last axis running fastest. */
  readonly values: Float32Array | Int32Array;
}

export interface TfGraph {
  readonly nodes: readonly TfNode[];
  /** Throws if there is none of that name. */
  weight(name: string | undefined): Weight;
}

/** Throws if the JSON is no graph model, its weights are quantised, or the shard is of another length. */
export function readGraph(json: unknown, shard: Uint8Array): TfGraph {
  const { modelTopology, weightsManifest } = v.parse(GraphModel, json);
  const weights = new Map<string, Weight>();
  let at = 0;
  for (const { name, shape, dtype } of weightsManifest.flatMap((group) => group.weights)) {
    const size = 4 * shape.reduce((product, side) => product * side, 1);
    if (at + size > shard.length) throw new Error(`${name}: the shard ends within its weights`);
    const { buffer } = Uint8Array.from(shard.subarray(at, at + size));
    weights.set(name, {
      shape,
      values: dtype === 'float32' ? new Float32Array(buffer) : new Int32Array(buffer),
    });
    at += size;
  }
  if (at !== shard.length) throw new Error(`the shard has ${shard.length - at} bytes more than the manifest`);
  return {
    nodes: modelTopology.node,
    weight: (name) => {
      const found = weights.get(name ?? '');
      if (!found) throw new Error(`the model has no weights ${name}`);
      return found;
    },
  };
}

/** The same numbers with the axes in another order: `axes[i]` is the old place of the new axis i. */
export function transposed(
  { shape, values }: Weight,
  axes: readonly number[],
): { shape: number[]; values: Float32Array } {
  const at = (list: readonly number[], index: number): number => list[index] ?? NaN;
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, side) => product * side, 1));
  const turned = axes.map((axis) => at(shape, axis));
  const result = Float32Array.from(values, (_, index) => {
    let rest = index;
    let from = 0;
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      const side = at(turned, axis);
      from += (rest % side) * at(strides, at(axes, axis));
      rest = Math.floor(rest / side);
    }
    return values[from] ?? NaN;
  });
  return { shape: turned, values: result };
}
