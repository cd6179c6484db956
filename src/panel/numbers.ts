/** How far something is, as the panel shows it. */

/** A share of one as whole percent; 100 only when all is done. */
export function percentOf(fraction: number): number {
  return Math.floor(Math.min(1, Math.max(0, fraction)) * 100);
}
