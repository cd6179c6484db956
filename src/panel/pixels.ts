/** Pictures as the host sends them, made fit for a canvas. */
import { decodeBase64 } from '../bridge/base64.ts';
import type { Picture } from '../bridge/protocol.ts';
import type { RemoteSource } from './engine/protocol.ts';

/** A picture fit for a canvas: 8-bit RGBA, straight alpha. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

export function pixelsOf({ width, height, rgba }: Picture): Pixels {
  const bytes = decodeBase64(rgba);
  return { width, height, rgba: new Uint8ClampedArray(bytes.buffer, bytes.byteOffset, bytes.length) };
}

/** A picture as the engine reads it. */
export function rowsOf({ width, height, rgba }: Pixels): RemoteSource {
  let next = 0;
  return {
    format: { width, height, channels: 4, depth: 8 },
    read(rows) {
      const from = next;
      next += rows * width * 4;
      return Promise.resolve(new Uint8Array(rgba.slice(from, next).buffer));
    },
  };
}
