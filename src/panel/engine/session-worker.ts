/** Session workers as the page makes them: from blobs, since a local page may start none from a file. */
import type { BrowserSetup, Port, SessionProvider, SessionReport } from '../../runtime/session-protocol.ts';
import type { SessionWorker } from '../../runtime/session-workers.ts';
import type { Assets } from './assets.ts';

export interface SessionOptions {
  readonly allowSoftwareGpu: boolean;
  readonly verbose: boolean;
}

export class SessionWorkerFactory {
  readonly #assets: Assets;
  readonly #options: SessionOptions;
  #url: string | undefined;

  constructor(assets: Assets, options: SessionOptions) {
    this.#assets = assets;
    this.#options = options;
  }

  /** What makes a worker at once, and what to tell it first. Rejects with `model-missing` if the files are not there. */
  async ready(provider: SessionProvider): Promise<{ make: () => SessionWorker; setup: BrowserSetup }> {
    const [script, ort, wasm] = await Promise.all([
      this.#assets.script('session'),
      this.#assets.blob('ort'),
      this.#assets.blob('ort-wasm'),
    ]);
    const url = (this.#url ??= URL.createObjectURL(script));
    return { make: () => sessionWorker(url), setup: { provider, ort, wasm, ...this.#options } };
  }
}

function sessionWorker(url: string): SessionWorker {
  const worker = new Worker(url);
  return {
    post: (message, ports) => worker.postMessage(message, ports as (Port & MessagePort)[]),
    onReport: (listener) => worker.addEventListener('message', ({ data }) => listener(data as SessionReport)),
    onCrash: (listener) => worker.addEventListener('error', ({ message }) => listener(message)),
    terminate: () => {
      worker.terminate();
      return Promise.resolve();
    },
  };
}
