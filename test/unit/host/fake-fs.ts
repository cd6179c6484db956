import type { Uxp, UxpFs } from '../../../src/host/uxp.ts';

/** UXP's `fs` in memory: ArrayBuffers, absolute positions, folders that must be empty to go. */
export function fakeFs() {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const folders = new Set(['plugin-temp:', 'plugin-data:']);
  /** Paths that are links, and sizes that are told instead of the files' own. */
  const links = new Set<string>();
  const sizes = new Map<string, number>();
  const handles = new Map<number, string>();
  let next = 3;
  const disk = { free: Infinity, shortWrites: false };
  const fail = (code: string): never => {
    throw Object.assign(new Error(`${code}: fake`), { code });
  };
  const parent = (path: string): string => path.slice(0, path.lastIndexOf('/'));
  const inside = (folder: string): string[] =>
    [...files.keys(), ...folders]
      .filter((path) => parent(path) === folder)
      .map((path) => path.slice(folder.length + 1));
  const pathOf = (fd: number): string => handles.get(fd) ?? fail('EBADF');
  const bytesOf = (path: string): Uint8Array<ArrayBuffer> => files.get(path) ?? fail('ENOENT');
  const later = <T>(run: () => T): Promise<T> => Promise.resolve().then(run);
  const fs: UxpFs = {
    open: (path, flag) =>
      later(() => {
        if (flag !== 'w+' && flag !== 'r') fail('EINVAL');
        if (!folders.has(parent(path))) fail('ENOENT');
        if (flag === 'r') bytesOf(path);
        else files.set(path, new Uint8Array(0));
        handles.set((next += 1), path);
        return next;
      }),
    close: (fd) => later(() => (handles.delete(fd) ? 0 : fail('EBADF'))),
    read: (fd, buffer, offset, length, position) =>
      later(() => {
        const bytes = bytesOf(pathOf(fd)).subarray(position, position + length);
        new Uint8Array(buffer).set(bytes, offset);
        return { bytesRead: bytes.length };
      }),
    write: (fd, buffer, offset, length, position) =>
      later(() => {
        const path = pathOf(fd);
        const old = bytesOf(path);
        // What is written over takes no more space.
        const further = Math.max(0, position + length - old.length);
        const most = length - Math.max(0, further - disk.free);
        if (most < length && !disk.shortWrites) fail('ENOSPC');
        disk.free -= Math.min(further, disk.free);
        const needed = Math.max(old.length, position + most);
        const roomy = old.buffer.byteLength >= needed;
        const grown = new Uint8Array(roomy ? old.buffer : new ArrayBuffer(2 * needed), 0, needed);
        if (!roomy) grown.set(old);
        grown.set(new Uint8Array(buffer, offset, most), position);
        files.set(path, grown);
        return { bytesWritten: most };
      }),
    readFile: (path) => later(() => Buffer.from(bytesOf(path)).toString('utf8')),
    writeFile: (path, data) =>
      later(() => {
        files.set(path, new Uint8Array(Buffer.from(data)));
        return data.length;
      }),
    mkdir: (path) =>
      later(() => {
        if (folders.has(path)) fail('EEXIST');
        if (!folders.has(parent(path))) fail('ENOENT');
        folders.add(path);
        return 0;
      }),
    rmdir: (path) =>
      later(() => {
        if (inside(path).length > 0) fail('ENOTEMPTY');
        return folders.delete(path) ? 0 : fail('ENOENT');
      }),
    unlink: (path) =>
      later(() => {
        if ([...handles.values()].includes(path)) fail('EBUSY');
        return files.delete(path) ? 0 : fail('ENOENT');
      }),
    rename: (from, to) =>
      later(() => {
        files.set(to, bytesOf(from));
        files.delete(from);
        return 0;
      }),
    readdir: (path) => later(() => (folders.has(path) ? inside(path) : fail('ENOENT'))),
    lstat: (path) =>
      later(() => {
        const isFile = !folders.has(path) && !links.has(path);
        return { isFile: () => isFile, size: isFile ? (sizes.get(path) ?? bytesOf(path).length) : 0 };
      }),
  };
  /** What a user sees and does outside of the plugin. */
  const shown: string[] = [];
  const uxp: Pick<Uxp, 'storage' | 'shell'> = {
    storage: {
      localFileSystem: {
        getFolder: () => Promise.resolve(null),
        getDataFolder: () =>
          later(() => ({
            nativePath: '/data',
            getEntry: (name) =>
              later(() =>
                folders.has(`plugin-data:/${name}`) ? { nativePath: `/data/${name}` } : fail('ENOENT'),
              ),
          })),
      },
    },
    shell: { openPath: (path) => later(() => (shown.push(path) > 1 ? 'The user refused' : '')) },
  };
  /** The plugin is gone, and what it had opened with it. */
  const reload = (): void => handles.clear();
  return { fs, uxp, reload, files, folders, links, sizes, shown, disk };
}
