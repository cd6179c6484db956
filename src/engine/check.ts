/**
 * Whether a network's result can be one. GPUs that fail often say nothing and give back zeros, one colour or NaN
 * (microsoft/onnxruntime#27596 and the black pictures of many upscalers).
 */
import type { CutTile } from './cut.ts';
import type { Tile } from './types.ts';

/** An input whose channels vary by more than this cannot come back as one colour. */
const VARIES = 2 / 255;
/** A result of one colour may be this far from the input's mean (networks shift colours by some levels). */
const SHIFTED = 0.1;

/** What is wrong with the result of a tile, in words; undefined if nothing is. */
export function findFault(
  input: Pick<CutTile, 'range' | 'mean' | 'width' | 'height'>,
  output: Tile,
  scale: number,
): string | undefined {
  const { width, height, data } = output;
  if (
    width !== input.width * scale ||
    height !== input.height * scale ||
    data.length !== 3 * width * height
  ) {
    return `the result has ${width} × ${height} pixels`;
  }
  const first = data[0] as number;
  let low = Infinity;
  let high = -Infinity;
  // NaN and the infinities times 0 are NaN, and stay so in a sum.
  let finite = 0;
  for (let i = 0; i < data.length; i++) {
    const value = data[i] as number;
    finite += value * 0;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (Number.isNaN(finite)) return 'the result holds values that are not numbers';
  if (high === low && (input.range > VARIES || Math.abs(first - input.mean) > SHIFTED)) {
    return first === 0 ? 'the result is all zero' : 'the result is one flat colour';
  }
  return undefined;
}
