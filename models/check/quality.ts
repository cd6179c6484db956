/** How near a picture is to its original, as the field reports it. */
import { crop, type Picture } from './picture.ts';

/** BT.601 luma in studio range (16..235) of RGB in 0..255, as MATLAB's rgb2ycbcr gives, unrounded. */
export function luma(picture: Picture): Picture {
  const pixels = picture.width * picture.height;
  const data = new Float32Array(pixels);
  for (let at = 0; at < pixels; at++) {
    const red = picture.data[at] ?? 0;
    const green = picture.data[pixels + at] ?? 0;
    const blue = picture.data[2 * pixels + at] ?? 0;
    data[at] = 16 + (65.481 * red + 128.553 * green + 24.966 * blue) / 255;
  }
  return { ...picture, channels: 1, data };
}

/** Without `border` pixels on each side. */
export function inner(picture: Picture, border: number): Picture {
  return crop(picture, border, border, picture.width - 2 * border, picture.height - 2 * border);
}

/** In dB, peak 255. */
export function psnr(one: Picture, other: Picture): number {
  let sum = 0;
  one.data.forEach((sample, at) => (sum += (sample - (other.data[at] ?? NaN)) ** 2));
  return 10 * Math.log10(255 ** 2 / (sum / one.data.length));
}

/**
 * Mean structural similarity of two single-channel pictures: Gaussian window of 11 (σ 1.5), K₁ 0.01, K₂ 0.03,
 * windows wholly within the picture. Wang et al., "Image quality assessment", 2004.
 */
export function ssim(one: Picture, other: Picture): number {
  const c1 = (0.01 * 255) ** 2;
  const c2 = (0.03 * 255) ** 2;
  const product = (a: Picture, b: Picture): Picture => ({
    ...a,
    data: a.data.map((sample, at) => sample * (b.data[at] ?? NaN)),
  });
  const meanOne = blurred(one);
  const meanOther = blurred(other);
  const squareOne = blurred(product(one, one));
  const squareOther = blurred(product(other, other));
  const both = blurred(product(one, other));
  let sum = 0;
  for (let at = 0; at < both.length; at++) {
    const a = meanOne[at] ?? NaN;
    const b = meanOther[at] ?? NaN;
    const varianceOne = (squareOne[at] ?? NaN) - a * a;
    const varianceOther = (squareOther[at] ?? NaN) - b * b;
    const covariance = (both[at] ?? NaN) - a * b;
    sum +=
      ((2 * a * b + c1) * (2 * covariance + c2)) /
      ((a * a + b * b + c1) * (varianceOne + varianceOther + c2));
  }
  return sum / both.length;
}

const WINDOW_RADIUS = 5;
const WINDOW = Array.from({ length: 2 * WINDOW_RADIUS + 1 }, (_, at) =>
  Math.exp(-((at - WINDOW_RADIUS) ** 2) / (2 * 1.5 ** 2)),
);
const WINDOW_SUM = WINDOW.reduce((sum, weight) => sum + weight, 0);

/** The window's weighted mean wherever it fits. */
function blurred({ width, height, data }: Picture): Float64Array {
  const narrow = width - 2 * WINDOW_RADIUS;
  const low = height - 2 * WINDOW_RADIUS;
  const rows = new Float64Array(narrow * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < narrow; x++) {
      let sum = 0;
      WINDOW.forEach((weight, at) => (sum += weight * (data[y * width + x + at] ?? NaN)));
      rows[y * narrow + x] = sum / WINDOW_SUM;
    }
  }
  const result = new Float64Array(narrow * low);
  for (let y = 0; y < low; y++) {
    for (let x = 0; x < narrow; x++) {
      let sum = 0;
      WINDOW.forEach((weight, at) => (sum += weight * (rows[(y + at) * narrow + x] ?? NaN)));
      result[y * narrow + x] = sum / WINDOW_SUM;
    }
  }
  return result;
}
