/** Times of a clip as an editor reads them. */
import { ticksOf, TICKS_PER_SECOND } from '../../video/rate.ts';
import type { Rate } from '../../video/types.ts';

/** Frames that are left out of the count at the beginning of each minute but every tenth (SMPTE 12M). */
function dropped({ numerator, denominator }: Rate): number {
  if (denominator !== 1001) return 0;
  if (numerator === 30_000) return 2;
  return numerator === 60_000 ? 4 : 0;
}

/** The nearest frame to a time. */
export function nearestFrame(ticks: bigint, { numerator, denominator }: Rate): number {
  const [above, below] = [ticks * BigInt(numerator), TICKS_PER_SECOND * BigInt(denominator)];
  return Number((2n * above + below) / (2n * below));
}

/**
 * “01:00:10:05”; 29.97 and 59.94 are counted as drop-frame, with semicolons: the API does not say how the project shows
 * them, and the frames are the same either way.
 */
export function timecode(ticks: bigint, rate: Rate): string {
  const perSecond = Math.round(rate.numerator / rate.denominator);
  const drop = dropped(rate);
  let frame = nearestFrame(ticks < 0n ? -ticks : ticks, rate);
  if (drop > 0) {
    const perMinute = 60 * perSecond - drop;
    const perTen = 10 * perMinute + drop;
    const rest = frame % perTen;
    const minutes = rest < drop ? 0 : Math.floor((rest - drop) / perMinute);
    frame += drop * (9 * Math.floor(frame / perTen) + minutes);
  }
  const seconds = Math.floor(frame / perSecond);
  const parts = [
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
    seconds % 60,
    frame % perSecond,
  ];
  const digits = parts.map((part) => String(part).padStart(2, '0'));
  return (ticks < 0n ? '-' : '') + digits.join(drop > 0 ? ';' : ':');
}

/** The timecode of a frame of a file that begins at `start`. */
export function timecodeOfFrame(frame: number, start: bigint, rate: Rate): string {
  return timecode(start + ticksOf(frame, rate), rate);
}
