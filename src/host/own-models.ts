/**
 * Models of the user's own: ONNX files in a folder of the plugin's data. Only plain files directly in it are listed
 * and read, by name: no path, no link, no folder, so that nothing outside it can be had by these calls.
 */
import * as v from 'valibot';
import { encodeBase64 } from '../bridge/base64.ts';
import { tooLarge } from '../bridge/own-models.ts';
import { type HostApi, OWN_MODEL_BYTES, OwnModelName } from '../bridge/protocol.ts';
import { because, LoupeError } from '../errors.ts';
import { makeFolder } from './files.ts';
import type { Uxp, UxpFs } from './uxp.ts';

const NAME = 'models';
const FOLDER = `plugin-data:/${NAME}`;

export type OwnModels = Pick<HostApi, 'ownModels' | 'readOwnModel' | 'showModelsFolder'>;

export interface OwnModelsOptions {
  readonly fs: UxpFs;
  readonly uxp: Pick<Uxp, 'storage' | 'shell'>;
  /** What the user is told when the application asks whether the plugin may open something. */
  readonly why: string;
}

export function ownModels({ fs, uxp, why }: OwnModelsOptions): OwnModels {
  /** As the system names it, for the user; the folder is made when it is missing. */
  const nativeFolder = async (): Promise<string> => {
    await makeFolder(fs, FOLDER);
    const data = await uxp.storage.localFileSystem.getDataFolder();
    return (await data.getEntry(NAME)).nativePath;
  };
  /** Bytes of the file, or undefined if there is no plain file of that name. */
  const sizeOf = async (name: string): Promise<number | undefined> => {
    const stats = await fs.lstat(`${FOLDER}/${name}`).catch(() => undefined);
    return stats?.isFile() ? stats.size : undefined;
  };
  return {
    async ownModels() {
      const folder = await nativeFolder();
      const models: { name: string; size: number }[] = [];
      for (const name of await fs.readdir(FOLDER)) {
        if (!v.is(OwnModelName, name)) continue;
        const size = await sizeOf(name);
        if (size !== undefined) models.push({ name, size });
      }
      return { folder, models: models.sort((a, b) => a.name.localeCompare(b.name)) };
    },

    async readOwnModel({ name, position, length }) {
      const size = await sizeOf(name);
      if (size === undefined) throw new LoupeError('model-unfit', because('file-gone', name));
      if (size > OWN_MODEL_BYTES) throw tooLarge(name);
      const buffer = new ArrayBuffer(length);
      const fd = await fs.open(`${FOLDER}/${name}`, 'r');
      try {
        let filled = 0;
        while (filled < length) {
          const { bytesRead } = await fs.read(fd, buffer, filled, length - filled, position + filled);
          if (bytesRead <= 0) throw new LoupeError('model-unfit', because('file-changed', name));
          filled += bytesRead;
        }
      } finally {
        await fs.close(fd);
      }
      return { bytes: encodeBase64(new Uint8Array(buffer)) };
    },

    async showModelsFolder() {
      const failure = await uxp.shell.openPath(await nativeFolder(), why);
      if (failure !== '') throw new LoupeError('host-failed', failure);
      return null;
    },
  };
}
