/**
 * How numbers, sizes and times are written in a language. By hand and not by `Intl`, which UXP's script does not
 * promise to have, so that host and panel say the same.
 */

/** U+202F: narrower than a space and never broken at a line's end. */
export const NARROW = '\u202f';
/** U+00A0: a space that is never broken at a line's end. */
export const FIXED = '\u00a0';

export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

export interface NumberStyle {
  /** Between thousands. */
  readonly group: string;
  /** How many digits a number has at least to be grouped. */
  readonly groupedFrom: 4 | 5;
  readonly decimal: string;
  /** Between a number and its percent sign. */
  readonly beforePercent: string;
  readonly units: { readonly kilobyte: string; readonly megabyte: string; readonly gigabyte: string };
}

export interface NumberWords {
  /** A whole number with its thousands set apart. */
  readonly whole: (value: number) => string;
  /** Rounded to so many digits after the point, of which idle zeros are left out. */
  readonly rounded: (value: number, digits: number) => string;
  /** Pixels by pixels, without a unit: “640 × 448”. Where it must, it breaks after the sign. */
  readonly size: (size: Dimensions) => string;
  readonly percent: (percent: number) => string;
  /** A factor: “3.6×”. */
  readonly times: (factor: number) => string;
  /** “640 KB”, “8.4 MB”, “1.2 GB”; rounded up, since it is what must be there. */
  readonly bytes: (bytes: number) => string;
  /** The numbers in what the host or the engine has written, as 30,001 or 3.6, in this language's way. */
  readonly localised: (english: string) => string;
}

export function numbersOf(style: NumberStyle): NumberWords {
  const { group, groupedFrom, decimal, beforePercent, units } = style;
  const grouped = (digits: string): string =>
    digits.length < groupedFrom ? digits : digits.replace(/\B(?=(\d{3})+$)/g, group);
  const whole = (value: number): string => grouped(String(Math.round(value)));
  const rounded = (value: number, digits: number): string => {
    const [integer = '0', fraction = ''] = value.toFixed(digits).split('.');
    const kept = fraction.replace(/0+$/, '');
    return kept === '' ? grouped(integer) : `${grouped(integer)}${decimal}${kept}`;
  };
  const up = (value: number): number => (value < 10 ? Math.ceil(value * 10) / 10 : Math.ceil(value));
  return {
    whole,
    rounded,
    size: ({ width, height }) => `${whole(width)}${FIXED}× ${whole(height)}`,
    percent: (percent) => `${String(percent)}${beforePercent}%`,
    times: (factor) => `${rounded(factor, factor < 10 ? 1 : 0)}×`,
    bytes(bytes) {
      if (bytes < 1e6) return `${whole(Math.max(1, Math.ceil(bytes / 1e3)))}${FIXED}${units.kilobyte}`;
      const [value, unit] = bytes < 1e9 ? [bytes / 1e6, units.megabyte] : [bytes / 1e9, units.gigabyte];
      return `${rounded(up(value), 1)}${FIXED}${unit}`;
    },
    localised: (english) =>
      english.replace(/\d+(?:,\d{3})*(?:\.\d+)?/g, (number) => {
        const [integer = '', fraction] = number.replaceAll(',', '').split('.');
        return fraction === undefined ? grouped(integer) : `${grouped(integer)}${decimal}${fraction}`;
      }),
  };
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The grain a time is honestly known to: finer the nearer it is. All in milliseconds. */
function grain(ms: number): number {
  if (ms < 20 * SECOND) return SECOND;
  if (ms < MINUTE) return 5 * SECOND;
  if (ms < 2 * MINUTE) return MINUTE / 4;
  if (ms < 5 * MINUTE) return MINUTE / 2;
  if (ms < HOUR) return MINUTE;
  return 5 * MINUTE;
}

/** `ms` rounded to its grain, at least one second. */
export function coarse(ms: number): number {
  const step = grain(ms);
  return Math.max(SECOND, Math.round(ms / step) * step);
}

export interface TimeStyle {
  readonly seconds: (count: string) => string;
  readonly minutes: (count: string) => string;
  readonly hours: (count: string) => string;
  /** Between hours and minutes, minutes and seconds. */
  readonly between: string;
  /** Minutes and a half, as “2½ min”; without it, 30 seconds are said. */
  readonly half: string | undefined;
  readonly decimal: string;
}

export interface TimeWords {
  /** As coarsely as it is known: “12 s”, “2½ min”, “1 h 20 min”. */
  readonly coarsely: (ms: number) => string;
  /** What something took: “8.4 s”, “42 s”, “4 min 10 s”, “1 h 5 min”. */
  readonly exactly: (ms: number) => string;
}

export function timesOf({ seconds, minutes, hours, between, half, decimal }: TimeStyle): TimeWords {
  const minutesAnd = (whole: number, rest: number): string =>
    rest === 0 ? minutes(String(whole)) : `${minutes(String(whole))}${between}${seconds(String(rest))}`;
  const words = (ms: number): string => {
    if (ms < MINUTE) return seconds(String(ms / SECOND));
    if (ms < HOUR) {
      const whole = Math.floor(ms / MINUTE);
      const rest = (ms % MINUTE) / SECOND;
      return rest === 30 && half !== undefined ? minutes(`${String(whole)}${half}`) : minutesAnd(whole, rest);
    }
    const whole = hours(String(Math.floor(ms / HOUR)));
    const rest = Math.round((ms % HOUR) / MINUTE);
    return rest === 0 ? whole : `${whole}${between}${minutes(String(rest))}`;
  };
  return {
    coarsely: (ms) => words(coarse(ms)),
    exactly(ms) {
      if (ms < 9.95 * SECOND) return seconds((ms / SECOND).toFixed(1).replace('.', decimal));
      const whole = Math.round(ms / SECOND);
      if (whole < 60) return seconds(String(whole));
      if (whole < 3600) return minutesAnd(Math.floor(whole / 60), whole % 60);
      return words(Math.round(ms / MINUTE) * MINUTE);
    },
  };
}
