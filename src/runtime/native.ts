/** ONNX Runtime's own binary, through onnxruntime-node: for the shell. */
import { availableParallelism } from 'node:os';
import * as ort from 'onnxruntime-node';
import type { Backend } from '../engine/types.ts';
import { asLoupeError } from '../errors.ts';
import type { LoadedBlend } from './blend.ts';
import { BlendedSession } from './blended-session.ts';
import type { OrtRuntime } from './model-session.ts';
import { tilePixels, widestOf } from './tile-pixels.ts';

/** What looks into a model in the shell. */
export const nativeRuntime: OrtRuntime = ort;

/**
 * The CPU with all its cores on one tile at a time. `run` blocks the thread while it lasts, so an abort is seen
 * between tiles. Opening rejects with `backend-unavailable` if a network does not load.
 */
export function nativeBackend(blend: LoadedBlend): Backend {
  return {
    name: 'native',
    maxTilePixels: tilePixels('native', widestOf(blend)),
    open: async (signal) => {
      signal.throwIfAborted();
      const threads = availableParallelism();
      const session = await BlendedSession.open(ort, blend, {
        executionProviders: ['cpu'],
        intraOpNumThreads: threads,
        logSeverityLevel: 3,
      }).catch((thrown: unknown) => {
        throw asLoupeError(thrown, 'backend-unavailable');
      });
      return {
        backend: 'native',
        device: `CPU, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
        lanes: 1,
        run: async (tile, runSignal) => {
          runSignal.throwIfAborted();
          const result = await session.run(tile);
          runSignal.throwIfAborted();
          return result;
        },
        dispose: () => session.dispose(),
      };
    },
  };
}
