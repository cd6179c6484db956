/** Premiere's clock and rates. [D] TickTime, FrameRate of @adobe/premierepro. */
import { illegalParameter } from './errors.ts';
import { callable } from './values.ts';

export const TICKS_PER_SECOND = 254_016_000_000n;

/** What an unset mark reads as. [3P] −400000 s */
export const UNSET = -400_000n * TICKS_PER_SECOND;

/** Rates that are meant where a number comes near them: [numerator, denominator]. */
const EXACT = [
  [24000, 1001],
  [30000, 1001],
  [48000, 1001],
  [60000, 1001],
  [120000, 1001],
] as const;

/** Ticks of a frame at so many frames a second; exact for whole rates and for those by 1001. */
export function ticksPerFrame(rate: number): bigint {
  if (!(rate > 0) || !Number.isFinite(rate)) throw illegalParameter(`a rate of ${rate}`);
  const known = EXACT.find(([n, d]) => Math.abs(n / d - rate) < 1e-3 * rate * 0.5);
  if (known) return (TICKS_PER_SECOND * BigInt(known[1])) / BigInt(known[0]);
  if (Number.isInteger(rate)) return TICKS_PER_SECOND / BigInt(rate);
  return BigInt(Math.round(Number(TICKS_PER_SECOND) / rate));
}

export const rateOf = (perFrame: bigint): number => Number(TICKS_PER_SECOND) / Number(perFrame);

/** The nearest whole number of frames, in ticks. */
export function nearestFrame(ticks: bigint, perFrame: bigint): bigint {
  const rest = ((ticks % perFrame) + perFrame) % perFrame;
  return rest * 2n >= perFrame ? ticks - rest + perFrame : ticks - rest;
}

/** Ticks by a factor; exact where that is a whole number. */
export const scaled = (ticks: bigint, factor: number): bigint =>
  Number.isInteger(factor) ? ticks * BigInt(factor) : BigInt(Math.round(Number(ticks) * factor));

class FrameRateValue {
  ticksPerFrame = 0;

  get value(): number {
    return this.ticksPerFrame === 0 ? 0 : Number(TICKS_PER_SECOND) / this.ticksPerFrame;
  }

  equals(frameRate: FrameRateValue): boolean {
    return frameRate.ticksPerFrame === this.ticksPerFrame;
  }

  static createWithValue(value: number): FrameRateValue {
    const rate = new FrameRateValue();
    rate.ticksPerFrame = Number(ticksPerFrame(value));
    return rate;
  }
}

const LONGEST = (1n << 63n) - 1n;

class TickTimeValue {
  readonly #ticks: bigint;

  constructor(ticks: bigint = 0n) {
    this.#ticks = typeof ticks === 'bigint' ? ticks : 0n;
  }

  get ticks(): string {
    return String(this.#ticks);
  }

  get ticksNumber(): number {
    return Number(this.#ticks);
  }

  get seconds(): number {
    return Number(this.#ticks) / Number(TICKS_PER_SECOND);
  }

  equals(tickTime: TickTimeValue): boolean {
    return ticksOf(tickTime) === this.#ticks;
  }

  add(tickTime: TickTimeValue): TickTimeValue {
    return new TickTimeValue(this.#ticks + ticksOf(tickTime));
  }

  subtract(tickTime: TickTimeValue): TickTimeValue {
    return new TickTimeValue(this.#ticks - ticksOf(tickTime));
  }

  multiply(factor: number): TickTimeValue {
    return new TickTimeValue(scaled(this.#ticks, factor));
  }

  /** [D] "In case of a division by zero, TIME_INVALID is returned." */
  divide(divisor: number): TickTimeValue {
    if (divisor === 0) return TickTimeValue.TIME_INVALID;
    return Number.isInteger(divisor)
      ? new TickTimeValue(this.#ticks / BigInt(divisor))
      : new TickTimeValue(BigInt(Math.round(Number(this.#ticks) / divisor)));
  }

  alignToFrame(frameRate: FrameRateValue): TickTimeValue {
    const frame = BigInt(frameRate.ticksPerFrame);
    return new TickTimeValue(this.#ticks - (((this.#ticks % frame) + frame) % frame));
  }

  alignToNearestFrame(frameRate: FrameRateValue): TickTimeValue {
    return new TickTimeValue(nearestFrame(this.#ticks, BigInt(frameRate.ticksPerFrame)));
  }

  static createWithTicks(ticks: string): TickTimeValue {
    if (typeof ticks !== 'string' || !/^-?\d+$/.test(ticks)) {
      throw illegalParameter('createWithTicks takes ticks as a string');
    }
    return new TickTimeValue(BigInt(ticks));
  }

  static createWithSeconds(seconds: number): TickTimeValue {
    if (typeof seconds !== 'number' || !Number.isFinite(seconds)) throw illegalParameter('seconds');
    return new TickTimeValue(scaled(TICKS_PER_SECOND, seconds));
  }

  static createWithFrameAndFrameRate(frameCount: number, frameRate: FrameRateValue): TickTimeValue {
    return new TickTimeValue(BigInt(Math.round(frameCount)) * BigInt(frameRate.ticksPerFrame));
  }

  static readonly TIME_ZERO = new TickTimeValue();
  static readonly TIME_ONE_SECOND = new TickTimeValue(TICKS_PER_SECOND);
  static readonly TIME_ONE_MINUTE = new TickTimeValue(60n * TICKS_PER_SECOND);
  static readonly TIME_ONE_HOUR = new TickTimeValue(3600n * TICKS_PER_SECOND);
  static readonly TIME_MAX = new TickTimeValue(LONGEST);
  static readonly TIME_MIN = new TickTimeValue(-LONGEST);
  static readonly TIME_INVALID = new TickTimeValue(-LONGEST - 1n);
}

/** The ticks of a time that a plugin gave. */
export function ticksOf(time: unknown): bigint {
  if (!(time instanceof TickTimeValue)) throw illegalParameter('a TickTime is required');
  return BigInt(time.ticks);
}

export const tickTime = (ticks: bigint): TickTimeValue => new TickTimeValue(ticks);

export type FrameRate = FrameRateValue;
export type TickTime = TickTimeValue;
export const FrameRate = callable(FrameRateValue);
export const TickTime = callable(TickTimeValue);
