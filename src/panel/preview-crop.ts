/**
 * What the engine must be given, and what of its answer is shown, for a window into the whole result: the crop's pixels
 * come out as the whole layer's would at the same place.
 */
import type { Blend } from '../catalog.ts';
import type { CutSides, EngineJob } from './engine/protocol.ts';
import { facesWithin } from './faces.ts';
import type { Rect, Point } from './comparison.ts';
import type { Pixels } from './pixels.ts';
import { bicubic } from './preview-bicubic.ts';
import type { Dimensions, Target } from '../size.ts';

/**
 * Source pixels that the steps after the network look at around a place: low frequencies (σ 1.5), resampling, sharpening.
 */
const FINISH_REACH = 8;

/**
 * Of a network's overlap, what a preview is content with, since overlap is most of what it costs: along the window's
 * border and where two tiles meet it may differ from the whole result by more than one 8-bit step. By how much is measured
 * for what the fast networks started from: two, at 20 of 28 and at 12 of 16 (models/README.md, “Overlap”).
 */
const OVERLAP_SHARE = 0.7;

/** Multiplications that a machine has done in a few seconds: a preview may come to its end while the next one waits. */
const BRIEF_MACS = 1e11;

export interface Crop {
  /** In pixels of the layer. */
  readonly source: Rect;
  /** What is made of it; its first pixel is a pixel of the whole result. */
  readonly target: Target;
  /** That pixel. */
  readonly at: Point;
  /** What of the window the layer covers, in pixels of the whole result. */
  readonly seen: Rect;
  /** Where the layer goes on. */
  readonly cut: CutSides;
}

/**
 * @param window in pixels of the whole result
 * @param whole what becomes of the layer
 * @param margin source pixels around what is seen
 * @returns undefined if the window does not show any of the layer
 */
export function cropFor(window: Rect, layer: Dimensions, whole: Target, margin: number): Crop | undefined {
  const across = cropAxis(window.x, window.width, layer.width, margin, {
    length: whole.width,
    scale: whole.scaleX,
    offset: whole.offsetX,
  });
  const down = cropAxis(window.y, window.height, layer.height, margin, {
    length: whole.height,
    scale: whole.scaleY,
    offset: whole.offsetY,
  });
  if (!across || !down) return undefined;
  return {
    source: { x: across.from, y: down.from, width: across.size, height: down.size },
    target: {
      width: across.length,
      height: down.length,
      scaleX: whole.scaleX,
      scaleY: whole.scaleY,
      offsetX: across.offset,
      offsetY: down.offset,
    },
    at: { x: across.at, y: down.at },
    seen: { x: across.seen, y: down.seen, width: across.seenLength, height: down.seenLength },
    cut: {
      left: across.from > 0,
      top: down.from > 0,
      right: across.from + across.size < layer.width,
      bottom: down.from + down.size < layer.height,
    },
  };
}

interface WholeAxis {
  readonly length: number;
  readonly scale: number;
  readonly offset: number;
}

function cropAxis(start: number, length: number, side: number, margin: number, whole: WholeAxis) {
  const { scale, offset } = whole;
  const seen = Math.max(0, start);
  const end = Math.min(whole.length, start + length);
  if (end <= seen) return undefined;
  const from = Math.max(0, Math.floor((seen + offset) / scale) - margin);
  const to = Math.min(side, Math.ceil((end + offset) / scale) + margin);
  // The result's pixels begin between those of the source: the crop's are the nearest that are the whole's as well.
  const at = from === 0 ? 0 : Math.round(from * scale - offset);
  const last = to === side ? whole.length : Math.round(to * scale - offset);
  return {
    from,
    size: to - from,
    at,
    length: last - at,
    offset: offset + at - from * scale,
    seen,
    seenLength: end - seen,
  };
}

/** Source pixels needed around what is seen, for the job's networks and what comes after them. */
export function marginOf({ blend, faces }: EngineJob): number {
  return Math.max(nearly(blend).overlap, faces ? nearly(faces.blend).overlap : 0) + FINISH_REACH;
}

function nearly(blend: Blend): Blend {
  return { ...blend, overlap: Math.ceil(OVERLAP_SHARE * blend.overlap) };
}

/** The whole layer's job for a crop of it. */
export function jobFor(whole: EngineJob, { source, target, cut }: Crop): EngineJob {
  const { faces, ...rest } = facesWithin(whole, source);
  const macs = (rest.blend.macsPerPixel + (faces?.blend.macsPerPixel ?? 0)) * source.width * source.height;
  const job = { ...rest, blend: nearly(rest.blend), target, crop: { cut, brief: macs <= BRIEF_MACS } };
  return faces ? { ...job, faces: { ...faces, blend: nearly(faces.blend) } } : job;
}

/** The part of a crop's result that is seen. */
export function seenOf({ seen, at }: Crop, made: Pixels): Pixels {
  return partOf(made, { ...seen, x: seen.x - at.x, y: seen.y - at.y });
}

/**
 * The layer as it is, enlarged smoothly: as much of it as was read, so that there is something to see at once when the
 * window moves a little.
 */
export function beforeOf({ target, at, cut }: Crop, source: Pixels): { at: Rect; pixels: Pixels } {
  // Interpolation looks at two pixels on either side.
  const rim = (is: boolean, scale: number): number => (is ? Math.ceil(2 * scale) : 0);
  const { scaleX, scaleY } = target;
  const x = rim(cut.left, scaleX);
  const y = rim(cut.top, scaleY);
  const width = target.width - x - rim(cut.right, scaleX);
  const height = target.height - y - rim(cut.bottom, scaleY);
  return {
    at: { x: at.x + x, y: at.y + y, width, height },
    pixels: partOf(bicubic(source, target), { x, y, width, height }),
  };
}

function partOf(of: Pixels, { x, y, width, height }: Rect): Pixels {
  const rgba = new Uint8ClampedArray(4 * width * height);
  for (let row = 0; row < height; row += 1) {
    const from = 4 * ((y + row) * of.width + x);
    rgba.set(of.rgba.subarray(from, from + 4 * width), 4 * row * width);
  }
  return { width, height, rgba };
}
