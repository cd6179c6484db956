/** The eight ways to lay a tile: turned over its diagonal or not, then mirrored left to right, top to bottom, or both. */
import type { Tile } from '../engine/types.ts';

export interface Orientation {
  /** Rows become columns; before the mirroring. */
  readonly transposed: boolean;
  readonly mirroredX: boolean;
  readonly mirroredY: boolean;
}

export const UPRIGHT: Orientation = { transposed: false, mirroredX: false, mirroredY: false };

/** The upright one first; those of one shape together, because another shape may need another session. */
export const ORIENTATIONS: readonly Orientation[] = [
  UPRIGHT,
  { transposed: false, mirroredX: true, mirroredY: false },
  { transposed: false, mirroredX: false, mirroredY: true },
  { transposed: false, mirroredX: true, mirroredY: true },
  { transposed: true, mirroredX: false, mirroredY: false },
  { transposed: true, mirroredX: true, mirroredY: false },
  { transposed: true, mirroredX: false, mirroredY: true },
  { transposed: true, mirroredX: true, mirroredY: true },
];

/** The tile so laid: a copy, or the tile itself where it is upright. */
export function oriented(tile: Tile, orientation: Orientation): Tile {
  if (orientation === UPRIGHT) return tile;
  const { width, height } = tile;
  const data = new Float32Array(tile.data.length);
  eachPair(tile, orientation, (upright, laid) => (data[laid] = tile.data[upright] ?? 0));
  return orientation.transposed ? { width: height, height: width, data } : { width, height, data };
}

/** Adds `weight` times a tile that is laid as `orientation` says to `sum`, which is upright. */
export function addOriented(sum: Tile, tile: Tile, orientation: Orientation, weight: number): void {
  const [width, height] = orientation.transposed ? [tile.height, tile.width] : [tile.width, tile.height];
  if (sum.width !== width || sum.height !== height) {
    throw new RangeError(`the outputs of a blend are ${sum.width}×${sum.height} and ${width}×${height}`);
  }
  eachPair(sum, orientation, (upright, laid) => {
    sum.data[upright] = (sum.data[upright] ?? 0) + weight * (tile.data[laid] ?? 0);
  });
}

/** Each sample's index in the upright tile, of the size given, and in the one laid otherwise. */
function eachPair(
  { width, height }: Tile,
  { transposed, mirroredX, mirroredY }: Orientation,
  visit: (upright: number, laid: number) => void,
): void {
  const [laidWidth, laidHeight] = transposed ? [height, width] : [width, height];
  let upright = 0;
  for (let channel = 0; channel < 3; channel++) {
    const plane = channel * width * height;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const toX = transposed ? y : x;
        const toY = transposed ? x : y;
        const column = mirroredX ? laidWidth - 1 - toX : toX;
        const row = mirroredY ? laidHeight - 1 - toY : toY;
        visit(upright++, plane + row * laidWidth + column);
      }
    }
  }
}
