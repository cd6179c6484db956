/**
 * Woven fields to one progressive picture a frame: the lines of the field that is shown first stay as they are, the
 * others are made anew for that moment, by motion.
 *
 * Where nothing moves, a missing line is the mean of that field just before and just after, which is what was there;
 * where something does, it is interpolated between the lines above and below, along edges. How far the result may leave
 * the temporal mean is how much the surroundings change in time (“yadif”, M. Niedermayer, as FFmpeg documents the
 * filter). Along an even edge the interpolation is cubic with BBC R&D's coefficients (J. Weston's filter, as in “bwdif”).
 */
import { LoupeError } from '../errors.ts';
import { planeSize, type Plane, type Planes } from './planes.ts';
import type { Fields } from './types.ts';

/** Of the two lines next to the missing one, and of the two beyond; in 1/8192. */
const NEAR = 5077 / 8192;
const FAR = -981 / 8192;

/** The frames before and after are of the same kind as `frame`; where there is none, time stands still. */
export function deinterlaced(
  before: Planes | undefined,
  frame: Planes,
  after: Planes | undefined,
  fields: Exclude<Fields, 'progressive'>,
): Planes {
  const kept = fields === 'upper-first' ? 0 : 1;
  const [previous, next] = [alike(before, frame), alike(after, frame)];
  const planes = ([0, 1, 2] as const).map((index) => {
    const { width, height } = planeSize(frame, index);
    const line = { width, height, kept, most: 2 ** frame.depth - 1, isAlone: !before && !after };
    return deinterlacePlane(tight(previous, index), tight(frame, index), tight(next, index), line);
  }) as [Plane, Plane, Plane];
  const widths = ([0, 1, 2] as const).map((index) => planeSize(frame, index).width);
  return { ...frame, planes, strides: widths as [number, number, number] };
}

interface Shape {
  readonly width: number;
  readonly height: number;
  /** Parity of the lines that stay. */
  readonly kept: number;
  readonly most: number;
  /** There is neither a frame before nor one after: nothing says what stands still. */
  readonly isAlone: boolean;
}

/** The second field of the frame before and of this one lie around the moment that is shown. */
function deinterlacePlane(before: Plane, frame: Plane, after: Plane, shape: Shape): Plane {
  const { width, height, kept } = shape;
  const result = frame.slice();
  if (height < 2) return result;
  for (let y = 1 - kept; y < height; y += 2) makeLine(before, frame, after, result, y, shape);
  return result;

  function makeLine(
    previous: Plane,
    current: Plane,
    next: Plane,
    to: Plane,
    y: number,
    { most, isAlone }: Shape,
  ): void {
    const at = y * width;
    // Lines beyond the border are those within, mirrored at the missing one.
    const up = (y >= 1 ? y - 1 : y + 1) * width;
    const down = (y + 1 < height ? y + 1 : y - 1) * width;
    const up2 = (y >= 2 ? y - 2 : y) * width;
    const down2 = (y + 2 < height ? y + 2 : y) * width;
    const up3 = y >= 3 ? (y - 3) * width : up;
    const down3 = y + 3 < height ? (y + 3) * width : down;
    for (let x = 0; x < width; x++) {
      const c = current[up + x] as number;
      const e = current[down + x] as number;
      const p0 = previous[at + x] as number;
      const n0 = current[at + x] as number;
      const d = (p0 + n0) / 2;

      // How much the surroundings change: this line between its two moments, its neighbours to a frame before and after.
      const t0 = p0 > n0 ? p0 - n0 : n0 - p0;
      const t1 =
        (Math.abs((previous[up + x] as number) - c) + Math.abs((previous[down + x] as number) - e)) / 2;
      const t2 = (Math.abs((next[up + x] as number) - c) + Math.abs((next[down + x] as number) - e)) / 2;
      let reach = t0 / 2;
      if (t1 > reach) reach = t1;
      if (t2 > reach) reach = t2;

      if (reach === 0 && !isAlone) {
        to[at + x] = n0;
        continue;
      }

      // Lines of the same field around that rise towards the missing one, or fall, allow as much.
      const b = ((previous[up2 + x] as number) + (current[up2 + x] as number)) / 2;
      const f = ((previous[down2 + x] as number) + (current[down2 + x] as number)) / 2;
      const bc = b - c;
      const fe = f - e;
      const dc = d - c;
      const de = d - e;
      const highest = Math.max(de, dc, bc < fe ? bc : fe);
      const lowest = Math.min(de, dc, bc > fe ? bc : fe);
      if (lowest > reach) reach = lowest;
      if (-highest > reach) reach = -highest;

      let made = NEAR * (c + e) + FAR * ((current[up3 + x] as number) + (current[down3 + x] as number));
      const lower = c < e ? c : e;
      const upper = c < e ? e : c;
      if (made < lower) made = lower;
      if (made > upper) made = upper;
      if (x >= 3 && x < width - 3) {
        // Along a slant, if both sides of it agree better there; twice as slanted only where once was better already.
        let best = agreement(current, up + x, down + x) - 1;
        for (let side = -1; side <= 1; side += 2) {
          const once = agreement(current, up + x + side, down + x - side);
          if (once >= best) continue;
          best = once;
          made = ((current[up + x + side] as number) + (current[down + x - side] as number)) / 2;
          const twice = agreement(current, up + x + 2 * side, down + x - 2 * side);
          if (twice >= best) continue;
          best = twice;
          made = ((current[up + x + 2 * side] as number) + (current[down + x - 2 * side] as number)) / 2;
        }
      }
      if (made > d + reach) made = d + reach;
      else if (made < d - reach) made = d - reach;
      made += 0.5;
      to[at + x] = made < 0 ? 0 : made > most ? most : made;
    }
  }
}

/** How unlike three pixels around one above are to three around one below. */
function agreement(plane: Plane, above: number, below: number): number {
  return (
    Math.abs((plane[above - 1] as number) - (plane[below - 1] as number)) +
    Math.abs((plane[above] as number) - (plane[below] as number)) +
    Math.abs((plane[above + 1] as number) - (plane[below + 1] as number))
  );
}

function alike(other: Planes | undefined, frame: Planes): Planes {
  if (!other) return frame;
  const { format, width, height, depth } = frame;
  if (other.format !== format || other.width !== width || other.height !== height || other.depth !== depth) {
    throw new LoupeError('clip-truncated');
  }
  return other;
}

function tight({ planes, strides, format, width, height }: Planes, index: 0 | 1 | 2): Plane {
  const size = planeSize({ format, width, height }, index);
  const stride = strides[index];
  const plane = planes[index];
  if (stride === size.width) return plane;
  const result = plane.slice(0, size.width * size.height);
  for (let y = 0; y < size.height; y++) {
    result.set(plane.subarray(y * stride, y * stride + size.width), y * size.width);
  }
  return result;
}
