/** A remaster under way as the panel shows it. */
import type { FramePicture, RemasterProgress } from '../../video/types.ts';
import type { BackendReport } from '../engine/protocol.ts';
import { nextRemaining, type Remaining } from '../time.ts';
import type { Order } from './order.ts';
import type { RunPhase } from './run.ts';

export interface ClipRun {
  readonly order: Order;
  readonly phase: RunPhase;
  readonly frames: number;
  readonly framesDone: number;
  readonly framesPerSecond: number | undefined;
  readonly remaining: Remaining | undefined;
  /** Of the newest frame. */
  readonly picture: FramePicture | undefined;
  readonly backend: BackendReport | undefined;
  readonly paused: boolean;
  readonly cancelling: boolean;
}

export type RunAction =
  | { type: 'phase'; phase: RunPhase }
  | { type: 'backend'; backend: BackendReport }
  | { type: 'progress'; progress: RemasterProgress; at: number }
  | { type: 'tick'; at: number }
  | { type: 'paused'; paused: boolean; at: number }
  | { type: 'cancelling' };

export interface Start {
  readonly frames: number;
  readonly framesDone: number;
  /** Milliseconds, as far as they are known. */
  readonly estimate: number | undefined;
  readonly backend: BackendReport | undefined;
  readonly at: number;
}

export function startRun(order: Order, { frames, framesDone, estimate, backend, at }: Start): ClipRun {
  return {
    order,
    phase: 'preparing',
    frames,
    framesDone,
    framesPerSecond: undefined,
    remaining: nextRemaining(undefined, estimate, at),
    picture: undefined,
    backend,
    paused: false,
    cancelling: false,
  };
}

export function reduceRun(run: ClipRun, action: RunAction): ClipRun {
  switch (action.type) {
    case 'phase':
      return { ...run, phase: action.phase };
    case 'backend':
      return { ...run, backend: action.backend };
    case 'progress': {
      const { framesDone, framesPerSecond, remainingMs, picture } = action.progress;
      return {
        ...run,
        framesDone: Math.max(run.framesDone, framesDone),
        framesPerSecond: framesPerSecond ?? run.framesPerSecond,
        remaining: run.paused ? run.remaining : nextRemaining(run.remaining, remainingMs, action.at),
        picture: picture ?? run.picture,
      };
    }
    case 'tick': {
      // Nothing runs down while nothing is done.
      if (run.paused || !run.remaining) return run;
      return { ...run, remaining: nextRemaining(run.remaining, undefined, action.at) };
    }
    case 'paused': {
      const { remaining } = run;
      return {
        ...run,
        paused: action.paused,
        remaining: remaining && { ...remaining, at: action.at, measuredAt: action.at },
      };
    }
    case 'cancelling':
      return { ...run, cancelling: true };
  }
}
