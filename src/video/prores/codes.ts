/**
 * The code books of ProRes: a Golomb-Rice code for small values that goes over into an exponential Golomb code for large
 * ones. Which book is next follows from the value before (RDD 36, section 7.1.1).
 */

/** Values whose codeword is kept ready. */
export const READY = 256;

export interface CodeBook {
  /** Of each small value: the length in bits above, the codeword in the low 24 bits. */
  readonly ready: Uint32Array;
  readonly lastRiceQuotient: number;
  readonly riceOrder: number;
  readonly exponentialOrder: number;
}

/** Up to `lastRiceQuotient` the quotient is coded by that many zeros, a one and `riceOrder` bits. */
function book(lastRiceQuotient: number, riceOrder: number, exponentialOrder: number): CodeBook {
  const ready = new Uint32Array(READY);
  const codeBook = { ready, lastRiceQuotient, riceOrder, exponentialOrder };
  for (let value = 0; value < READY; value++) {
    const { length, code } = codeword(codeBook, value);
    ready[value] = (length << 24) | code;
  }
  return codeBook;
}

/** A pure exponential Golomb code of that order is one with nothing but its first codewords by Rice. */
function exponential(order: number): CodeBook {
  return book(0, order, order + 1);
}

/** `code` has `length` bits, of which those above its highest one are zeros. */
export function codeword(
  { lastRiceQuotient, riceOrder, exponentialOrder }: Omit<CodeBook, 'ready'>,
  value: number,
): { readonly length: number; readonly code: number } {
  const quotient = value >> riceOrder;
  if (quotient <= lastRiceQuotient) {
    return {
      length: quotient + 1 + riceOrder,
      code: (1 << riceOrder) | (value & ((1 << riceOrder) - 1)),
    };
  }
  const code = value - ((lastRiceQuotient + 1) << riceOrder) + (1 << exponentialOrder);
  const exponent = 31 - Math.clz32(code);
  return { length: lastRiceQuotient + 1 + (exponent - exponentialOrder) + exponent + 1, code };
}

/** Of a slice's first DC coefficient. */
export const FIRST_DC = exponential(5);

const DC_BOOKS = [exponential(0), exponential(1), book(1, 2, 3), exponential(3)] as const;
/** By the size of the difference before; 3 stands for all above it. Section 7.1.1.3. */
export const DC_BY_SIZE: readonly CodeBook[] = DC_BOOKS;
/** As if the difference before the first had been that large. */
export const FIRST_DC_SIZE = 3;

const WIDE = exponential(1);
const WIDER = exponential(2);
/** By the run of zeros before; the last stands for all above it. Table 10. */
export const RUN_BY_RUN: readonly CodeBook[] = [
  ...same(2, book(2, 0, 1)),
  ...same(2, book(1, 0, 1)),
  exponential(0),
  ...same(4, book(1, 1, 2)),
  ...same(6, WIDE),
  WIDER,
];
export const FIRST_RUN = 4;

/** By the size of the level before, less one; the last stands for all above it. Table 11. */
export const LEVEL_BY_LEVEL: readonly CodeBook[] = [
  book(2, 0, 2),
  book(1, 0, 1),
  book(2, 0, 1),
  exponential(0),
  ...same(4, WIDE),
  WIDER,
];
export const FIRST_LEVEL = 1;

function same(count: number, each: CodeBook): CodeBook[] {
  return Array.from({ length: count }, () => each);
}
