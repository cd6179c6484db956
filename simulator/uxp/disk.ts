/**
 * The disk: names, sizes and descriptors, with the bytes in a BlockStore. Places are inside the three folders UXP gives a
 * plugin, and on the rest of the disk, which is the user's.
 */
import type { BlockStore, UxpPlugin } from './interface.ts';
import { FsError, keyOf, parentOf, type Place } from './places.ts';

interface FileNode {
  readonly id: number;
  size: number;
  modified: Date;
  readonly created: Date;
}

const noEntry = (path: string): FsError => new FsError('ENOENT', `no such file or directory, '${path}'`);

export class Disk {
  private readonly plugin: UxpPlugin;
  private readonly blocks: BlockStore;
  private capacity: number;
  private readonly files = new Map<string, FileNode>();
  private readonly nodes = new Map<number, FileNode>();
  private readonly folders = new Set<string>(['plugin-data:/', 'plugin-temp:/', 'user:/']);
  /** Folders in which nothing can be changed, and files that cannot be read, by their keys. */
  private readonly locked = new Set<string>();
  private readonly unreadable = new Set<string>();
  private nextFile = 1;
  private used = 0;
  /** Reads and writes of whole blocks follow one another. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(plugin: UxpPlugin, blocks: BlockStore, capacity: number) {
    this.plugin = plugin;
    this.blocks = blocks;
    this.capacity = capacity;
  }

  /** Bytes of all files; of sparse ones too. */
  get bytes(): number {
    return this.used;
  }

  fullAfter(bytes: number): void {
    this.capacity = this.used + bytes;
  }

  stat(place: Place): { isFile: boolean; size: number; created: Date; modified: Date } {
    const file = this.files.get(keyOf(place));
    if (file) return { isFile: true, size: file.size, created: file.created, modified: file.modified };
    if (this.isFolder(place)) return { isFile: false, size: 0, created: new Date(0), modified: new Date(0) };
    throw noEntry(keyOf(place));
  }

  /** Names within a folder, sorted. */
  list(place: Place): string[] {
    if (!this.isFolder(place)) {
      if (this.files.has(keyOf(place))) throw new FsError('ENOTDIR', `not a directory, '${keyOf(place)}'`);
      throw noEntry(keyOf(place));
    }
    const prefix = place.path === '' ? keyOf(place) : `${keyOf(place)}/`;
    const names = [...this.files.keys(), ...this.folders]
      .filter((key) => key.startsWith(prefix) && key !== prefix)
      .map((key) => key.slice(prefix.length))
      .filter((rest) => !rest.includes('/'));
    return names.sort();
  }

  makeFolder(place: Place, recursive: boolean): void {
    this.refuseReadOnly(place);
    const parent = parentOf(place);
    if (this.folders.has(keyOf(place)) || this.files.has(keyOf(place))) {
      if (recursive && this.folders.has(keyOf(place))) return;
      throw new FsError('EEXIST', `file already exists, '${keyOf(place)}'`);
    }
    if (!this.isFolder(parent)) {
      if (!recursive) throw noEntry(keyOf(place));
      this.makeFolder(parent, true);
    }
    this.folders.add(keyOf(place));
  }

  removeFolder(place: Place): void {
    this.refuseReadOnly(place);
    if (this.files.has(keyOf(place))) throw new FsError('ENOTDIR', `not a directory, '${keyOf(place)}'`);
    if (this.list(place).length > 0) throw new FsError('ENOTEMPTY', `directory not empty, '${keyOf(place)}'`);
    if (place.path === '') throw new FsError('EACCES', `permission denied, '${keyOf(place)}'`);
    this.folders.delete(keyOf(place));
  }

  async removeFile(place: Place): Promise<void> {
    this.refuseReadOnly(place);
    const file = this.files.get(keyOf(place));
    if (!file) {
      if (this.isFolder(place)) throw new FsError('EPERM', `operation not permitted, '${keyOf(place)}'`);
      throw noEntry(keyOf(place));
    }
    this.files.delete(keyOf(place));
    this.nodes.delete(file.id);
    this.used -= file.size;
    await this.inTurn(() => this.blocks.truncate(file.id, 0));
  }

  async rename(from: Place, to: Place): Promise<void> {
    this.refuseReadOnly(from);
    this.refuseReadOnly(to);
    const file = this.files.get(keyOf(from));
    if (!file && !this.isFolder(from)) throw noEntry(keyOf(from));
    if (!this.isFolder(parentOf(to))) throw noEntry(keyOf(to));
    if (keyOf(from) === keyOf(to)) return;
    if (!file) {
      this.renameFolder(from, to);
      return;
    }
    if (this.isFolder(to)) throw new FsError('EISDIR', `illegal operation on a directory, '${keyOf(to)}'`);
    if (this.files.has(keyOf(to))) await this.removeFile(to);
    this.files.delete(keyOf(from));
    this.files.set(keyOf(to), file);
  }

