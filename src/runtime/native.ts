/** ONNX Runtime's own binary, through onnxruntime-node: for the shell. */
import { availableParallelism } from 'node:os';
import * as ort from 'onnxruntime-node';
import type { Backend } from '../engine/types.ts';
import { asLoupeError } from '../errors.ts';
import type { LoadedBlend } from './blend.ts';
import { BlendedSession } from './blended-session.ts';
import type { OrtRuntime } from './model-session.ts';

/** What looks into a model in the shell. */
export const nativeRuntime: OrtRuntime = ort;

/**
 * The time a pixel takes is the same from 256² on (within 7 %, measured); larger tiles compute less twice: 1.3 times the
 * core at 512². What bounds it is memory: 600 MB at 512², 850 MB at 640².
 */
const MAX_TILE_PIXELS = 512 * 512;

/**
 * The CPU with all its cores on one tile at a time. `run` blocks the thread while it lasts, so an abort is seen
 * between tiles. Opening rejects with `backend-unavailable` if a network does not load.
 */
export function nativeBackend(blend: LoadedBlend): Backend {
  return {
    name: 'native',
    maxTilePixels: MAX_TILE_PIXELS,
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
