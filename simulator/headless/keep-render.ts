/** Puts a render from the emulated disk on the real one; nothing of anybody else's is replaced or deleted. */
import { lstat, mkdir, mkdtemp, readdir, rename, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** The emulated disk. */
export interface RenderSource {
  /** Names in a folder. */
  list(folder: string): Promise<readonly string[]>;
  /** Copies a file of it to the real disk. */
  copyOut(path: string, to: string): Promise<void>;
}

/** Thrown where something lies at the output that may not be replaced. */
export class OutputTaken extends Error {}

/**
 * `path` is the render's file, or of single frames the first. `output` is the file, or the folder, it becomes. With
 * `overwrite` a file of that name is replaced; in a folder of that name, frames of a former render are.
 */
export async function keepRender(
  source: RenderSource,
  path: string,
  output: string,
  overwrite: boolean,
): Promise<void> {
  const film = basename(path) === basename(output);
  // Beside it, so that it is only renamed when all of it is there.
  const staging = await mkdtemp(`${output}.part-`);
  try {
    const folder = dirname(path);
    const names = film ? [basename(path)] : await source.list(folder);
    if (names.length === 0) throw new Error(`Nothing lies in ${folder}.`);
    for (const name of names) await source.copyOut(`${folder}/${name}`, join(staging, name));
    if (film) {
      await replaceable(output, overwrite, 'file');
      await rename(join(staging, basename(path)), output);
      return;
    }
    if (await replaceable(output, overwrite, 'folder')) await clearFrames(output);
    else await mkdir(output);
    for (const name of names) await move(join(staging, name), join(output, name));
  } finally {
    // Made above, and holds copies only.
    await rm(staging, { recursive: true, force: true });
  }
}

/** Whether something lies there. Rejects where that may not be replaced. */
async function replaceable(output: string, overwrite: boolean, kind: 'file' | 'folder'): Promise<boolean> {
  const found = await lstat(output).catch(() => undefined);
  if (!found) return false;
  if (!overwrite) throw new OutputTaken(`${output} exists already. Use --overwrite to replace it.`);
  if (kind === 'file' ? found.isFile() : found.isDirectory()) return true;
  throw new OutputTaken(`${output} exists already and is no ${kind}. Choose another folder.`);
}

/** Deletes what a former render of that name has left in its folder, and nothing else. */
async function clearFrames(folder: string): Promise<void> {
  const begin = `${basename(folder)}_`;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const frame =
      entry.name.startsWith(begin) && /^\d{6,}\.(?:png|tiff?)$/.test(entry.name.slice(begin.length));
    if (frame && entry.isFile()) await unlink(join(folder, entry.name));
  }
}

async function move(from: string, to: string): Promise<void> {
  if (await lstat(to).catch(() => undefined)) throw new OutputTaken(`${to} exists already.`);
  await rename(from, to);
}
