/** Made by `npx tsx models/subject/fit.ts`: what each of `STATISTICS` speaks for a drawing, or against it. */
export const DRAWING_WEIGHTS: { readonly bias: number; readonly weights: readonly number[] } = {
  bias: 14.1383,
  weights: [
    4.76332, // steps up to 0
    -1.63848, // steps up to 1
    1.00729, // steps up to 3
    1.2276, // steps up to 7
    -1.49673, // steps up to 15
    -10.8006, // steps up to 31
    -9.67603, // steps up to 63
    4.94835, // edges between flat areas
    0.517317, // in the commonest colour
    -3.06942, // in the 8 commonest colours
    3.22704, // in the 64 commonest colours
    -2.40413, // in the 4 commonest grays
    6.89057, // in the 16 commonest grays
  ],
};
