/**
 * `require('uxp').storage`: files and folders as entries. [D] UXP API > Persistent file storage. Of the pickers only
 * `getFolder` is emulated, and that where the manifest lets the plugin out of its own folders.
 */
import type { Fs } from './fs.ts';
import { nativePath, urlOf, userPlace, within, type Place, type Places, type Scheme } from './places.ts';

const formats = { utf8: Symbol('utf8'), binary: Symbol('binary') } as const;
const types = { file: Symbol('file'), folder: Symbol('folder') } as const;
const modes = { readOnly: Symbol('readOnly'), readWrite: Symbol('readWrite') } as const;

/** What the entries work on. */
interface Files {
  readonly fs: Fs;
  readonly places: Places;
}

export class Entry {
  readonly isEntry = true;
  readonly isFile: boolean = false;
  readonly isFolder: boolean = false;
  protected readonly files: Files;
  protected readonly place: Place;

  constructor(files: Files, place: Place) {
    this.files = files;
    this.place = place;
  }

  protected get fs(): Fs {
    return this.files.fs;
  }

  /** The entry, or one within it, as `fs` takes it. */
  protected spelt(name?: string): string {
    const { places } = this.files;
    return places.spell(name === undefined ? this.place : within(this.place, name));
  }

  get name(): string {
    return this.place.path.split('/').at(-1) ?? '';
  }

  get nativePath(): string {
    return nativePath(this.place);
  }

  get url(): string {
    return urlOf(this.place);
  }

  toString(): string {
    return `[object ${this.isFile ? 'File' : 'Folder'}: ${this.nativePath}]`;
  }

  async delete(): Promise<number> {
    return this.isFile ? this.fs.unlink(this.spelt()) : this.fs.rmdir(this.spelt());
  }

  async getMetadata() {
    const { size, birthtime, mtime } = await this.fs.lstat(this.spelt());
    const { name, isFile, isFolder } = this;
    return { name, size, dateCreated: birthtime, dateModified: mtime, isFile, isFolder };
  }
}

export class File extends Entry {
  override readonly isFile = true;
  readonly mode = modes.readWrite;

  read(options: { format?: symbol } = {}): Promise<string | ArrayBuffer> {
    return this.fs.readFile(this.spelt(), options.format === formats.binary ? {} : { encoding: 'utf-8' });
  }

  write(data: string | ArrayBuffer | ArrayBufferView, options: { append?: boolean } = {}): Promise<number> {
    return this.fs.writeFile(this.spelt(), data, { flag: options.append ? 'a' : 'w' });
  }
}

export class Folder extends Entry {
  override readonly isFolder = true;

  async getEntries(): Promise<Entry[]> {
    const names = await this.fs.readdir(this.spelt());
    return Promise.all(names.map((name) => this.getEntry(name)));
  }

  async getEntry(path: string): Promise<Entry> {
    const spelt = this.spelt(path);
    const stats = await this.fs.lstat(spelt);
    const place = this.files.places.of(spelt);
    return stats.isFile() ? new File(this.files, place) : new Folder(this.files, place);
  }

  /** Without `overwrite`, a file that exists is an error. */
  async createFile(name: string, options: { overwrite?: boolean } = {}): Promise<File> {
    const spelt = this.spelt(name);
    await this.fs.writeFile(spelt, new ArrayBuffer(0), { flag: options.overwrite ? 'w' : 'wx' });
    return new File(this.files, this.files.places.of(spelt));
  }

  async createFolder(name: string): Promise<Folder> {
    const spelt = this.spelt(name);
    await this.fs.mkdir(spelt);
    return new Folder(this.files, this.files.places.of(spelt));
  }

  createEntry(name: string, options: { type?: symbol; overwrite?: boolean } = {}): Promise<Entry> {
    return options.type === types.folder ? this.createFolder(name) : this.createFile(name, options);
  }
}

/** `pick` asks the user for a folder: its native path, or null. */
export function createStorage(fs: Fs, places: Places, pick: () => Promise<string | null>) {
  const files: Files = { fs, places };
  const root = async (scheme: Scheme): Promise<Folder> => {
    await Promise.resolve();
    return new Folder(files, { scheme, path: '' });
  };
  const noPicker = (): Promise<never> =>
    Promise.reject(
      new Error('The manifest does not allow to pick files, or the emulated UXP has no such picker'),
    );
  return {
    localFileSystem: {
      isFileSystemProvider: true,
      getDataFolder: () => root('plugin-data'),
      getTemporaryFolder: () => root('plugin-temp'),
      getPluginFolder: () => root('plugin'),
      getNativePath: (entry: Entry): string => entry.nativePath,
      getFsUrl: (entry: Entry): string => entry.url,
      async getEntryWithUrl(url: string): Promise<Entry> {
        const place = places.of(url);
        const stats = await fs.lstat(url);
        return stats.isFile() ? new File(files, place) : new Folder(files, place);
      },
      getFileForOpening: noPicker,
      getFileForSaving: noPicker,
      /** [D] Null where the user gave up. */
      async getFolder(): Promise<Folder | null> {
        if (!places.mayPick) return noPicker();
        const path = await pick();
        if (path === null) return null;
        const place = userPlace(path);
        places.pick(place);
        return new Folder(files, place);
      },
    },
    formats,
    types,
    modes,
    Entry,
    File,
    Folder,
  };
}
