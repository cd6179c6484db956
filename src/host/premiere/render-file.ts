/**
 * A render on the disk while it is made: one part file, or a folder of single frames. Written by position as it grows, so
 * that nothing of it is held in memory. What it does not know of in the folder it does not touch.
 */
import { LoupeError } from '../../errors.ts';
import { failureOf, isDiskFull } from '../files.ts';
import type { UxpFs } from '../uxp.ts';
import { join } from './paths.ts';
import { isMissing, type UserPaths } from './probe.ts';
import type { RenderRecord } from './records.ts';

type Where = Pick<RenderRecord, 'folder' | 'name' | 'extension'>;

export interface RenderFile {
  /** How long the part file is by what was written; 0 of single frames. */
  readonly bytes: number;
  /** @param file of a single frame; null of the part file */
  write(file: string | null, position: number, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Settles when all writes under way have, whether they succeeded or not. */
  settled(): Promise<void>;
  /** Single frames that are written are closed; the part file stays open. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export const areFrames = ({ extension }: Where): boolean => extension === 'png' || extension === 'tif';

export const fileNameOf = (where: Where): string =>
  areFrames(where) ? where.name : `${where.name}.${where.extension}`;

/** The finished file, or the folder of frames. */
export const finalOf = (where: Where): string => join(where.folder, fileNameOf(where));

/** What is written to: frames have no other name when they are finished. */
export const partOf = (where: Where): string =>
  areFrames(where) ? finalOf(where) : `${finalOf(where)}.part`;

/** Rejects with `output-unwritable` where that cannot be told. */
export async function exists(fs: UxpFs, paths: UserPaths, path: string): Promise<boolean> {
  return paths
    .attempt((spell) => fs.lstat(spell(path)))
    .then(
      () => true,
      (thrown: unknown) => {
        if (isMissing(thrown)) return false;
        throw writeError(thrown, path);
      },
    );
}

/** @param flag `w+` for a new one, `r+` for one to go on with; rejects with the file system's error */
export async function openRenderFile(
  fs: UxpFs,
  paths: UserPaths,
  where: Where,
  flag: 'w+' | 'r+',
): Promise<RenderFile> {
  const part = paths.spell(partOf(where));
  const frames = areFrames(where);
  if (frames && flag === 'w+') await fs.mkdir(part);
  if (frames && flag === 'r+') await fs.readdir(part);
  let bytes = frames || flag === 'w+' ? 0 : (await fs.lstat(part)).size;
  const whole = frames ? undefined : await fs.open(part, flag);
  /** Of frames that are being written. */
  const open = new Map<string, Promise<number>>();
  const underWay = new Set<Promise<unknown>>();
  let closed = false;

  const descriptor = (file: string | null): Promise<number> => {
    if (closed || (file === null) !== (whole !== undefined)) throw new LoupeError('cancelled');
    if (file === null) return Promise.resolve(whole ?? -1);
    const known = open.get(file) ?? fs.open(paths.spell(join(partOf(where), file)), 'w+');
    open.set(file, known);
    return known;
  };
  const settled = async (): Promise<void> => {
    await Promise.allSettled([...underWay]);
  };
  const flush = async (): Promise<void> => {
    await settled();
    const fds = await Promise.allSettled(open.values());
    open.clear();
    for (const fd of fds) if (fd.status === 'fulfilled') await fs.close(fd.value).catch(() => undefined);
  };
  return {
    get bytes() {
      return bytes;
    },
    async write(file, position, given) {
      const writing = descriptor(file).then(async (fd) => {
        const { bytesWritten } = await fs.write(fd, given.buffer, given.byteOffset, given.length, position);
        if (bytesWritten !== given.length) throw new LoupeError('disk-full');
        if (!frames) bytes = Math.max(bytes, position + given.length);
      });
      underWay.add(writing);
      try {
        await writing;
      } catch (thrown) {
        throw writeError(thrown, fileNameOf(where));
      } finally {
        underWay.delete(writing);
      }
    },
    settled,
    flush,
    async close() {
      closed = true;
      await flush();
      if (whole !== undefined) await fs.close(whole).catch(() => undefined);
    },
  };
}

export function writeError(thrown: unknown, path: string): LoupeError {
  if (thrown instanceof LoupeError) return thrown;
  if (isDiskFull(thrown)) return new LoupeError('disk-full', '', { cause: thrown });
  return new LoupeError('output-unwritable', path, { cause: new Error(failureOf(thrown)) });
}

/** Deletes what was written so far, by one spelling only. What cannot be deleted is left. */
export async function deleteRenderFile(fs: UxpFs, paths: UserPaths, where: Where): Promise<void> {
  const part = partOf(where);
  if (!areFrames(where)) {
    await fs.unlink(paths.spell(part)).catch(() => undefined);
    return;
  }
  for (const frame of await framesIn(fs, paths, where)) {
    await fs.unlink(paths.spell(join(part, frame))).catch(() => undefined);
  }
  await fs.rmdir(paths.spell(part)).catch(() => undefined);
}

/** The names of the frames that are there, in order. */
export async function framesIn(fs: UxpFs, paths: UserPaths, where: Where): Promise<string[]> {
  const names = await paths.attempt((spell) => fs.readdir(spell(partOf(where)))).catch(() => []);
  const name = where.name.normalize('NFC').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const frame = new RegExp(`^${name}_\\d{6,}\\.${where.extension}$`);
  return names.filter((each) => frame.test(each.normalize('NFC'))).sort();
}
