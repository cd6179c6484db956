/** How large an upright picture is, of a file whose pictures may lie on a side and whose pixels may not be square. */
import type { Dimensions } from '../size.ts';
import type { Rotation } from './types.ts';

interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}

/** In the file's own pixels: what the engine reads. */
export function uprightSize({ width, height }: Dimensions, rotation: Rotation): Dimensions {
  return rotation % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** A pixel's width by its height when the picture is upright. */
export function uprightAspect({ numerator, denominator }: Ratio, rotation: Rotation): Ratio {
  return rotation % 180 === 0
    ? { numerator, denominator }
    : { numerator: denominator, denominator: numerator };
}

/** In square pixels: as many lines as there are, and as wide as they are shown. What targets are reckoned from. */
export function squareSize(coded: Dimensions, pixelAspect: Ratio, rotation: Rotation): Dimensions {
  const { width, height } = uprightSize(coded, rotation);
  const { numerator, denominator } = uprightAspect(pixelAspect, rotation);
  return { width: Math.max(1, Math.round((width * numerator) / denominator)), height };
}
