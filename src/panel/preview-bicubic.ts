/** The picture before, enlarged smoothly as Photoshop would show it: bicubic, with premultiplied alpha. */
import { Resampler } from '../engine/resample.ts';
import type { Target } from '../size.ts';
import type { Pixels } from './pixels.ts';

export function bicubic({ width, height, rgba }: Pixels, target: Target): Pixels {
  const made = new Uint8ClampedArray(4 * target.width * target.height);
  const colours = new Resampler(width, height, 1, target);
  const alphas = new Resampler(width, height, 1, target);
  const colour = new Float32Array(3 * width);
  const alpha = new Float32Array(3 * width);
  /** Alpha of the rows that are made, from the top; its rows come before those of the colours. */
  const opacities: Float32Array[] = [];
  let row = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = 4 * (y * width + x);
      const opacity = (rgba[at + 3] ?? 0) / 255;
      alpha[x] = opacity;
      for (let c = 0; c < 3; c += 1) colour[c * width + x] = (rgba[at + c] ?? 0) * opacity;
    }
    alphas.push(alpha, (values) => opacities.push(values.slice(0, target.width)));
    colours.push(colour, (values) => {
      const opacity = opacities.shift();
      for (let x = 0; x < target.width; x += 1) {
        const at = 4 * (row * target.width + x);
        const over = Math.min(1, Math.max(0, opacity?.[x] ?? 0));
        for (let c = 0; c < 3; c += 1) {
          made[at + c] = over > 0 ? Math.round((values[c * target.width + x] ?? 0) / over) : 0;
        }
        made[at + 3] = Math.round(255 * over);
      }
      row += 1;
    });
  }
  return { width: target.width, height: target.height, rgba: made };
}
