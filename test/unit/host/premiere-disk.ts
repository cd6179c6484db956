/** The emulated disk, the plugin's folders and the user's, as the host in Premiere reaches it. */
import type { UxpFs } from '../../../src/host/uxp.ts';
import { MemoryBlocks } from '../../../simulator/uxp/block-store.ts';
import { createUxp } from '../../../simulator/uxp/index.ts';
import { userPlace } from '../../../simulator/uxp/places.ts';

export const MOVIES = '/Users/user/Movies';

/** @param note told of every call before it is done; may throw to make it fail */
export function emulatedDisk(note: (call: string) => void = () => undefined) {
  const { modules, disk, places } = createUxp({
    plugin: {
      ...{ id: 'loupe', version: '0.1.0', entrypoints: [], localFileSystem: 'fullAccess' },
      readFile: () => Promise.resolve(null),
    },
    blocks: new MemoryBlocks(),
    diskBytes: Infinity,
    note,
    consents: () => true,
    host: () => ({ name: 'premierepro', version: '26.3.0', uiLocale: 'en_US' }),
    actions: { showPanel: () => Promise.resolve(), invokeCommand: () => Promise.resolve() },
  });
  const fs: UxpFs = modules.fs;
  disk.makeFolder(userPlace(MOVIES), true);
  const read = async (path: string): Promise<Buffer> => {
    const bytes = Buffer.alloc(disk.stat(userPlace(path)).size);
    const id = await disk.open(userPlace(path), { create: false, truncate: false, exclusive: false });
    await disk.read(id, bytes, 0);
    return bytes;
  };
  return {
    fs,
    disk,
    places,
    read,
    write: async (path: string, bytes: Uint8Array): Promise<void> => {
      const id = await disk.open(userPlace(path), { create: true, truncate: true, exclusive: false });
      await disk.write(id, bytes, 0);
    },
    list: (folder = MOVIES): string[] => disk.list(userPlace(folder)),
    /** What the plugin keeps of renders. */
    kept: (): string[] => {
      const place = { scheme: 'plugin-data', path: 'renders' } as const;
      return disk.isFolder(place) ? disk.list(place) : [];
    },
  };
}
export type EmulatedDisk = ReturnType<typeof emulatedDisk>;
