import type { Plane } from '../planes.ts';
import type { Bits } from './bits.ts';
import {
  DC_BY_SIZE,
  FIRST_DC,
  FIRST_DC_SIZE,
  FIRST_LEVEL,
  FIRST_RUN,
  LEVEL_BY_LEVEL,
  RUN_BY_RUN,
  type CodeBook,
} from './codes.ts';
import { forwardDct, scaleOf } from './dct.ts';
import { HQ_WEIGHTS, MACROBLOCK, quantiserScale, SCAN, SLICE_MACROBLOCKS } from './tables.ts';

const SIDE = 8;
const BLOCK = SIDE * SIDE;
/** Of 4:2:2: luma has four blocks to a macroblock, each chroma plane the upper and the lower one. */
const COLUMNS = [2, 1, 1] as const;
const ROWS = 2;
const HEADER_BYTES = 6;
/**
 * No slice is longer: 4096 coefficients, at most 27 bits for a level, a sign and what a run of none takes at most.
 */
export const MOST_SLICE_BYTES = 32 * 1024;

/** One plane of a picture. */
export interface Component {
  readonly samples: Plane;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
}
export type Components = readonly [Component, Component, Component];

/** Coefficients of one slice before they are quantised: the blocks of Y, Cb and Cr, as the bitstream orders them. */
export interface SliceCoefficients {
  macroblocks: number;
  readonly planes: readonly [Float32Array, Float32Array, Float32Array];
}

export function sliceCoefficients(): SliceCoefficients {
  const plane = (columns: number) => new Float32Array(SLICE_MACROBLOCKS * columns * ROWS * BLOCK);
  return { macroblocks: 0, planes: [plane(COLUMNS[0]), plane(COLUMNS[1]), plane(COLUMNS[2])] };
}

const patch = new Uint16Array(BLOCK);

/** Transforms the slice that begins at that macroblock. Beyond the picture its last row and column go on. */
export function transformSlice(
  components: Components,
  column: number,
  row: number,
  macroblocks: number,
  into: SliceCoefficients,
): void {
  into.macroblocks = macroblocks;
  components.forEach((component, index) => {
    const columns = COLUMNS[index] as number;
    const { samples, stride, width, height } = component;
    const top = row * MACROBLOCK;
    let at = 0;
    for (let macroblock = 0; macroblock < macroblocks; macroblock++) {
      const left = (column + macroblock) * columns * SIDE;
      for (let block = 0; block < columns * ROWS; block++, at += BLOCK) {
        const x = left + (block % columns) * SIDE;
        const y = top + Math.floor(block / columns) * SIDE;
        if (samples instanceof Uint16Array && x + SIDE <= width && y + SIDE <= height) {
          forwardDct(samples, y * stride + x, stride, into.planes[index] as Float32Array, at);
        } else {
          copyPatch(component, x, y);
          forwardDct(patch, 0, SIDE, into.planes[index] as Float32Array, at);
        }
      }
    }
  });
}

function copyPatch({ samples, stride, width, height }: Component, left: number, top: number): void {
  for (let place = 0; place < BLOCK; place++) {
    const x = Math.min(left + (place % SIDE), width - 1);
    const y = Math.min(top + (place >> 3), height - 1);
    patch[place] = samples[y * stride + x] as number;
  }
}

/** What each coefficient, in scanned order, is multiplied by to become a level. */
export type Reciprocals = Float64Array;

/**
 * A decoder multiplies a level by weight × scale / 8 and gets coefficients of half a 10-bit sample's size (RDD 36,
 * sections 7.3 and 7.5.1), so of the samples themselves by weight × scale / 4.
 */
export function reciprocals(quantiser: number): Reciprocals {
  return Float64Array.from(
    SCAN,
    (place) => 4 / ((HQ_WEIGHTS[place] as number) * quantiserScale(quantiser) * scaleOf(place)),
  );
}

const levels = new Int32Array(SLICE_MACROBLOCKS * COLUMNS[0] * ROWS * BLOCK);

/** Writes one slice: its header, then each component's levels, each from a whole byte on. */
export function writeSlice(
  bits: Bits,
  coefficients: SliceCoefficients,
  quantiser: number,
  factors: Reciprocals,
): void {
  bits.reserve(MOST_SLICE_BYTES);
  const start = bits.position;
  bits.byte(HEADER_BYTES << 3);
  bits.byte(quantiser);
  bits.position += 4;
  for (let index = 0; index < 3; index++) {
    const from = bits.position;
    const blocks = coefficients.macroblocks * (COLUMNS[index] as number) * ROWS;
    quantise(coefficients.planes[index] as Float32Array, blocks, factors);
    writeDc(bits, blocks);
    writeAc(bits, blocks);
    bits.align();
    // The third size is what is left.
    if (index < 2) bits.setWord(start + 2 + 2 * index, bits.position - from);
  }
}

/** Into `levels`, by frequency first and block second, which is the order they are coded in. */
function quantise(from: Float32Array, blocks: number, factors: Reciprocals): void {
  for (let frequency = 0, at = 0; frequency < BLOCK; frequency++) {
    const factor = factors[frequency] as number;
    for (let block = 0, place = SCAN[frequency] as number; block < blocks; block++, place += BLOCK) {
      const level = (from[place] as number) * factor;
      levels[at++] = (level + (level < 0 ? -0.5 : 0.5)) | 0;
    }
  }
}

/** The first as it is, the others as differences, whose sign is told as the same as the last one's or the other. */
function writeDc(bits: Bits, blocks: number): void {
  let before = levels[0] as number;
  bits.putValue(FIRST_DC, folded(before));
  let size = FIRST_DC_SIZE;
  let negative = false;
  for (let block = 1; block < blocks; block++) {
    const level = levels[block] as number;
    const difference = level - before;
    bits.putValue(DC_BY_SIZE[size] as CodeBook, folded(negative ? -difference : difference));
    negative = difference < 0;
    size = Math.min(Math.abs(difference), DC_BY_SIZE.length - 1);
    before = level;
  }
}

/** Signed as unsigned: 0, −1, 1, −2, 2 … */
function folded(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

/** Runs of zeros and the levels that end them; zeros at the end are not written. */
function writeAc(bits: Bits, blocks: number): void {
  const end = blocks * BLOCK;
  let runs: CodeBook = RUN_BY_RUN[FIRST_RUN] as CodeBook;
  let sizes: CodeBook = LEVEL_BY_LEVEL[FIRST_LEVEL] as CodeBook;
  let run = 0;
  for (let at = blocks; at < end; at++) {
    const level = levels[at] as number;
    if (level === 0) {
      run++;
      continue;
    }
    const symbol = (level < 0 ? -level : level) - 1;
    bits.putRunAndLevel(runs, run, sizes, symbol, level >>> 31);
    runs = RUN_BY_RUN[run < RUN_BY_RUN.length ? run : RUN_BY_RUN.length - 1] as CodeBook;
    sizes = LEVEL_BY_LEVEL[symbol < LEVEL_BY_LEVEL.length ? symbol : LEVEL_BY_LEVEL.length - 1] as CodeBook;
    run = 0;
  }
}
