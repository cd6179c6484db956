/** How the panel writes numbers and sizes. */

/** U+202F: narrower than a space and never broken at a line's end. */
const THIN_SPACE = '\u202f';

/** A whole number with its thousands set apart: 12 800. Four digits stay together, as in 2560. */
export function numberText(value: number): string {
  const digits = String(Math.round(value));
  if (digits.length <= 4) return digits;
  return digits.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
}

/** Pixels by pixels, without a unit: “640 × 448”. Where it must, it breaks after the sign. */
export function sizeText({ width, height }: { width: number; height: number }): string {
  return `${numberText(width)}\u00a0× ${numberText(height)}`;
}

/** A share of one as whole percent; 100 only when all is done. */
export function percentOf(fraction: number): number {
  return Math.floor(Math.min(1, Math.max(0, fraction)) * 100);
}
