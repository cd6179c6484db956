/** Time left, as the panel shows it: rounded as coarsely as it is known, and never jumping about. */
import { coarse } from '../texts/format.ts';

const SECOND = 1000;

/** Time left, as it is known and as it is shown. */
export interface Remaining {
  /** Milliseconds left at `at`, smoothed. */
  readonly ms: number;
  /** When that was computed, on the clock of `performance.now`. */
  readonly at: number;
  /** Milliseconds as last shown. */
  readonly shown: number;
}

/**
 * The next time left. Between measurements it runs down with the clock; a measurement pulls it over gently,
 * over about a fifth of the time left, so that one slow tile does not make it leap. What is shown may always
 * go down, and goes up only when it has become plainly wrong (by more than a quarter).
 *
 * @param measured milliseconds left as now measured; undefined when nothing new is known
 * @param now on the clock of `performance.now`
 */
export function nextRemaining(
  previous: Remaining | undefined,
  measured: number | undefined,
  now: number,
): Remaining | undefined {
  if (!previous) {
    return measured === undefined ? undefined : { ms: measured, at: now, shown: coarse(measured) };
  }
  const passed = Math.max(0, now - previous.at);
  const expected = Math.max(0, previous.ms - passed);
  const reach = Math.max(2 * SECOND, expected / 5);
  const ms =
    measured === undefined ? expected : expected + (1 - Math.exp(-passed / reach)) * (measured - expected);
  const rounded = coarse(ms);
  const plainlyWrong = ms > previous.shown * 1.25 + SECOND;
  return { ms, at: now, shown: rounded < previous.shown || plainlyWrong ? rounded : previous.shown };
}
