/**
 * Photo or drawing: statistics that differ between the two, weighed by a logistic regression. Drawings (also screenshots,
 * diagrams, lettering) have flat areas, hard edges between them and few colours; photos have grain and gradients.
 */
import { DRAWING_WEIGHTS } from './drawing-weights.ts';
import { flattened, sizeAt, type Picture } from './picture.ts';

/** Longer side that pictures are shrunk to, in pixels: what is known at it holds for a thumbnail and for the whole. */
const SIDE = 384;
/** Pixels less opaque than this say nothing, 0..1. */
const OPAQUE = 0.98;
/** Colours this near, in each channel and in 1/255 of white, are one: what JPEG at usual qualities leaves of a flat one. */
const SAME_COLOUR = 6;
/** The share of the border that a backdrop's colour has, at least. */
const LEAST_BACKDROP = 0.3;
/** What must be left of a picture without its backdrop for the backdrop to be left out, as a share. */
const LEAST_SUBJECT = 0.08;

/** The least number of pixels that statistics are made of. */
const LEAST_PIXELS = 32 * 32;

/** Thresholds of the histogram of steps between neighbours, in 1/255 of white: flat, JPEG's ripple, grain … edges. */
const STEPS = [0, 1, 3, 7, 15, 31, 63] as const;
/** An edge is looked at from `NEAR` pixels on both sides, which antialiasing does not reach, out to `FAR`. */
const NEAR = 2;
const FAR = 5;
/** The least contrast of an edge, in 1/255 of white. */
const EDGE = 24;
/** An edge lies between flat areas if both together change by less than this share of its contrast. */
const LEVEL = 0.15;

/** The names of the statistics, in their order. All are shares in 0..1. */
export const STATISTICS = [
  ...STEPS.map((step) => `steps up to ${step}`),
  'edges between flat areas',
  'in the commonest colour',
  'in the 8 commonest colours',
  'in the 64 commonest colours',
  'in the 4 commonest grays',
  'in the 16 commonest grays',
] as const;

/**
 * How sure it is that a picture is a drawing, 0..1; undefined if it has too few opaque pixels to tell.
 */
export function drawingLikelihood(picture: Picture): number | undefined {
  const statistics = statisticsOf(picture);
  if (!statistics) return undefined;
  const { bias, weights } = DRAWING_WEIGHTS;
  const score = statistics.reduce((sum, value, at) => sum + value * (weights[at] as number), bias);
  return 1 / (1 + Math.exp(-score));
}

/** `STATISTICS` of a picture; undefined if it has fewer than 32² opaque pixels, shrunk to `SIDE`. */
export function statisticsOf(picture: Picture): number[] | undefined {
  const { width, height, colours, luma, kinds } = prepare(picture);
  const steps = new Float64Array(256);
  const colourCounts = new Uint32Array(1 << 15);
  const grayCounts = new Uint32Array(256);
  let pixels = 0;
  let pairs = 0;
  let edges = 0;
  let levelEdges = 0;

  const look = (at: number, stride: number, place: number, length: number): void => {
    if (place + 1 >= length) return;
    const next = at + stride;
    if (
      kinds[at] !== NOTHING &&
      kinds[next] !== NOTHING &&
      (kinds[at] === SUBJECT || kinds[next] === SUBJECT)
    ) {
      let step = 0;
      for (let c = 0; c < 3; c++) {
        step = Math.max(step, Math.abs((colours[3 * at + c] as number) - (colours[3 * next + c] as number)));
      }
      steps[step] = (steps[step] as number) + 1;
      pairs++;
    }
    if (place < FAR || place + FAR >= length || kinds[at] === NOTHING) return;
    const [first, last] = [at - FAR * stride, at + FAR * stride];
    const [before, after] = [luma[at - NEAR * stride] as number, luma[at + NEAR * stride] as number];
    const contrast = Math.abs(after - before);
    if (contrast < EDGE || kinds[first] === NOTHING || kinds[last] === NOTHING) return;
    edges++;
    const change = Math.abs((luma[last] as number) - after) + Math.abs(before - (luma[first] as number));
    if (change < LEVEL * contrast) levelEdges++;
  };

  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      look(at, 1, x, width);
      look(at, width, y, height);
      if (kinds[at] !== SUBJECT) continue;
      pixels++;
      let colour = 0;
      for (let c = 0; c < 3; c++) colour = (colour << 5) | ((colours[3 * at + c] as number) >> 3);
      colourCounts[colour] = (colourCounts[colour] as number) + 1;
      const gray = Math.round(luma[at] as number);
      grayCounts[gray] = (grayCounts[gray] as number) + 1;
    }
  }
  if (pixels < LEAST_PIXELS || pairs === 0) return undefined;

  const common = commonest(colourCounts, pixels);
  const commonGrays = commonest(grayCounts, pixels);
  return [
    ...STEPS.map((most) => steps.subarray(0, most + 1).reduce((sum, count) => sum + count, 0) / pairs),
    edges === 0 ? 1 : levelEdges / edges,
    common(1),
    common(8),
    common(64),
    commonGrays(4),
    commonGrays(16),
  ];
}

