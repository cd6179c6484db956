/** Pictures as Auto sees them. */
import type { Tile } from '../engine/types.ts';

/** A picture, or a thumbnail of one: interleaved RGBA rows from the top, alpha straight (not premultiplied). */
export interface Picture {
  /** pixels, ≥ 1 */
  readonly width: number;
  /** pixels, ≥ 1 */
  readonly height: number;
  /** `4 · width · height` samples, 0..255 */
  readonly rgba: Uint8ClampedArray | Uint8Array;
}

/** What shows through transparent pixels, 0..255: neither dark nor light, so that no strong edge arises. */
const BACKDROP = 128;

/** Planar RGB in 0..1 of a picture over mid-gray, in its own size. */
export function flatten({ width, height, rgba }: Picture): Tile {
  const pixels = width * height;
  const data = new Float32Array(3 * pixels);
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < pixels; i++) {
      const opacity = (rgba[4 * i + 3] as number) / 255;
      data[c * pixels + i] = ((rgba[4 * i + c] as number) * opacity + BACKDROP * (1 - opacity)) / 255;
    }
  }
  return { width, height, data };
}

/**
 * The tile enlarged or shrunk to `width`×`height` by the triangle, widened when shrinking (antialiased bilinear): each
 * new pixel is the weighted mean of those within one new pixel of its centre, or one old pixel where that is more.
 */
export function resized(tile: Tile, width: number, height: number): Tile {
  if (width === tile.width && height === tile.height) return tile;
  const across = taps(tile.width, width);
  const down = taps(tile.height, height);
  const rows = new Float32Array(3 * tile.height * width);
  for (let row = 0; row < 3 * tile.height; row++) {
    for (let x = 0; x < width; x++) {
      const { from, weights } = across[x] as Taps;
      let sum = 0;
      for (let k = 0; k < weights.length; k++) {
        sum += (weights[k] as number) * (tile.data[row * tile.width + from + k] as number);
      }
      rows[row * width + x] = sum;
    }
  }
  const data = new Float32Array(3 * height * width);
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < height; y++) {
      const { from, weights } = down[y] as Taps;
      const to = (c * height + y) * width;
      for (let k = 0; k < weights.length; k++) {
        const weight = weights[k] as number;
        const at = (c * tile.height + from + k) * width;
        for (let x = 0; x < width; x++)
          data[to + x] = (data[to + x] as number) + weight * (rows[at + x] as number);
      }
    }
  }
  return { width, height, data };
}

/** Which old samples make a new one, and by what shares, which sum to 1. */
interface Taps {
  readonly from: number;
  readonly weights: Float32Array;
}

function taps(before: number, after: number): Taps[] {
  const ratio = before / after;
  const reach = Math.max(1, ratio);
  return Array.from({ length: after }, (_, index) => {
    const centre = (index + 0.5) * ratio - 0.5;
    const from = Math.max(0, Math.ceil(centre - reach));
    const to = Math.min(before - 1, Math.floor(centre + reach));
    const weights = Float32Array.from({ length: to - from + 1 }, (_each, k) =>
      Math.max(0, 1 - Math.abs(from + k - centre) / reach),
    );
    const sum = weights.reduce((total, weight) => total + weight, 0);
    // A sample exactly one reach away from its only neighbour weighs nothing: never the only one.
    return { from, weights: weights.map((weight) => weight / sum) };
  });
}
