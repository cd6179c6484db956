/**
 * The files the engine needs, which a WebView's local page may not fetch: each is a classic script that leaves its
 * base64 in `loupeAssets` (webpack/base64-script.js).
 */
import { LoupeError } from '../../errors.ts';

declare global {
  var loupeAssets: Record<string, string> | undefined;
}

/** Loads `<name>.b64.js`, beside the page. Rejects with `model-missing` and the script's name if it is not there. */
export async function loadAsset(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = `${name}.b64.js`;
  await loadScript(file);
  const base64 = globalThis.loupeAssets?.[name];
  if (base64 === undefined) throw new LoupeError('model-missing', file);
  // The strings are a third larger than what they hold, up to 36 MB.
  delete globalThis.loupeAssets?.[name];
  return decodeBase64(base64);
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

/** Characters decoded at once where it is done in script: a multiple of 4, which stand for 3 bytes. */
const CHARACTERS = 1 << 20;

function decodeBase64(base64: string): Uint8Array<ArrayBuffer> {
  // Chromium 140, Safari 18.2; its type is in no library the rest compiles with.
  const { fromBase64 } = Uint8Array as { fromBase64?: (base64: string) => Uint8Array<ArrayBuffer> };
  if (fromBase64) return fromBase64.call(Uint8Array, base64);
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((base64.length / 4) * 3 - padding);
  let at = 0;
  for (let start = 0; start < base64.length; start += CHARACTERS) {
    const binary = atob(base64.slice(start, start + CHARACTERS));
    for (let i = 0; i < binary.length; i++) bytes[at++] = binary.charCodeAt(i);
  }
  return bytes;
}
