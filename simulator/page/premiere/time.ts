/** Ticks of Premiere's clock for people: seconds, frames, timecode. */
import type { Ticks } from '../../premiere/interface.ts';

export const TICKS_A_SECOND = 254_016_000_000n;

export function secondsOf(ticks: Ticks): number {
  return Number(BigInt(ticks)) / Number(TICKS_A_SECOND);
}

/** The nearest frame's time, not before the sequence's start. */
export function ticksAt(seconds: number, ticksPerFrame: Ticks): Ticks {
  const frame = BigInt(Math.max(0, Math.round((seconds * Number(TICKS_A_SECOND)) / Number(ticksPerFrame))));
  return String(frame * BigInt(ticksPerFrame));
}

/** `ticks` and `frames` more. */
export function framesOn(ticks: Ticks, frames: number, ticksPerFrame: Ticks): Ticks {
  const moved = BigInt(ticks) + BigInt(frames) * BigInt(ticksPerFrame);
  return String(moved < 0n ? 0n : moved);
}

/** Hours, minutes, seconds and frames, without dropping any. */
export function timecode(ticks: Ticks, ticksPerFrame: Ticks): string {
  const frame = BigInt(ticks) / BigInt(ticksPerFrame);
  const rate = (TICKS_A_SECOND + BigInt(ticksPerFrame) / 2n) / BigInt(ticksPerFrame);
  const seconds = frame / rate;
  const parts = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n, frame % rate];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** “25” or “23.976”. */
export const rateWords = (rate: number): string => String(Number(rate.toFixed(3)));
