/** How the panel speaks of time: rounded as coarsely as it is known, and never jumping about. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Below this nobody wants a number. */
const SOON = 5 * SECOND;

/** The grain a time is honestly known to: finer the nearer it is. All in milliseconds. */
function grain(ms: number): number {
  if (ms < 20 * SECOND) return SECOND;
  if (ms < MINUTE) return 5 * SECOND;
  if (ms < 5 * MINUTE) return MINUTE / 2;
  if (ms < HOUR) return MINUTE;
  return 5 * MINUTE;
}

/** `ms` rounded to its grain, at least one second. */
export function coarse(ms: number): number {
  const step = grain(ms);
  return Math.max(SECOND, Math.round(ms / step) * step);
}

function words(ms: number): string {
  if (ms < MINUTE) return `${String(ms / SECOND)} s`;
  if (ms < HOUR) {
    const whole = Math.floor(ms / MINUTE);
    return `${String(whole)}${ms % MINUTE === 0 ? '' : '½'} min`;
  }
  const hours = Math.floor(ms / HOUR);
  const minutes = Math.round((ms % HOUR) / MINUTE);
  return minutes === 0 ? `${String(hours)} h` : `${String(hours)} h ${String(minutes)} min`;
}

/** How long something will take: “about 12 s”, “about 4 min”, “about 1 h 20 min”. */
export function estimateText(ms: number): string {
  return `about ${words(coarse(ms))}`;
}

/** How long something took: “8.4 s”, “42 s”, “4 min 10 s”, “1 h 5 min”. */
export function durationText(ms: number): string {
  if (ms < 9.95 * SECOND) return `${(ms / SECOND).toFixed(1)} s`;
  const seconds = Math.round(ms / SECOND);
  if (seconds < 60) return `${String(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60)
    return seconds % 60 === 0 ? `${String(minutes)} min` : `${String(minutes)} min ${String(seconds % 60)} s`;
  return words(Math.round(ms / MINUTE) * MINUTE);
}

/** Time left, as it is known and as it is shown. */
export interface Remaining {
  /** Milliseconds left at `at`, smoothed. */
  readonly ms: number;
  /** When that was computed, on the clock of `performance.now`. */
  readonly at: number;
  /** Milliseconds as last shown. */
  readonly shown: number;
}

/** “about 40 s left”, “a few seconds left”. */
export function remainingText({ shown }: Remaining): string {
  return shown < SOON ? 'a few seconds left' : `about ${words(shown)} left`;
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
