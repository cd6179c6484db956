/** A network that only repeats pixels: for figures that do not depend on what the network computes. */
import type { Backend, Tile } from '../src/engine/types.ts';

/** Tiles of the native backend's size. */
export const standIn: Backend = {
  name: 'native',
  maxTilePixels: 512 * 512,
  open: () =>
    Promise.resolve({
      backend: 'native',
      device: 'stand-in',
      lanes: 1,
      run: (tile) => Promise.resolve(repeat4(tile)),
      dispose: () => Promise.resolve(),
    }),
};

/** Each pixel 4 × 4 times. Also sent to a browser as text: it may use nothing from outside. */
export function repeat4({ width, height, data }: Tile): Tile {
  const out = new Float32Array(data.length * 16);
  for (let row = 0; row < 3 * height; row++) {
    const start = row * 16 * width;
    for (let x = 0; x < width; x++) out.fill(data[row * width + x] ?? 0, start + 4 * x, start + 4 * x + 4);
    for (let copy = 1; copy < 4; copy++) out.copyWithin(start + copy * 4 * width, start, start + 4 * width);
  }
  return { width: 4 * width, height: 4 * height, data: out };
}
