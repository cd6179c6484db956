/** A run under way as the panel shows it: what it does, how far it has come, how long it still takes. */
import type { BackendReport } from './engine/protocol.ts';
import type { Progress } from '../engine/types.ts';
import { nextRemaining, type Remaining } from './time.ts';

export type RunPhase = 'reading' | 'enhancing' | 'writing';

export interface Run {
  readonly phase: RunPhase;
  /** Of the whole run, reading and writing included; never goes back. 0..1 */
  readonly fraction: number;
  readonly remaining: Remaining | undefined;
  readonly startedAt: number;
  readonly writingSince: number | undefined;
  readonly cancelling: boolean;
  readonly backend: BackendReport | undefined;
  /** The run began on the GPU and had to leave it. */
  readonly fellBack: boolean;
}

export type RunAction =
  | { type: 'phase'; phase: RunPhase; at: number }
  | { type: 'progress'; progress: Progress; at: number }
  | { type: 'written'; fraction: number; at: number }
  | { type: 'tick'; at: number }
  | { type: 'cancelling' };

/** Shares of the progress bar: what comes before and after the networks is part of the wait. */
const READ_SHARE = 0.02;
const WRITE_SHARE = 0.08;
const ENHANCE_SHARE = 1 - READ_SHARE - WRITE_SHARE;

/** @param estimate milliseconds, as far as they are known */
export function startRun(estimate: number | undefined, backend: BackendReport | undefined, at: number): Run {
  return {
    phase: 'reading',
    fraction: 0,
    remaining: nextRemaining(undefined, estimate, at),
    startedAt: at,
    writingSince: undefined,
    cancelling: false,
    backend,
    fellBack: false,
  };
}

export function reduceRun(run: Run, action: RunAction): Run {
  switch (action.type) {
    case 'phase':
      return {
        ...run,
        phase: action.phase,
        fraction: Math.max(
          run.fraction,
          { reading: 0, enhancing: READ_SHARE, writing: 1 - WRITE_SHARE }[action.phase],
        ),
        writingSince: action.phase === 'writing' ? action.at : undefined,
      };
    case 'progress': {
      if (run.phase !== 'enhancing') return run;
      const { tilesDone, tiles, remainingMs, elapsedMs, backend, device } = action.progress;
      // The layer is still to be written then: about its share of the whole, as far as anybody knows.
      const left =
        remainingMs === undefined
          ? undefined
          : remainingMs + (elapsedMs + remainingMs) * (WRITE_SHARE / ENHANCE_SHARE);
      return {
        ...run,
        fraction: Math.max(run.fraction, READ_SHARE + ENHANCE_SHARE * (tilesDone / tiles)),
        remaining: nextRemaining(run.remaining, left, action.at),
        backend: { name: backend, device },
        fellBack: run.fellBack || (run.backend?.name === 'webgpu' && backend !== 'webgpu'),
      };
    }
    case 'written': {
      if (run.phase !== 'writing' || run.writingSince === undefined) return run;
      const { fraction, at } = action;
      const left = fraction > 0 ? ((at - run.writingSince) * (1 - fraction)) / fraction : undefined;
      return {
        ...run,
        fraction: Math.max(run.fraction, 1 - WRITE_SHARE * (1 - fraction)),
        remaining: nextRemaining(run.remaining, left, at),
      };
    }
    case 'tick':
      return { ...run, ...ticked(run, action.at) };
    case 'cancelling':
      return { ...run, cancelling: true };
  }
}

/** Between two tiles, which may be far apart, the bar goes by the same time that the words tell. */
function ticked(run: Run, at: number): Pick<Run, 'fraction' | 'remaining'> {
  const remaining = nextRemaining(run.remaining, undefined, at);
  if (run.phase !== 'enhancing' || !remaining) return { fraction: run.fraction, remaining };
  const elapsed = at - run.startedAt;
  const byTime = Math.min(1 - WRITE_SHARE, elapsed / (elapsed + remaining.ms));
  return { fraction: Math.max(run.fraction, byTime), remaining };
}
