/**
 * `require('uxp').storage`: the data, temporary and plugin folders as entries. [D] UXP API > Persistent file
 * storage. File pickers are not emulated: they reject.
 */
import { nativePath, placeOf, type Place, type Scheme } from './disk.ts';
import type { Fs } from './fs.ts';

const formats = { utf8: Symbol('utf8'), binary: Symbol('binary') } as const;
const types = { file: Symbol('file'), folder: Symbol('folder') } as const;
const modes = { readOnly: Symbol('readOnly'), readWrite: Symbol('readWrite') } as const;

const join = (place: Place, name: string): Place => placeOf(`${place.scheme}:/${place.path}/${name}`);
const urlOf = ({ scheme, path }: Place): string => `${scheme}:/${path}`;

export class Entry {
  readonly isEntry = true;
  readonly isFile: boolean = false;
  readonly isFolder: boolean = false;
  protected readonly fs: Fs;
  protected readonly place: Place;

  constructor(fs: Fs, place: Place) {
    this.fs = fs;
    this.place = place;
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
    return this.isFile ? this.fs.unlink(this.url) : this.fs.rmdir(this.url);
  }

  async getMetadata() {
    const { size, birthtime, mtime } = await this.fs.lstat(this.url);
    const { name, isFile, isFolder } = this;
    return { name, size, dateCreated: birthtime, dateModified: mtime, isFile, isFolder };
  }
}

export class File extends Entry {
  override readonly isFile = true;
  readonly mode = modes.readWrite;

  read(options: { format?: symbol } = {}): Promise<string | ArrayBuffer> {
    return this.fs.readFile(this.url, options.format === formats.binary ? {} : { encoding: 'utf-8' });
  }

  write(data: string | ArrayBuffer | ArrayBufferView, options: { append?: boolean } = {}): Promise<number> {
    return this.fs.writeFile(this.url, data, { flag: options.append ? 'a' : 'w' });
  }
}

export class Folder extends Entry {
  override readonly isFolder = true;

  async getEntries(): Promise<Entry[]> {
    const names = await this.fs.readdir(this.url);
    return Promise.all(names.map((name) => this.getEntry(name)));
  }

  async getEntry(path: string): Promise<Entry> {
    const place = join(this.place, path);
    const stats = await this.fs.lstat(urlOf(place));
    return stats.isFile() ? new File(this.fs, place) : new Folder(this.fs, place);
  }

  /** Without `overwrite`, a file that exists is an error. */
  async createFile(name: string, options: { overwrite?: boolean } = {}): Promise<File> {
    const place = join(this.place, name);
    await this.fs.writeFile(urlOf(place), new ArrayBuffer(0), { flag: options.overwrite ? 'w' : 'wx' });
    return new File(this.fs, place);
  }

  async createFolder(name: string): Promise<Folder> {
    const place = join(this.place, name);
    await this.fs.mkdir(urlOf(place));
    return new Folder(this.fs, place);
  }

  createEntry(name: string, options: { type?: symbol; overwrite?: boolean } = {}): Promise<Entry> {
    return options.type === types.folder ? this.createFolder(name) : this.createFile(name, options);
  }
}

export function createStorage(fs: Fs) {
  const root = async (scheme: Scheme): Promise<Folder> => {
    await Promise.resolve();
    return new Folder(fs, { scheme, path: '' });
  };
  const noPicker = (): Promise<never> => Promise.reject(new Error('The emulated UXP has no file pickers'));
  return {
    localFileSystem: {
      isFileSystemProvider: true,
      getDataFolder: () => root('plugin-data'),
      getTemporaryFolder: () => root('plugin-temp'),
      getPluginFolder: () => root('plugin'),
      getNativePath: (entry: Entry): string => entry.nativePath,
      getFsUrl: (entry: Entry): string => entry.url,
      async getEntryWithUrl(url: string): Promise<Entry> {
        const place = placeOf(url);
        const stats = await fs.lstat(url);
        return stats.isFile() ? new File(fs, place) : new Folder(fs, place);
      },
      getFileForOpening: noPicker,
      getFileForSaving: noPicker,
      getFolder: noPicker,
    },
    formats,
    types,
    modes,
    Entry,
    File,
    Folder,
  };
}
