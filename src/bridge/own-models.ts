/** The page's way to a model of the user's own: its file in calls of a mebibyte, several in flight, in order. */
import { because, LoupeError } from '../errors.ts';
import { decodeBase64 } from './base64.ts';
import { CHUNK_BYTES, CHUNKS_IN_FLIGHT, type HostApi, OWN_MODEL_BYTES } from './protocol.ts';

/** A file of the user's own. */
export interface BridgeFile {
  readonly name: string;
  /**
   * The whole file, in a buffer of its own. Rejects with `model-unfit` if it is too large, with the host's error if it
   * is gone or shorter than listed, with `cancelled` on abort.
   */
  read(signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
}

/** The file as `ownModels` lists it. */
export function bridgeFile(
  host: Pick<HostApi, 'readOwnModel'>,
  { name, size }: { readonly name: string; readonly size: number },
): BridgeFile {
  return {
    name,
    async read(signal) {
      if (size > OWN_MODEL_BYTES) throw tooLarge(name);
      const file = new Uint8Array(size);
      let asked = 0;
      const readOn = async (): Promise<void> => {
        while (asked < size) {
          if (signal.aborted) throw new LoupeError('cancelled');
          const position = asked;
          const length = Math.min(CHUNK_BYTES, size - position);
          asked += length;
          const bytes = decodeBase64((await host.readOwnModel({ name, position, length })).bytes);
          if (bytes.length !== length) {
            throw new LoupeError('bad-message', `readOwnModel: ${bytes.length} bytes instead of ${length}`);
          }
          file.set(bytes, position);
        }
      };
      try {
        await Promise.all(Array.from({ length: CHUNKS_IN_FLIGHT }, readOn));
      } catch (thrown) {
        // The other readers end with their next chunk.
        asked = size;
        throw thrown;
      }
      return file;
    },
  };
}

/** @param name the file's */
export function tooLarge(name: string): LoupeError {
  const most = Math.round(OWN_MODEL_BYTES / 1e6);
  return new LoupeError('model-unfit', because('file-large', name, most));
}
