/** Weights as TensorFlow.js stores them: in one byte each, value = minimum + byte · step, or as float32. */
import * as v from 'valibot';

const Listed = v.object({
  name: v.string(),
  shape: v.array(v.pipe(v.number(), v.integer(), v.minValue(1))),
  dtype: v.literal('float32'),
  quantization: v.optional(v.object({ dtype: v.literal('uint8'), min: v.number(), scale: v.number() })),
});
const Manifest = v.pipe(v.array(v.object({ weights: v.array(Listed) })), v.length(1));
/** One tensor of the file; they lie in it in this order without gaps. */
export type Listed = v.InferOutput<typeof Listed>;

/** In the order of `dims`, the last running fastest: TensorFlow's, so height × width × in × out for a convolution. */
export interface Weight {
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

/** The list out of a weights manifest. Throws valibot's error if it is none. */
export function parseManifest(json: unknown): readonly Listed[] {
  return v.parse(Manifest, json).flatMap(({ weights }) => weights);
}

/** The list out of a manifest that was minified into a script, which is read and not run. */
export function parseMinified(script: string): readonly Listed[] {
  const pattern =
    /\{name:"([^"]+)",shape:\[([\d,]*)\],dtype:"float32",quantization:\{min:(-?[\d.e-]+),scale:([\d.e-]+),dtype:"uint8"\}\}/g;
  const list = [...script.matchAll(pattern)].map(([, name, shape, min, scale]) => ({
    name,
    shape: shape?.split(',').map(Number),
    dtype: 'float32',
    quantization: { dtype: 'uint8', min: Number(min), scale: Number(scale) },
  }));
  return parseManifest([{ weights: list }]);
}

/** The bytes out of a script that holds them in base64. Throws if it holds none. */
export function base64Within(script: string): Uint8Array {
  const [, text] = /"([A-Za-z0-9+/]{1000,}={0,2})"/.exec(script) ?? [];
  if (text === undefined) throw new Error('the script holds no base64');
  return Buffer.from(text, 'base64');
}

/** Throws if the list and the bytes do not go together. */
export function readWeights(list: readonly Listed[], bytes: Uint8Array): (name: string) => Weight {
  const weights = new Map<string, Weight>();
  let at = 0;
  for (const { name, shape, quantization } of list) {
    const length = shape.reduce((product, size) => product * size, 1);
    const stored = bytes.subarray(at, (at += quantization ? length : 4 * length));
    const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
    const values = quantization
      ? Float32Array.from(stored, (byte) => quantization.min + byte * quantization.scale)
      : Float32Array.from({ length }, (_, index) => view.getFloat32(4 * index, true));
    weights.set(name, { dims: shape, values });
  }
  if (at !== bytes.length) throw new Error(`the list tells of ${at} bytes, the file holds ${bytes.length}`);
  return (name) => {
    const found = weights.get(name);
    if (!found) throw new Error(`the file holds no ${name}`);
    return found;
  };
}
