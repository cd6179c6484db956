/** Loupe's models as the shell finds them: the catalog, and the files of a choice, ready to run. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { blendFor, parseCatalog, type Blend, type Catalog, type Choice } from '../catalog.ts';
import { LoupeError } from '../errors.ts';
import { partsOf, type LoadedBlend } from '../runtime/blend.ts';

/** Where the catalog and the models are. */
export const MODELS_FOLDER = fileURLToPath(new URL('../../models/', import.meta.url));

/** @throws model-missing; and valibot's error for a catalog that is none: it is part of what is shipped */
export async function readCatalog(folder = MODELS_FOLDER): Promise<Catalog> {
  return parseCatalog(JSON.parse((await readModelFile(folder, 'catalog.json')).toString()));
}

/**
 * Reads the networks of a blend and checks them against the catalog.
 * @throws model-missing, model-damaged
 */
export async function loadBlend(blend: Blend, folder = MODELS_FOLDER): Promise<LoadedBlend> {
  const parts = await partsOf(blend, ({ file }) => readModelFile(folder, file));
  return { parts, selfEnsemble: blend.selfEnsemble };
}

/** What stands behind a choice, loaded. @throws model-missing, model-damaged */
export async function loadModel(
  choice: Choice,
  folder = MODELS_FOLDER,
): Promise<{ readonly blend: Blend; readonly loaded: LoadedBlend }> {
  const blend = blendFor(await readCatalog(folder), choice);
  return { blend, loaded: await loadBlend(blend, folder) };
}

/** A file below the models' folder. @throws model-missing */
export async function readModelFile(folder: string, file: string): Promise<Buffer<ArrayBuffer>> {
  const path = join(folder, file);
  return readFile(path).catch((cause: unknown) => {
    throw new LoupeError('model-missing', path, { cause });
  });
}
