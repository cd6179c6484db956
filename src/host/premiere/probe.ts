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

/** With a space and a letter beyond ASCII, so that a spelling which loses either is found out. */
const PROBE = 'Loupe é.tmp';
const BYTES = Uint8Array.of(76, 111, 117, 112, 101);

export interface UserPaths {
  /** The path as `fs` takes it; until anything has been opened, as the system writes it. */
  readonly spell: Spelling;
  /** Tries each spelling, the one that worked first. Rejects as the first did. */
  attempt<T>(use: (spell: Spelling) => Promise<T>): Promise<T>;
  /**
   * Writes a small file into the folder, reads it back and deletes it. Rejects with `folder-missing`, `folder-readonly`
   * or `disk-full`.
   */
  probe(folder: string): Promise<void>;
}

export function userPaths(fs: UxpFs): UserPaths {
  let known: Spelling | undefined;
  const attempt: UserPaths['attempt'] = async (use) => {
    const others = SPELLINGS.filter((each) => each !== known);
    let first: unknown;
    for (const spelling of known ? [known, ...others] : others) {
      try {
        const used = await use(spelling);
        known = spelling;
        return used;
      } catch (thrown) {
        first ??= thrown;
      }
    }
    throw first;
  };
  return {
    spell: (path) => (known ?? AS_IT_IS)(path),
    attempt,
    async probe(folder) {
      await attempt((spell) => fs.readdir(spell(folder))).catch((thrown: unknown) => {
        throw new LoupeError('folder-missing', folder, { cause: thrown });
      });
      await attempt(async (spell) => {
        const path = spell(join(folder, PROBE));
        try {
          await writeAndReadBack(fs, path);
          const names = await fs.readdir(spell(folder));
          if (!names.some((name) => name.normalize('NFC') === PROBE)) throw new Error(`${path} is not there`);
        } finally {
          await fs.unlink(path).catch(() => undefined);
        }
      }).catch((thrown: unknown) => {
        if (isDiskFull(thrown)) throw new LoupeError('disk-full', '', { cause: thrown });
        throw new LoupeError('folder-readonly', folder, { cause: new Error(failureOf(thrown)) });
      });
    },
  };
}

async function writeAndReadBack(fs: UxpFs, path: string): Promise<void> {
  const fd = await fs.open(path, 'w+');
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
}
