/** A picture in planes as one to look at: 8-bit RGBA of any size. */
import type { Planes } from './planes.ts';
import { RgbRows } from './rgb-rows.ts';
import type { ColourTags, FramePicture } from './types.ts';

/** Where a result's columns or rows come of: from `first`, with `weights` that sum to 1. */
interface Taps {
  readonly first: number;
  readonly weights: Float32Array;
}

/** A triangle as wide as a pixel of the result, or of the source where that is wider: smooth both ways, no aliases. */
function tapsOf(from: number, to: number): Taps[] {
  const step = from / to;
  const radius = Math.max(step, 1);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * step - 0.5;
    const first = Math.max(Math.ceil(centre - radius), 0);
    const last = Math.min(Math.floor(centre + radius), from - 1);
    const weights = Float32Array.from({ length: Math.max(last - first, 0) + 1 }, (_, k) =>
      Math.max(1e-6, 1 - Math.abs(first + k - centre) / radius),
    );
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}

export function rgbaOf(picture: Planes, colour: ColourTags, width: number, height: number): FramePicture {
  const rows = new RgbRows(picture, colour);
  const across = tapsOf(picture.width, width);
  const down = tapsOf(picture.height, height);
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  const row = new Float32Array(3 * picture.width);
  // Rows of the source at the result's width, which are wanted by few neighbouring rows of the result.
  const narrow = new Map<number, Float32Array>();
  const narrowed = (y: number): Float32Array => {
    const held = narrow.get(y);
    if (held) return held;
    rows.read(y, row, 0);
    const made = new Float32Array(3 * width);
    across.forEach(({ first, weights }, x) => {
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let k = 0; k < weights.length; k++) {
          sum += (weights[k] as number) * (row[3 * (first + k) + channel] as number);
        }
        made[3 * x + channel] = sum;
      }
    });
    narrow.set(y, made);
    return made;
  };
  const mixed = new Float32Array(3 * width);
  down.forEach(({ first, weights }, y) => {
    for (const held of narrow.keys()) if (held < first) narrow.delete(held);
    mixed.fill(0);
    weights.forEach((weight, k) => {
      const source = narrowed(first + k);
      for (let i = 0; i < mixed.length; i++) mixed[i] = (mixed[i] as number) + weight * (source[i] as number);
    });
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        rgba[4 * (y * width + x) + channel] = 255 * (mixed[3 * x + channel] as number);
      }
    }
  });
  return { width, height, rgba };
}
