/** Time left, as the panel shows it: rounded as coarsely as it is known, and never jumping about. */
import { coarse } from '../texts/format.ts';

const SECOND = 1000;

/** Time left, as it is known and as it is shown. */
export interface Remaining {
  /** Milliseconds left at `at`, smoothed. */
  readonly ms: number;
  /** When that was computed, on the clock of `performance.now`. */
  readonly at: number;
  /** When something was last measured, on that clock. */
  readonly measuredAt: number;
  /** Milliseconds as last shown. */
  readonly shown: number;
}

/**
 * The next time left. Between measurements it runs down with the clock; a measurement pulls it over gently, within
 * about a twentieth of the time left, so that one slow tile does not make it leap, but soon enough to be right after the
 * first tenth of a run that was wrongly estimated. What is shown may always go down, and goes up only when it has become
 * plainly wrong, by more than a tenth.
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
    return measured === undefined
      ? undefined
      : { ms: measured, at: now, measuredAt: now, shown: coarse(measured) };
  }
  const expected = Math.max(0, previous.ms - Math.max(0, now - previous.at));
  let ms = expected;
  if (measured !== undefined) {
    // Since the last measurement, and not since the clock last ticked: where tiles are long, few have all the weight.
    const passed = Math.max(0, now - previous.measuredAt);
    const reach = Math.max(SECOND, Math.min(expected, measured) / 20);
    ms += (1 - Math.exp(-passed / reach)) * (measured - expected);
  }
  const rounded = coarse(ms);
  const plainlyWrong = ms > previous.shown * 1.1 + SECOND / 2;
  return {
    ms,
    at: now,
    measuredAt: measured === undefined ? previous.measuredAt : now,
    shown: rounded < previous.shown || plainlyWrong ? rounded : previous.shown,
  };
}
