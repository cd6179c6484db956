/** All networks of a blend on one execution provider: one after another on each tile, their outputs summed. */
import type { InferenceSession } from 'onnxruntime-web';
import type { Tile } from '../engine/types.ts';
import type { LoadedBlend } from './blend.ts';
import { ModelSession, type OrtRuntime } from './model-session.ts';
import { addOriented, ORIENTATIONS, oriented, UPRIGHT } from './orientation.ts';

/** Runs tiles one at a time; what is held beside the networks is a tile, the sum so far and one output. */
export class BlendedSession {
  readonly #parts: readonly { readonly session: ModelSession; readonly share: number }[];
  readonly #selfEnsemble: boolean;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    parts: readonly { readonly session: ModelSession; readonly share: number }[],
    selfEnsemble: boolean,
  ) {
    this.#parts = parts;
    this.#selfEnsemble = selfEnsemble;
  }

  /** Loads the networks in turn. Rejects as `ModelSession.open` does, with those opened before released. */
  static async open(
    runtime: OrtRuntime,
    { parts, selfEnsemble }: LoadedBlend,
    options: InferenceSession.SessionOptions,
  ): Promise<BlendedSession> {
    const opened: { session: ModelSession; share: number }[] = [];
    try {
      for (const { model, share } of parts) {
        opened.push({ session: await ModelSession.open(runtime, model, options), share });
      }
    } catch (thrown) {
      for (const { session } of opened) await session.dispose();
      throw thrown;
    }
    return new BlendedSession(opened, selfEnsemble);
  }

  /** Runs a tile after those before it. Rejects with ONNX Runtime's error; later tiles run all the same. */
  run(tile: Tile): Promise<Tile> {
    const result = this.#last.then(() => this.#blend(tile));
    this.#last = result.catch(() => undefined);
    return result;
  }

  async dispose(): Promise<void> {
    await this.#last;
    for (const { session } of this.#parts) await session.dispose();
  }

  async #blend(tile: Tile): Promise<Tile> {
    const orientations = this.#selfEnsemble ? ORIENTATIONS : [UPRIGHT];
    let sum: Tile | undefined;
    for (const { session, share } of this.#parts) {
      const weight = share / orientations.length;
      for (const orientation of orientations) {
        const output = await session.run(oriented(tile, orientation));
        if (!sum) {
          sum = output;
          if (weight !== 1) sum.data.forEach((sample, at) => (output.data[at] = sample * weight));
        } else {
          addOriented(sum, output, orientation, weight);
        }
      }
    }
    if (!sum) throw new Error('the blend is of no network');
    return sum;
  }
}
