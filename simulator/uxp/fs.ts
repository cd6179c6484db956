/**
 * `require('fs')` of UXP. [D] UXP API > Modules > fs: Node's names, promises (or a callback at the end), numbers
 * as file descriptors, and ArrayBuffers, not views, in read and write. The synchronous calls the page documents
 * are not here: bytes may lie in an asynchronous store; they throw.
 */
import type { Disk } from './disk.ts';
import { FsError, type Places } from './places.ts';

type Callback<T> = (error: Error | null, result?: T) => void;

const FLAGS: Readonly<Record<string, Flags>> = {
  r: { read: true },
  'r+': { read: true, write: true },
  w: { write: true, create: true, truncate: true },
  wx: { write: true, create: true, truncate: true, exclusive: true },
  'w+': { read: true, write: true, create: true, truncate: true },
  'wx+': { read: true, write: true, create: true, truncate: true, exclusive: true },
  a: { write: true, create: true, append: true },
  'a+': { read: true, write: true, create: true, append: true },
};

interface Flags {
  readonly read?: boolean;
  readonly write?: boolean;
  readonly create?: boolean;
  readonly truncate?: boolean;
  readonly exclusive?: boolean;
  readonly append?: boolean;
}

interface Descriptor {
  readonly file: number;
  readonly flags: Flags;
  position: number;
}

export interface FsStats {
  isFile(): boolean;
  isDirectory(): boolean;
  readonly size: number;
  readonly birthtime: Date;
  readonly mtime: Date;
}

type Encoding = 'utf-8' | 'utf-16be' | 'utf-16le';

const isCallback = (value: unknown): value is Callback<never> => typeof value === 'function';

function flagsOf(flag: number | string): Flags {
  const flags = typeof flag === 'string' ? FLAGS[flag] : undefined;
  if (!flags) throw new FsError('EINVAL', `invalid flag, '${flag}'`);
  return flags;
}

export class Fs {
  readonly #disk: Disk;
  readonly #places: Places;
  readonly #note: (call: string) => void;
  readonly #open = new Map<number, Descriptor>();
  #next = 3;

  constructor(disk: Disk, places: Places, note: (call: string) => void) {
    this.#disk = disk;
    this.#places = places;
    this.#note = note;
  }

