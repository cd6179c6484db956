/** The emulated UXP: the modules 'uxp', 'fs' and 'os', and the host's side of the entry points. */
import { Disk } from './disk.ts';
import { EntryPoints } from './entrypoints.ts';
import { Fs } from './fs.ts';
import type { UxpEnvironment } from './interface.ts';
import { Places } from './places.ts';
import { createPluginManager, type PluginActions } from './plugin-manager.ts';
import { createShell } from './shell.ts';
import { createStorage } from './storage.ts';

export type * from './interface.ts';

export interface UxpOptions extends UxpEnvironment {
  readonly diskBytes: number;
  /** Told of every call by its name, before it is done; may throw to make it fail. */
  readonly note: (call: string) => void;
  /** Whether the user agrees that the plugin opens this file or folder. */
  readonly consents: (path: string, why: string) => boolean;
  /** Asks the user for a folder: its native path, or null; they give up unless given. */
  readonly pickFolder?: () => Promise<string | null>;
  /** What the plugin manager does to the plugin itself. */
  readonly actions: PluginActions;
  readonly host: () => { readonly name: string; readonly version: string; readonly uiLocale: string };
}

export interface UxpModules {
  readonly uxp: ReturnType<typeof createUxpModule>;
  readonly fs: Fs;
  readonly os: ReturnType<typeof createOs>;
}

function createUxpModule(
  { plugin, host, consents, actions, pickFolder }: UxpOptions,
  fs: Fs,
  places: Places,
  entrypoints: () => EntryPoints,
) {
  return {
    get host() {
      return host();
    },
    versions: { uxp: 'uxp-8.0.1', plugin: plugin.version },
    get entrypoints() {
      return entrypoints();
    },
    pluginManager: createPluginManager(plugin, actions),
    storage: createStorage(fs, places, pickFolder ?? (() => Promise.resolve(null))),
    shell: createShell(fs, { extensions: plugin.launches ?? [], consents }),
  };
}

/** [D] UXP API > os. One kind of machine. */
const createOs = () => ({
  platform: (): string => 'darwin',
  release: (): string => '23.0.0',
  arch: (): string => 'arm64',
  homedir: (): string => '/Users/user',
});

export interface Uxp {
  readonly modules: UxpModules;
  readonly disk: Disk;
  readonly places: Places;
  /** Forgets the entry points that a script had set up. */
  renewEntryPoints(): void;
}

export function createUxp(options: UxpOptions): Uxp {
  const { plugin } = options;
  const disk = new Disk(plugin, options.blocks, options.diskBytes);
  const places = new Places(plugin);
  const fs = new Fs(disk, places, options.note);
  const fresh = () => new EntryPoints(plugin.entrypoints, { id: plugin.id, version: plugin.version });
  let entrypoints = fresh();
  return {
    modules: { uxp: createUxpModule(options, fs, places, () => entrypoints), fs, os: createOs() },
    disk,
    places,
    renewEntryPoints() {
      entrypoints = fresh();
    },
  };
}
