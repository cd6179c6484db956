/** A clip's file, read by ranges: it may be far larger than memory. */
import { encodeBase64 } from '../../bridge/base64.ts';
import type { PremiereApi } from '../../bridge/protocol.ts';
import { LoupeError } from '../../errors.ts';
import type { UxpFs } from '../uxp.ts';
import { isMissing, type UserPaths } from './probe.ts';

export type Media = Pick<PremiereApi, 'openMedia' | 'readMedia' | 'closeMedia'> & {
  /** Closes all that a page has left open. */
  leave(): Promise<void>;
};

interface OpenFile {
  readonly fd: number;
  readonly path: string;
}

export function createMedia(fs: UxpFs, paths: UserPaths): Media {
  const files = new Map<string, OpenFile>();
  let next = 1;
  /** Raised when a page goes: what it was opening is not for the next. */
  let page = 0;
  const close = async (media: string): Promise<void> => {
    const file = files.get(media);
    files.delete(media);
    if (file) await fs.close(file.fd).catch(() => undefined);
  };
  return {
    async openMedia({ path }) {
      const asked = page;
      const { fd, size } = await paths
        .attempt(async (spell) => {
          const opened = await fs.open(spell(path), 'r');
          try {
            return { fd: opened, size: await sizeOf(fs, spell(path), opened) };
          } catch (thrown) {
            await fs.close(opened).catch(() => undefined);
            throw thrown;
          }
        })
        .catch((thrown: unknown) => {
          throw new LoupeError(isMissing(thrown) ? 'clip-offline' : 'file-unreadable', path, {
            cause: thrown,
          });
        });
      if (asked !== page) {
        await fs.close(fd).catch(() => undefined);
        throw new LoupeError('cancelled');
      }
      const media = `m${next}`;
      next += 1;
      files.set(media, { fd, path });
      return { media, size };
    },

    async readMedia({ media, position, length }) {
      const file = files.get(media);
      if (!file) throw new LoupeError('cancelled');
      const buffer = new ArrayBuffer(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await fs
          .read(file.fd, buffer, filled, length - filled, position + filled)
          .catch((thrown: unknown) => {
            // The drive was taken away.
            throw new LoupeError('file-unreadable', file.path, { cause: thrown });
          });
        if (bytesRead <= 0) break;
        filled += bytesRead;
      }
      return { bytes: encodeBase64(new Uint8Array(buffer, 0, filled)) };
    },

    async closeMedia({ media }) {
      await close(media);
      return null;
    },

    leave: async () => {
      page += 1;
      await Promise.all([...files.keys()].map(close));
    },
  };
}

/** UXP documents `lstat` alone, which tells a link's own size: then the file's end is searched by reading a byte. */
async function sizeOf(fs: UxpFs, path: string, fd: number): Promise<number> {
  const stats = await fs.lstat(path);
  if (stats.isFile()) return stats.size;
  const byte = new ArrayBuffer(1);
  const has = async (position: number): Promise<boolean> =>
    (await fs.read(fd, byte, 0, 1, position)).bytesRead === 1;
  let most = 1;
  while (await has(most - 1)) most *= 2;
  let least = most / 2;
  // The end is between `least`, a size that is reached, and `most`, which is not; of an empty file both are below 1.
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    if (await has(middle - 1)) least = middle;
    else most = middle;
  }
  return Math.floor(least);
}
