/** Whether a result is still the picture that was enlarged. */
import type { Picture } from '../../check/picture.ts';
import { psnr } from '../../check/quality.ts';
import { smaller } from '../damage.ts';

/** The largest channel's mean of the result less that of the input, in 1/255, without its sign. */
export function drift(result: Picture, input: Picture): number {
  const [one, other] = [means(result), means(input)];
  return Math.max(...one.map((mean, channel) => Math.abs(mean - (other[channel] ?? NaN))));
}

/**
 * PSNR in dB, over the three channels, of the result shrunk again as clean inputs are against the input. Infinite where
 * they are the same.
 */
export function consistency(result: Picture, input: Picture): number {
  return psnr(smaller(result), input);
}

function means({ width, height, channels, data }: Picture): number[] {
  const pixels = width * height;
  return Array.from({ length: channels }, (_, channel) => {
    let sum = 0;
    for (let at = channel * pixels; at < (channel + 1) * pixels; at++) sum += data[at] ?? NaN;
    return sum / pixels;
  });
}
