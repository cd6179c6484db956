/** A picture as planes, the way codecs hold it: what is decoded, deinterlaced and turned, and what is encoded. */

/**
 * How often chroma is there: `yuv420` halved both ways, `yuv422` halved across, `yuv440` halved down (4:2:2 turned by a
 * quarter, never encoded), `yuv444` and `rgb` in full. A half of an odd side is rounded up.
 */
export type PlaneLayoutName = 'yuv420' | 'yuv422' | 'yuv440' | 'yuv444' | 'rgb';

/** Bits of a sample, in the low bits: bytes for 8, else 16-bit words. */
export type PlaneDepth = 8 | 10 | 12 | 16;

export type Plane = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

export interface Planes {
  readonly format: PlaneLayoutName;
  /** Of the picture in pixels; chroma planes are as the format says. */
  readonly width: number;
  readonly height: number;
  readonly depth: PlaneDepth;
  /** Y, Cb, Cr or R, G, B; all of one type. */
  readonly planes: readonly [Plane, Plane, Plane];
  /** Samples (not bytes) from one row to the next; what `allocatePlanes` makes has no gaps. */
  readonly strides: readonly [number, number, number];
  /**
   * Where the first chroma sample lies, in pixels from the first pixel's centre. Of 4:2:0 in video that is 0 across and
   * ½ down (ITU-T H.264, figure E-1, type 0), which `STANDARD_SITING` has; another one comes of turning.
   */
  readonly siting?: Siting | undefined;
}

export interface Siting {
  readonly x: number;
  readonly y: number;
}

export const STANDARD_SITING: Siting = { x: 0, y: 0.5 };

/** By how much chroma is halved across and down, as shifts. */
export function chromaShifts(format: PlaneLayoutName): { readonly x: 0 | 1; readonly y: 0 | 1 } {
  return {
    x: format === 'yuv420' || format === 'yuv422' ? 1 : 0,
    y: format === 'yuv420' || format === 'yuv440' ? 1 : 0,
  };
}

/** Columns and rows of plane `index`. */
export function planeSize(
  { format, width, height }: Pick<Planes, 'format' | 'width' | 'height'>,
  index: number,
): { readonly width: number; readonly height: number } {
  if (index === 0) return { width, height };
  const shift = chromaShifts(format);
  return { width: (width + shift.x) >> shift.x, height: (height + shift.y) >> shift.y };
}

/** Planes without gaps, all 0. */
export function allocatePlanes(
  format: PlaneLayoutName,
  width: number,
  height: number,
  depth: PlaneDepth,
): Planes {
  const make = (index: number): { plane: Plane; stride: number } => {
    const size = planeSize({ format, width, height }, index);
    const samples = size.width * size.height;
    return { plane: depth === 8 ? new Uint8Array(samples) : new Uint16Array(samples), stride: size.width };
  };
  const [first, second, third] = [make(0), make(1), make(2)];
  return {
    format,
    width,
    height,
    depth,
    planes: [first.plane, second.plane, third.plane],
    strides: [first.stride, second.stride, third.stride],
  };
}

/** Of `rgb` planes: R, G, B, R, G, B …, the way files of one picture hold them. */
export function interleaved({ width, height, depth, planes, strides }: Planes): Plane {
  const samples = depth === 8 ? new Uint8Array(3 * width * height) : new Uint16Array(3 * width * height);
  planes.forEach((plane, index) => {
    let to = index;
    for (let y = 0; y < height; y++) {
      const start = y * strides[index as 0 | 1 | 2];
      for (let from = start; from < start + width; from++, to += 3) samples[to] = plane[from] as number;
    }
  });
  return samples;
}
