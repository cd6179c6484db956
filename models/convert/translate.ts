/**
 * An ncnn network as an ONNX graph: RGB in 0..1 in, `data` 1×3×H×W, the same r times larger out, `output` 1×3×rH×rW.
 * Weights keep the precision they come in; float16 ones pass a Cast, which ONNX Runtime folds when it loads the model.
 */
import { FLOAT, FLOAT16, INT64, node, type Graph, type Node, type Tensor } from './onnx.ts';
import type { NcnnLayer, Weights } from './ncnn.ts';

const INPUT = 'data';
const OUTPUT = 'output';
const CHANNELS = 3;
/** ncnn's number of it as a convolution's activation; the slope is its first parameter. */
const LEAKY_RELU = 2;

/** A value of the graph: its name and how many channels it has. */
interface Plain {
  readonly kind: 'plain';
  readonly of: string;
  readonly channels: number;
}

/** A picture `factor` times larger that is not made yet, because adding two such has a shorter way. */
interface Enlarged {
  readonly kind: 'shuffled' | 'nearest';
  readonly of: string;
  /** Of what is to be enlarged. */
  readonly channels: number;
  readonly factor: number;
}

type Value = Plain | Enlarged;

/** Throws an Error naming the layer that has no translation. */
export function translate(name: string, layers: readonly NcnnLayer[]): Graph {
  const builder = new GraphBuilder();
  for (const layer of layers) builder.add(layer);
  return {
    name,
    nodes: builder.nodes,
    initializers: builder.initializers,
    inputs: [{ name: INPUT, dims: [1, CHANNELS, 'height', 'width'] }],
    outputs: [{ name: builder.output(), dims: [1, CHANNELS, 'enlarged_height', 'enlarged_width'] }],
  };
}

class GraphBuilder {
  readonly nodes: Node[] = [];
  readonly initializers: Tensor[] = [];
  /** By the names of the ncnn file. */
  readonly #values = new Map<string, Value>();

  add(layer: NcnnLayer): void {
    const result = this.#translate(layer);
    for (const output of layer.outputs) this.#values.set(output, result);
  }

  output(): string {
    const result = this.#values.get(OUTPUT);
    if (result?.kind !== 'plain' || result.of !== OUTPUT)
      throw new Error(`the network’s last layer does not give “${OUTPUT}”`);
    return OUTPUT;
  }

  #translate(layer: NcnnLayer): Value {
    const { weights } = layer;
    const result = layer.outputs.includes(OUTPUT) ? OUTPUT : layer.name;
    switch (layer.type) {
      case 'Input':
        return { kind: 'plain', of: INPUT, channels: CHANNELS };
      case 'Split':
        return this.#input(layer);
      case 'Convolution':
        return this.#convolution(layer, result);
      case 'PReLU': {
        const { of, channels } = this.#plain(layer);
        const slope = this.#constant(`${layer.name}_slope`, [layer.param(0), 1, 1], weights[0]);
        this.nodes.push(node('PRelu', [of, slope], result));
        return { kind: 'plain', of: result, channels };
      }
      case 'PixelShuffle':
        expect(layer, 1, 0, 'its channel order');
        return { ...this.#plain(layer), kind: 'shuffled', factor: layer.param(0) };
      case 'Interp':
        expect(layer, 0, 1, 'its interpolation');
        expect(layer, 2, layer.param(1), 'its horizontal factor');
        return { ...this.#plain(layer), kind: 'nearest', factor: layer.param(1) };
      case 'Concat': {
        expect(layer, 0, 0, 'its axis');
        const parts = layer.inputs.map((_, index) => this.#plain(layer, index));
        this.nodes.push(
          node(
            'Concat',
            parts.map(({ of }) => of),
            result,
            { axis: 1 },
          ),
        );
        return {
          kind: 'plain',
          of: result,
          channels: parts.reduce((sum, { channels }) => sum + channels, 0),
        };
      }
      case 'Eltwise':
        expect(layer, 0, 1, 'its operation');
        return this.#sum(layer, layer.array(1), result);
      case 'BinaryOp':
        expect(layer, 0, 0, 'its operation');
        expect(layer, 1, 0, 'its being of one operand');
        return layer.inputs.every((_, index) => this.#input(layer, index).kind !== 'plain')
          ? this.#sumEnlarged(layer, result)
          : this.#sum(layer, [], result);
      default:
        throw new Error(`${layer.name}: layers of type ${layer.type} are not translated`);
    }
  }

  #input({ inputs }: NcnnLayer, index = 0): Value {
    const blob = inputs[index];
    const found = blob === undefined ? undefined : this.#values.get(blob);
    if (found === undefined) throw new Error(`nothing gives ${blob ?? 'an input'}`);
    return found;
  }

  /** An enlarged picture is made here, by repeating channels where it is not shuffled from them. */
  #plain(layer: NcnnLayer, index = 0): Plain {
    const found = this.#input(layer, index);
    if (found.kind === 'plain') return found;
    const { kind, of, channels, factor } = found;
    const result = `${layer.inputs[index] ?? ''}_enlarged`;
    const shuffled = kind === 'shuffled' ? of : this.#repeated(of, channels, factor, `${result}_repeated`);
    this.#shuffle(shuffled, factor, result);
    const made = kind === 'shuffled' ? channels / factor ** 2 : channels;
    const plain: Plain = { kind: 'plain', of: result, channels: made };
    // What else takes it takes what was made.
    for (const [name, value] of this.#values) if (value === found) this.#values.set(name, plain);
    return plain;
  }

  #constant(name: string, dims: readonly number[], weights: Weights | undefined): string {
    if (!weights) throw new Error(`${name} has no weights`);
    if (weights.type === 'float32') {
      this.initializers.push({ name, dims, dataType: FLOAT, rawData: weights.bytes });
    } else {
      const stored = `${name}_f16`;
      this.initializers.push({ name: stored, dims, dataType: FLOAT16, rawData: weights.bytes });
      this.nodes.push(node('Cast', [stored], name, { to: FLOAT }));
    }
    return name;
  }

  /** A constant that may be wanted several times. */
  #shared(tensor: Tensor): string {
    if (!this.initializers.some(({ name }) => name === tensor.name)) this.initializers.push(tensor);
    return tensor.name;
  }

