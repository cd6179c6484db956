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
 * Each pixel is blended as the four blocks around it say, by how near their centres are, so that no block shows: windows
 * that overlap, as in overlapped block motion compensation (Orchard and Sullivan 1994), each of half a cosine.
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
  const vectors = blend.vectors.map((part, at) =>
    Math.round(part / (1 << (at % 2 === 0 ? shift.x : shift.y))),
  );
  const across = axisOf(width, blend.width, blocks.step, blocks.columns);
  const down = axisOf(height, blend.height, blocks.step, blocks.rows);
  const cells = cellsOf(across);
  const out = now.slice();
  const corners = [corner(), corner(), corner(), corner()] as const;
  const [first, second, third, fourth] = corners;

  for (let y = 0; y < height; y++) {
    const upper = (down.first[y] as number) * blocks.columns;
    const lower = (down.second[y] as number) * blocks.columns;
    const low = down.share[y] as number;
    for (const { start, end } of cells) {
      const left = across.first[start] as number;
      const right = across.second[start] as number;
      let any = 0;
      for (let which = 0; which < 4; which++) {
        const block = (which < 2 ? upper : lower) + (which % 2 === 0 ? left : right);
        const each = corners[which] as Corner;
        each.amount = (amounts[block] as number) * (which < 2 ? 1 - low : low);
        each.limit = limits[block] as number;
        each.x = vectors[2 * block] as number;
        const row = y + (vectors[2 * block + 1] as number);
        each.row = within(row, height) * strideBefore;
        any += each.amount;
      }
      if (any === 0) continue;
      const at = y * stride;
      const { amount: amount0, limit: limit0, x: x0, row: row0 } = first;
      const { amount: amount1, limit: limit1, x: x1, row: row1 } = second;
      const { amount: amount2, limit: limit2, x: x2, row: row2 } = third;
      const { amount: amount3, limit: limit3, x: x3, row: row3 } = fourth;
      for (let x = start; x < end; x++) {
        const far = across.share[x] as number;
        const near = 1 - far;
        const value = now[at + x] as number;
        const pulled =
          near * amount0 * limited((then[row0 + within(x + x0, width)] as number) - value, limit0) +
          far * amount1 * limited((then[row1 + within(x + x1, width)] as number) - value, limit1) +
          near * amount2 * limited((then[row2 + within(x + x2, width)] as number) - value, limit2) +
          far * amount3 * limited((then[row3 + within(x + x3, width)] as number) - value, limit3);
        // Halves up: codes are not negative.
        out[at + x] = (value + pulled + 0.5) | 0;
      }
    }
  }
  return out;
}

/** One of the four blocks around a pixel: what it blends in, and from where. */
interface Corner {
  amount: number;
  limit: number;
  x: number;
  row: number;
}

function corner(): Corner {
  return { amount: 0, limit: 0, x: 0, row: 0 };
}

/** Columns between the same two blocks. */
function cellsOf({ first, second }: Axis): { readonly start: number; readonly end: number }[] {
  const cells: { start: number; end: number }[] = [];
  for (let start = 0, end = 1; end <= first.length; end++) {
    if (end < first.length && first[end] === first[start] && second[end] === second[start]) continue;
    cells.push({ start, end });
    start = end;
  }
  return cells;
}

/** Beyond the edge the last pixel goes on. */
function within(place: number, end: number): number {
  return place < 0 ? 0 : place < end ? place : end - 1;
}

/** In full up to the limit, not at all from twice the limit on. */
function limited(difference: number, limit: number): number {
  const size = difference < 0 ? -difference : difference;
  if (size <= limit) return difference;
  if (size >= 2 * limit) return 0;
  return difference < 0 ? size - 2 * limit : 2 * limit - size;
}
