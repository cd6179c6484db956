/** What the page and the engine worker call on each other, over Comlink. */
import type { Blend, Detector } from '../../catalog.ts';
import type { InventedMap } from '../../engine/ends.ts';
import type { BackendName, EnhanceResult, PictureFormat, Progress, Samples } from '../../engine/types.ts';
import type { ReleasedState } from '../../runtime/session-pool.ts';
import type { OpenSession, SessionProvider } from '../../runtime/session-protocol.ts';
import type { Proposal } from '../../subject/propose.ts';
import type { EngineJob, Estimate, Pixels, RemoteSink, RemoteSource } from './protocol.ts';

/** Sessions lent to the engine worker: a port to each, which it closes when it gives them back. */
export interface Lease {
  readonly device: string;
  readonly ports: readonly MessagePort[];
}

/** What session workers are to open; the same `id` for the same. */
export type CrewModel = Pick<OpenSession<unknown>, 'parts' | 'selfEnsemble'> & { readonly id: string };

/** The page's side: it makes all workers, because a worker in a WebView may not, and loads all files. */
export interface SessionHost {
  /** Lends workers that have the model open and are idle; undefined if there are none. `lease` is the caller's. */
  lend(
    lease: number,
    provider: SessionProvider,
    modelId: string,
    workers: number,
  ): Promise<Lease | undefined>;
  /** Starts workers and lends them. Rejects if they do not start. */
  start(lease: number, provider: SessionProvider, model: CrewModel, workers: number): Promise<Lease>;
  /** Gives them back, or stops them from starting. */
  release(lease: number, state: ReleasedState): void;
  /** A network's file by the network's id, unchecked. Rejects with `model-missing`, or with what reading it says. */
  file(networkId: string): Promise<Blob>;
}

/** What the engine worker is told of a job beside it. */
export interface JobSetup {
  /** For `cancel`. */
  readonly id: number;
  /** In order of preference. */
  readonly providers: readonly SessionProvider[];
  /** The most session workers to use on the CPU. */
  readonly maxWorkers: number;
}

/** The engine as it is held for a clip. */
export interface ClipLine {
  /** To a `FrameEngine`. */
  readonly port: MessagePort;
  readonly backend: BackendName;
  readonly device: string;
}

/** The engine worker's side. What it takes a setup for can be cancelled. */
export interface EngineWorker {
  /** Once, before any job. */
  join(host: SessionHost): void;
  /** The GPU's name. Rejects with `backend-unavailable`. */
  probeGpu(allowSoftware: boolean): Promise<string>;
  estimate(job: EngineJob, format: PictureFormat, setup: JobSetup): Promise<Estimate>;
  enhance(
    job: EngineJob,
    format: PictureFormat,
    setup: JobSetup,
    source: Pick<RemoteSource, 'read'>,
    sink: RemoteSink,
    onProgress: (progress: Progress) => void,
  ): Promise<EnhanceResult>;
  /** Holds networks and sessions until it is cancelled; frames under way reject then. */
  openClip(
    job: EngineJob,
    format: PictureFormat,
    setup: JobSetup,
    only: BackendName | undefined,
  ): Promise<ClipLine>;
  propose(picture: Pixels, detector: Detector, setup: JobSetup): Promise<Proposal>;
  compareEnds(
    ends: { readonly faithful: Blend; readonly detailed: Blend },
    format: PictureFormat,
    setup: JobSetup,
    /** Rows of the picture's `copy`, 0 or 1: both are read. */
    read: (copy: number, rows: number) => Promise<Samples>,
    onProgress: (done: number, remainingMs: number | undefined) => void,
  ): Promise<InventedMap>;
  /** Of a file, in hexadecimal. */
  sha256(file: Blob): Promise<string>;
  /** Ends a job, which then rejects; nothing if there is none of that id. Resolves when a clip's networks are given back. */
  cancel(id: number): Promise<void>;
}
