/** The engine held for one clip, in the engine worker: networks loaded once, several frames under way. */
import { enhance } from '../../engine/enhance.ts';
import { KeptBackend } from '../../engine/kept-backend.ts';
import { Backends } from '../../engine/runners.ts';
import type { Backend, BackendName, PictureFormat, Sink, Source, Tile } from '../../engine/types.ts';
import { because, LoupeError } from '../../errors.ts';
import { FRAMES_AT_ONCE } from '../../video/pipeline.ts';
import type { EngineJob } from './protocol.ts';

/** Of the tile that tells whether a backend works; as small as the first one that the stopwatch times. */
const TRIAL_SIDE = 32;

/**
 * Frames of one clip, all on the first backend that works. None other is tried once it does: a clip that takes an hour
 * on a GPU takes days on a CPU, which is for the user to decide.
 */
export class ClipEngine {
  readonly backend: BackendName;
  readonly device: string;
  /** Resolves when, after the signal has aborted, the networks have been given back. */
  readonly released: Promise<void>;
  readonly #job: EngineJob;
  readonly #format: PictureFormat;
  readonly #kept: KeptBackend;
  readonly #lost: () => boolean;
  readonly #signal: AbortSignal;

  private constructor(
    job: EngineJob,
    format: PictureFormat,
    opened: { kept: KeptBackend; device: string; released: Promise<void>; lost: () => boolean },
    signal: AbortSignal,
  ) {
    this.backend = opened.kept.name;
    this.device = opened.device;
    this.released = opened.released;
    this.#job = job;
    this.#format = format;
    this.#kept = opened.kept;
    this.#lost = opened.lost;
    this.#signal = signal;
  }

  /**
   * Opens the first of the backends that runs a tile. When the signal aborts, frames reject with `cancelled` and the
   * networks are given back. Rejects with `backend-failed` if no backend works, and with what a model lacks.
   *
   * @param only the one that made the frames there are already: no other is tried, and where it was a GPU that cannot be
   *   had now, it rejects with `gpu-lost`
   */
  static async open(
    job: EngineJob,
    format: PictureFormat,
    backends: readonly Backend[],
    signal: AbortSignal,
    only?: BackendName,
  ): Promise<ClipEngine> {
    let lost = false;
    const usable = only ? backends.filter(({ name }) => name === only) : backends;
    const watched = usable.map(
      (backend) =>
        new KeptBackend(
          watchingForLoss(backend, () => (lost = true)),
          FRAMES_AT_ONCE,
        ),
    );
    const tried = new Backends(watched, signal);
    const closeAll = async () => {
      // One that cannot be closed is lost already.
      await Promise.all(watched.map((backend) => backend.close().catch(() => undefined)));
    };
    try {
      const { backend, device } = await firstThatWorks(tried, signal);
      await tried.dispose(new Error('tried'));
      const kept = watched.find(({ name }) => name === backend);
      if (!kept) throw new Error(`no backend is called ${backend}`);
      signal.throwIfAborted();
      const released = new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => void closeAll().then(resolve), { once: true });
      });
      lost = false;
      return new ClipEngine(job, format, { kept, device, released, lost: () => lost }, signal);
    } catch (thrown) {
      await closeAll();
      if (signal.aborted) throw new LoupeError('cancelled', '', { cause: thrown });
      const failed = thrown instanceof LoupeError && thrown.code === 'backend-failed';
      throw failed && only === 'webgpu' ? new LoupeError('gpu-lost', '', { cause: thrown }) : thrown;
    }
  }

  /** Rejects with `gpu-lost` where that is why a frame was not made, and else as `enhance` of the engine does. */
  async enhance(read: Source['read'], sink: Sink): Promise<void> {
    const { blend, target, noise, sharpness } = this.#job;
    try {
      await enhance({ format: this.#format, read }, sink, {
        network: blend,
        target,
        noise,
        sharpness,
        backends: [this.#kept],
        signal: this.#signal,
      });
    } catch (thrown) {
      if (this.#lost() && !this.#signal.aborted) throw new LoupeError('gpu-lost', '', { cause: thrown });
      throw thrown;
    }
  }
}

async function firstThatWorks(
  backends: Backends,
  signal: AbortSignal,
): Promise<{ backend: BackendName; device: string }> {
  for (;;) {
    const lanes = await backends.current();
    try {
      await lanes.run(trialTile(), signal, () => undefined);
      return lanes.runner;
    } catch (thrown) {
      signal.throwIfAborted();
      await backends.giveUp(lanes, thrown);
    }
  }
}

function trialTile(): Tile {
  const data = new Float32Array(3 * TRIAL_SIDE * TRIAL_SIDE).fill(0.5);
  return { width: TRIAL_SIDE, height: TRIAL_SIDE, data };
}

/** The backend; `onLoss` is called when a tile fails because the GPU was lost. */
function watchingForLoss(backend: Backend, onLoss: () => void): Backend {
  return {
    name: backend.name,
    maxTilePixels: backend.maxTilePixels,
    open: async (signal) => {
      const runner = await backend.open(signal);
      return {
        ...runner,
        run: async (tile, aborted) => {
          try {
            return await runner.run(tile, aborted);
          } catch (thrown) {
            if (thrown instanceof LoupeError && thrown.detail.startsWith(because('gpu-lost'))) onLoss();
            throw thrown;
          }
        },
      };
    },
  };
}
