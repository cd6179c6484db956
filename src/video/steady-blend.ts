import type { Blocks } from './blocks.ts';
import { chromaShifts, planeSize, type Plane, type Planes } from './planes.ts';
import type { Refined } from './steady-refine.ts';

/** Of each column or row of a plane: the blocks on its two sides, and the share of the second. */
interface Axis {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Float32Array;
}

/**
 * Each pixel is blended as the four blocks around it say, by how near their centres are, so that no block shows. Half a
 * cosine, as overlapping windows in speech and motion compensation have it (Orchard and Sullivan 1994).
 */
function axisOf(pixels: number, sourcePixels: number, step: number, blocks: number): Axis {
  const axis = {
    first: new Int32Array(pixels),
    second: new Int32Array(pixels),
    share: new Float32Array(pixels),
  };
  for (let pixel = 0; pixel < pixels; pixel++) {
    const place = ((pixel + 0.5) * sourcePixels) / pixels / step - 0.5;
    const whole = Math.floor(place);
    axis.first[pixel] = Math.min(blocks - 1, Math.max(0, whole));
    axis.second[pixel] = Math.min(blocks - 1, Math.max(0, whole + 1));
    axis.share[pixel] = 0.5 - 0.5 * Math.cos(Math.PI * (place - whole));
  }
  return axis;
}

export interface Blend extends Refined {
  readonly blocks: Blocks;
  readonly amounts: Float32Array;
  /** Sides of the source, which the blocks are of. */
  readonly width: number;
  readonly height: number;
}

/** `after` with what each block takes from `before`. Both stay as they are. */
export function blended(before: Planes, after: Planes, blend: Blend): Planes {
  const plane = (index: 0 | 1 | 2): Plane => blendedPlane(before, after, index, blend);
  return { ...after, planes: [plane(0), plane(1), plane(2)] };
}

function blendedPlane(before: Planes, after: Planes, index: 0 | 1 | 2, blend: Blend): Plane {
  const { blocks, amounts, limits } = blend;
  const now = after.planes[index];
  const then = before.planes[index];
  const stride = after.strides[index];
  const strideBefore = before.strides[index];
  const { width, height } = planeSize(after, index);
  const shift = index === 0 ? { x: 0, y: 0 } : chromaShifts(after.format);
  const vectors = blend.vectors.map((part, at) => Math.round(part / (1 << (at % 2 === 0 ? shift.x : shift.y))));
  const across = axisOf(width, blend.width, blocks.step, blocks.columns);
  const down = axisOf(height, blend.height, blocks.step, blocks.rows);
  const out = now.slice();

  /** What one block pulls a pixel by. */
  const pull = (block: number, weight: number, x: number, y: number, value: number): number => {
    const share = weight * (amounts[block] as number);
    if (share === 0) return 0;
    const column = Math.min(width - 1, Math.max(0, x + (vectors[2 * block] as number)));
    const row = Math.min(height - 1, Math.max(0, y + (vectors[2 * block + 1] as number)));
    return share * limited((then[row * strideBefore + column] as number) - value, limits[block] as number);
  };

  for (let y = 0; y < height; y++) {
    const upper = (down.first[y] as number) * blocks.columns;
    const lower = (down.second[y] as number) * blocks.columns;
    const low = down.share[y] as number;
    for (let x = 0; x < width; x++) {
      const left = across.first[x] as number;
      const right = across.second[x] as number;
      const any =
        (amounts[upper + left] as number) +
        (amounts[upper + right] as number) +
        (amounts[lower + left] as number) +
        (amounts[lower + right] as number);
      if (any === 0) continue;
      const far = across.share[x] as number;
      const value = now[y * stride + x] as number;
      const pulled =
        pull(upper + left, (1 - low) * (1 - far), x, y, value) +
        pull(upper + right, (1 - low) * far, x, y, value) +
        pull(lower + left, low * (1 - far), x, y, value) +
        pull(lower + right, low * far, x, y, value);
      out[y * stride + x] = Math.round(value + pulled);
    }
  }
  return out;
}

/** In full up to the limit, none from twice the limit on. */
function limited(difference: number, limit: number): number {
  const size = Math.abs(difference);
  if (size <= limit) return difference;
  return size >= 2 * limit ? 0 : Math.sign(difference) * (2 * limit - size);
}
