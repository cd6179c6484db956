/** What the page and the engine worker call on each other, over Comlink. */
import type { CatalogEntry } from '../../catalog.ts';
import type { EnhanceResult, PictureFormat, Progress } from '../../engine/types.ts';
import type { ReleasedState } from '../../runtime/session-pool.ts';
import type { SessionProvider } from '../../runtime/session-protocol.ts';
import type { EngineJob, Estimate, RemoteSink, RemoteSource } from './protocol.ts';

/** Sessions lent to the engine worker: a port to each, which it closes when it gives them back. */
export interface Lease {
  readonly device: string;
  readonly ports: readonly MessagePort[];
}

/** The page's side: it makes all workers, because a worker in a WebView may not. */
export interface SessionHost {
  /** Starts session workers, or takes warm ones. `id` is the caller's. Rejects if they do not start. */
  acquire(id: number, provider: SessionProvider, entry: CatalogEntry, workers: number): Promise<Lease>;
  /** Gives them back, or stops them from starting. */
  release(id: number, state: ReleasedState): void;
}

/** What the engine worker is told of a job beside it. */
export interface JobSetup {
  /** For `cancel`. */
  readonly id: number;
  readonly format: PictureFormat;
  /** In order of preference. */
  readonly providers: readonly SessionProvider[];
  /** The most session workers to use on the CPU. */
  readonly maxWorkers: number;
}

/** The engine worker's side. */
export interface EngineWorker {
  /** Once, before any job. */
  join(host: SessionHost): void;
  /** The GPU's name. Rejects with `backend-unavailable`. */
  probeGpu(allowSoftware: boolean): Promise<string>;
  estimate(job: EngineJob, setup: JobSetup): Promise<Estimate>;
  enhance(
    job: EngineJob,
    setup: JobSetup,
    source: Pick<RemoteSource, 'read'>,
    sink: RemoteSink,
    onProgress: (progress: Progress) => void,
  ): Promise<EnhanceResult>;
  /** Ends a job, which then rejects; nothing if there is none of that id. */
  cancel(id: number): void;
}
