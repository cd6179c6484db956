/** A blend in onnxruntime-web, in a worker of a browser or of Node. */
import type { InferenceSession } from 'onnxruntime-web';
import type { LoadedBlend } from './blend.ts';
import { BlendedSession } from './blended-session.ts';
import type { OpenedSession } from './session-server.ts';

export type Ort = typeof import('onnxruntime-web');

/**
 * Has the runtime start on one thread when it is first used. A page in a WebView is not cross-origin isolated, so there
 * are no threads to be had; several workers with a session each do as well.
 */
export function startWasm(ort: Ort, binary: ArrayBuffer): void {
  ort.env.wasm.wasmBinary = binary;
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.proxy = false;
}

/** Starts the runtime, and opens the networks in it. */
export async function openWasm(
  ort: Ort,
  binary: ArrayBuffer,
  blend: LoadedBlend,
  options: InferenceSession.SessionOptions,
): Promise<OpenedSession> {
  startWasm(ort, binary);
  const session = await BlendedSession.open(ort, blend, options);
  // Compiled by now; keeping it would cost each worker 26 MB.
  delete ort.env.wasm.wasmBinary;
  return { session, device: 'CPU', lost: new Promise(() => undefined) };
}
