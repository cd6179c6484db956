/** Code points of ITU-T H.273 for colours by WebCodecs' names; 2 says that a colour is not specified. */
import type { ColourTags } from './types.ts';

export const UNSPECIFIED = 2;

const PRIMARIES: Readonly<Record<string, number>> = {
  bt709: 1,
  bt470bg: 5,
  smpte170m: 6,
  bt2020: 9,
  smpte432: 12,
};
const TRANSFER: Readonly<Record<string, number>> = {
  bt709: 1,
  smpte170m: 6,
  linear: 8,
  'iec61966-2-1': 13,
  pq: 16,
  hlg: 18,
};
const MATRIX: Readonly<Record<string, number>> = {
  rgb: 0,
  bt709: 1,
  bt470bg: 5,
  smpte170m: 6,
  'bt2020-ncl': 9,
};

export interface ColourCodes {
  readonly primaries: number;
  readonly transfer: number;
  readonly matrix: number;
}

export function colourCodes({ primaries, transfer, matrix }: ColourTags): ColourCodes {
  return {
    primaries: PRIMARIES[primaries] ?? UNSPECIFIED,
    transfer: TRANSFER[transfer] ?? UNSPECIFIED,
    matrix: MATRIX[matrix] ?? UNSPECIFIED,
  };
}

/** Code points in WebCodecs' names, as far as it has them. */
export function colourNames(codes: ColourCodes): Partial<ColourTags> {
  const name = (names: Readonly<Record<string, number>>, code: number): string | undefined =>
    Object.keys(names).find((each) => names[each] === code);
  // BT.2020's own two have the curve of BT.709 (H.273, table 3).
  const curve = codes.transfer === 14 || codes.transfer === 15 ? 1 : codes.transfer;
  return {
    primaries: name(PRIMARIES, codes.primaries),
    transfer: name(TRANSFER, curve),
    matrix: name(MATRIX, codes.matrix),
  } as Partial<ColourTags>;
}
