/**
 * Separable resampling as the field's reference does it (MATLAB's imresize): pixel centres aligned, borders mirrored
 * with the edge pixel, and when shrinking the kernel stretched by the factor, so that nothing aliases.
 */
import { mirrorIndex } from '../../src/engine/mirror.ts';
import type { Picture } from './picture.ts';

export interface Kernel {
  /** Zero beyond this distance. */
  readonly radius: number;
  weight(distance: number): number;
}

/** The family of Mitchell and Netravali, "Reconstruction filters in computer graphics", 1988. */
function cubic(b: number, c: number): Kernel {
  return {
    radius: 2,
    weight(distance) {
      const x = Math.abs(distance);
      if (x < 1) return ((12 - 9 * b - 6 * c) * x ** 3 + (-18 + 12 * b + 6 * c) * x ** 2 + (6 - 2 * b)) / 6;
      if (x < 2)
        return (
          ((-b - 6 * c) * x ** 3 + (6 * b + 30 * c) * x ** 2 + (-12 * b - 48 * c) * x + (8 * b + 24 * c)) / 6
        );
      return 0;
    },
  };
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** `catmullRom` is what the field and MATLAB call bicubic (a = −0.5). `box` stretched is the mean of the area. */
export const KERNELS = {
  box: { radius: 0.5, weight: (x) => (Math.abs(x) < 0.5 ? 1 : Math.abs(x) === 0.5 ? 0.5 : 0) },
  triangle: { radius: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  mitchell: cubic(1 / 3, 1 / 3),
  catmullRom: cubic(0, 0.5),
  lanczos3: { radius: 3, weight: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
} satisfies Record<string, Kernel>;

/** The picture at `width`×`height`, neither clamped nor rounded. */
export function imresize(picture: Picture, width: number, height: number, kernel: Kernel): Picture {
  const { channels } = picture;
  const columns = contributions(picture.width, width, kernel);
  const rows = contributions(picture.height, height, kernel);
  const wide = new Float32Array(channels * picture.height * width);
  for (let row = 0; row < channels * picture.height; row++) {
    columns.forEach((parts, x) => {
      let sum = 0;
      for (const { index, weight } of parts) sum += weight * (picture.data[row * picture.width + index] ?? 0);
      wide[row * width + x] = sum;
    });
  }
  const data = new Float32Array(channels * height * width);
  for (let channel = 0; channel < channels; channel++) {
    rows.forEach((parts, y) => {
      const to = (channel * height + y) * width;
      for (const { index, weight } of parts) {
        const from = (channel * picture.height + index) * width;
        for (let x = 0; x < width; x++) data[to + x] = (data[to + x] ?? 0) + weight * (wide[from + x] ?? 0);
      }
    });
  }
  return { ...picture, width, height, data };
}

/** For each output sample, the input samples it is made of; their weights add up to 1. */
function contributions(from: number, to: number, kernel: Kernel): { index: number; weight: number }[][] {
  const stretch = Math.max(1, from / to);
  const reach = kernel.radius * stretch;
  return Array.from({ length: to }, (_, output) => {
    const centre = ((output + 0.5) * from) / to - 0.5;
    const parts: { index: number; weight: number }[] = [];
    for (let input = Math.ceil(centre - reach); input <= centre + reach; input++) {
      parts.push({ index: mirrorIndex(input, from), weight: kernel.weight((input - centre) / stretch) });
    }
    const total = parts.reduce((sum, { weight }) => sum + weight, 0);
    return parts.map(({ index, weight }) => ({ index, weight: weight / total }));
  });
}
