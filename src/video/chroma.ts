/**
 * Chroma between its own grid and that of luma, each way the exact inverse of the other, so that a picture that goes
 * in and out unchanged comes back as it was, however rough its chroma.
 *
 * Where chroma lies on a luma sample (across, in 4:2:0 and 4:2:2), it is interpolated linearly; the way back is the
 * low-pass of the 5/3 wavelet (−1 2 6 2 −1)/8, of which linear interpolation is the inverse (Le Gall and Tabatabai,
 * 1988; ITU-T T.800 annex F). Where it lies between two samples (down, in 4:2:0), the two become c ∓ d with d a quarter of
 * a slope, and the way back is their mean, which is c whatever d is; the slope is van Leer's monotonised central
 * difference (1977), which makes no overshoot.
 */

/** Where chroma lies among luma samples along one direction. */
export interface Lattice {
  /** How many there are of each. */
  readonly luma: number;
  readonly chroma: number;
  /** 0: chroma is as dense as luma; 1: half. */
  readonly shift: 0 | 1;
  /** Of the first chroma sample, in luma samples from the first: −½ or ½ between two, 0 or 1 on one. */
  readonly phase: number;
}

/** Half a luma sample off: chroma lies between two. */
export function isBetween({ shift, phase }: Lattice): boolean {
  return shift === 1 && !Number.isInteger(phase);
}

/** A quarter of the slope at `c`, between its neighbours `before` and `after`. */
export function quarterSlope(before: number, c: number, after: number): number {
  const left = c - before;
  const right = after - c;
  if (left * right <= 0) return 0;
  const central = (left + right) / 8;
  if (left > 0) {
    const most = (left < right ? left : right) / 2;
    return central < most ? central : most;
  }
  const most = (left > right ? left : right) / 2;
  return central > most ? central : most;
}

/** A row of codes at `start` of `plane` to signals at luma's density: `(code − offset) · scale`. */
export function upsampleAcross(
  plane: Uint8Array | Uint16Array,
  start: number,
  lattice: Lattice,
  offset: number,
  scale: number,
  into: Float32Array,
): void {
  const { luma, chroma, shift, phase } = lattice;
  if (shift === 0) {
    for (let x = 0; x < luma; x++) into[x] = ((plane[start + x] as number) - offset) * scale;
  } else if (isBetween(lattice)) {
    let before = ((plane[start] as number) - offset) * scale;
    let c = before;
    let x = phase < 0 ? -1 : 0;
    for (let i = 0; i < chroma; i++, x += 2) {
      const after = i + 1 < chroma ? ((plane[start + i + 1] as number) - offset) * scale : c;
      const d = quarterSlope(before, c, after);
      if (x >= 0) into[x] = c - d;
      if (x + 1 < luma) into[x + 1] = c + d;
      before = c;
      c = after;
    }
  } else {
    let c = ((plane[start] as number) - offset) * scale;
    let x = 0;
    if (phase === 1) into[x++] = c;
    for (let i = 1; i < chroma; i++, x += 2) {
      const next = ((plane[start + i] as number) - offset) * scale;
      into[x] = c;
      into[x + 1] = (c + next) / 2;
      c = next;
    }
    for (; x < luma; x++) into[x] = c;
  }
}

/** A row of signals at luma's density to codes on every second sample: the wavelet's low-pass. */
export function downsampleAcross(
  row: Float32Array,
  width: number,
  offset: number,
  perSignal: number,
  most: number,
  plane: Uint8Array | Uint16Array,
  start: number,
): void {
  const last = width - 1;
  const count = (width + 1) >> 1;
  for (let i = 0; i < count; i++) {
    const x = 2 * i;
    let sum: number;
    if (x >= 2 && x + 2 <= last) {
      sum =
        6 * (row[x] as number) +
        2 * ((row[x - 1] as number) + (row[x + 1] as number)) -
        ((row[x - 2] as number) + (row[x + 2] as number));
    } else {
      // Beyond the border the row goes on as `upsampleAcross` has it: mirrored at the first sample, flat after the last.
      const at = (k: number): number => row[k < 0 ? Math.min(-k, last) : Math.min(k, last)] as number;
      sum = 6 * at(x) + 2 * (at(x - 1) + at(x + 1)) - (at(x - 2) + at(x + 2));
    }
    const code = (sum / 8) * perSignal + offset + 0.5;
    plane[start + i] = code < 0 ? 0 : code > most ? most : code;
  }
}
