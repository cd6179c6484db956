/** What both applications' sides do with UXP's `fs`. */
import type { UxpFs } from './uxp.ts';

/** Makes the folder unless it is there already. Rejects with the file system's error. */
export async function makeFolder(fs: Pick<UxpFs, 'mkdir' | 'readdir'>, folder: string): Promise<void> {
  await fs.mkdir(folder).catch(async (thrown: unknown) => {
    // It is there already if it can be listed; UXP does not document the error's code.
    await fs.readdir(folder).catch(() => {
      throw thrown;
    });
  });
}

/** UXP's `fs` stands on libuv, whose codes are in the error's code or, failing that, in its message. */
export function failureOf(thrown: unknown): string {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : '';
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return `${code} ${message}`.trim();
}

/** Whether what was thrown says that the disk is full. */
export function isDiskFull(thrown: unknown): boolean {
  return /ENOSPC|EDQUOT|EFBIG|no space left|disk full/i.test(failureOf(thrown));
}
