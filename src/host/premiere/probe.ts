/**
 * How the user's paths are to be spelled for `fs`. Adobe says that a path without a scheme is one of `file:`; a public
 * report says that such paths fail (“Route not found”). So both spellings are tried, and the one that works is kept.
 */
import { LoupeError } from '../../errors.ts';
import { failureOf, isDiskFull } from '../files.ts';
import type { UxpFs } from '../uxp.ts';
import { join } from './paths.ts';

type Spelling = (path: string) => string;

/** As the system writes it; as a URL (Adobe, `file:/Users/…`); as a URL with what URLs reserve written out. */
const AS_IT_IS: Spelling = (path) => path;
const SPELLINGS: readonly Spelling[] = [
  AS_IT_IS,
  (path) => `file:/${slashed(path)}`,
  (path) => `file:/${encodeURI(slashed(path)).replace(/[?#]/g, encodeURIComponent)}`,
];

/** Without a slash before the first name, or before the drive's letter on Windows. */
function slashed(path: string): string {
  return path.replace(/\\/g, '/').replace(/^\//, '');
}

/**
 * With a space and a letter beyond ASCII, so that a spelling which loses either is found out; of its own, so that it is
 * nobody's file.
 */
const probeName = (): string => `Loupe é ${Math.random().toString(36).slice(2, 10)}.tmp`;
const BYTES = Uint8Array.of(76, 111, 117, 112, 101);

/** What names the same file to a system that composes letters otherwise. */
const composed = (name: string): string => name.normalize('NFC');

/** Whether what was thrown says that there is no such file or folder. */
export function isMissing(thrown: unknown): boolean {
  return /ENOENT|ENOTDIR|no such file|not found/i.test(failureOf(thrown));
}

export interface UserPaths {
  /** The path as `fs` takes it; until a folder was probed, as the system writes it. */
  readonly spell: Spelling;
  /**
   * With the spelling that a probe has proved; before that, each, of which the wrong one may name another file: so for
   * reading only. Rejects as the first did.
   */
  attempt<T>(use: (spell: Spelling) => Promise<T>): Promise<T>;
  /**
   * Writes a small file into the folder, reads it back and deletes it, which proves a spelling. Rejects with
   * `folder-missing`, `folder-readonly` or `disk-full`.
   */
  probe(folder: string): Promise<void>;
  /** Before anything is changed: probes unless a spelling is proved. Rejects as `probe`. */
  prove(folder: string): Promise<void>;
}

export function userPaths(fs: UxpFs): UserPaths {
  let known: Spelling | undefined;
  const first = async <T>(
    spellings: readonly Spelling[],
    use: (spell: Spelling) => Promise<T>,
  ): Promise<{ readonly used: T; readonly by: Spelling }> => {
    const failed: unknown[] = [];
    for (const by of spellings) {
      try {
        return { used: await use(by), by };
      } catch (thrown) {
        failed.push(thrown);
      }
    }
    throw failed[0];
  };
  const all = (): readonly Spelling[] =>
    known ? [known, ...SPELLINGS.filter((each) => each !== known)] : SPELLINGS;
  const probe = async (folder: string): Promise<void> => {
    await first(all(), (spell) => fs.readdir(spell(folder))).catch((thrown: unknown) => {
      throw new LoupeError('folder-missing', folder, { cause: thrown });
    });
    const { by } = await first(all(), (spell) => writeAndReadBack(fs, spell, folder)).catch(
      (thrown: unknown) => {
        if (isDiskFull(thrown)) throw new LoupeError('disk-full', '', { cause: thrown });
        throw new LoupeError('folder-readonly', folder, { cause: new Error(failureOf(thrown)) });
      },
    );
    known = by;
  };
  return {
    spell: (path) => (known ?? AS_IT_IS)(path),
    attempt: async (use) => (await first(known ? [known] : SPELLINGS, use)).used,
    probe,
    prove: async (folder) => {
      if (!known) await probe(folder);
    },
  };
}

async function writeAndReadBack(fs: UxpFs, spell: Spelling, folder: string): Promise<void> {
  const name = probeName();
  const path = spell(join(folder, name));
  const isThere = async (): Promise<boolean> =>
    (await fs.readdir(spell(folder))).map(composed).includes(name);
  if (await isThere()) throw new Error(`${path} is there already`);
  const fd = await fs.open(path, 'w+');
  try {
    try {
      await fs.write(fd, BYTES.buffer, 0, BYTES.length, 0);
      const back = new Uint8Array(BYTES.length);
      const { bytesRead } = await fs.read(fd, back.buffer, 0, back.length, 0);
      if (bytesRead !== BYTES.length || back.some((byte, i) => byte !== BYTES[i])) {
        throw new Error(`${path} does not hold what was written`);
      }
    } finally {
      await fs.close(fd);
    }
    if (!(await isThere())) throw new Error(`${path} is not there`);
  } finally {
    await fs.unlink(path).catch(() => undefined);
  }
}
