/**
 * A job's pixels on disk: what was read from the layer, the coverage of its part, and what the model made of it, in the
 * plugin's temporary folder, so that none is held in memory. Positions and lengths are bytes.
 */
import { LoupeError } from '../../errors.ts';
import { isDiskFull, makeFolder } from '../files.ts';
import type { UxpFs } from '../uxp.ts';

const FOLDER = 'plugin-temp:/loupe-jobs';
const FILES = ['input', 'result', 'coverage'] as const;
export type SpoolFile = (typeof FILES)[number];

/** Zeros written at once when space is set aside. */
const ZEROS = 4 << 20;

export interface Spool {
  /**
   * Sets such lengths aside, all zeros, so that a disk too full for them rejects at once, with `disk-full` and what they
   * take; there is no way to ask UXP for free space. `stop` is called often and may throw.
   */
  reserve(lengths: Readonly<Record<SpoolFile, number>>, stop: () => void): Promise<void>;
  /** Rejects with `disk-full` when not all of it could be stored. */
  write(file: SpoolFile, position: number, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Bytes in a buffer of their own. Only what was written may be read. */
  read(file: SpoolFile, position: number, length: number): Promise<ArrayBuffer>;
  /** Waits for what is under way, then deletes everything. Later reads and writes reject with `cancelled`. */
  remove(): Promise<void>;
}

/** `name` becomes a folder: letters, digits and hyphens only. */
export async function openSpool(fs: UxpFs, name: string): Promise<Spool> {
  const folder = `${FOLDER}/${name}`;
  const handles = new Map<SpoolFile, number>();
  const underWay = new Set<Promise<unknown>>();
  let removed = false;
  /** What all of it takes, in words, once that is known. */
  let needed = '';

  const track = async <T>(work: Promise<T>): Promise<T> => {
    underWay.add(work);
    try {
      return await work;
    } finally {
      underWay.delete(work);
    }
  };
  const handle = (file: SpoolFile): number => {
    const fd = handles.get(file);
    if (removed || fd === undefined) throw new LoupeError('cancelled');
    return fd;
  };
  const remove = async (): Promise<void> => {
    removed = true;
    await Promise.allSettled(underWay);
    for (const fd of handles.values()) await fs.close(fd).catch(() => undefined);
    handles.clear();
    await deleteFolder(fs, folder);
  };

  try {
    await makeFolder(fs, FOLDER);
    await fs.mkdir(folder);
    for (const file of FILES) handles.set(file, await fs.open(`${folder}/${file}`, 'w+'));
  } catch (thrown) {
    await remove();
    throw diskError(thrown, needed);
  }
  const write: Spool['write'] = async (file, position, bytes) => {
    const { buffer, byteOffset, length } = bytes;
    const { bytesWritten } = await track(fs.write(handle(file), buffer, byteOffset, length, position)).catch(
      (thrown: unknown) => {
        throw diskError(thrown, needed);
      },
    );
    if (bytesWritten !== length) throw new LoupeError('disk-full', needed);
  };
  return {
    async reserve(lengths, stop) {
      const total = FILES.reduce((sum, file) => sum + lengths[file], 0);
      needed = inWords(total);
      const zeros = new Uint8Array(Math.min(ZEROS, total));
      for (const file of FILES) {
        for (let position = 0; position < lengths[file]; position += zeros.length) {
          await write(file, position, zeros.subarray(0, Math.min(zeros.length, lengths[file] - position)));
          stop();
        }
      }
    },
    write,
    async read(file, position, length) {
      const buffer = new ArrayBuffer(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await track(
          fs.read(handle(file), buffer, filled, length - filled, position + filled),
        );
        if (bytesRead <= 0) throw new LoupeError('host-failed', `the spool ends at ${position + filled}`);
        filled += bytesRead;
      }
      return buffer;
    },
    remove,
  };
}

/** Deletes what a crash left behind. To be called at start, before any job. */
export async function removeLeftovers(fs: UxpFs): Promise<void> {
  const names = await fs.readdir(FOLDER).catch(() => []);
  for (const name of names) await deleteFolder(fs, `${FOLDER}/${name}`);
}

/** Whatever cannot be deleted now, say because a virus scanner holds it, goes at the next start. */
async function deleteFolder(fs: UxpFs, folder: string): Promise<void> {
  for (const file of FILES) await fs.unlink(`${folder}/${file}`).catch(() => undefined);
  await fs.rmdir(folder).catch(() => undefined);
}

function diskError(thrown: unknown, needed: string): LoupeError {
  if (thrown instanceof LoupeError) return thrown;
  if (isDiskFull(thrown)) return new LoupeError('disk-full', needed, { cause: thrown });
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new LoupeError('host-failed', message, { cause: thrown });
}

/** Bytes as people read them. */
function inWords(bytes: number): string {
  return bytes < 1e9 ? `${Math.max(1, Math.ceil(bytes / 1e6))} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
