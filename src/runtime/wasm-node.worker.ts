/** A session worker of the shell. The build without WebGPU: the same kernels and numbers, a third of the memory. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import * as ort from 'onnxruntime-web/wasm';
import { loadedBlend, serveSession, type OwnersLine } from './session-server.ts';
import { openWasm } from './wasm-session.ts';

const binary = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm');

if (!parentPort) throw new Error('this is the script of a worker thread');
// An event target like a browser's, of whose events its types know less.
serveSession(parentPort as unknown as OwnersLine, {
  async open(start) {
    const { buffer } = new Uint8Array(await readFile(binary));
    ort.env.logLevel = 'error';
    return openWasm(ort, buffer, await loadedBlend(start), {
      executionProviders: ['wasm'],
      logSeverityLevel: 3,
    });
  },
});
