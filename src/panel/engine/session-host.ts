/** The page's session workers: started when the engine asks, kept warm for a while, ended for good. */
import { transfer } from 'comlink';
import type { CatalogEntry } from '../../catalog.ts';
import { LoupeError } from '../../errors.ts';
import type { BrowserSetup, Port, SessionProvider, SessionReport } from '../../runtime/session-protocol.ts';
import type { ReleasedState } from '../../runtime/session-pool.ts';
import { SessionWorkers, type SessionWorker } from '../../runtime/session-workers.ts';
import { verifyModel } from '../../runtime/sha256.ts';
import { loadAsset } from './assets.ts';
import type { Lease, SessionHost } from './worker-protocol.ts';

/** How long unused workers stay: long enough for the next job, short because a WASM heap never shrinks. */
const WARM_MS = 30_000;

/** Workers with one model on one provider. */
interface Crew {
  readonly provider: SessionProvider;
  readonly entry: CatalogEntry;
  readonly size: number;
  readonly opening: AbortController;
  readonly workers: Promise<SessionWorkers>;
  /** The lease they are in, or the timer that will end them. */
  use: { lease: number } | { timer: number };
}

export interface SessionHostOptions {
  readonly allowSoftwareGpu: boolean;
  readonly verbose: boolean;
}

export class PageSessions implements SessionHost {
  readonly #options: SessionHostOptions;
  /** Blobs, which the browser keeps outside the page's heap. */
  readonly #blobs = new Map<string, Promise<Blob>>();
  /** At most one a provider: jobs run one after another. */
  readonly #crews = new Map<SessionProvider, Crew>();
  #script: string | undefined;

  constructor(options: SessionHostOptions) {
    this.#options = options;
  }

  async acquire(id: number, provider: SessionProvider, entry: CatalogEntry, workers: number): Promise<Lease> {
    const crew = this.#warm(provider, entry, workers) ?? this.#start(id, provider, entry, workers);
    if ('timer' in crew.use) clearTimeout(crew.use.timer);
    crew.use = { lease: id };
    try {
      const opened = await crew.workers;
      const ports = opened.connect(() => new MessageChannel());
      return transfer({ device: opened.device, ports: ports as MessagePort[] }, ports as MessagePort[]);
    } catch (thrown) {
      this.#end(crew);
      throw thrown;
    }
  }

  release(id: number, state: ReleasedState): void {
    for (const crew of this.#crews.values()) {
      if (!('lease' in crew.use) || crew.use.lease !== id) continue;
      // A GPU is done with its tile soon, and its compiled shaders are worth keeping; a core may take seconds.
      const keep = state === 'idle' || (state === 'busy' && crew.provider === 'webgpu');
      if (keep) crew.use = { timer: window.setTimeout(() => this.#end(crew), WARM_MS) };
      else this.#end(crew);
    }
  }

  #warm(provider: SessionProvider, entry: CatalogEntry, workers: number): Crew | undefined {
    const crew = this.#crews.get(provider);
    if (!crew) return undefined;
    if ('timer' in crew.use && crew.entry.id === entry.id && crew.size >= workers) return crew;
    this.#end(crew);
    return undefined;
  }

  #start(lease: number, provider: SessionProvider, entry: CatalogEntry, size: number): Crew {
    const opening = new AbortController();
    const workers = this.#open(provider, entry, size, opening.signal);
    const crew: Crew = { provider, entry, size, opening, workers, use: { lease } };
    this.#crews.set(provider, crew);
    return crew;
  }

  #end(crew: Crew): void {
    if (this.#crews.get(crew.provider) === crew) this.#crews.delete(crew.provider);
    crew.opening.abort(new LoupeError('cancelled'));
    crew.workers.then(
      (workers) => workers.terminate(),
      () => undefined,
    );
  }

  async #open(
    provider: SessionProvider,
    entry: CatalogEntry,
    size: number,
    signal: AbortSignal,
  ): Promise<SessionWorkers> {
    const [script, ort, wasm, model] = await Promise.all([
      this.#blob('session'),
      this.#blob('ort'),
      this.#blob('ort-wasm'),
      this.#blob(`models/${entry.id}`, (bytes) => verifyModel(bytes, entry)),
    ]);
    signal.throwIfAborted();
    this.#script ??= URL.createObjectURL(script);
    const url = this.#script;
    const setup: BrowserSetup = { provider, ort, wasm, ...this.#options };
    const workers = Array.from({ length: size }, () => sessionWorker(url));
    return SessionWorkers.open(workers, { model, setup }, signal);
  }

  /** The asset as a blob, loaded and checked once; after a failure, again. */
  #blob(name: string, check?: (bytes: Uint8Array) => void): Promise<Blob> {
    const kept = this.#blobs.get(name);
    if (kept) return kept;
    const blob = loadAsset(name).then((bytes) => {
      check?.(bytes);
      return new Blob([bytes], { type: name === 'session' ? 'text/javascript' : '' });
    });
    this.#blobs.set(name, blob);
    blob.catch(() => this.#blobs.delete(name));
    return blob;
  }
}

function sessionWorker(url: string): SessionWorker {
  const worker = new Worker(url);
  return {
    post: (message, ports) => worker.postMessage(message, ports as (Port & MessagePort)[]),
    onReport: (listener) => worker.addEventListener('message', ({ data }) => listener(data as SessionReport)),
    onCrash: (listener) => worker.addEventListener('error', ({ message }) => listener(message)),
    terminate: () => {
      worker.terminate();
      return Promise.resolve();
    },
  };
}
