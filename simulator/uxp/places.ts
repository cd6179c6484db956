/**
 * Paths as a plugin writes them, and where they lead: the three folders UXP gives every plugin, and the user's disk where
 * the manifest's `localFileSystem` lets it. [D] UXP API > Modules > fs; manifest v5 > localFileSystem.
 */
import type { UxpPlugin } from './interface.ts';

/** An error as libuv's, which UXP's file system is built on: a code and a message that begins with it. */
export class FsError extends Error {
  override readonly name = 'Error';
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** 'user' is everything outside the plugin's own folders. */
export type Scheme = 'plugin' | 'plugin-data' | 'plugin-temp' | 'user';

export interface Place {
  readonly scheme: Scheme;
  /** Names joined with '/', without one at either end; empty for the folder itself. */
  readonly path: string;
}

/** Which spelling of the user's paths is taken: '/Users/…', 'file:/Users/…', or both. */
export type NativePaths = 'both' | 'paths' | 'urls';

/** A file system that tells composed from decomposed letters no more than a Mac's does. */
export const keyOf = ({ scheme, path }: Place): string => `${scheme}:/${path.normalize('NFC')}`;

export function parentOf({ scheme, path }: Place): Place {
  const slash = path.lastIndexOf('/');
  return { scheme, path: slash < 0 ? '' : path.slice(0, slash) };
}

/** Where a native path of the emulation's would lie. */
const NATIVE: Readonly<Record<Exclude<Scheme, 'user'>, string>> = {
  plugin: '/Plugins/plugin',
  'plugin-data': '/PluginsStorage/data',
  'plugin-temp': '/PluginsStorage/temp',
};

export const nativePath = ({ scheme, path }: Place): string =>
  scheme === 'user' ? `/${path}` : NATIVE[scheme] + (path === '' ? '' : `/${path}`);

/** A place on the user's disk by its native path, whatever a plugin may. */
export function userPlace(path: string): Place {
  if (!path.startsWith('/')) throw new FsError('EINVAL', `not a whole path, '${path}'`);
  return { scheme: 'user', path: named('user', path.slice(1), path) };
}

/** What a plugin may reach by which spelling. */
export class Places {
  nativePaths: NativePaths = 'both';
  /** Folders that the user picked, by their keys. */
  readonly #picked: string[] = [];
  readonly #access: NonNullable<UxpPlugin['localFileSystem']>;

  constructor(plugin: UxpPlugin) {
    this.#access = plugin.localFileSystem ?? 'plugin';
  }

  /** Whether the plugin may ask the user for files and folders at all. */
  get mayPick(): boolean {
    return this.#access !== 'plugin';
  }

  pick(place: Place): void {
    this.#picked.push(keyOf(place));
  }

  /** Reads a path as fs and storage take it; refuses whatever the plugin may not reach. */
  of(path: unknown): Place {
    if (typeof path !== 'string' || path === '') throw new FsError('EINVAL', 'a path is required');
    const scheme = /^(plugin|plugin-data|plugin-temp):\/*/.exec(path);
    if (scheme) {
      const own = scheme[1] as Scheme;
      return { scheme: own, path: named(own, path.slice(scheme[0].length), path) };
    }
    const url = /^file:\/*/.exec(path);
    const native = url ? `/${unescape(path.slice(url[0].length), path)}` : path;
    for (const [own, root] of Object.entries(NATIVE)) {
      if (native !== root && !native.startsWith(`${root}/`)) continue;
      return { scheme: own as Scheme, path: named(own as Scheme, native.slice(root.length), path) };
    }
    if (!native.startsWith('/')) throw denied(path);
    const place: Place = { scheme: 'user', path: named('user', native.slice(1), path) };
    if (!this.#allows(place)) throw denied(path);
    // [3P] "Route not found" is what one report says of paths without a scheme.
    if (this.nativePaths === (url ? 'paths' : 'urls'))
      throw new FsError('ENOENT', `Route not found, '${path}'`);
    return place;
  }

  /** A spelling of the place that `of` takes. */
  spell(place: Place): string {
    if (place.scheme !== 'user') return `${place.scheme}:/${place.path}`;
    return this.nativePaths === 'paths' ? nativePath(place) : urlOf(place);
  }

  #allows(place: Place): boolean {
    if (this.#access === 'fullAccess') return true;
    const key = keyOf(place);
    return this.#picked.some((picked) => key === picked || key.startsWith(`${picked}/`));
  }
}

/** [D] UXP API > Entry.url */
export function urlOf(place: Place): string {
  if (place.scheme !== 'user') return `${place.scheme}:/${place.path}`;
  return `file:/${place.path.split('/').map(encodeURIComponent).join('/')}`;
}

function unescape(text: string, path: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new FsError('EINVAL', `not a url, '${path}'`);
  }
}

/** A name or a path in a folder. */
export const within = ({ scheme, path }: Place, name: string): Place => ({
  scheme,
  path: named(scheme, `${path}/${name}`, name),
});

const denied = (path: string): FsError => new FsError('EACCES', `permission denied, '${path}'`);

/** The names of a path in order; the way out of a folder is refused where that is the plugin's. */
function named(scheme: Scheme, rest: string, path: string): string {
  const names: string[] = [];
  for (const name of rest.split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..') names.push(name);
    else if (names.pop() === undefined && scheme !== 'user') throw denied(path);
  }
  return names.join('/');
}
