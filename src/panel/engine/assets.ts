/**
 * The files the engine needs, which a WebView's local page may not fetch: each is a classic script that leaves its
 * base64 in `loupeAssets` (webpack/base64-script.js).
 */
import { decodeBase64 } from '../../bridge/base64.ts';
import { LoupeError } from '../../errors.ts';

declare global {
  var loupeAssets: Record<string, string> | undefined;
}

/** Files as blobs, which the browser keeps outside the page's heap, and on the disk when they are many. */
export class Assets {
  readonly #blobs = new Map<string, Promise<Blob>>();

  /** Loaded once; after a failure, again. Rejects as `loadAsset` does. */
  blob(name: string, type = ''): Promise<Blob> {
    const kept = this.#blobs.get(name);
    if (kept) return kept;
    const blob = loadAsset(name).then((bytes) => new Blob([bytes], { type }));
    this.#blobs.set(name, blob);
    blob.catch(() => this.#blobs.delete(name));
    return blob;
  }

  script(name: string): Promise<Blob> {
    return this.blob(name, 'text/javascript');
  }
}

/** Loads `<name>.b64.js`, beside the page. Rejects with `model-missing` or `model-damaged` and the script's name. */
async function loadAsset(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = `${name}.b64.js`;
  await loadScript(file);
  const base64 = globalThis.loupeAssets?.[name];
  if (base64 === undefined) throw new LoupeError('model-missing', file);
  // The strings are a third larger than what they hold, up to 45 MB.
  delete globalThis.loupeAssets?.[name];
  try {
    return decodeBase64(base64);
  } catch (cause) {
    throw new LoupeError('model-damaged', file, { cause });
  }
}

function loadScript(file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = file;
    script.onload = () => {
      script.remove();
      resolve();
    };
    script.onerror = () => {
      script.remove();
      reject(new LoupeError('model-missing', file));
    };
    document.head.append(script);
  });
}
