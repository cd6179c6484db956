/** Pictures that a network may make a pattern or a tint of: tiny, gray, of one colour and nearly so. */
import type { Picture } from '../check/picture.ts';
import { consistency, drift } from './metrics/colour.ts';
import { liveliest } from './sets.ts';
import type { Way, WayKey } from './ways.ts';

export interface BadInputRow {
  readonly key: WayKey;
  readonly way: string;
  readonly input: string;
  readonly figure: string;
  readonly value: number;
  /** Where a model is to keep: the value at most, or at least. */
  readonly bound: { readonly most: number } | { readonly least: number };
}

const COLOUR = [30, 120, 210] as const;

/**
 * Every way is tried. `smalls` are clean inputs of the model's own kind: the figures of gray and of tiny pictures are
 * means over them.
 */
export async function measureBadInput(
  ways: readonly Way[],
  smalls: readonly Picture[],
): Promise<BadInputRow[]> {
  const rows: BadInputRow[] = [];
  for (const { key, name: way, enlarge } of ways) {
    const add = (input: string, figure: string, value: number, bound: BadInputRow['bound']): void => {
      rows.push({ key, way, input, figure, value, bound });
    };
    const plain = colour(40, () => 0);
    add('one colour', 'largest departure, 1/255', departure(await enlarge(plain)), { most: 1 });
    // A fixed pattern without a period that a network could take for texture.
    const nearly = colour(40, (at) => ((Math.imul(at + 1, 0x9e3779b1) >>> 16) % 3) - 1);
    add('one colour ± 1', 'largest departure, 1/255', departure(await enlarge(nearly)), { most: 3 });
    const spreads: number[] = [];
    const drifts: number[] = [];
    const distances: number[] = [];
    for (const small of smalls) {
      spreads.push(tint(await enlarge(gray(small))));
      const tiny = liveliest(small, 8);
      const result = await enlarge(tiny);
      drifts.push(drift(result, tiny));
      distances.push(consistency(result, tiny));
    }
    add('gray photo', 'mean spread of the channels, 1/255', mean(spreads), { most: 1 });
    add('8×8', 'drift, 1/255', mean(drifts), { most: 0.5 });
    add('8×8', 'consistency, dB', mean(distances), { least: 30 });
  }
  return rows;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function colour(side: number, noise: (at: number) => number): Picture {
  const data = Float32Array.from(
    { length: 3 * side ** 2 },
    (_, at) => (COLOUR[Math.floor(at / side ** 2)] ?? NaN) + noise(at),
  );
  return { name: 'one colour', width: side, height: side, channels: 3, data };
}

function departure({ width, height, data }: Picture): number {
  return data.reduce(
    (most, sample, at) =>
      Math.max(most, Math.abs(sample - (COLOUR[Math.floor(at / (width * height))] ?? NaN))),
    0,
  );
}

/** The green channel in all three. */
function gray(picture: Picture): Picture {
  const pixels = picture.width * picture.height;
  const green = picture.data.subarray(pixels, 2 * pixels);
  return { ...picture, data: picture.data.map((_, at) => green[at % pixels] ?? NaN) };
}

function tint(picture: Picture): number {
  const pixels = picture.width * picture.height;
  const { data } = picture;
  let sum = 0;
  for (let at = 0; at < pixels; at++) {
    const three = [data[at] ?? NaN, data[at + pixels] ?? NaN, data[at + 2 * pixels] ?? NaN];
    sum += Math.max(...three) - Math.min(...three);
  }
  return sum / pixels;
}
