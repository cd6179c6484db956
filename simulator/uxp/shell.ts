/**
 * `require('uxp').shell`. [D] UXP API > shell and manifest v5 > launchProcess: what may be opened are files of the
 * extensions the manifest lists; an empty one stands for folders. Photoshop asks the user each time.
 */
import type { Fs } from './fs.ts';

export interface ShellOptions {
  /** The manifest's `launchProcess.extensions`. */
  readonly extensions: readonly string[];
  /** Whether the user agrees to this being opened, and sees it. */
  readonly consents: (path: string, why: string) => boolean;
}

/** Resolves with '' when the path was opened, else with what went wrong. */
export function createShell(fs: Fs, { extensions, consents }: ShellOptions) {
  return {
    openPath: async (path: string, developerText = ''): Promise<string> => {
      const stats = await fs.lstat(path).catch(() => undefined);
      const extension = stats?.isDirectory() ? '' : (/\.[^./\\]+$/.exec(path)?.[0] ?? '');
      if (!extensions.includes(extension)) return `The manifest does not allow to open “${path}”`;
      if (!stats) return `There is no “${path}”`;
      return consents(path, developerText) ? '' : 'The user refused';
    },
  };
}
