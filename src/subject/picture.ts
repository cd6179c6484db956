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

/** What shows through transparent pixels, 0..1: neither dark nor light, so that no strong edge arises. */
export const BACKDROP = 0.5;

/** A picture without its transparency. */
export interface Flattened extends Tile {
  /** Opacity, `height · width` in 0..1. */
  readonly alpha: Float32Array;
}

/** The size of a picture shrunk, or enlarged, to `side` pixels on its longer side; 1 pixel at least. */
export function sizeAt({ width, height }: Pick<Picture, 'width' | 'height'>, side: number): Size {
  const factor = side / Math.max(width, height);
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * A picture over mid-gray in another size, by the triangle, widened when shrinking (antialiased bilinear): each new
 * pixel is the weighted mean of those within one new pixel of its centre, or one old pixel where that is more.
 */
export function flattened(picture: Picture, { width, height }: Size): Flattened {
  const { rgba } = picture;
  const pixels = picture.width * picture.height;
  const planes = new Float32Array(4 * pixels);
  for (let at = 0; at < pixels; at++) {
    const alpha = (rgba[4 * at + 3] as number) / 255;
    for (let c = 0; c < 3; c++) {
      planes[c * pixels + at] = ((rgba[4 * at + c] as number) / 255) * alpha + BACKDROP * (1 - alpha);
    }
    planes[3 * pixels + at] = alpha;
  }
  const sized = resized(planes, picture, { width, height });
  const data = sized.slice(0, 3 * width * height);
  return { width, height, data, alpha: sized.subarray(data.length) };
}

/** A picture without transparency in another size, made as by `flattened`. */
export function resizedTile(tile: Tile, { width, height }: Size): Tile {
  return { width, height, data: resized(tile.data, tile, { width, height }) };
}

/** Planes one after the other, each as large as `before`. */
function resized(planes: Float32Array, before: Size, after: Size): Float32Array {
  if (before.width === after.width && before.height === after.height) return planes;
  const count = planes.length / (before.width * before.height);
  const across = taps(before.width, after.width);
  const down = taps(before.height, after.height);
  // Down first: whole rows are summed, which is the quicker of the two, and the slower one has less left to do.
  const low = new Float32Array(count * after.height * before.width);
  for (let row = 0; row < count * after.height; row++) {
    const [plane, y] = [Math.floor(row / after.height), row % after.height];
    const { from, weights } = down[y] as Taps;
    const to = row * before.width;
    for (let k = 0; k < weights.length; k++) {
      const weight = weights[k] as number;
      const at = (plane * before.height + from + k) * before.width;
      for (let x = 0; x < before.width; x++) {
        low[to + x] = (low[to + x] as number) + weight * (planes[at + x] as number);
      }
    }
  }
  const result = new Float32Array(count * after.height * after.width);
  for (let x = 0; x < after.width; x++) {
    const { from, weights } = across[x] as Taps;
    for (let row = 0; row < count * after.height; row++) {
      const at = row * before.width + from;
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += (weights[k] as number) * (low[at + k] as number);
      result[row * after.width + x] = sum;
    }
  }
  return result;
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
    return { from, weights: weights.map((weight) => weight / sum) };
  });
}
