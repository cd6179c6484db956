/** The page's WASM backend in the shell: worker threads, each with onnxruntime-web on one thread. */
import { availableParallelism } from 'node:os';
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import type { Backend } from '../engine/types.ts';
import type { LoadedBlend } from './blend.ts';
import { sessionPool } from './session-pool.ts';
import { SessionWorkers, type SessionWorker } from './session-workers.ts';
import { tilePixels, widestOf } from './tile-pixels.ts';
import { workersLabel } from './workers-label.ts';
import type { Port, SessionReport } from './session-protocol.ts';

/**
 * As many workers as there are cores, or `workers`. An abort ends them at once, at their tile. Opening rejects with
 * `backend-unavailable` if a network does not load.
 */
export function wasmNodeBackend(
  { parts, selfEnsemble }: LoadedBlend,
  workers = availableParallelism(),
): Backend {
  return {
    name: 'wasm',
    maxTilePixels: tilePixels('wasm', widestOf({ parts })),
    open: async (signal) => {
      const blobs = parts.map(({ model, share }) => ({ model: new Blob([model]), share }));
      const threads = Array.from({ length: workers }, thread);
      const sessions = await SessionWorkers.open(
        threads,
        { parts: blobs, selfEnsemble, setup: undefined },
        signal,
      );
      return sessionPool(
        // Node's ports are event targets too; only its types know less of their events than a browser's.
        sessions.connect(() => new MessageChannel() as unknown as { port1: Port; port2: Port }),
        {
          backend: 'wasm',
          device: workersLabel(workers),
          release: () => sessions.terminate(),
        },
      );
    },
  };
}

function thread(): SessionWorker {
  const worker = new Worker(new URL('./wasm-node.worker.ts', import.meta.url), {
    execArgv: ['--import', new URL('./typescript-thread.mjs', import.meta.url).href],
  });
  return {
    post: (message, transfer) => worker.postMessage(message, transfer as unknown as MessagePort[]),
    onReport: (listener) => worker.on('message', (report: SessionReport) => listener(report)),
    onCrash: (listener) => worker.on('error', (thrown) => listener(thrown.message)),
    terminate: async () => {
      await worker.terminate();
    },
  };
}
