/** The user's own disk, as a file manager shows it. */
import type { Disk } from '../uxp/disk.ts';
import { FsError, parentOf, userPlace, within, type Place } from '../uxp/places.ts';
import type { UserDisk } from './interface.ts';

/** Bytes written at once of a file that is not in memory. */
const PIECE = 1 << 20;

/** Folders that are there from the beginning. */
const FOLDERS = ['/Users/user/Movies', '/Users/user/Desktop'];

const EXISTING = { create: false, truncate: false, exclusive: false };

export function userDisk(disk: Disk, changed: () => void): UserDisk {
  const makeFolder = (place: Place): void => {
    if (!disk.isFolder(place)) disk.makeFolder(place, true);
  };
  const isFile = (place: Place): boolean => disk.exists(place) && !disk.isFolder(place);
  const removeAll = async (place: Place): Promise<void> => {
    if (!disk.isFolder(place)) return disk.removeFile(place);
    for (const name of disk.list(place)) await removeAll(within(place, name));
    disk.removeFolder(place);
  };
  const readPart = async (path: string, position: number, length: number) => {
    const bytes = new Uint8Array(length);
    const file = await disk.open(userPlace(path), EXISTING);
    return bytes.subarray(0, await disk.read(file, bytes, position));
  };
  for (const folder of FOLDERS) makeFolder(userPlace(folder));

  return {
    async write(path, bytes) {
      const place = userPlace(path);
      makeFolder(parentOf(place));
      const file = await disk.open(place, { create: true, truncate: true, exclusive: false });
      if (bytes instanceof Uint8Array) await disk.write(file, bytes, 0);
      else {
        for (let at = 0; at < bytes.size; at += PIECE) {
          await disk.write(file, new Uint8Array(await bytes.slice(at, at + PIECE).arrayBuffer()), at);
        }
      }
      changed();
    },
    async read(path) {
      const file = await disk.open(userPlace(path), EXISTING);
      return readPart(path, 0, disk.sizeOf(file));
    },
    readPart,
    size: (path) => (isFile(userPlace(path)) ? disk.stat(userPlace(path)).size : null),
    exists: (path) => disk.exists(userPlace(path)),
    list: (folder) => (disk.isFolder(userPlace(folder)) ? disk.list(userPlace(folder)) : []),
    makeFolder: (path) => makeFolder(userPlace(path)),
    async remove(path) {
      if (!disk.exists(userPlace(path))) throw new FsError('ENOENT', `no such file or directory, '${path}'`);
      await removeAll(userPlace(path));
      changed();
    },
    async rename(from, to) {
      await disk.rename(userPlace(from), userPlace(to));
      changed();
    },
    setReadOnly: (folder, readOnly) => disk.setReadOnly(userPlace(folder), readOnly),
    setUnreadable: (path, unreadable) => disk.setUnreadable(userPlace(path), unreadable),
  };
}
