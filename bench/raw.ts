/** The network alone: `session.run` of ONNX Runtime over tiles, with nothing of ours around it. */
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import * as native from 'onnxruntime-node';
import * as web from 'onnxruntime-web/wasm';
import type { Backend, Tile } from '../src/engine/types.ts';
import type { LoadedBlend } from '../src/runtime/blend.ts';

/** `backend`, keeping a copy of every tile it is given. */
export function recording(backend: Backend, tiles: Tile[]): Backend {
  return {
    ...backend,
    open: async (signal) => {
      const runner = await backend.open(signal);
      return {
        ...runner,
        run: (tile, runSignal) => {
          tiles.push({ ...tile, data: tile.data.slice() });
          return runner.run(tile, runSignal);
        },
      };
    },
  };
}

/**
 * Opens the networks with the tiles' shape fixed, as the engine's backends do, and returns what runs all tiles through
 * each, one after another. @returns seconds inside `session.run`
 */
export async function rawRun(
  backend: 'native' | 'wasm',
  { parts, selfEnsemble }: LoadedBlend,
  tiles: readonly Tile[],
): Promise<() => Promise<number>> {
  if (selfEnsemble) throw new Error('orientations are not run here');
  const runs: (() => Promise<number>)[] = [];
  for (const { model } of parts) runs.push(await rawNetwork(backend, model, tiles));
  return async () => {
    let inside = 0;
    for (const run of runs) inside += await run();
    return inside;
  };
}

async function rawNetwork(
  backend: 'native' | 'wasm',
  model: Uint8Array,
  tiles: readonly Tile[],
): Promise<() => Promise<number>> {
  const [first] = tiles;
  if (!first) throw new Error('the engine ran no tile');
  const { width, height } = first;
  const runtime = backend === 'native' ? native : await webRuntime();
  const free = await runtime.InferenceSession.create(model, { executionProviders: [provider[backend]] });
  const [input] = free.inputMetadata;
  const [, , rows, columns] = input?.isTensor ? input.shape : [];
  await free.release();
  const session = await runtime.InferenceSession.create(model, {
    executionProviders: [provider[backend]],
    ...(backend === 'native' && { intraOpNumThreads: availableParallelism() }),
    freeDimensionOverrides: { [String(rows)]: height, [String(columns)]: width },
  });
  const [name] = session.inputNames;
  if (name === undefined) throw new Error('the model has no input');
  return async () => {
    let inside = 0;
    for (const tile of tiles) {
      const tensor = new runtime.Tensor('float32', tile.data, [1, 3, tile.height, tile.width]);
      const began = performance.now();
      await session.run({ [name]: tensor });
      inside += performance.now() - began;
    }
    return inside / 1000;
  };
}

const provider = { native: 'cpu', wasm: 'wasm' } as const;

async function webRuntime(): Promise<typeof web> {
  const path = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm');
  web.env.wasm.wasmBinary = new Uint8Array(await readFile(path)).buffer;
  web.env.wasm.numThreads = 1;
  web.env.wasm.proxy = false;
  return web;
}
