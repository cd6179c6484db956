/**
 * What is said to a session worker and what it answers, in a browser and in Node alike. Its owner opens it with the
 * networks of a blend and hands it ports; over a port come tiles, from whichever thread holds the other end.
 */
import { isErrorCode, LoupeError } from '../errors.ts';
import type { BackendName, Tile } from '../engine/types.ts';
import type { OwnModel } from './own-model.ts';

/** The execution providers of onnxruntime-web that are used. */
export type SessionProvider = Extract<BackendName, 'webgpu' | 'wasm'>;

/** To the worker, once: load this. Answered by `ready` or `failed`. */
export interface OpenSession<Setup> {
  readonly kind: 'open';
  /** A `LoadedBlend` whose models are Blobs, as what is handed to several workers: bytes would be copied for each. */
  readonly parts: readonly { readonly model: Blob; readonly share: number }[];
  readonly selfEnsemble: boolean;
  readonly setup: Setup;
}

/** To the worker, instead of `open`: look into a model of the user's own. Answered by `inspected` or `failed`. */
export interface InspectModel<Setup> {
  readonly kind: 'inspect';
  readonly model: Blob;
  readonly setup: Setup;
}

/** What a session worker in a browser needs beside the networks; one in Node finds it on the disk. */
export interface BrowserSetup {
  readonly provider: SessionProvider;
  /** An ES module bundle of onnxruntime-web. */
  readonly ort: Blob;
  /** The WebAssembly binary belonging to it. */
  readonly wasm: Blob;
  /** Whether `webgpu` may be a GPU emulated on the CPU: right, but 50 times slower than WASM. */
  readonly allowSoftwareGpu: boolean;
  /** Whether ONNX Runtime tells the console where it puts each node. */
  readonly verbose: boolean;
}

/** To the worker, after `ready`: answer the tiles of this port, and of no earlier one. */
export interface ServeSession {
  readonly kind: 'serve';
  /** Transferred. */
  readonly port: Port;
}

/** From the worker. */
export type SessionReport =
  | { readonly kind: 'ready'; readonly device: string }
  | { readonly kind: 'inspected'; readonly found: OwnModel }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** Over a port, to the session. The tile's buffer is transferred. */
export interface TileRequest {
  readonly id: number;
  readonly tile: Tile;
}

/** Over a port, from the session, one for each request and in their order. The tile's buffer is transferred. */
export type TileAnswer =
  { readonly id: number; readonly tile: Tile } | { readonly id: number; readonly problem: Problem };

/** A LoupeError on its way. */
export interface Problem {
  readonly code: string;
  readonly detail: string;
}

export function toProblem(error: LoupeError): Problem {
  return { code: error.code, detail: error.detail };
}

export function fromProblem({ code, detail }: Problem): LoupeError {
  return isErrorCode(code) ? new LoupeError(code, detail) : new LoupeError('backend-failed', detail);
}

/** What a MessagePort is in a browser and in Node, and a worker's own end of its line to its owner. */
export interface Port {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  start(): void;
  close(): void;
}
