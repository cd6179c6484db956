/** The page's session workers: started when the engine asks, kept warm for a while, ended for good. */
import { transfer } from 'comlink';
import { LoupeError } from '../../errors.ts';
import type { SessionProvider } from '../../runtime/session-protocol.ts';
import type { ReleasedState } from '../../runtime/session-pool.ts';
import { SessionWorkers } from '../../runtime/session-workers.ts';
import type { Assets } from './assets.ts';
import { mostOnCpu } from './crew-sizes.ts';
import type { OwnModels } from './own-models.ts';
import type { SessionWorkerFactory } from './session-worker.ts';
import type { CrewModel, Lease, SessionHost } from './worker-protocol.ts';

/** How long unused workers stay: long enough for the next job, short because a WASM heap never shrinks. */
const WARM_MS = 30_000;

/** Workers with one model on one provider. */
interface Crew {
  readonly provider: SessionProvider;
  readonly modelId: string;
  readonly size: number;
  readonly opening: AbortController;
  readonly workers: Promise<SessionWorkers>;
  /** The lease they are in, or the timer that will end them. */
  use: { lease: number } | { timer: ReturnType<typeof setTimeout> };
}

export class PageSessions implements SessionHost {
  readonly #assets: Assets;
  readonly #own: OwnModels;
  readonly #sessions: SessionWorkerFactory;
  /** Workers of all crews together, above which idle crews are ended to make room for another. */
  readonly #most: Record<SessionProvider, number>;
  /** The longest idle first. */
  readonly #crews = new Set<Crew>();

  /** @param maxWorkers the most session workers a job uses on the CPU */
  constructor(assets: Assets, own: OwnModels, sessions: SessionWorkerFactory, maxWorkers: number) {
    this.#assets = assets;
    this.#own = own;
    this.#sessions = sessions;
    // On a GPU both of a job's models are open at once: their weights are megabytes, and the buffers for a tile are
    // made when the first one runs.
    this.#most = { webgpu: 2, wasm: mostOnCpu(maxWorkers) };
  }

  async lend(
    lease: number,
    provider: SessionProvider,
    modelId: string,
    workers: number,
  ): Promise<Lease | undefined> {
    for (const crew of this.#crews) {
      if (crew.provider !== provider || crew.modelId !== modelId || !('timer' in crew.use)) continue;
      if (crew.size >= workers) return this.#lease(crew, lease, workers);
      this.#end(crew);
    }
    return undefined;
  }

  async start(lease: number, provider: SessionProvider, model: CrewModel, workers: number): Promise<Lease> {
    this.#makeRoom(provider, workers);
    const opening = new AbortController();
    const crew: Crew = {
      provider,
      modelId: model.id,
      size: workers,
      opening,
      workers: this.#open(provider, model, workers, opening.signal),
      use: { lease },
    };
    this.#crews.add(crew);
    return this.#lease(crew, lease, workers);
  }

  release(lease: number, state: ReleasedState): void {
    for (const crew of [...this.#crews]) {
      if (!('lease' in crew.use) || crew.use.lease !== lease) continue;
      // A GPU is done with its tile soon, and its compiled shaders are worth keeping; a core may take seconds.
      const keep = state === 'idle' || (state === 'busy' && crew.provider === 'webgpu');
      if (!keep) {
        this.#end(crew);
        continue;
      }
      crew.use = { timer: setTimeout(() => this.#end(crew), WARM_MS) };
      this.#crews.delete(crew);
      this.#crews.add(crew);
    }
  }

  /** Ends all workers, lent or not: whoever was lent them is gone. */
  end(): void {
    for (const crew of [...this.#crews]) this.#end(crew);
  }

  file(networkId: string): Promise<Blob> {
    return this.#own.file(networkId) ?? this.#assets.blob(`models/${networkId}`);
  }

  async #lease(crew: Crew, lease: number, workers: number): Promise<Lease> {
    if ('timer' in crew.use) clearTimeout(crew.use.timer);
    crew.use = { lease };
    try {
      const opened = await crew.workers;
      const ports = (opened.connect(() => new MessageChannel()) as MessagePort[]).slice(0, workers);
      return transfer({ device: opened.device, ports }, ports);
    } catch (thrown) {
      this.#end(crew);
      throw thrown;
    }
  }

  #makeRoom(provider: SessionProvider, workers: number): void {
    const crews = [...this.#crews].filter((crew) => crew.provider === provider);
    let all = workers + crews.reduce((sum, { size }) => sum + size, 0);
    for (const crew of crews) {
      if (all <= this.#most[provider]) return;
      if (!('timer' in crew.use)) continue;
      this.#end(crew);
      all -= crew.size;
    }
  }

  #end(crew: Crew): void {
    this.#crews.delete(crew);
    if ('timer' in crew.use) clearTimeout(crew.use.timer);
    crew.opening.abort(new LoupeError('cancelled'));
    crew.workers.then(
      (workers) => workers.terminate(),
      () => undefined,
    );
  }

  async #open(
    provider: SessionProvider,
    { parts, selfEnsemble }: CrewModel,
    size: number,
    signal: AbortSignal,
  ): Promise<SessionWorkers> {
    const { make, setup } = await this.#sessions.ready(provider);
    signal.throwIfAborted();
    return SessionWorkers.open(Array.from({ length: size }, make), { parts, selfEnsemble, setup }, signal);
  }
}
