/** Models of the user's own: whether Loupe can run one, and what the engine must know of it. */
import type { InferenceSession } from 'onnxruntime-web';
import type { Tile } from '../engine/types.ts';
import { because, LoupeError } from '../errors.ts';
import { ModelSession, type OrtRuntime } from './model-session.ts';
import { costOf } from './network-cost.ts';
import { readGraph, type OnnxGraph } from './onnx-graph.ts';

export interface OwnModel {
  /** What it multiplies both sides by, 2 to 8. */
  readonly scale: number;
  /** Input pixels a tile needs around its core. */
  readonly overlap: number;
  /** Multiply-accumulates per input pixel, where its file tells. */
  readonly macsPerPixel?: number;
  /** Samples per input pixel of its largest tensor, where its file tells. */
  readonly widest?: number;
}

const LARGEST_SCALE = 8;
/** Neither equal nor even: a network that wants sides divisible by something fails on it. */
const ODD_SIZE = { width: 37, height: 23 };

/** A receptive field up to this is taken as the overlap. */
const SMALL_FIELD = 40;
/** Sides of the picture that the reach is measured on, and of the tile in its middle. */
const WHOLE = 130;
const TILE = 96;
/** A difference of one 8-bit step. */
const STEP = 1 / 255;

/**
 * Loads a model on the CPU and tries it. Its overlap is its receptive field where that can be read from the file and is at most
 * 40. Otherwise it is measured: a tile of 96² noise and edges is run alone and as the middle of 130², and where the
 * two differ by more than one 8-bit step counts as reached by the border; half as much again is added, since another
 * picture may reach further. It is never more than 48, for a network that looks at the whole picture.
 *
 * Rejects with `model-unfit`, its detail the reason, unless it has one input 1×3×H×W and one output 1×3×sH×sW, both fp32 with
 * H and W free.
 */
export async function inspectModel(runtime: OrtRuntime, bytes: Uint8Array): Promise<OwnModel> {
  const session = await load(runtime, bytes);
  try {
    const scale = await scaleOf(session);
    const cost = costOf(graphOf(bytes));
    const overlap =
      cost && cost.receptiveField <= SMALL_FIELD
        ? cost.receptiveField
        : await measuredOverlap(session, scale);
    return { scale, overlap, ...(cost && { macsPerPixel: cost.macsPerPixel, widest: cost.widest }) };
  } finally {
    await session.dispose();
  }
}

function graphOf(bytes: Uint8Array): OnnxGraph {
  try {
    return readGraph(bytes);
  } catch (cause) {
    throw new LoupeError('model-unfit', because('not-onnx'), { cause });
  }
}

async function load(runtime: OrtRuntime, bytes: Uint8Array): Promise<ModelSession> {
  const options = { executionProviders: ['cpu'], logSeverityLevel: 4 } as const;
  const tried = await runtime.InferenceSession.create(bytes, options).catch((cause: unknown) => {
    throw new LoupeError('model-unfit', because('not-onnx'), { cause });
  });
  const reason = whyUnfit(tried);
  await tried.release();
  if (reason !== undefined) throw new LoupeError('model-unfit', reason);
  return ModelSession.open(runtime, bytes, options);
}

/** Judged by what the file says of its inputs and outputs. */
function whyUnfit({ inputMetadata, outputMetadata }: InferenceSession): string | undefined {
  const [input, ...moreInputs] = inputMetadata;
  const [output, ...moreOutputs] = outputMetadata;
  if (moreInputs.length > 0) return because('many-inputs', inputMetadata.length);
  if (moreOutputs.length > 0) return because('many-results', outputMetadata.length);
  if (!input?.isTensor || !output?.isTensor) return because('no-picture');
  if (input.type !== 'float32' || output.type !== 'float32') {
    return because('not-float', input.type === 'float32' ? output.type : input.type);
  }
  const [batch, channels, height, width] = input.shape;
  if (input.shape.length !== 4 || channels !== 3 || (typeof batch === 'number' && batch !== 1)) {
    return because('other-input', sizes(input.shape));
  }
  if (typeof height === 'number' || typeof width === 'number') {
    return because('fixed-size', sizes([width ?? '', height ?? '']));
  }
  return undefined;
}

/** Sizes in words; those that are free are not all named. */
function sizes(shape: readonly (number | string)[]): string {
  return shape.map((size) => (size === '' ? 'any' : size)).join(' × ') || 'a single number';
}

/** Runs a small tile and looks at the size of what comes back. */
async function scaleOf(session: ModelSession): Promise<number> {
  const { width, height } = ODD_SIZE;
  const result = await session.run(pattern(width, height)).catch((cause: unknown) => {
    throw new LoupeError('model-unfit', because('cannot-enlarge', sizes([width, height])), {
      cause,
    });
  });
  const scale = result.width / width;
  if (result.data.length !== 3 * result.width * result.height || result.height !== scale * height) {
    const channels = result.data.length / (result.width * result.height);
    const shape = sizes([1, channels, result.height, result.width]);
    throw new LoupeError('model-unfit', because('other-result', shape, sizes([width, height])));
  }
  if (scale === 1) throw new LoupeError('model-unfit', because('same-size'));
  if (!Number.isInteger(scale) || scale > LARGEST_SCALE) {
    throw new LoupeError('model-unfit', because('other-scale', scale, LARGEST_SCALE));
  }
  return scale;
}

async function measuredOverlap(session: ModelSession, scale: number): Promise<number> {
  const margin = (WHOLE - TILE) / 2;
  const picture = pattern(WHOLE, WHOLE);
  const tile = { width: TILE, height: TILE, data: new Float32Array(3 * TILE * TILE) };
  for (let row = 0; row < 3 * TILE; row++) {
    const from = (Math.floor(row / TILE) * WHOLE + margin + (row % TILE)) * WHOLE + margin;
    tile.data.set(picture.data.subarray(from, from + TILE), row * TILE);
  }
  const alone = await session.run(tile);
  const within = await session.run(picture);
  let reached = 0;
  for (let row = 0; row < 3 * alone.height; row++) {
    const y = row % alone.height;
    const from = (Math.floor(row / alone.height) * within.height + margin * scale + y) * within.width;
    for (let x = 0; x < alone.width; x++) {
      const one = alone.data[row * alone.width + x] ?? NaN;
      const other = within.data[from + margin * scale + x] ?? NaN;
      if (Math.abs(one - other) <= STEP) continue;
      const inward = Math.min(x, y, alone.width - 1 - x, alone.height - 1 - y);
      reached = Math.max(reached, Math.floor(inward / scale) + 1);
    }
  }
  return Math.min(Math.ceil(1.5 * reached), TILE / 2);
}

/**
 * Soft waves, hard edges and noise, the same each time; brighter outwards, so that a mean over the whole changes with
 * what is cut away.
 */
function pattern(width: number, height: number): Tile {
  const data = new Float32Array(3 * width * height);
  let random = 1;
  for (let at = 0; at < data.length; at++) {
    const [x, y] = [at % width, Math.floor(at / width) % height];
    // Park and Miller's minimal standard generator.
    random = (random * 48271) % 2147483647;
    const waves = 0.4 + 0.2 * Math.sin(x / 5) * Math.cos(y / 7 + at / (width * height));
    const edges = (x + 2 * y) % 23 < 6 ? 0.2 : 0;
    const outwards = 0.3 * Math.max((2 * x) / width - 1, 1 - (2 * x) / width, (2 * y) / height - 1) ** 2;
    data[at] = Math.min(1, Math.max(0, waves + outwards + edges + 0.1 * (random / 2147483647 - 0.5)));
  }
  return { width, height, data };
}
