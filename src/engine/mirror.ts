/**
 * What lies beyond a picture's border: its mirror image, the edge pixel included (… 1 0 | 0 1 2 … n−1 | n−1 n−2 …).
 * Unlike a reflection without the edge pixel it also works for a side of one pixel.
 */

/** The pixel in 0..n−1 that stands at `index`, which may lie any distance outside. */
export function mirrorIndex(index: number, n: number): number {
  const period = 2 * n;
  const folded = ((index % period) + period) % period;
  return folded < n ? folded : period - 1 - folded;
}

/** `mirrorIndex` of `length` indices from `start` on. */
export function mirrorIndices(start: number, length: number, n: number): Int32Array {
  return Int32Array.from({ length }, (_, i) => mirrorIndex(start + i, n));
}
