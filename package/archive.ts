/** A .ccx is a plain ZIP: no signature, forward slashes, no entries for directories (Adobe, “Package a UXP plugin”). */
import { unzipSync, zipSync, type Zippable } from 'fflate';

/** By path within the package. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** The same files give the same bytes, whenever and wherever they are packed. */
export function pack(files: Files): Uint8Array {
  // ZIP has local times from 1980 on.
  const options = { level: 9, mtime: new Date(1980, 0, 1) } as const;
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const zippable: Zippable = {};
  for (const [path, bytes] of sorted) zippable[path] = [bytes, options];
  return zipSync(zippable);
}

/** The entries by the names they have in the archive, those of directories too. Throws if it is no ZIP. */
export function unpack(ccx: Uint8Array): Files {
  return new Map(Object.entries(unzipSync(ccx)));
}
