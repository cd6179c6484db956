/**
 * The files the engine needs, which a WebView's local page may not fetch: each is a classic script that leaves its
 * base64 in `loupeAssets` (webpack/base64-script.js).
 */
import { decodeBase64 } from '../../bridge/base64.ts';
import { LoupeError } from '../../errors.ts';

declare global {
  var loupeAssets: Record<string, string> | undefined;
}

/** Loads `<name>.b64.js`, beside the page. Rejects with `model-missing` or `model-damaged` and the script's name. */
export async function loadAsset(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = `${name}.b64.js`;
  await loadScript(file);
  const base64 = globalThis.loupeAssets?.[name];
  if (base64 === undefined) throw new LoupeError('model-missing', file);
  // The strings are a third larger than what they hold, up to 36 MB.
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
