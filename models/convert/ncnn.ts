/**
 * Reads networks in ncnn's format: `.param`, a text naming one layer a line, and `.bin`, their weights in that order.
 * Source: ncnn's wiki "param and model file structure", and src/modelbin.cpp for the weights' flags.
 */

const PARAM_MAGIC = '7767517';
/** What a weight blob starts with when it is stored as float16, and when as float32. */
const FLAG_FLOAT16 = 0x01306b47;
const FLAG_FLOAT32 = 0;
/** An array parameter has its id subtracted from this, and its length before its values. */
const ARRAYS = -23300;

/** Numbers as stored, little-endian. */
export interface Weights {
  readonly type: 'float16' | 'float32';
  readonly bytes: Uint8Array;
}

export interface NcnnLayer {
  readonly type: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** By ncnn's parameter id; 0 where the file says nothing, which is ncnn's default for all that are used here. */
  param(id: number, otherwise?: number): number;
  /** The parameter's values, where it is an array; none where the file says nothing. */
  array(id: number): readonly number[];
  /** In the order of the file: Convolution has weight and bias, PReLU the slopes, others none. */
  readonly weights: readonly Weights[];
}

/** Throws an Error naming the layer when the files hold anything this reader does not know, or do not match. */
export function readNcnn(paramText: string, bin: Uint8Array): NcnnLayer[] {
  const [magic, , ...lines] = paramText.split('\n').filter((line) => line.trim() !== '');
  if (magic?.trim() !== PARAM_MAGIC) throw new Error('not an ncnn .param file');
  const reader = new BinReader(bin);
  const layers = lines.map((line) => readLayer(line, reader));
  if (reader.left !== 0) throw new Error(`the .bin file has ${reader.left} bytes more than its layers take`);
  return layers;
}

function readLayer(line: string, bin: BinReader): NcnnLayer {
  const [type = '', name = '', inputCount, outputCount, ...rest] = line.trim().split(/\s+/);
  const firstOutput = Number(inputCount);
  const firstParam = firstOutput + Number(outputCount);
  const params = new Map(rest.slice(firstParam).map((each) => readParam(name, each)));
  const param = (id: number, otherwise = 0): number => params.get(id)?.[0] ?? otherwise;
  return {
    type,
    name,
    inputs: rest.slice(0, firstOutput),
    outputs: rest.slice(firstOutput, firstParam),
    param,
    array: (id) => params.get(ARRAYS - id) ?? [],
    weights: readWeights(type, name, param, bin),
  };
}

/** The id as it stands in the file, and its values. */
function readParam(layer: string, text: string): [number, number[]] {
  const [key = '', value = ''] = text.split('=');
  const id = Number(key);
  const numbers = value.split(',').map(Number);
  const [count, ...elements] = numbers;
  const values = id > ARRAYS ? numbers : elements;
  const wanted = id > ARRAYS ? 1 : count;
  if (value === '' || values.length !== wanted || ![id, ...values].every(Number.isFinite)) {
    throw new Error(`${layer}: cannot read “${text}”`);
  }
  return [id, values];
}

function readWeights(type: string, name: string, param: NcnnLayer['param'], bin: BinReader): Weights[] {
  switch (type) {
    case 'Convolution': {
      const weight = bin.flagged(param(6), name);
      return param(5) === 0 ? [weight] : [weight, bin.bare(param(0), name)];
    }
    case 'PReLU':
      return [bin.bare(param(0), name)];
    case 'Input':
    case 'Split':
    case 'PixelShuffle':
    case 'Interp':
    case 'BinaryOp':
    case 'Concat':
    case 'Eltwise':
      return [];
    default:
      throw new Error(`${name}: layers of type ${type} cannot be read`);
  }
}

class BinReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /** `count` numbers behind a flag that says how they are stored; float16 data is padded to 4 bytes. */
  flagged(count: number, layer: string): Weights {
    const flag = new DataView(this.#take(4, layer).buffer).getUint32(0, true);
    if (flag === FLAG_FLOAT32) return this.bare(count, layer);
    if (flag !== FLAG_FLOAT16)
      throw new Error(`${layer}: weights stored as 0x${flag.toString(16)} cannot be read`);
    const bytes = this.#take(count * 2, layer);
    this.#take((count % 2) * 2, layer);
    return { type: 'float16', bytes };
  }

  bare(count: number, layer: string): Weights {
    return { type: 'float32', bytes: this.#take(count * 4, layer) };
  }

  /** A copy, so that it is aligned and on its own. */
  #take(length: number, layer: string): Uint8Array<ArrayBuffer> {
    if (length > this.left) throw new Error(`${layer}: the .bin file ends within its weights`);
    const bytes = this.#bytes.slice(this.#at, this.#at + length);
    this.#at += length;
    return new Uint8Array(bytes);
  }
}
