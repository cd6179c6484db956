/** Backends that stay open from one picture to the next. */
import type { Backend, TileRunner } from '../engine/types.ts';
import type { LoadedBlend } from '../runtime/blend.ts';

/**
 * A backend whose runner outlives the pictures: the engine opens and disposes one for each, which over a folder of
 * thousands would load the model thousands of times. A runner left with a failure or with a tile under way is not
 * handed to the next picture.
 */
export class KeptBackend implements Backend {
  readonly name: Backend['name'];
  readonly maxTilePixels: number;
  readonly #backend: Backend;
  #kept: TileRunner | undefined;

  constructor(backend: Backend) {
    this.name = backend.name;
    this.maxTilePixels = backend.maxTilePixels;
    this.#backend = backend;
  }

  async open(signal: AbortSignal): Promise<TileRunner> {
    const runner = (this.#kept ??= await this.#backend.open(signal));
    let clean = true;
    let running = 0;
    return {
      backend: runner.backend,
      device: runner.device,
      lanes: runner.lanes,
      run: async (tile, runSignal) => {
        running++;
        try {
          return await runner.run(tile, runSignal);
        } catch (error) {
          clean = false;
          throw error;
        } finally {
          running--;
        }
      },
      dispose: async () => {
        if (clean && running === 0) return;
        if (this.#kept === runner) this.#kept = undefined;
        await runner.dispose();
      },
    };
  }

  /** Ends what is still open. */
  async close(): Promise<void> {
    const runner = this.#kept;
    this.#kept = undefined;
    await runner?.dispose();
  }
}

/** A photo with faces takes two; each costs some 600 MB at the size of a tile. */
const MOST = 2;

/** The backends of the latest blends: another one ends that whose last use is longest ago. */
export class KeptBackends {
  readonly #open: (loaded: LoadedBlend) => Backend;
  /** By the blend's id, the latest last. */
  readonly #kept = new Map<string, KeptBackend>();

  constructor(open: (loaded: LoadedBlend) => Backend) {
    this.#open = open;
  }

  /** The blend's backend, loaded by `load` unless it is kept. Rejects with what `load` rejects with. */
  async get(id: string, load: () => Promise<LoadedBlend>): Promise<KeptBackend> {
    const backend = this.#kept.get(id) ?? new KeptBackend(this.#open(await load()));
    this.#kept.delete(id);
    for (const [oldest, old] of this.#kept) {
      if (this.#kept.size < MOST) break;
      this.#kept.delete(oldest);
      await old.close();
    }
    this.#kept.set(id, backend);
    return backend;
  }

  /** Ends all that is still open. */
  async close(): Promise<void> {
    const all = [...this.#kept.values()];
    this.#kept.clear();
    for (const backend of all) await backend.close();
  }
}
