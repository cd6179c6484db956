/** When a file's frames are shown: its rate, exactly, or that it has none; how many there are; where they begin. */
import { EncodedPacketSink, type InputVideoTrack } from 'mediabunny';
import { exactRate, framesOfSecond, KNOWN_RATES, rateOf } from './rate.ts';
import type { Movie } from './movie.ts';
import type { Rate } from './types.ts';

export interface Timing {
  /** Seconds at which frame 0 is shown. */
  readonly start: number;
  readonly rate: Rate;
  readonly variable: boolean;
  readonly frames: number;
  readonly seconds: number;
}

/** How far a frame may be from its place for the rate to be one all the same, in frames. */
const MOST_OFF = 0.25;
/** Seconds that a container's rounding moves times against one another: Matroska's are whole milliseconds. */
const MOST_ROUNDED = 1.1e-3;
/** Packets that are looked at: those before the first frame shown, and where there is no table, of files too large to read. */
const FIRST_PACKETS = 64;
const SOME_PACKETS = 500;
/** Files up to here are read to the end where they have no table. */
const WHOLE_BYTES = 64 * 2 ** 20;

export async function readTiming(
  track: InputVideoTrack,
  movie: Movie | undefined,
  size: number,
): Promise<Timing> {
  const runs = movie?.runs ?? [];
  const inTable = runs.reduce((sum, run) => sum + run.frames, 0);
  const whole = inTable > 0 || size <= WHOLE_BYTES;
  const some = inTable > 0 ? FIRST_PACKETS : whole ? Infinity : SOME_PACKETS;
  const times = await presentationTimes(track, some);
  if (times.length === 0) return { start: 0, rate: rateOf(25, 1), variable: false, frames: 0, seconds: 0 };

  const { rate, variable } = inTable > 0 && movie ? ofRuns(movie) : ofTimes(times);
  // What an edit list leaves out has times before 0 and is not shown (ISO/IEC 14496-12 § 8.6.6).
  const hidden = times.filter((time) => time < -0.5 / framesOfSecond(rate)).length;
  const start = times[hidden] ?? 0;
  const end = await track.computeDuration({ skipLiveWait: true });
  const counted = inTable > 0 ? inTable : some === Infinity ? times.length : undefined;
  const frames = counted === undefined ? Math.round((end - start) * framesOfSecond(rate)) : counted - hidden;
  return {
    start,
    rate,
    variable,
    frames,
    seconds: variable ? end - start : frames / framesOfSecond(rate),
  };
}

/** In order, of the first packets in decoding order. */
async function presentationTimes(track: InputVideoTrack, most: number): Promise<number[]> {
  const times: number[] = [];
  for await (const packet of new EncodedPacketSink(track).packets(undefined, undefined, {
    metadataOnly: true,
  })) {
    times.push(packet.timestamp);
    // Some more than wanted: what is decoded later may be shown before.
    if (times.length >= most + 32) break;
  }
  times.sort((a, b) => a - b);
  return times.slice(0, most);
}

/** The table's own numbers, exactly. A last frame that lasts otherwise does not count. */
function ofRuns({ runs, timescale }: Movie): { readonly rate: Rate; readonly variable: boolean } {
  const frames = runs.reduce((sum, run) => sum + run.frames, 0);
  const last = runs.at(-1);
  const steady = last?.frames === 1 && runs.length > 1 ? runs.slice(0, -1) : runs;
  const [first] = steady;
  if (first && steady.length === 1 && first.ticks > 0) {
    return { rate: rateOf(timescale, first.ticks), variable: false };
  }
  const count = steady.reduce((sum, run) => sum + run.frames, 0);
  const ticks = steady.reduce((sum, run) => sum + run.frames * run.ticks, 0);
  const mean = { numerator: timescale * count, denominator: ticks };
  if (ticks === 0) return { rate: rateOf(25, 1), variable: frames > 1 };
  for (const rate of [exactRate(framesOfSecond(mean)), rateOf(mean.numerator, mean.denominator)]) {
    let at = 0;
    let index = 0;
    const isIn = (run: { readonly frames: number; readonly ticks: number }): boolean => {
      at += run.frames * run.ticks;
      index += run.frames;
      return Math.abs((at / timescale) * framesOfSecond(rate) - index) <= MOST_OFF && run.ticks > 0;
    };
    // Within a run times go evenly, so its ends are the farthest off.
    if (steady.every(isIn)) return { rate, variable: false };
  }
  return { rate: exactRate(framesOfSecond(mean)), variable: true };
}

/** Of times that a container has rounded, as Matroska's to milliseconds. */
function ofTimes(times: readonly number[]): { readonly rate: Rate; readonly variable: boolean } {
  const [first = 0] = times;
  const span = (times.at(-1) ?? 0) - first;
  if (span <= 0) return { rate: rateOf(25, 1), variable: false };
  const mean = (times.length - 1) / span;
  // A short file's mean does not tell 23.976 from 24; how its times are spread around each does.
  const spreads = KNOWN_RATES.filter((rate) => Math.abs(framesOfSecond(rate) / mean - 1) < 0.01)
    .map((rate) => ({ rate, spread: spreadOf(times, rate) }))
    .sort((a, b) => a.spread - b.spread);
  if (spreads[0] && spreads[0].spread <= MOST_ROUNDED) return { rate: spreads[0].rate, variable: false };
  for (const rate of [exactRate(mean), exactRate(medianOf(times))]) {
    const isIn = (time: number, index: number): boolean =>
      Math.abs((time - first) * framesOfSecond(rate) - index) <= MOST_OFF;
    if (times.every(isIn)) return { rate, variable: false };
  }
  return { rate: exactRate(mean), variable: true };
}

/** Between the frames that come earliest and latest against an even rate, in seconds. */
function spreadOf(times: readonly number[], rate: Rate): number {
  const off = times.map((time, index) => time - index / framesOfSecond(rate));
  return (
    off.reduce((most, each) => Math.max(most, each)) - off.reduce((least, each) => Math.min(least, each))
  );
}

/** Frames a second by the middle one of all distances. */
function medianOf(times: readonly number[]): number {
  const steps = times.slice(1).map((time, i) => time - (times[i] as number));
  steps.sort((a, b) => a - b);
  return 1 / Math.max(steps[steps.length >> 1] as number, 1e-6);
}
