/** Pictures turned upright, clockwise by quarters, plane by plane. */
import {
  allocatePlanes,
  chromaShifts,
  planeSize,
  STANDARD_SITING,
  type Plane,
  type Planes,
  type Siting,
} from './planes.ts';
import type { Rotation } from './types.ts';

/** Columns and rows are walked in squares: a plane's columns lie far apart in memory. */
const SQUARE = 32;

export function turned(picture: Planes, rotation: Rotation): Planes {
  if (rotation === 0) return picture;
  const { format, width, height, depth } = picture;
  const isQuarter = rotation !== 180;
  const other = format === 'yuv422' ? 'yuv440' : format === 'yuv440' ? 'yuv422' : format;
  const result = allocatePlanes(
    isQuarter ? other : format,
    isQuarter ? height : width,
    isQuarter ? width : height,
    depth,
  );
  for (const index of [0, 1, 2] as const) {
    const size = planeSize(picture, index);
    turnPlane(
      picture.planes[index],
      picture.strides[index],
      size.width,
      size.height,
      result.planes[index],
      rotation,
    );
  }
  return { ...result, siting: sitingOf(picture, rotation) };
}

function turnPlane(
  from: Plane,
  stride: number,
  width: number,
  height: number,
  to: Plane,
  rotation: Rotation,
): void {
  // The sample at (x, y) goes to `start + x · right + y · down`.
  const [start, right, down] =
    rotation === 90
      ? [height - 1, height, -1]
      : rotation === 180
        ? [width * height - 1, -1, -width]
        : [(width - 1) * height, -height, 1];
  for (let top = 0; top < height; top += SQUARE) {
    const bottom = Math.min(top + SQUARE, height);
    for (let left = 0; left < width; left += SQUARE) {
      const end = Math.min(left + SQUARE, width);
      for (let y = top; y < bottom; y++) {
        let at = start + left * right + y * down;
        for (let x = left; x < end; x++, at += right) to[at] = from[y * stride + x] as number;
      }
    }
  }
}

/** Where chroma lies goes round with the picture; from the other side it is counted from the last sample. */
function sitingOf(picture: Planes, rotation: Rotation): Siting {
  const { width, height, format, siting = STANDARD_SITING } = picture;
  const shifts = chromaShifts(format);
  const chroma = planeSize(picture, 1);
  const x = shifts.x === 1 ? siting.x : 0;
  const y = shifts.y === 1 ? siting.y : 0;
  const fromRight = shifts.x === 1 ? width - 1 - 2 * (chroma.width - 1) - x : 0;
  const fromBottom = shifts.y === 1 ? height - 1 - 2 * (chroma.height - 1) - y : 0;
  if (rotation === 180) return { x: fromRight, y: fromBottom };
  return rotation === 90 ? { x: fromBottom, y: x } : { x: y, y: fromRight };
}
