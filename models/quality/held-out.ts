/** Which pictures the networks have not been trained on: the same rule as `models/training/data.py`. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

const SUFFIXES = new Set(['.jpg', '.jpeg', '.png', '.webp', '.tif', '.tiff', '.bmp']);
/** One picture in so many is held out. */
const HELD_OUT_OF = 10n;

/** By the SHA-256 of the file's name, taken as one number. */
export function heldOut(name: string): boolean {
  return BigInt(`0x${sha256(name)}`) % HELD_OUT_OF === 0n;
}

/**
 * The held-out pictures of a folder and of those below it, in order of their paths. One whose bytes are those of a picture
 * that was trained on is left out: collections of drawings hold some of them under two names.
 */
export function heldOutPictures(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SUFFIXES.has(extname(entry.name).toLowerCase()))
    .map((entry) => ({ name: entry.name, path: join(entry.parentPath, entry.name) }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
  const trained = new Set(
    files.filter(({ name }) => !heldOut(name)).map(({ path }) => sha256(readFileSync(path))),
  );
  return files
    .filter(({ name, path }) => heldOut(name) && !trained.has(sha256(readFileSync(path))))
    .map(({ path }) => path);
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
