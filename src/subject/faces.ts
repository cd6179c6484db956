/**
 * Finding faces with MediaPipe's BlazeFace for rear cameras. Its numbers are read as MediaPipe's `SsdAnchorsCalculator`
 * (with `fixed_anchor_size`) and `TfLiteTensorsToDetectionsCalculator` do: every anchor has the size of the input, and
 * its cell's centre as its place, so that a box is an offset from there and a size of its own, both in input pixels;
 * confidences are logits.
 */
import type { Region, Tile } from '../engine/types.ts';
import { BACKDROP, flattened, resizedTile, sizeAt, type Picture } from './picture.ts';

/** Runs the catalog's `detector` on a tile. It may take the tile's buffer. */
export type Detect = (tile: Tile) => Promise<Tile>;

/** What a cell of the detector's output stands for, in input pixels: its input's sides are multiples of it. */
export const CELL = 32;

/** Numbers for each anchor: x, y, width, height, confidence. */
const NUMBERS = 5;

/** The anchors' places within a cell, in the order of the detector's channels, in pixels. */
const ANCHORS: readonly (readonly [number, number])[] = [
  ...[8, 24].flatMap((y) => [8, 24].flatMap((x) => [[x, y] as const, [x, y] as const])),
  ...Array.from({ length: 6 }, () => [16, 16] as const),
];

/** Boxes that share more of their union than this are one face (`min_suppression_threshold` in MediaPipe's graphs). */
const SAME_FACE = 0.3;
/** A box is a part of a face found before if that much of it lies within that one's. */
const PART_OF_FACE = 0.5;

/** Where the detector was trained, 256 pixels, whole pictures are looked at; in half, for faces that nearly fill them … */
const WHOLE = [256, 128] as const;
/** … and enlarged, for faces of a twentieth. Larger still it finds them everywhere in foliage. */
const CLOSE = 512;
/** Faces larger than this share of the closer look's side are taken from the whole: close up, parts pass for faces. */
const LARGEST_CLOSE = 0.3;

/**
 * Surely a face. `npx tsx models/subject/check.ts` shows what it means: all of the portraits have more, hardly
 * anything else has.
 */
const SURE = 0.75;
/** The same for the closer look, which sees four times as many places. */
const SURE_CLOSE = 0.8;

/** The smallest face that is worth a network of its own, in pixels of the picture. */
const SMALLEST = 12;

/** A face from brows to chin, as the detector boxes it. */
export interface Face extends Region {
  /** 0..1 */
  readonly score: number;
}

/** The faces of a picture in its own pixels, the surest first. Rejects as `detect` does. */
export async function findFaces(picture: Picture, detect: Detect): Promise<Face[]> {
  const tile = flattened(picture, sizeAt(picture, CLOSE));
  const factor = Math.max(picture.width, picture.height) / CLOSE;
  const look = async (side: number, sure: number): Promise<Face[]> =>
    decodeFaces(await detect(detectorInput(tile, side)), sure).map((face) => ({
      ...face,
      ...scaled(face, (factor * CLOSE) / side),
    }));

  const whole: Face[] = [];
  for (const side of WHOLE) whole.push(...(await look(side, SURE)));
  const faces = distinct(whole);
  const largest = LARGEST_CLOSE * CLOSE * factor;
  const smaller = (await look(CLOSE, SURE_CLOSE)).filter(
    (face) =>
      face.width <= largest && !faces.some((found) => shared(face, found) > PART_OF_FACE * area(face)),
  );
  return [...faces, ...distinct(smaller)].filter(({ width }) => width >= SMALLEST);
}

function scaled({ x, y, width, height }: Region, factor: number): Region {
  return { x: x * factor, y: y * factor, width: width * factor, height: height * factor };
}

/** A picture at `side` pixels on its longer side, mid-gray to the right and below up to whole cells. */
export function detectorInput(picture: Tile, side: number): Tile {
  const { width, height, data } = resizedTile(picture, sizeAt(picture, side));
  const [wide, high] = [CELL * Math.ceil(width / CELL), CELL * Math.ceil(height / CELL)];
  const padded = new Float32Array(3 * wide * high).fill(BACKDROP);
  for (let row = 0; row < 3 * height; row++) {
    const [c, y] = [Math.floor(row / height), row % height];
    padded.set(data.subarray(row * width, (row + 1) * width), (c * high + y) * wide);
  }
  return { width: wide, height: high, data: padded };
}

/** The boxes in what the detector gave that are at least as sure, overlapping ones included, in no order. */
export function decodeFaces({ width: columns, height: rows, data }: Tile, sure: number): Face[] {
  const cells = columns * rows;
  const faces: Face[] = [];
  ANCHORS.forEach(([left, top], anchor) => {
    const number = (index: number, cell: number): number =>
      data[(NUMBERS * anchor + index) * cells + cell] as number;
    for (let cell = 0; cell < cells; cell++) {
      const score = 1 / (1 + Math.exp(-number(4, cell)));
      if (score < sure) continue;
      const [width, height] = [number(2, cell), number(3, cell)];
      const x = CELL * (cell % columns) + left + number(0, cell) - width / 2;
      const y = CELL * Math.floor(cell / columns) + top + number(1, cell) - height / 2;
      faces.push({ x, y, width, height, score });
    }
  });
  return faces;
}

/** The surest of each group of boxes that are one face, the surest first. */
export function distinct(faces: readonly Face[]): Face[] {
  const kept: Face[] = [];
  for (const face of [...faces].sort((a, b) => b.score - a.score)) {
    const same = (other: Face): boolean => {
      const both = shared(face, other);
      return both > SAME_FACE * (area(face) + area(other) - both);
    };
    if (!kept.some(same)) kept.push(face);
  }
  return kept;
}

function area({ width, height }: Region): number {
  return width * height;
}

/** The area of two regions' overlap. */
function shared(a: Region, b: Region): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}
