/** Pictures as the host sends them, made fit for a canvas. */
import { decodeBase64 } from '../bridge/base64.ts';
import type { Picture } from '../bridge/protocol.ts';
import type { Pixels } from './state.ts';

export function pixelsOf({ width, height, rgba }: Picture): Pixels {
  const bytes = decodeBase64(rgba);
  return { width, height, rgba: new Uint8ClampedArray(bytes.buffer, bytes.byteOffset, bytes.length) };
}
