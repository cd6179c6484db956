/**
 * The forward 8×8 cosine transform by Arai, Agui and Nakajima (1988): five multiplications for eight samples; what each
 * coefficient comes out too large by is left to the quantiser (`scaleOf`).
 */

const SIDE = 8;
/** So that samples lie around 0: half of 10 bits. */
const MIDDLE = 512;

const C2 = Math.cos((2 * Math.PI) / 16);
const C4 = Math.SQRT1_2;
const C6 = Math.cos((6 * Math.PI) / 16);

/** `into[at…]`, row by row, from the samples at `from`, whose rows are `stride` apart. */
export function forwardDct(
  samples: Uint16Array,
  from: number,
  stride: number,
  into: Float32Array,
  at: number,
): void {
  for (let row = 0, place = from, to = at; row < SIDE; row++, place += stride, to += SIDE) {
    const a = (samples[place] as number) - MIDDLE;
    const b = (samples[place + 1] as number) - MIDDLE;
    const c = (samples[place + 2] as number) - MIDDLE;
    const d = (samples[place + 3] as number) - MIDDLE;
    const e = (samples[place + 4] as number) - MIDDLE;
    const f = (samples[place + 5] as number) - MIDDLE;
    const g = (samples[place + 6] as number) - MIDDLE;
    const h = (samples[place + 7] as number) - MIDDLE;

    const ah = a + h;
    const bg = b + g;
    const cf = c + f;
    const de = d + e;
    const outer = ah - de;
    into[to] = ah + de + (bg + cf);
    into[to + 4] = ah + de - (bg + cf);
    const turned = (bg - cf + outer) * C4;
    into[to + 2] = outer + turned;
    into[to + 6] = outer - turned;

    const p = d - e + (c - f);
    const q = c - f + (b - g);
    const r = b - g + (a - h);
    const shared = (p - r) * C6;
    const low = (C2 - C6) * p + shared;
    const high = (C2 + C6) * r + shared;
    const middle = q * C4;
    const plus = a - h + middle;
    const minus = a - h - middle;
    into[to + 1] = plus + high;
    into[to + 7] = plus - high;
    into[to + 5] = minus + low;
    into[to + 3] = minus - low;
  }
  for (let column = 0, to = at; column < SIDE; column++, to++) {
    const a = into[to] as number;
    const b = into[to + 8] as number;
    const c = into[to + 16] as number;
    const d = into[to + 24] as number;
    const e = into[to + 32] as number;
    const f = into[to + 40] as number;
    const g = into[to + 48] as number;
    const h = into[to + 56] as number;

    const ah = a + h;
    const bg = b + g;
    const cf = c + f;
    const de = d + e;
    const outer = ah - de;
    into[to] = ah + de + (bg + cf);
    into[to + 32] = ah + de - (bg + cf);
    const turned = (bg - cf + outer) * C4;
    into[to + 16] = outer + turned;
    into[to + 48] = outer - turned;

    const p = d - e + (c - f);
    const q = c - f + (b - g);
    const r = b - g + (a - h);
    const shared = (p - r) * C6;
    const low = (C2 - C6) * p + shared;
    const high = (C2 + C6) * r + shared;
    const middle = q * C4;
    const plus = a - h + middle;
    const minus = a - h - middle;
    into[to + 8] = plus + high;
    into[to + 56] = plus - high;
    into[to + 40] = minus + low;
    into[to + 24] = minus - low;
  }
}

/** What the coefficient at a place comes out too large by, beside an orthonormal transform. */
export function scaleOf(place: number): number {
  return SIDE * alongAxis(place % SIDE) * alongAxis(Math.floor(place / SIDE));
}

function alongAxis(frequency: number): number {
  return frequency === 0 ? 1 : Math.SQRT2 * Math.cos((frequency * Math.PI) / 16);
}