/** The share of the `n` largest counts in the total. */
function commonest(counts: Uint32Array, total: number): (n: number) => number {
  const falling = counts
    .filter((count) => count > 0)
    .sort()
    .reverse();
  return (n) => falling.subarray(0, n).reduce((sum, count) => sum + count, 0) / total;
}

const NOTHING = 0;
const SURROUNDINGS = 1;
const SUBJECT = 2;

/** BT.601 */
const LUMA: readonly number[] = [0.299, 0.587, 0.114];

interface Prepared {
  readonly width: number;
  readonly height: number;
  /** Interleaved RGB, 0..255 */
  readonly colours: Uint8Array;
  /** 0..255, BT.601 */
  readonly luma: Float32Array;
  /** For each pixel NOTHING where it is transparent, SURROUNDINGS of the backdrop's colour, else SUBJECT. */
  readonly kinds: Uint8Array;
}

function prepare(picture: Picture): Prepared {
  const size = sizeAt(picture, Math.min(SIDE, Math.max(picture.width, picture.height)));
  const { width, height, data, alpha } = flattened(picture, size);
  const pixels = width * height;
  const colours = new Uint8Array(3 * pixels);
  const luma = new Float32Array(pixels);
  const kinds = new Uint8Array(pixels);
  for (let at = 0; at < pixels; at++) {
    let gray = 0;
    for (let c = 0; c < 3; c++) {
      const sample = Math.round(255 * (data[c * pixels + at] as number));
      colours[3 * at + c] = sample;
      gray += (LUMA[c] as number) * sample;
    }
    luma[at] = gray;
    kinds[at] = (alpha[at] as number) >= OPAQUE ? SUBJECT : NOTHING;
  }
  leaveBackdropOut(colours, kinds, width, height);
  return { width, height, colours, luma, kinds };
}

/**
 * Marks what has the border's commonest colour: a photo of a thing before white is none the less a photo. Not where
 * next to nothing would be left, as of thin lines on paper.
 */
function leaveBackdropOut(colours: Uint8Array, kinds: Uint8Array, width: number, height: number): void {
  const border = new Map<number, number>();
  let [commonest, most] = [0, 0];
  const count = (at: number): void => {
    if (kinds[at] === NOTHING) return;
    let key = 0;
    for (let c = 0; c < 3; c++) key = (key << 6) | ((colours[3 * at + c] as number) >> 2);
    const found = (border.get(key) ?? 0) + 1;
    border.set(key, found);
    if (found > most) [commonest, most] = [at, found];
  };
  for (let x = 0; x < width; x++) {
    count(x);
    count((height - 1) * width + x);
  }
  for (let y = 0; y < height; y++) {
    count(y * width);
    count(y * width + width - 1);
  }
  // A border of many colours has no backdrop to be left out.
  if (most < LEAST_BACKDROP * 2 * (width + height)) return;
  const backdrop = colours.slice(3 * commonest, 3 * commonest + 3);
  const left = kinds.slice();
  let [opaque, subject] = [0, 0];
  for (let at = 0; at < kinds.length; at++) {
    if (kinds[at] === NOTHING) continue;
    opaque++;
    if (near(colours, at, backdrop)) {
      left[at] = SURROUNDINGS;
    } else {
      subject++;
    }
  }
  if (subject >= LEAST_SUBJECT * opaque && subject >= LEAST_PIXELS) kinds.set(left);
}

function near(colours: Uint8Array, at: number, colour: Uint8Array): boolean {
  for (let c = 0; c < 3; c++) {
    if (Math.abs((colours[3 * at + c] as number) - (colour[c] as number)) > SAME_COLOUR) return false;
  }
  return true;
}
