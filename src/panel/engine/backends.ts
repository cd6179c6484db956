/** Session workers of the page as backends of the engine. */
import type { Remote } from 'comlink';
import { USUAL_WIDTH, type Blend, type Detector, type Network } from '../../catalog.ts';
import type { Backend } from '../../engine/types.ts';
import { because, LoupeError } from '../../errors.ts';
import { partsOf } from '../../runtime/blend.ts';
import { sessionPool } from '../../runtime/session-pool.ts';
import type { SessionProvider } from '../../runtime/session-protocol.ts';
import { verifyModel } from '../../runtime/sha256.ts';
import { tilePixels } from '../../runtime/tile-pixels.ts';
import { workersLabel } from '../../runtime/workers-label.ts';
import { OWN } from './own-models.ts';
import type { CrewModel, SessionHost } from './worker-protocol.ts';

/** What can be run: a blend, or the face detector. */
export type Runnable = Pick<Blend, 'id' | 'parts' | 'selfEnsemble' | 'widest'> | Detector;

export interface BackendOptions {
  /** Session workers on the CPU; a GPU has one. */
  readonly cpuWorkers: number;
  /** Tiles will be so small that sessions may finish one which nobody waits for any more. */
  readonly brief: boolean;
}

export class PageBackends {
  readonly #host: Remote<SessionHost>;
  #nextLease = 0;

  constructor(host: Remote<SessionHost>) {
    this.#host = host;
  }

  backend(provider: SessionProvider, model: Runnable, { cpuWorkers, brief }: BackendOptions): Backend {
    const host = this.#host;
    return {
      name: provider,
      maxTilePixels: tilePixels(provider, 'widest' in model ? model.widest : USUAL_WIDTH),
      open: async (signal) => {
        signal.throwIfAborted();
        const lease = this.#nextLease++;
        const workers = provider === 'webgpu' ? 1 : cpuWorkers;
        let stop: () => void = () => undefined;
        const stopped = new Promise<never>((_, reject) => {
          stop = () => {
            void host.release(lease, 'failed');
            reject(signal.reason as Error);
          };
        });
        stopped.catch(() => undefined);
        signal.addEventListener('abort', stop, { once: true });
        try {
          let lent = await host.lend(lease, provider, model.id, workers);
          if (!lent) {
            // A large file may be long in coming, and the next job is not to wait for it.
            const opened = await Promise.race([this.#load(model), stopped]);
            // Workers that are started for a lease already given back would be nobody's.
            signal.throwIfAborted();
            lent = await host.start(lease, provider, opened, workers);
          }
          const { device, ports } = lent;
          return sessionPool(ports, {
            backend: provider,
            device: provider === 'webgpu' ? device : workersLabel(ports.length),
            release: (state) => host.release(lease, state === 'busy' && brief ? 'idle' : state),
          });
        } finally {
          signal.removeEventListener('abort', stop);
        }
      },
    };
  }

  /** Checks and sums weights here, and not on the page, which would stand still meanwhile. */
  async #load(model: Runnable): Promise<CrewModel> {
    if (!('parts' in model)) {
      const bytes = await this.#bytes(model.id);
      verifyModel(bytes, model);
      return { id: model.id, parts: [{ model: new Blob([bytes]), share: 1 }], selfEnsemble: false };
    }
    const parts = await partsOf(model, ({ id }) => this.#bytes(id)).catch((thrown: unknown) => {
      throw ownError(thrown, model.parts) ?? thrown;
    });
    return {
      id: model.id,
      parts: parts.map(({ model: bytes, share }) => ({ model: new Blob([bytes]), share })),
      selfEnsemble: model.selfEnsemble,
    };
  }

  async #bytes(networkId: string): Promise<Uint8Array<ArrayBuffer>> {
    const file = await this.#host.file(networkId);
    return new Uint8Array(await file.arrayBuffer());
  }
}

/** A file of the user's own that is not the one that was tried is not Loupe's to install again. */
function ownError(thrown: unknown, parts: Blend['parts']): LoupeError | undefined {
  if (!(thrown instanceof LoupeError) || thrown.code !== 'model-damaged') return undefined;
  const networks = parts.flatMap(({ weights }): Network[] => weights.map(({ network }) => network));
  const own = networks.some(({ id, file }) => id.startsWith(OWN) && file === thrown.detail);
  return own ? new LoupeError('model-unfit', because('file-replaced', thrown.detail)) : undefined;
}