  /** The file's node; made, or emptied, as asked. */
  async open(place: Place, how: { create: boolean; truncate: boolean; exclusive: boolean }): Promise<number> {
    const key = keyOf(place);
    if (this.isFolder(place)) throw new FsError('EISDIR', `illegal operation on a directory, '${key}'`);
    if (this.unreadable.has(key)) throw new FsError('EACCES', `permission denied, '${key}'`);
    let file = this.files.get(key);
    if (file && how.exclusive) throw new FsError('EEXIST', `file already exists, '${key}'`);
    if (!file) {
      if (place.scheme === 'plugin') return this.openOfPlugin(place);
      if (!how.create) throw noEntry(key);
      if (!this.isFolder(parentOf(place))) throw noEntry(key);
      this.refuseReadOnly(place);
      file = { id: this.nextFile++, size: 0, created: new Date(), modified: new Date() };
      this.files.set(key, file);
      this.nodes.set(file.id, file);
    } else if (how.truncate) {
      this.refuseReadOnly(place);
      this.used -= file.size;
      file.size = 0;
      const { id } = file;
      await this.inTurn(() => this.blocks.truncate(id, 0));
    }
    return file.id;
  }

  sizeOf(id: number): number {
    return this.nodes.get(id)?.size ?? 0;
  }

  /** Bytes read; fewer than asked at the end of the file. */
  read(id: number, into: Uint8Array, position: number): Promise<number> {
    return this.inTurn(async () => {
      const count = Math.max(0, Math.min(into.length, this.sizeOf(id) - position));
      const step = this.blocks.blockBytes;
      for (let done = 0; done < count;) {
        const at = position + done;
        const offset = at % step;
        const length = Math.min(step - offset, count - done);
        const block = await this.blocks.read(id, Math.floor(at / step));
        const part = into.subarray(done, done + length);
        if (block) part.set(block.subarray(offset, offset + length));
        else part.fill(0);
        done += length;
      }
      return count;
    });
  }

  /** Writes all of `from`, or nothing and throws ENOSPC. Beyond the end the file grows; a gap reads as zeros. */
  write(id: number, from: Uint8Array, position: number): Promise<number> {
    return this.inTurn(async () => {
      const file = this.nodes.get(id);
      if (!file) throw new FsError('EBADF', 'bad file descriptor');
      const growth = Math.max(0, position + from.length - file.size);
      if (this.used + growth > this.capacity) throw new FsError('ENOSPC', 'no space left on device, write');
      const step = this.blocks.blockBytes;
      for (let done = 0; done < from.length;) {
        const at = position + done;
        const offset = at % step;
        const length = Math.min(step - offset, from.length - done);
        const index = Math.floor(at / step);
        const old = length === step ? null : await this.blocks.read(id, index);
        const block = old ? old.slice() : new Uint8Array(step);
        block.set(from.subarray(done, done + length), offset);
        await this.blocks.write(id, index, block);
        done += length;
      }
      file.size += growth;
      file.modified = new Date();
      this.used += growth;
      return from.length;
    });
  }

  exists(place: Place): boolean {
    return this.files.has(keyOf(place)) || this.isFolder(place);
  }

  isFolder(place: Place): boolean {
    return place.scheme === 'plugin' ? place.path === '' : this.folders.has(keyOf(place));
  }

  setReadOnly(place: Place, readOnly: boolean): void {
    if (readOnly) this.locked.add(keyOf(place));
    else this.locked.delete(keyOf(place));
  }

  setUnreadable(place: Place, unreadable: boolean): void {
    if (unreadable) this.unreadable.add(keyOf(place));
    else this.unreadable.delete(keyOf(place));
  }

  private renameFolder(from: Place, to: Place): void {
    if (this.files.has(keyOf(to))) throw new FsError('ENOTDIR', `not a directory, '${keyOf(to)}'`);
    if (this.isFolder(to)) throw new FsError('ENOTEMPTY', `directory not empty, '${keyOf(to)}'`);
    if (keyOf(to).startsWith(`${keyOf(from)}/`)) throw new FsError('EINVAL', 'a folder cannot hold itself');
    const moved = (key: string): string | null =>
      key === keyOf(from) || key.startsWith(`${keyOf(from)}/`)
        ? keyOf(to) + key.slice(keyOf(from).length)
        : null;
    for (const [key, file] of [...this.files]) {
      const next = moved(key);
      if (next === null) continue;
      this.files.delete(key);
      this.files.set(next, file);
    }
    for (const key of [...this.folders]) {
      const next = moved(key);
      if (next === null) continue;
      this.folders.delete(key);
      this.folders.add(next);
    }
  }

  /** A file of the plugin's own folder is fetched once and kept like any other, but cannot be written. */
  private async openOfPlugin(place: Place): Promise<number> {
    const bytes = await this.plugin.readFile(place.path);
    if (!bytes) throw noEntry(keyOf(place));
    const file = { id: this.nextFile++, size: 0, created: new Date(0), modified: new Date(0) };
    this.files.set(keyOf(place), file);
    this.nodes.set(file.id, file);
    const capacity = this.capacity;
    this.capacity = Infinity;
    try {
      await this.write(file.id, bytes, 0);
    } finally {
      this.capacity = capacity + bytes.length;
    }
    return file.id;
  }

  private refuseReadOnly(place: Place): void {
    if (place.scheme === 'plugin') throw new FsError('EROFS', `read-only file system, '${keyOf(place)}'`);
    for (let at = place; at.path !== ''; at = parentOf(at)) {
      if (this.locked.has(keyOf(at))) throw new FsError('EACCES', `permission denied, '${keyOf(place)}'`);
    }
  }

  private inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = this.last.then(run, run);
    this.last = result.catch(() => undefined);
    return result;
  }
}
