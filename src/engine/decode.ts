/** Interleaved samples of any depth to planar float RGB and alpha. */
import type { Coding } from './hdr.ts';
import type { PictureFormat, Samples } from './types.ts';

/** What a sample of white is: 255, 65535 or 1.0. */
export function whiteOf(depth: PictureFormat['depth']): number {
  return depth === 8 ? 255 : depth === 16 ? 65535 : 1;
}

/**
 * Decodes one row of `samples` into `rgb` (three planes of `width`, in 0..1) and, where there is alpha, `alpha`
 * (0..1). Gray is given to all three planes: networks take RGB. Float samples are clamped to 0..1, unless
 * there is a `coding` for what lies beyond.
 */
export function decodeRow(
  samples: Samples,
  row: number,
  { width, channels, depth }: PictureFormat,
  rgb: Float32Array,
  alpha: Float32Array | undefined,
  coding?: Coding,
): void {
  const white = whiteOf(depth);
  const color = channels < 3 ? 0 : 1;
  let at = row * width * channels;
  if (coding) {
    const { encode } = coding;
    for (let x = 0; x < width; x++, at += channels) {
      rgb[x] = encode(samples[at] as number);
      rgb[width + x] = color === 0 ? (rgb[x] as number) : encode(samples[at + 1] as number);
      rgb[2 * width + x] = color === 0 ? (rgb[x] as number) : encode(samples[at + 2] as number);
    }
  } else {
    for (let x = 0; x < width; x++, at += channels) {
      rgb[x] = unit((samples[at] as number) / white);
      rgb[width + x] = unit((samples[at + color] as number) / white);
      rgb[2 * width + x] = unit((samples[at + 2 * color] as number) / white);
    }
  }
  if (!alpha) return;
  at = row * width * channels + channels - 1;
  for (let x = 0; x < width; x++, at += channels) alpha[x] = unit((samples[at] as number) / white);
}

/** Clamped to 0..1; NaN, which a float picture may hold, becomes 0. */
function unit(value: number): number {
  return value > 0 ? (value < 1 ? value : 1) : 0;
}
