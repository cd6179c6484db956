/** Pictures to measure with, from a formula: nothing of a photograph, but edges, shades and grain everywhere. */
import type { PictureFormat, Sink, Source } from '../src/engine/types.ts';

/** One 8-bit sample. */
function sample(x: number, y: number, channel: number): number {
  const shade = 110 + 60 * Math.sin(x / 97 + channel) * Math.cos(y / 71) + 30 * Math.sin((x + 2 * y) / 19);
  const edge = (Math.floor(x / 40 + Math.sin(y / 50)) + Math.floor(y / 56)) % 2 === 0 ? 25 : 0;
  const grain = ((x * 374761393 + y * 668265263 + channel * 69069) >>> 13) % 16;
  return Math.max(0, Math.min(255, shade + edge + grain));
}

/** Rows of the 8-bit picture, alpha opaque where there is one. */
export function drawRows(
  { width, channels }: PictureFormat,
  y: number,
  rows: number,
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(rows * width * channels);
  let at = 0;
  for (let row = y; row < y + rows; row++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < channels; channel++)
        out[at++] = channel === 3 ? 255 : sample(x, row, channel);
    }
  }
  return out;
}

/** A picture that is in memory, so that reading it costs nothing. */
export function drawnSource(format: PictureFormat): () => Source {
  const all = drawRows(format, 0, format.height);
  const rowLength = format.width * format.channels;
  return () => {
    let at = 0;
    return {
      format,
      read: (rows) => {
        const from = at;
        at += rows * rowLength;
        return Promise.resolve(all.slice(from, at));
      },
    };
  };
}

/** Takes rows and forgets them. */
export const nowhere: Sink = { open: () => Promise.resolve(), write: () => Promise.resolve() };
