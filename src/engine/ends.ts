/**
 * The faithful and the detailed end of a model compared on one picture: where they differ, the detailed one says what
 * the picture does not, for the faithful one was trained to say no more than the picture supports.
 *
 * Both run at once and in step: neither's result is kept, not even in part, beyond the rows that wait for the other's.
 */
import { LoupeError } from '../errors.ts';
import { wholeTarget } from '../size.ts';
import { whiteOf } from './decode.ts';
import { enhance } from './enhance.ts';
import { EndsComparison, type InventedMap } from './ends-comparison.ts';
import { codingOf } from './hdr.ts';
import { pairSinks } from './paired-sinks.ts';
import type { Backend, Network, Progress, Source } from './types.ts';

export type { InventedMap };

export interface EndsOptions {
  /** What both ends have in common. */
  readonly network: Network;
  /** In order of preference, for either end. */
  readonly faithful: readonly Backend[];
  readonly detailed: readonly Backend[];
  readonly signal: AbortSignal;
  /** Told the share done, 0..1, and the milliseconds to go, undefined until both ends have run a tile. */
  readonly onProgress?: (done: number, remainingMs: number | undefined) => void;
  /** Cells of the map on its longer side, at most. Default 512. */
  readonly side?: number;
}

const SIDE = 512;

/**
 * Runs both ends over the picture that `open` gives a source of; it is called twice. Rejects as `enhance` does, for
 * whichever end fails first; the other is stopped then.
 */
export async function compareEnds(open: () => Source, options: EndsOptions): Promise<InventedMap> {
  const { network, signal, onProgress, side = SIDE } = options;
  const { scale } = network;
  const sources = { faithful: inFloat(open()), detailed: inFloat(open()) };
  const comparison = new EndsComparison(sources.faithful.format, scale, side);
  const sinks = pairSinks((rows, faithful, detailed) => comparison.add(rows, faithful, detailed));

  const both = new AbortController();
  const stop = () => both.abort(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });

  const progress: { faithful?: Progress; detailed?: Progress } = {};
  const run = async (end: 'faithful' | 'detailed') => {
    try {
      await enhance(sources[end], sinks[end], {
        network,
        target: wholeTarget(sources[end].format, { kind: 'factor', factor: scale }),
        backends: options[end],
        signal: both.signal,
        onProgress: (each) => {
          progress[end] = each;
          report();
        },
      });
    } catch (thrown) {
      both.abort(thrown);
      throw thrown;
    }
  };
  const report = () => {
    const { faithful, detailed } = progress;
    const done = [faithful, detailed].map((each) => (each ? each.tilesDone / each.tiles : 0));
    const remaining = [faithful?.remainingMs, detailed?.remainingMs];
    // They share the machine: each one's time for a tile already holds what it waits for the other.
    const [a, b] = remaining;
    onProgress?.(mean(done), a === undefined || b === undefined ? undefined : Math.max(a, b));
  };

  try {
    const [faithful, detailed] = await Promise.allSettled([run('faithful'), run('detailed')]);
    const failures = [faithful, detailed].flatMap((each) =>
      each.status === 'rejected' ? [each.reason as unknown] : [],
    );
    if (failures.length > 0) {
      // The one that was stopped says so; the other one why.
      throw failures.find((each) => !isCancelled(each)) ?? failures[0];
    }
    return comparison.map();
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function isCancelled(thrown: unknown): boolean {
  return thrown instanceof LoupeError && thrown.code === 'cancelled';
}

/**
 * The source in float, so that the results are not rounded to levels before they are compared; high dynamic range as the
 * networks see it.
 */
function inFloat(source: Source): Source {
  const { width, height, channels, depth } = source.format;
  const white = whiteOf(depth);
  const coding = codingOf(source.format);
  const alphaAt = channels % 2 === 0 ? channels - 1 : channels;
  return {
    format: { width, height, channels, depth: 32 },
    read: async (rows, signal) => {
      const samples = await source.read(rows, signal);
      return Float32Array.from({ length: rows * width * channels }, (_, i) => {
        const value = (samples[i] as number) / white;
        return coding && i % channels !== alphaAt ? coding.encode(value) : value;
      });
    },
  };
}
