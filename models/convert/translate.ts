/**
 * An ncnn network as an ONNX graph: RGB in 0..1 in, `data` 1×3×H×W, the same r times larger out, `output` 1×3×rH×rW.
 * Weights keep the precision they come in; float16 ones pass a Cast, which ONNX Runtime folds when it loads the model.
 */
import { FLOAT, FLOAT16, INT64, node, type Graph, type Node, type Tensor } from './onnx.ts';
import type { NcnnLayer, Weights } from './ncnn.ts';

const INPUT = 'data';
const OUTPUT = 'output';
const CHANNELS = 3;

/** A picture `factor` times larger that is not made yet: the network ends by adding the two kinds. */
interface Enlarged {
  readonly kind: 'shuffled' | 'nearest';
  readonly of: string;
  readonly factor: number;
}

/** Throws an Error naming the layer that has no translation. */
export function translate(name: string, layers: readonly NcnnLayer[]): Graph {
  const nodes: Node[] = [];
  const initializers: Tensor[] = [];
  /** What a name of the ncnn file is called in the graph (Split only renames), or what is to become of it. */
  const values = new Map<string, string | Enlarged>();

  const value = (blob: string | undefined): string | Enlarged => {
    const found = blob === undefined ? undefined : values.get(blob);
    if (found === undefined) throw new Error(`nothing gives ${blob ?? 'an input'}`);
    return found;
  };
  const plain = (layer: NcnnLayer): string => {
    const found = value(layer.inputs[0]);
    if (typeof found !== 'string')
      throw new Error(`${layer.name}: layers after the enlargement are not translated`);
    return found;
  };
  const constant = (constantName: string, dims: readonly number[], weights: Weights | undefined): string => {
    if (!weights) throw new Error(`${constantName} has no weights`);
    if (weights.type === 'float32') {
      initializers.push({ name: constantName, dims, dataType: FLOAT, rawData: weights.bytes });
    } else {
      const stored = `${constantName}_f16`;
      initializers.push({ name: stored, dims, dataType: FLOAT16, rawData: weights.bytes });
      nodes.push(node('Cast', [stored], constantName, { to: FLOAT }));
    }
    return constantName;
  };

  /**
   * shuffle(x) + nearest(y) = shuffle(x + y with each channel repeated factor² times): exactly the same numbers,
   * without a Resize, whose coordinates are a known source of off-by-one errors between backends.
   */
  const addEnlarged = (layer: NcnnLayer): void => {
    const pair = layer.inputs.map(value);
    const find = (kind: Enlarged['kind']): Enlarged => {
      const found = pair.find((each): each is Enlarged => typeof each !== 'string' && each.kind === kind);
      if (!found)
        throw new Error(`${layer.name}: adds something else than a shuffled and an enlarged picture`);
      return found;
    };
    const shuffled = find('shuffled');
    const nearest = find('nearest');
    if (shuffled.factor !== nearest.factor)
      throw new Error(`${layer.name}: adds pictures of different sizes`);
    const { factor } = shuffled;
    const repeats = Array.from({ length: CHANNELS * factor ** 2 }, (_, index) =>
      BigInt(Math.floor(index / factor ** 2)),
    );
    initializers.push({
      name: 'repeats',
      dims: [repeats.length],
      dataType: INT64,
      rawData: new Uint8Array(BigInt64Array.from(repeats).buffer),
    });
    nodes.push(
      node('Gather', [nearest.of, 'repeats'], 'repeated', { axis: 1 }),
      node('Add', [shuffled.of, 'repeated'], 'sum'),
      node('DepthToSpace', ['sum'], OUTPUT, { blocksize: factor, mode: 'CRD' }),
    );
  };

  const translateLayer = (layer: NcnnLayer): string | Enlarged => {
    const { name: id, weights } = layer;
    switch (layer.type) {
      case 'Input':
        return INPUT;
      case 'Split':
        return plain(layer);
      case 'Convolution': {
        nodes.push(convolution(layer, plain(layer), constant));
        return id;
      }
      case 'PReLU': {
        const slope = constant(`${id}_slope`, [layer.param(0), 1, 1], weights[0]);
        nodes.push(node('PRelu', [plain(layer), slope], id));
        return id;
      }
      case 'PixelShuffle':
        expect(layer, 1, 0, 'its channel order');
        return { kind: 'shuffled', of: plain(layer), factor: layer.param(0) };
      case 'Interp':
        expect(layer, 0, 1, 'its interpolation');
        expect(layer, 2, layer.param(1), 'its horizontal factor');
        return { kind: 'nearest', of: plain(layer), factor: layer.param(1) };
      case 'BinaryOp':
        expect(layer, 0, 0, 'its operation');
        addEnlarged(layer);
        return OUTPUT;
      default:
        throw new Error(`${id}: layers of type ${layer.type} are not translated`);
    }
  };

  for (const layer of layers) {
    const result = translateLayer(layer);
    for (const output of layer.outputs) values.set(output, result);
  }
  if (values.get(OUTPUT) !== OUTPUT) throw new Error('the network does not end by adding the enlarged input');
  return {
    name,
    nodes,
    initializers,
    inputs: [{ name: INPUT, dims: [1, CHANNELS, 'height', 'width'] }],
    outputs: [{ name: OUTPUT, dims: [1, CHANNELS, 'enlarged_height', 'enlarged_width'] }],
  };
}

function convolution(
  layer: NcnnLayer,
  input: string,
  constant: (name: string, dims: readonly number[], weights: Weights | undefined) => string,
): Node {
  const { name, weights } = layer;
  const outputs = layer.param(0);
  const side = layer.param(1);
  const inputs = layer.param(6) / (outputs * side ** 2);
  expect(layer, 2, 1, 'its dilation', 1);
  expect(layer, 3, 1, 'its stride', 1);
  expect(layer, 4, (side - 1) / 2, 'its padding');
  expect(layer, 9, 0, 'its activation');
  const operands = [input, constant(`${name}_weight`, [outputs, inputs, side, side], weights[0])];
  if (weights.length > 1) operands.push(constant(`${name}_bias`, [outputs], weights[1]));
  const pad = (side - 1) / 2;
  return node('Conv', operands, name, { kernel_shape: [side, side], pads: [pad, pad, pad, pad] });
}

/** Refuses what the translation would get wrong in silence. */
function expect(layer: NcnnLayer, param: number, wanted: number, what: string, otherwise = 0): void {
  const found = layer.param(param, otherwise);
  if (found !== wanted)
    throw new Error(`${layer.name}: ${what} is ${found}, but only ${wanted} is translated`);
}
