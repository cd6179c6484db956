/** A run under way as the panel shows it: what it does, how far each layer has come, how long it all still takes. */
import type { BackendReport } from './engine/protocol.ts';
import type { Progress } from '../engine/types.ts';
import type { LoupeError } from '../errors.ts';
import { nextRemaining, type Remaining } from './time.ts';

export type RunPhase = 'reading' | 'enhancing' | 'writing';

export type RowState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running' }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly error: LoupeError };

/** One layer of the run. */
export interface Row {
  readonly layerId: number;
  readonly name: string;
  readonly state: RowState;
  /** What its networks cost beside the other layers’, in any unit. */
  readonly weight: number;
  /** What was done before this run began, 0..1: more than 0 where an unfinished one goes on. */
  readonly before: number;
  /** Of the rest, how much is done. 0..1 */
  readonly fraction: number;
  /** Milliseconds its networks have taken. */
  readonly elapsed: number;
}

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
  readonly rows: readonly Row[];
  /** A second run was asked for meanwhile. */
  readonly askedAgain: boolean;
}

export type RunAction =
  | { type: 'phase'; phase: RunPhase; at: number }
  | { type: 'row'; row: number; state: RowState }
  | { type: 'progress'; row: number; progress: Progress; at: number }
  | { type: 'written'; fraction: number; at: number }
  | { type: 'tick'; at: number }
  | { type: 'asked-again' }
  | { type: 'cancelling' };

/** Shares of the progress bar: what comes before and after the networks is part of the wait. */
const READ_SHARE = 0.02;
const WRITE_SHARE = 0.08;
const ENHANCE_SHARE = 1 - READ_SHARE - WRITE_SHARE;

/** A layer as a run begins with it. */
export interface Start {
  readonly layerId: number;
  readonly name: string;
  readonly weight: number;
  readonly before: number;
}

/** @param estimate milliseconds for all of them, as far as they are known */
export function startRun(
  rows: readonly Start[],
  estimate: number | undefined,
  backend: BackendReport | undefined,
  at: number,
): Run {
  const begun = rows.map((row): Row => ({ ...row, state: { kind: 'waiting' }, fraction: 0, elapsed: 0 }));
  return {
    phase: 'reading',
    fraction: begun.some(({ before }) => before > 0) ? READ_SHARE + ENHANCE_SHARE * doneOf(begun) : 0,
    remaining: nextRemaining(undefined, estimate, at),
    startedAt: at,
    writingSince: undefined,
    cancelling: false,
    backend,
    fellBack: false,
    rows: begun,
    askedAgain: false,
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
    case 'row': {
      const over = action.state.kind === 'done' || action.state.kind === 'failed';
      const rows = run.rows.map((row, i) =>
        i === action.row ? { ...row, state: action.state, fraction: over ? 1 : row.fraction } : row,
      );
      return { ...run, rows, fraction: Math.max(run.fraction, enhancedFraction(run, rows)) };
    }
    case 'progress': {
      if (run.phase !== 'enhancing') return run;
      const { tilesDone, tiles, elapsedMs, backend, device } = action.progress;
      const rows = run.rows.map((row, i) =>
        i === action.row
          ? { ...row, fraction: Math.max(row.fraction, tilesDone / tiles), elapsed: elapsedMs }
          : row,
      );
      return {
        ...run,
        rows,
        fraction: Math.max(run.fraction, enhancedFraction(run, rows)),
        remaining: nextRemaining(run.remaining, timeLeft(rows, action.row, action.progress), action.at),
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
    case 'asked-again':
      return { ...run, askedAgain: true };
    case 'cancelling':
      return { ...run, cancelling: true };
  }
}

/** How much of all networks' work is done. */
function doneOf(rows: readonly Row[]): number {
  const all = rows.reduce((sum, { weight }) => sum + weight, 0);
  const done = rows.reduce(
    (sum, { weight, before, fraction }) => sum + weight * (before + (1 - before) * fraction),
    0,
  );
  return all > 0 ? done / all : 0;
}

/** Only the writing may fill the rest of the bar; and nothing is done before the networks begin. */
function enhancedFraction({ phase }: Run, rows: readonly Row[]): number {
  return phase === 'enhancing' ? READ_SHARE + ENHANCE_SHARE * doneOf(rows) : 0;
}

/** What is left of this layer, of those that wait, and of the writing at the end, as this layer's pace tells. */
function timeLeft(
  rows: readonly Row[],
  current: number,
  { elapsedMs, remainingMs }: Progress,
): number | undefined {
  const row = rows[current];
  if (remainingMs === undefined || !row) return undefined;
  const toDo = ({ weight, before }: Row): number => weight * (1 - before);
  const perWeight = toDo(row) > 0 ? (elapsedMs + remainingMs) / toDo(row) : 0;
  const others = rows
    .filter(({ state }, i) => i !== current && state.kind === 'waiting')
    .reduce((sum, each) => sum + toDo(each) * perWeight, 0);
  const spent = rows.reduce((sum, { elapsed }) => sum + elapsed, 0);
  const left = remainingMs + others;
  // They are still to be written then: about their share of the whole, as far as anybody knows.
  return left + (spent + left) * (WRITE_SHARE / ENHANCE_SHARE);
}

/** Between two tiles, which may be far apart, the bar goes by the same time that the words tell. */
function ticked(run: Run, at: number): Pick<Run, 'fraction' | 'remaining'> {
  const remaining = nextRemaining(run.remaining, undefined, at);
  if (run.phase !== 'enhancing' || !remaining) return { fraction: run.fraction, remaining };
  const elapsed = at - run.startedAt;
  const already = doneOf(run.rows.map((row) => ({ ...row, fraction: 0 })));
  const share = elapsed / Math.max(1, elapsed + remaining.ms);
  const byTime = Math.min(1 - WRITE_SHARE, already + (1 - already) * share);
  return { fraction: Math.max(run.fraction, byTime), remaining };
}
