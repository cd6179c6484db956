/** Two sinks of which each waits for the other: two runs of one format in step. */
import type { Samples, Sink } from './types.ts';

/**
 * @param take gets the same rows of both, as soon as both are written; they are written in the same portions, since
 * those depend on the format alone
 */
export function pairSinks(take: (rows: number, faithful: Samples, detailed: Samples) => void): {
  readonly faithful: Sink;
  readonly detailed: Sink;
} {
  const waiting: Record<'faithful' | 'detailed', Waiting | undefined> = {
    faithful: undefined,
    detailed: undefined,
  };
  const sink = (end: 'faithful' | 'detailed'): Sink => ({
    open: () => Promise.resolve(),
    write: (rows, samples) =>
      new Promise<void>((resolve, reject) => {
        waiting[end] = { rows, samples, resolve, reject };
        const { faithful, detailed } = waiting;
        if (!faithful || !detailed) return;
        waiting.faithful = waiting.detailed = undefined;
        try {
          if (faithful.rows !== detailed.rows) throw new RangeError('the two runs are out of step');
          take(faithful.rows, faithful.samples, detailed.samples);
          faithful.resolve();
          detailed.resolve();
        } catch (thrown) {
          const reason = thrown instanceof Error ? thrown : new Error(String(thrown));
          faithful.reject(reason);
          detailed.reject(reason);
        }
      }),
  });
  return { faithful: sink('faithful'), detailed: sink('detailed') };
}

interface Waiting {
  readonly rows: number;
  readonly samples: Samples;
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}
