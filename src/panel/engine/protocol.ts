/**
 * What the page says to the engine worker, over Comlink. The worker runs the pipeline; the networks run in
 * session workers of their own, which the engine worker drives through the ports it is given.
 */
import type { CatalogEntry } from '../../catalog.ts';
import type {
  BackendName,
  EnhanceResult,
  PictureFormat,
  Progress,
  Samples,
  Scale,
} from '../../engine/types.ts';

/** A backend as found by the probe at start. */
export interface BackendReport {
  readonly name: BackendName;
  /** The GPU by its name, or “CPU, 8 workers”. */
  readonly device: string;
}

/** A source on the page's side of the worker boundary. */
export interface RemoteSource {
  readonly format: PictureFormat;
  read(rows: number): Promise<Samples>;
}

/** A sink on the page's side of the worker boundary. */
export interface RemoteSink {
  open(format: PictureFormat): Promise<void>;
  write(rows: number, samples: Samples): Promise<void>;
}

export interface EngineJob {
  readonly entry: CatalogEntry;
  readonly scale: Scale;
}

/** Milliseconds the run will take, as a probe tile on the backend that will be used tells. */
export interface Estimate {
  readonly backend: BackendName;
  readonly device: string;
  readonly ms: number;
}

/** What the page holds: `src/panel/engine/client.ts` implements it over the workers. */
export interface Engine {
  /** The backends that work here, best first. Resolves once, at start; never empty (WASM always is). */
  backends(): Promise<readonly BackendReport[]>;
  /** Times one tile (kept per model and backend) and computes the time for a picture of that size. */
  estimate(job: EngineJob, format: PictureFormat, signal: AbortSignal): Promise<Estimate>;
  /** Runs a job. Rejects with a LoupeError; `cancelled` on abort, within one tile. */
  enhance(
    job: EngineJob,
    source: RemoteSource,
    sink: RemoteSink,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
  ): Promise<EnhanceResult>;
}