  readonly open = (path: string, flag?: unknown, mode?: unknown, callback?: unknown): Promise<number> =>
    this.#call('fs.open', [flag, mode, callback], async () => {
      const flags = flagsOf(typeof flag === 'string' || typeof flag === 'number' ? flag : 'r');
      const place = this.#places.of(path);
      if (flags.write && place.scheme === 'plugin')
        throw new FsError('EROFS', `read-only file system, '${path}'`);
      const { create = false, truncate = false, exclusive = false } = flags;
      const file = await this.#disk.open(place, { create, truncate, exclusive });
      const fd = this.#next++;
      this.#open.set(fd, { file, flags, position: 0 });
      return fd;
    });

  readonly close = (fd: number, callback?: unknown): Promise<number> =>
    this.#call('fs.close', [callback], () => {
      this.#descriptor(fd);
      this.#open.delete(fd);
      return Promise.resolve(0);
    });

  /** `position` -1 reads on from where the last such read ended; 0 and above leaves that place alone. */
  readonly read = (
    fd: number,
    buffer: ArrayBuffer,
    offset: number,
    length: number,
    position: number,
    callback?: unknown,
  ): Promise<{ bytesRead: number; buffer: ArrayBuffer }> =>
    this.#call('fs.read', [callback], async () => {
      const descriptor = this.#descriptor(fd);
      if (!descriptor.flags.read) throw new FsError('EBADF', 'bad file descriptor, not open for reading');
      const part = partOf(buffer, offset, length, position);
      const bytesRead = await this.#disk.read(
        descriptor.file,
        part,
        position < 0 ? descriptor.position : position,
      );
      if (position < 0) descriptor.position += bytesRead;
      return { bytesRead, buffer };
    });

  readonly write = (
    fd: number,
    buffer: ArrayBuffer,
    offset: number,
    length: number,
    position: number,
    callback?: unknown,
  ): Promise<{ bytesWritten: number; buffer: ArrayBuffer }> =>
    this.#call('fs.write', [callback], async () => {
      const descriptor = this.#descriptor(fd);
      if (!descriptor.flags.write) throw new FsError('EBADF', 'bad file descriptor, not open for writing');
      const part = partOf(buffer, offset, length, position);
      const end = this.#disk.sizeOf(descriptor.file);
      const at = descriptor.flags.append ? end : position < 0 ? descriptor.position : position;
      const bytesWritten = await this.#disk.write(descriptor.file, part.slice(), at);
      if (position < 0) descriptor.position = at + bytesWritten;
      return { bytesWritten, buffer };
    });

  readonly readFile = (path: string, options?: unknown, callback?: unknown): Promise<string | ArrayBuffer> =>
    this.#call('fs.readFile', [options, callback], async () => {
      const file = await this.#disk.open(this.#places.of(path), {
        create: false,
        truncate: false,
        exclusive: false,
      });
      const bytes = new Uint8Array(this.#disk.sizeOf(file));
      await this.#disk.read(file, bytes, 0);
      const encoding = encodingOf(options);
      return encoding ? new TextDecoder(encoding).decode(bytes) : bytes.buffer;
    });

  readonly writeFile = (
    path: string,
    data: unknown,
    options?: unknown,
    callback?: unknown,
  ): Promise<number> =>
    this.#call('fs.writeFile', [options, callback], async () => {
      const flag = optionOf(options, 'flag');
      const flags = flagsOf(typeof flag === 'string' ? flag : 'w');
      const place = this.#places.of(path);
      if (place.scheme === 'plugin') throw new FsError('EROFS', `read-only file system, '${path}'`);
      const bytes = bytesOf(data, encodingOf(options));
      const { create = false, truncate = false, exclusive = false } = flags;
      const file = await this.#disk.open(place, { create, truncate, exclusive });
      return this.#disk.write(file, bytes, flags.append ? this.#disk.sizeOf(file) : 0);
    });

  readonly lstat = (path: string, callback?: unknown): Promise<FsStats> =>
    this.#call('fs.lstat', [callback], () => Promise.resolve(this.#stats(path)));

  readonly lstatSync = (path: string): FsStats => {
    this.#note('fs.lstatSync');
    return this.#stats(path);
  };

  readonly rename = (oldPath: string, newPath: string, callback?: unknown): Promise<number> =>
    this.#call('fs.rename', [callback], async () => {
      await this.#disk.rename(this.#places.of(oldPath), this.#places.of(newPath));
      return 0;
    });

  readonly copyFile = (
    source: string,
    target: string,
    flags?: unknown,
    callback?: unknown,
  ): Promise<number> =>
    this.#call('fs.copyFile', [flags, callback], async () => {
      const from = await this.#disk.open(this.#places.of(source), {
        create: false,
        truncate: false,
        exclusive: false,
      });
      const to = await this.#disk.open(this.#places.of(target), {
        create: true,
        truncate: true,
        exclusive: flags === 1,
      });
      const piece = new Uint8Array(1 << 20);
      for (let at = 0, count = 0; (count = await this.#disk.read(from, piece, at)) > 0; at += count) {
        await this.#disk.write(to, piece.slice(0, count), at);
      }
      return 0;
    });

  readonly unlink = (path: string, callback?: unknown): Promise<number> =>
    this.#call('fs.unlink', [callback], async () => {
      await this.#disk.removeFile(this.#places.of(path));
      return 0;
    });

  readonly mkdir = (path: string, options?: unknown, callback?: unknown): Promise<number> =>
    this.#call('fs.mkdir', [options, callback], () => {
      this.#disk.makeFolder(this.#places.of(path), optionOf(options, 'recursive') === true);
      return Promise.resolve(0);
    });

  readonly rmdir = (path: string, callback?: unknown): Promise<number> =>
    this.#call('fs.rmdir', [callback], () => {
      this.#disk.removeFolder(this.#places.of(path));
      return Promise.resolve(0);
    });

  readonly readdir = (path: string, callback?: unknown): Promise<string[]> =>
    this.#call('fs.readdir', [callback], () => Promise.resolve(this.#disk.list(this.#places.of(path))));

  readonly readdirSync = (path: string): string[] => {
    this.#note('fs.readdirSync');
    return this.#disk.list(this.#places.of(path));
  };

  readonly readFileSync = (): never => {
    throw new Error('The emulated UXP has no readFileSync');
  };

  readonly writeFileSync = (): never => {
    throw new Error('The emulated UXP has no writeFileSync');
  };

  /** The host's side: how many files are open. */
  get openFiles(): number {
    return this.#open.size;
  }

  /** The host's side: the script that opened them has ended. */
  closeAll(): void {
    this.#open.clear();
  }

  #descriptor(fd: number): Descriptor {
    const descriptor = this.#open.get(fd);
    if (!descriptor) throw new FsError('EBADF', 'bad file descriptor');
    return descriptor;
  }

  #stats(path: string): FsStats {
    const { isFile, size, created, modified } = this.#disk.stat(this.#places.of(path));
    return { isFile: () => isFile, isDirectory: () => !isFile, size, birthtime: created, mtime: modified };
  }

  /** Answers by promise, or by the callback if the last argument is one. */
  #call<T>(name: string, last: readonly unknown[], run: () => Promise<T>): Promise<T> {
    const callback = last.find(isCallback) as Callback<T> | undefined;
    const result = (async () => {
      this.#note(name);
      return run();
    })();
    if (callback) {
      result.then(
        (value) => callback(null, value),
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
      );
    }
    return result;
  }
}

function partOf(buffer: unknown, offset: number, length: number, position: number): Uint8Array<ArrayBuffer> {
  if (!(buffer instanceof ArrayBuffer)) throw new FsError('EINVAL', 'an ArrayBuffer is required');
  const whole = [offset, length, position].every(Number.isInteger);
  if (!whole || offset < 0 || length < 0 || position < -1 || offset + length > buffer.byteLength) {
    throw new FsError('EINVAL', `invalid offset ${offset}, length ${length} or position ${position}`);
  }
  return new Uint8Array(buffer, offset, length);
}

const optionOf = (options: unknown, name: string): unknown =>
  typeof options === 'object' && options !== null ? (options as Record<string, unknown>)[name] : undefined;

function encodingOf(options: unknown): Encoding | null {
  const encoding = optionOf(options, 'encoding');
  if (encoding === undefined) return null;
  if (encoding === 'utf-8' || encoding === 'utf-16be' || encoding === 'utf-16le') return encoding;
  throw new FsError('EINVAL', `invalid encoding, ${JSON.stringify(encoding)}`);
}

function bytesOf(data: unknown, encoding: Encoding | null): Uint8Array {
  if (typeof data === 'string') {
    if (encoding === null || encoding === 'utf-8') return new TextEncoder().encode(data);
    const bytes = new Uint8Array(data.length * 2);
    const words = new DataView(bytes.buffer);
    for (let i = 0; i < data.length; i++) words.setUint16(i * 2, data.charCodeAt(i), encoding === 'utf-16le');
    return bytes;
  }
  if (data instanceof ArrayBuffer) return new Uint8Array(data).slice();
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
  throw new FsError('EINVAL', 'the data must be a string, an ArrayBuffer or a view of one');
}
