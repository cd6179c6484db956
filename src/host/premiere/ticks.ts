/** Times of Premiere's clock, 254,016,000,000 ticks a second, as whole numbers: seconds in floats would miss frames. */
import type { TickTime } from '@adobe/premierepro';
import type { Premiere } from './premiere.ts';

const TICKS_PER_SECOND = 254_016_000_000n;

/** What an in or out point reads that was never set: 400,000 seconds before the beginning. */
const UNSET = -400_000n * TICKS_PER_SECOND;

export function ticksOf(time: TickTime): bigint {
  return BigInt(time.ticks);
}

export function isUnset(ticks: bigint): boolean {
  return ticks <= UNSET;
}

/** Lengths and ends that Premiere rounds to whole frames of the sequence are less than a frame apart. */
export function isNear(one: bigint, other: bigint, frame: bigint): boolean {
  const apart = one - other;
  return apart < frame && -apart < frame;
}

/** A clip's speed, 1 as shot, comes as a float. */
export function isOneToOne(speed: number): boolean {
  return Math.abs(speed - 1) <= 1e-6;
}

export function timeOf(ppro: Premiere, ticks: bigint | string): TickTime {
  return ppro.TickTime.createWithTicks(String(ticks));
}
