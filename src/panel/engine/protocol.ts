/**
 * What the page asks of the engine. The pipeline runs in a worker, which `client.ts` calls over Comlink; the networks
 * run in session workers of their own, which the engine worker drives through the ports it is given.
 */
import type { Blend } from '../../catalog.ts';
import type { InventedMap } from '../../engine/ends.ts';
import type {
  BackendName,
  CutSides,
  EnhanceResult,
  PictureFormat,
  Progress,
  Region,
  Samples,
} from '../../engine/types.ts';
import type { Target } from '../../size.ts';
import type { Proposal } from '../../subject/propose.ts';

export type { CutSides, InventedMap, Proposal, Region };

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
  readonly blend: Blend;
  /** Where another blend takes over, without a visible border: faces in a photo. Of the same scale as `blend`. */
  readonly faces?: {
    readonly blend: Blend;
    /** In pixels of the picture. */
    readonly regions: readonly Region[];
  };
  /** What the picture becomes: any enlargement, or its own size. */
  readonly target: Target;
  /** 0 keeps the grain .. 100 removes it */
  readonly noise: number;
  /** 0 as the model makes it .. 100 sharpest */
  readonly sharpness: number;
  /** Of a part of a picture, which is asked for again and again with other settings. */
  readonly crop?: {
    /** Where the picture goes on. */
    readonly cut: CutSides;
    /** So small that sessions, when it is cancelled, may finish a tile nobody waits for and stay warm for the next. */
    readonly brief: boolean;
  };
}

/** Milliseconds the run will take, as a probe tile on the backend that will be used tells. */
export interface Estimate {
  readonly backend: BackendName;
  readonly device: string;
  readonly ms: number;
}

/** Interleaved 8-bit RGBA with straight alpha, `4 · width · height` samples. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
}

/** A file of the user's own: its name in the folder, and how its bytes are had. */
export interface OwnFile {
  readonly name: string;
  read(signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
}

/** The engine held for one clip: all of its frames have one format, target and settings. */
export interface EngineClip {
  /** To a `FrameEngine` (src/video/types.ts), over Comlink. */
  readonly port: MessagePort;
  /** The one that all frames run on: where it fails, they do. */
  readonly backend: BackendName;
  readonly device: string;
  /** Rejects if the engine ends by itself; else never settles. */
  readonly failed: Promise<never>;
  /** Lets the next job run. Frames under way reject with `cancelled`. */
  close(): void;
}

/** What the page holds: `src/panel/engine/client.ts` implements it over the workers. Calls run one after another. */
export interface Engine {
  /** The backends that work here, best first. Resolves once, at start; never empty (WASM always is). */
  backends(): Promise<readonly BackendReport[]>;
  /**
   * Computes the time for a picture of that size. The networks are timed once on each backend, whatever the shares
   * they are blended by, so that a slider may ask for every value.
   */
  estimate(job: EngineJob, format: PictureFormat, signal: AbortSignal): Promise<Estimate>;
  /** Runs a job. Rejects with a LoupeError; `cancelled` on abort, within one tile. */
  enhance(
    job: EngineJob,
    source: RemoteSource,
    sink: RemoteSink,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
  ): Promise<EnhanceResult>;
  /**
   * Holds the engine for a clip, when the jobs before are over: networks are loaded once, and two frames may be under way.
   * `job` has neither faces nor a crop. Rejects with `cancelled` on abort, which later closes the clip; and with
   * `backend-failed` where no backend works. Frames reject with `gpu-lost` where that is why.
   *
   * @param only what frames were made on before: rejects with `gpu-lost` where that is a GPU which cannot be had now
   */
  openClip(
    job: EngineJob,
    format: PictureFormat,
    signal: AbortSignal,
    only?: BackendName,
  ): Promise<EngineClip>;
  /** Looks at a picture, the layer or a smaller copy of it, and proposes the model. The faces are in its own pixels. */
  propose(picture: Pixels, signal: AbortSignal): Promise<Proposal>;
  /**
   * Runs both ends of a model over the picture and tells where they differ: what the detailed one invents. `source` is
   * called twice and must give the same picture both times; the two are read side by side. Having made way, it is begun
   * anew.
   *
   * @param onProgress told the share done, 0..1, and the milliseconds to go as soon as they can be told
   */
  compareEnds(
    ends: { readonly faithful: Blend; readonly detailed: Blend },
    source: () => RemoteSource,
    signal: AbortSignal,
    onProgress: (done: number, remainingMs: number | undefined) => void,
  ): Promise<InventedMap>;
  /**
   * Has estimates and comparisons wait until what is returned has been called; one under way makes way at once, and is
   * begun anew then.
   */
  holdBack(): () => void;
  /**
   * Reads and tries a model of the user's own. Resolves with what a job takes to run it, whose `scale` is the
   * model's; the file is read again, by `file`, when such a job starts. Rejects with `model-unfit`, whose detail is the
   * reason, if it is not such a model.
   */
  inspectOwn(file: OwnFile, signal: AbortSignal): Promise<Blend>;
}
