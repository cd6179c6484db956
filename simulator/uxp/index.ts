/** The emulated UXP: the modules 'uxp', 'fs' and 'os', and the host's side of the entry points. */
import { Disk } from './disk.ts';
import { EntryPoints } from './entrypoints.ts';
import { Fs } from './fs.ts';
import type { UxpEnvironment } from './interface.ts';
import { createShell } from './shell.ts';
import { createStorage } from './storage.ts';

export type * from './interface.ts';

export interface UxpOptions extends UxpEnvironment {
  readonly diskBytes: number;
  /** Told of every call by its name, before it is done; may throw to make it fail. */
  readonly note: (call: string) => void;
  /** Whether the user agrees that the plugin opens this file or folder. */
  readonly consents: (path: string, why: string) => boolean;
  readonly host: () => { readonly name: string; readonly version: string; readonly uiLocale: string };
}

export interface UxpModules {
  readonly uxp: ReturnType<typeof createUxpModule>;
  readonly fs: Fs;
  readonly os: ReturnType<typeof createOs>;
}

function createUxpModule({ plugin, host, consents }: UxpOptions, fs: Fs) {
  return {
    get host() {
      return host();
    },
    versions: { uxp: 'uxp-8.0.1', plugin: plugin.version },
    entrypoints: new EntryPoints(plugin.entrypoints, { id: plugin.id, version: plugin.version }),
    storage: createStorage(fs),
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

export function createUxp(options: UxpOptions): { readonly modules: UxpModules; readonly disk: Disk } {
  const disk = new Disk(options.plugin, options.blocks, options.diskBytes);
  const fs = new Fs(disk, options.note);
  return { modules: { uxp: createUxpModule(options, fs), fs, os: createOs() }, disk };
}