  #convolution(layer: NcnnLayer, result: string): Plain {
    const { name, weights } = layer;
    const { of } = this.#plain(layer);
    const outputs = layer.param(0);
    const side = layer.param(1);
    const inputs = layer.param(6) / (outputs * side ** 2);
    expect(layer, 2, 1, 'its dilation', 1);
    expect(layer, 3, 1, 'its stride', 1);
    expect(layer, 4, (side - 1) / 2, 'its padding');
    const activation = layer.param(9);
    if (activation !== 0) expect(layer, 9, LEAKY_RELU, 'its activation');
    const convolved = activation === 0 ? result : `${name}_convolved`;
    const operands = [of, this.#constant(`${name}_weight`, [outputs, inputs, side, side], weights[0])];
    if (weights.length > 1) operands.push(this.#constant(`${name}_bias`, [outputs], weights[1]));
    const pad = (side - 1) / 2;
    this.nodes.push(
      node('Conv', operands, convolved, { kernel_shape: [side, side], pads: [pad, pad, pad, pad] }),
    );
    if (activation === LEAKY_RELU) {
      const [slope = NaN] = layer.array(10);
      this.nodes.push(node('LeakyRelu', [convolved], result, { alpha: { real: slope } }));
    }
    return { kind: 'plain', of: result, channels: outputs };
  }

  /** The sum of two, each times its factor where there are factors. */
  #sum(layer: NcnnLayer, factors: readonly number[], result: string): Plain {
    if (layer.inputs.length !== 2) throw new Error(`${layer.name}: only sums of two are translated`);
    const terms = layer.inputs.map((_, index) => {
      const { of, channels } = this.#plain(layer, index);
      const factor = factors[index] ?? 1;
      if (factor === 1) return { of, channels };
      const scaled = `${layer.name}_scaled_${index}`;
      const rawData = new Uint8Array(Float32Array.of(factor).buffer);
      const constant = this.#shared({ name: `times_${factor}`, dims: [], dataType: FLOAT, rawData });
      this.nodes.push(node('Mul', [of, constant], scaled));
      return { of: scaled, channels };
    });
    this.nodes.push(
      node(
        'Add',
        terms.map(({ of }) => of),
        result,
      ),
    );
    return { kind: 'plain', of: result, channels: terms[0]?.channels ?? 0 };
  }

  /**
   * shuffle(x) + nearest(y) = shuffle(x + y with each channel repeated factor² times): exactly the same numbers,
   * without a Resize, whose coordinates are a known source of off-by-one errors between backends.
   */
  #sumEnlarged(layer: NcnnLayer, result: string): Plain {
    const pair = layer.inputs.map((_, index) => this.#input(layer, index));
    const find = (kind: Enlarged['kind']): Enlarged => {
      const found = pair.find((each): each is Enlarged => each.kind === kind);
      if (!found)
        throw new Error(`${layer.name}: adds something else than a shuffled and an enlarged picture`);
      return found;
    };
    const shuffled = find('shuffled');
    const nearest = find('nearest');
    if (shuffled.factor !== nearest.factor)
      throw new Error(`${layer.name}: adds pictures of different sizes`);
    const { factor } = shuffled;
    const repeated = this.#repeated(nearest.of, nearest.channels, factor, 'repeated');
    this.nodes.push(node('Add', [shuffled.of, repeated], 'sum'));
    this.#shuffle('sum', factor, result);
    return { kind: 'plain', of: result, channels: nearest.channels };
  }

  /** Each channel factor² times, which a shuffle makes `factor` times as large of. */
  #repeated(of: string, channels: number, factor: number, result: string): string {
    const indices = Array.from({ length: channels * factor ** 2 }, (_, index) =>
      BigInt(Math.floor(index / factor ** 2)),
    );
    const name = channels === CHANNELS ? 'repeats' : `repeats_${channels}`;
    const repeats = this.#shared({
      name,
      dims: [indices.length],
      dataType: INT64,
      rawData: new Uint8Array(BigInt64Array.from(indices).buffer),
    });
    this.nodes.push(node('Gather', [of, repeats], result, { axis: 1 }));
    return result;
  }

  #shuffle(of: string, factor: number, result: string): void {
    this.nodes.push(node('DepthToSpace', [of], result, { blocksize: factor, mode: 'CRD' }));
  }
}

/** Refuses what the translation would get wrong in silence. */
function expect(layer: NcnnLayer, param: number, wanted: number, what: string, otherwise = 0): void {
  const found = layer.param(param, otherwise);
  if (found !== wanted)
    throw new Error(`${layer.name}: ${what} is ${found}, but only ${wanted} is translated`);
}
