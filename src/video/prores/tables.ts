/** The fixed numbers of ProRes 422. SMPTE RDD 36:2015 unless said otherwise. */

/**
 * Weights that Apple's ProRes 422 HQ files carry in their frame headers, luma and chroma alike, row by row. The document
 * leaves them to the encoder: they travel with every frame.
 */
// prettier-ignore
export const HQ_WEIGHTS = Uint8Array.of(
  4, 4, 4, 4, 4, 4, 4, 4,
  4, 4, 4, 4, 4, 4, 4, 4,
  4, 4, 4, 4, 4, 4, 4, 4,
  4, 4, 4, 4, 4, 4, 4, 5,
  4, 4, 4, 4, 4, 4, 5, 5,
  4, 4, 4, 4, 4, 5, 5, 6,
  4, 4, 4, 4, 5, 5, 6, 7,
  4, 4, 4, 4, 5, 6, 7, 7,
);

/** The order of a progressive block's coefficients: each entry is a place in the block, row by row. Figure 4. */
// prettier-ignore
export const SCAN = Uint8Array.of(
   0,  1,  8,  9,  2,  3, 10, 11,
  16, 17, 24, 25, 18, 19, 26, 27,
   4,  5, 12, 20, 13,  6,  7, 14,
  21, 28, 29, 22, 15, 23, 30, 31,
  32, 33, 40, 48, 41, 34, 35, 42,
  49, 56, 57, 50, 43, 36, 37, 44,
  51, 58, 59, 52, 45, 38, 39, 46,
  53, 60, 61, 54, 47, 55, 62, 63,
);

export const MACROBLOCK = 16;
/** Macroblocks of a slice: as many as there may be, so log2 3 in the picture header. */
export const LOG2_SLICE = 3;
export const SLICE_MACROBLOCKS = 1 << LOG2_SLICE;
export const MOST_QUANTISER = 224;

/** How much the quantiser with that index divides by: 1..128, then in steps of 4 up to 512. Table 15. */
export function quantiserScale(index: number): number {
  return index <= 128 ? index : 128 + 4 * (index - 128);
}

/** How a row of macroblocks is cut: eights, and what is left in falling powers of two. */
export function sliceSizes(macroblocks: number): number[] {
  const sizes: number[] = [];
  for (let left = macroblocks, size = SLICE_MACROBLOCKS; left > 0; size /= 2) {
    for (; left >= size; left -= size) sizes.push(size);
  }
  return sizes;
}
