/** Two networks' results for one core, made one: each pixel mixed by the regions' weights. */
import type { Part } from './stitched.ts';
import type { RegionWeights } from './region-weights.ts';
import type { Tile } from './types.ts';

/**
 * Writes into the base network's result what the local one made of the same core, by `weights`: where they are 0 the
 * one's values stay, where they are 1 they become the other's, exactly. Either may have come in quarters.
 *
 * @returns the base's parts
 */
export function mixParts(
  base: readonly Part[],
  local: readonly Part[],
  weights: RegionWeights,
  scale: number,
): readonly Part[] {
  for (const to of base) for (const from of local) mixPart(to, from, weights, scale);
  return base;
}

/** Mixes where the two cores overlap. */
function mixPart(to: Part, from: Part, weights: RegionWeights, scale: number): void {
  const left = Math.max(to.column.core, from.column.core) * scale;
  const right = Math.min(endOf(to.column), endOf(from.column)) * scale;
  const top = Math.max(to.band.core, from.band.core) * scale;
  const bottom = Math.min(endOf(to.band), endOf(from.band)) * scale;
  if (right <= left) return;
  const row = new Float32Array(right - left);
  for (let y = top; y < bottom; y++) {
    weights.row(left, y, row);
    for (let c = 0; c < 3; c++) {
      const a = rowOf(to.output, c, y - to.band.tile * scale, left - to.column.tile * scale, row.length);
      const b = rowOf(
        from.output,
        c,
        y - from.band.tile * scale,
        left - from.column.tile * scale,
        row.length,
      );
      for (let x = 0; x < row.length; x++) {
        const weight = row[x] as number;
        if (weight === 0) continue;
        const value = a[x] as number;
        a[x] = weight < 1 ? value + weight * ((b[x] as number) - value) : (b[x] as number);
      }
    }
  }
}

const endOf = ({ core, coreLength }: Part['column']) => core + coreLength;

function rowOf({ width, height, data }: Tile, c: number, y: number, x: number, length: number): Float32Array {
  const at = (c * height + y) * width + x;
  return data.subarray(at, at + length);
}
