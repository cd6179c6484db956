/** The model for a run of the shell: from its file to a backend that stays open from one picture to the next. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entryFor, parseCatalog, type CatalogEntry, type ModelName } from '../catalog.ts';
import type { Backend, TileRunner } from '../engine/types.ts';
import { LoupeError } from '../errors.ts';
import { nativeBackend } from '../runtime/native.ts';
import { verifyModel } from '../runtime/sha256.ts';
import { wasmNodeBackend } from '../runtime/wasm-node.ts';
import type { ShellBackend } from './arguments.ts';

/** Where the catalog and the models are. */
export const MODELS_FOLDER = fileURLToPath(new URL('../../models/', import.meta.url));

export interface Model {
  readonly entry: CatalogEntry;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Reads a model and checks it against the catalog.
 * @throws model-missing, model-damaged
 */
export async function loadModel(name: ModelName, folder = MODELS_FOLDER): Promise<Model> {
  const entry = entryFor(
    parseCatalog(JSON.parse(await readFile(join(folder, 'catalog.json'), 'utf8'))),
    name,
  );
  const path = join(folder, entry.file);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new LoupeError('model-missing', path, { cause });
  });
  verifyModel(bytes, entry);
  return { entry, bytes };
}

export function openBackend(name: ShellBackend, { bytes }: Model): KeptBackend {
  return new KeptBackend(name === 'native' ? nativeBackend(bytes) : wasmNodeBackend(bytes));
}

/**
 * A backend whose runner outlives the pictures: the engine opens and disposes one for each, which over a folder of
 * thousands would load the model thousands of times. A runner left with a failure or with a tile under way is not
 * handed to the next picture.
 */
export class KeptBackend implements Backend {
  readonly name: Backend['name'];
  readonly maxTilePixels: number;
  readonly #backend: Backend;
  #kept: TileRunner | undefined;

  constructor(backend: Backend) {
    this.name = backend.name;
    this.maxTilePixels = backend.maxTilePixels;
    this.#backend = backend;
  }

  async open(signal: AbortSignal): Promise<TileRunner> {
    const runner = (this.#kept ??= await this.#backend.open(signal));
    let clean = true;
    let running = 0;
    return {
      backend: runner.backend,
      device: runner.device,
      lanes: runner.lanes,
      run: async (tile, runSignal) => {
        running++;
        try {
          return await runner.run(tile, runSignal);
        } catch (error) {
          clean = false;
          throw error;
        } finally {
          running--;
        }
      },
      dispose: async () => {
        if (clean && running === 0) return;
        if (this.#kept === runner) this.#kept = undefined;
        await runner.dispose();
      },
    };
  }

  /** Ends what is still open. */
  async close(): Promise<void> {
    const runner = this.#kept;
    this.#kept = undefined;
    await runner?.dispose();
  }
}
