/** A network on one execution provider of ONNX Runtime, whichever of its packages that comes from. */
import type { InferenceSession } from 'onnxruntime-web';
import { LoupeError } from '../errors.ts';
import type { Tile } from '../engine/types.ts';

/** What the packages for the browser and for Node have in common, as far as it is used here. */
export type OrtRuntime = Pick<typeof import('onnxruntime-web'), 'InferenceSession' | 'Tensor'>;

/** Names of an input's dimensions that a session can fix. */
type FreeDimensions =
  { readonly height: string; readonly width: string; readonly batch: string | undefined } | undefined;

/** Sessions kept: a run has one tile shape, and a second one where tiles had to be made smaller. */
const SHAPES_KEPT = 2;

/**
 * Must be given tiles one at a time: concurrent runs of a session crash. Each tile shape has a session of its own with
 * that shape fixed, because dynamic dimensions have led to buffers reused too early (microsoft/onnxruntime#23739);
 * a session costs some 30 ms beside the model's.
 */
export class ModelSession {
  readonly #runtime: OrtRuntime;
  readonly #model: Uint8Array;
  readonly #options: InferenceSession.SessionOptions;
  readonly #freeDimensions: FreeDimensions;
  /** By `width×height`, the latest last. The one of the model itself, whose key is '', is the first to go. */
  readonly #sessions: Map<string, InferenceSession>;

  private constructor(
    runtime: OrtRuntime,
    model: Uint8Array,
    options: InferenceSession.SessionOptions,
    session: InferenceSession,
  ) {
    this.#runtime = runtime;
    this.#model = model;
    this.#options = options;
    this.#freeDimensions = freeDimensions(session);
    this.#sessions = new Map([['', session]]);
  }

  /**
   * Loads a model of one input 1×3×h×w and one output 1×3×(scale·h)×(scale·w), both fp32 RGB in 0..1 with h and w
   * free. Rejects with ONNX Runtime's error if it is none, and with `backend-failed` if it is another.
   */
  static async open(
    runtime: OrtRuntime,
    model: Uint8Array,
    options: InferenceSession.SessionOptions,
  ): Promise<ModelSession> {
    const session = await runtime.InferenceSession.create(model, options);
    return new ModelSession(runtime, model, options, session);
  }

  /** Rejects with ONNX Runtime's error; may be called again all the same. */
  async run({ width, height, data }: Tile): Promise<Tile> {
    const session = await this.#sessionFor(width, height);
    const [inputName] = session.inputNames;
    const [outputName] = session.outputNames;
    if (inputName === undefined || outputName === undefined) throw new Error('the model has no output');
    const input = new this.#runtime.Tensor('float32', data, [1, 3, height, width]);
    const outputs = await session.run({ [inputName]: input });
    const output = outputs[outputName];
    const [, , outputHeight, outputWidth] = output?.dims ?? [];
    if (!(output?.data instanceof Float32Array) || outputHeight === undefined || outputWidth === undefined) {
      throw new Error('the model’s result is no picture');
    }
    return { width: outputWidth, height: outputHeight, data: output.data };
  }

  async dispose(): Promise<void> {
    for (const session of this.#sessions.values()) await session.release();
    this.#sessions.clear();
  }

  async #sessionFor(width: number, height: number): Promise<InferenceSession> {
    const key = `${width}×${height}`;
    const kept = this.#sessions.get(key);
    if (kept) return kept;
    const free = this.#freeDimensions;
    const whole = this.#sessions.get('');
    if (!free && whole) return whole;
    const session = await this.#runtime.InferenceSession.create(this.#model, {
      ...this.#options,
      freeDimensionOverrides: {
        ...(free && { [free.height]: height, [free.width]: width }),
        ...(free?.batch !== undefined && { [free.batch]: 1 }),
      },
    });
    this.#sessions.set(key, session);
    // Only now: releasing the last session has taken the GPU's device with it (microsoft/onnxruntime#27634).
    for (const [oldest, old] of this.#sessions) {
      if (this.#sessions.size <= SHAPES_KEPT) break;
      this.#sessions.delete(oldest);
      await old.release();
    }
    return session;
  }
}

/**
 * The input's dimensions of free size by their names. Those without a name, or with one for two of them, cannot be
 * fixed and are left free. Throws `backend-failed` unless it is 1×3×h×w; a batch may be free as well.
 */
function freeDimensions(session: InferenceSession): FreeDimensions {
  const [input] = session.inputMetadata;
  const [batch, channels, height, width] = input?.isTensor ? input.shape : [];
  if (typeof batch === 'number' ? batch !== 1 : batch === undefined) throw unfit();
  if (channels !== 3 || typeof height !== 'string' || typeof width !== 'string') throw unfit();
  if (height === '' || width === '' || new Set([batch, height, width]).size < 3) return undefined;
  return { height, width, batch: typeof batch === 'string' && batch !== '' ? batch : undefined };
}

function unfit(): LoupeError {
  return new LoupeError('backend-failed', 'the model does not take 1 × 3 × height × width');
}
