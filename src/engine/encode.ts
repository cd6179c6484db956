/** Planar float RGB and alpha to interleaved samples of any depth. */
import { whiteOf } from './decode.ts';
import type { Coding } from './hdr.ts';
import type { PictureFormat, Samples } from './types.ts';

/** Samples of `rows` rows, all 0. */
export function allocateRows({ width, channels, depth }: PictureFormat, rows: number): Samples {
  const length = width * channels * rows;
  return depth === 8
    ? new Uint8Array(length)
    : depth === 16
      ? new Uint16Array(length)
      : new Float32Array(length);
}

/**
 * Encodes `rgb` (three planes of `width`) and, where the format has it, `alpha` into row `row` of `samples`:
 * clamped to 0..1 and, to integers, rounded to the nearest. Gray is the mean of the three planes, which were the
 * same on the way in. With a `coding`, float samples go back to where they came from, within the picture's range.
 */
export function encodeRow(
  rgb: Float32Array,
  alpha: Float32Array | undefined,
  { width, channels, depth }: PictureFormat,
  samples: Samples,
  row: number,
  coding?: Coding,
): void {
  const white = whiteOf(depth);
  const half = depth === 32 ? 0 : 0.5;
  const start = row * width * channels;
  if (coding) decodeColors(rgb, width, channels, samples, start, coding);
  else if (channels >= 3) {
    for (let plane = 0; plane < 3; plane++) {
      let from = plane * width;
      const end = start + width * channels;
      for (let to = start + plane; to < end; to += channels) {
        const value = rgb[from++] as number;
        samples[to] = value > 0 ? (value < 1 ? value : 1) * white + half : 0;
      }
    }
  } else {
    let to = start;
    for (let x = 0; x < width; x++, to += channels) {
      const value = ((rgb[x] as number) + (rgb[width + x] as number) + (rgb[2 * width + x] as number)) / 3;
      samples[to] = value > 0 ? (value < 1 ? value : 1) * white + half : 0;
    }
  }
  if (!alpha) return;
  let to = start + channels - 1;
  for (let x = 0; x < width; x++, to += channels) {
    const value = alpha[x] as number;
    samples[to] = value > 0 ? (value < 1 ? value : 1) * white + half : 0;
  }
}

function decodeColors(
  rgb: Float32Array,
  width: number,
  channels: number,
  samples: Samples,
  start: number,
  { decode }: Coding,
): void {
  const planes = channels >= 3 ? 3 : 1;
  let to = start;
  for (let x = 0; x < width; x++, to += channels) {
    const [r, g, b] = [rgb[x] as number, rgb[width + x] as number, rgb[2 * width + x] as number];
    samples[to] = decode(planes === 3 ? r : (r + g + b) / 3);
    if (planes === 1) continue;
    samples[to + 1] = decode(g);
    samples[to + 2] = decode(b);
  }
}
