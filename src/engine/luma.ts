/** Weights of R, G and B in luma (ITU-R BT.709). */
export const LUMA = [0.2126, 0.7152, 0.0722] as const;
