import { colourCodes, UNSPECIFIED } from '../h273.ts';
import type { ColourTags, Rate } from '../types.ts';
import type { Bits } from './bits.ts';
import { HQ_WEIGHTS, LOG2_SLICE } from './tables.ts';

const FRAME_HEADER_BYTES = 20 + 2 * HQ_WEIGHTS.length;
const PICTURE_HEADER_BYTES = 8;
const IDENTIFIER = 'icpf';
/** Who encoded it: four letters of the encoder's own. */
const ENCODER = 'loup';
const CHROMA_422 = 2;
const SQUARE_PIXELS = 1;

/** BT.601's and BT.2020's curves are BT.709's and have its code; beside them RDD 36 has PQ and HLG alone. */
const TRANSFER: Readonly<Record<number, number>> = { 1: 1, 6: 1, 16: 16, 18: 18 };
/** BT.470BG's matrix is BT.601's. */
const MATRIX: Readonly<Record<number, number>> = { 1: 1, 5: 6, 6: 6, 9: 9 };

/** In the order of their codes, from 1 on. */
const RATES: readonly Rate[] = [
  { numerator: 24000, denominator: 1001 },
  { numerator: 24, denominator: 1 },
  { numerator: 25, denominator: 1 },
  { numerator: 30000, denominator: 1001 },
  { numerator: 30, denominator: 1 },
  { numerator: 50, denominator: 1 },
  { numerator: 60000, denominator: 1001 },
  { numerator: 60, denominator: 1 },
  { numerator: 100, denominator: 1 },
  { numerator: 120000, denominator: 1001 },
  { numerator: 120, denominator: 1 },
];

export interface FrameFacts {
  readonly width: number;
  readonly height: number;
  readonly colour: ColourTags;
  /** Left out, the frame does not say it. */
  readonly rate?: Rate;
}

/** The frame's size, to be set when it is known, its identifier and its header. Sections 5.1 and 5.1.1. */
export function writeFrameHeader(bits: Bits, { width, height, colour, rate }: FrameFacts): void {
  bits.position += 4;
  for (const letter of IDENTIFIER) bits.byte(letter.charCodeAt(0));
  bits.word(FRAME_HEADER_BYTES);
  // Version 0: 4:2:2 without alpha.
  bits.word(0);
  for (const letter of ENCODER) bits.byte(letter.charCodeAt(0));
  bits.word(width);
  bits.word(height);
  // Progressive: the two bits for it are 0.
  bits.byte(CHROMA_422 << 6);
  bits.byte((SQUARE_PIXELS << 4) | rateCode(rate));
  const { primaries, transfer, matrix } = colourCodes(colour);
  bits.byte(primaries);
  bits.byte(TRANSFER[transfer] ?? UNSPECIFIED);
  bits.byte(MATRIX[matrix] ?? UNSPECIFIED);
  // No alpha.
  bits.byte(0);
  // Both matrices follow.
  bits.word(3);
  for (let plane = 0; plane < 2; plane++) HQ_WEIGHTS.forEach((weight) => bits.byte(weight));
}

function rateCode(rate: Rate | undefined): number {
  if (rate === undefined) return 0;
  return (
    1 +
    RATES.findIndex(
      ({ numerator, denominator }) => numerator * rate.denominator === rate.numerator * denominator,
    )
  );
}

/** The picture's header, to be followed by the slices' sizes. Section 5.2. */
export function writePictureHeader(bits: Bits, slices: number): void {
  bits.byte(PICTURE_HEADER_BYTES << 3);
  bits.position += 4;
  bits.word(slices & 0xffff);
  bits.byte(LOG2_SLICE << 4);
}
