/** Rates and frames, exactly: rates are rationals and times are whole ticks, so that nothing drifts. */
import type { Rate } from './types.ts';

/** Premiere's clock (`TickTime`): a whole number of ticks for a frame of every rate in use. */
export const TICKS_PER_SECOND = 254_016_000_000n;

/** The rates that footage is made at. Those by 1001 are what is called 23.976, 29.97 and 59.94. */
export const KNOWN_RATES: readonly Rate[] = [
  ...[24, 30, 48, 60, 120].map((whole) => ({ numerator: whole * 1000, denominator: 1001 })),
  ...[24, 25, 30, 48, 50, 60, 100, 120].map((whole) => ({ numerator: whole, denominator: 1 })),
];

/** A number that stands for a known rate differs from it by its own rounding only; “23.98” is the coarsest in use. */
const ROUNDED_FINELY = 1e-3;
const ROUNDED_COARSELY = 5e-3;

/**
 * The exact rate that a number stands for: a known one, else the file's own if it is close, else the simplest rational
 * within a millionth.
 */
export function exactRate(framesPerSecond: number, file?: Rate): Rate {
  const near = (rates: readonly Rate[], by: number): Rate | undefined =>
    rates.find((rate) => Math.abs(framesOfSecond(rate) - framesPerSecond) <= by);
  return (
    near(KNOWN_RATES, ROUNDED_FINELY) ??
    near(file ? [file] : [], ROUNDED_FINELY) ??
    near(KNOWN_RATES, ROUNDED_COARSELY) ??
    rational(framesPerSecond)
  );
}

export function framesOfSecond({ numerator, denominator }: Rate): number {
  return numerator / denominator;
}

export function sameRate(one: Rate, other: Rate): boolean {
  return one.numerator * other.denominator === other.numerator * one.denominator;
}

/** The tick nearest to the start of frame `frame`. */
export function ticksOf(frame: number, { numerator, denominator }: Rate): bigint {
  const [top, bottom] = [BigInt(frame) * TICKS_PER_SECOND * BigInt(denominator), BigInt(numerator)];
  return floored(2n * top + bottom, 2n * bottom);
}

/** The frame that is shown at a time. Within a thousandth of a frame before a frame's start, that frame. */
export function frameAt(ticks: bigint, rate: Rate): number {
  return Number(floored(1000n * ticks * BigInt(rate.numerator) + slack(rate), perFrame(rate)));
}

/** The frame that none before a time shows any more: the first that starts then or, but for a thousandth, later. */
export function frameAfter(ticks: bigint, rate: Rate): number {
  return -Number(floored(slack(rate) - 1000n * ticks * BigInt(rate.numerator), perFrame(rate)));
}

/**
 * The frames of a source that show between `in` and `out`, in ticks, with `handles` more on each side where the source
 * has them. `end` is exclusive.
 */
export function framesOf(
  range: { readonly in: bigint; readonly out: bigint },
  rate: Rate,
  handles: number,
  frames: number,
): { readonly first: number; readonly end: number } {
  const within = (frame: number): number => Math.min(Math.max(frame, 0), frames);
  return {
    first: within(frameAt(range.in, rate) - handles),
    end: within(frameAfter(range.out, rate) + handles),
  };
}

/** Of a frame, in thousandths of a tick times the rate's numerator: what ticks are compared with. */
function perFrame({ denominator }: Rate): bigint {
  return 1000n * TICKS_PER_SECOND * BigInt(denominator);
}

/** A thousandth of a frame: times of rates with no whole ticks are rounded, and must still be those of their frame. */
function slack({ denominator }: Rate): bigint {
  return TICKS_PER_SECOND * BigInt(denominator);
}

/** Towards −∞, unlike BigInt's own division. */
function floored(top: bigint, bottom: bigint): bigint {
  const whole = top / bottom;
  return top < 0n && whole * bottom !== top ? whole - 1n : whole;
}

/** The simplest rational within a millionth, by continued fractions. */
function rational(value: number): Rate {
  let [before, numerator] = [0, 1];
  let [under, denominator] = [1, 0];
  let rest = value;
  do {
    const whole = Math.floor(rest);
    [before, numerator] = [numerator, whole * numerator + before];
    [under, denominator] = [denominator, whole * denominator + under];
    rest = 1 / (rest - whole);
  } while (Math.abs(numerator / denominator - value) > 1e-6 && Number.isFinite(rest));
  return rateOf(numerator, denominator);
}

/** A ratio of whole numbers, in lowest terms. */
export function rateOf(numerator: number, denominator: number): Rate {
  let [larger, smaller] = [numerator, denominator];
  while (smaller > 0) [larger, smaller] = [smaller, larger % smaller];
  return { numerator: numerator / larger, denominator: denominator / larger };
}
