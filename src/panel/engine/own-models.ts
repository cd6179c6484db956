/** Models of the user's own: tried in a worker that ends with the trial, and read again whenever one is to run. */
import { blendOfOne, type Blend } from '../../catalog.ts';
import { asLoupeError } from '../../errors.ts';
import { inspectInWorker } from '../../runtime/session-workers.ts';
import type { OwnFile } from './protocol.ts';
import type { SessionWorkerFactory } from './session-worker.ts';

/** What an own network's id begins with; no network of the catalog's does. */
export const OWN = 'own:';

export class OwnModels {
  readonly #sessions: SessionWorkerFactory;
  /** By the network's id. Not their bytes: a folder of them may hold more than the page should. */
  readonly #files = new Map<string, OwnFile>();

  constructor(sessions: SessionWorkerFactory) {
    this.#sessions = sessions;
  }

  /** The file of an own network; undefined if that id is none's. */
  file(networkId: string): Promise<Blob> | undefined {
    const file = this.#files.get(networkId);
    return file?.read(new AbortController().signal).then((bytes) => new Blob([bytes]));
  }

  /**
   * @param sha256 tells a file's
   *
   * Rejects with `model-unfit`, with what reading the file says, or with the signal's reason, which ends the worker.
   */
  async inspect(
    file: OwnFile,
    sha256: (bytes: Blob) => Promise<string>,
    signal: AbortSignal,
  ): Promise<Blend> {
    const model = new Blob([await file.read(signal)]);
    const { make, setup } = await this.#sessions.ready('wasm');
    const [hash, { scale, overlap, macsPerPixel, widest }] = await Promise.all([
      sha256(model),
      inspectInWorker(make(), { model, setup }, signal).catch((thrown: unknown) => {
        if (signal.aborted) throw thrown;
        const error = asLoupeError(thrown, 'model-unfit');
        // The machine can run models: it is this one that takes the worker down.
        throw error.code === 'backend-unavailable' ? asLoupeError(error.detail, 'model-unfit') : error;
      }),
    ]);
    const id = `${OWN}${file.name} ${hash.slice(0, 16)}`;
    this.#files.set(id, file);
    return blendOfOne({
      id,
      file: file.name,
      sha256: hash,
      size: model.size,
      scale,
      overlap,
      receptiveField: overlap,
      // Where its file does not tell: only what shares of the cores come to hangs on it.
      macsPerPixel: macsPerPixel ?? 1e6,
      ...(widest !== undefined && { widest }),
      licence: 'unknown',
      origin: 'the user’s own',
    });
  }
}
