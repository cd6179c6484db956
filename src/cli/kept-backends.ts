/** Which blends' backends stay open from one picture to the next. */
import { KeptBackend } from '../engine/kept-backend.ts';
import type { Backend } from '../engine/types.ts';
import type { LoadedBlend } from '../runtime/blend.ts';

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
