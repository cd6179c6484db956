/**
 * Frames through three stages that overlap: made ready ahead, enhanced side by side, ended one after another. What is
 * held at once is bounded, whichever stage is the slowest.
 */
import { Gate } from '../engine/gate.ts';
import { LoupeError } from '../errors.ts';

export interface Stages<Ready, Made> {
  /** Frames in order. Asked for no more of them, it is ended. */
  ready(signal: AbortSignal): AsyncIterable<Ready>;
  /** Called in order; `FRAMES_AT_ONCE` may be under way. */
  make(frame: Ready): Promise<Made>;
  /** Called in order, one at a time. */
  end(frame: Ready, made: Made): Promise<void>;
}

export interface PipelineOptions {
  /** On abort the run rejects with `cancelled` at once. */
  readonly signal: AbortSignal;
  /** Resolves when a further frame may be begun. */
  readonly mayBegin: () => Promise<void>;
}

/** Frames enhanced at once: while the first rows of one wait for the last of another, no lane is idle. */
export const FRAMES_AT_ONCE = 2;
/** Frames ready and not begun. */
export const AHEAD = 2;
/** Frames begun and not ended: while one is ended, two are made. */
export const BEGUN = FRAMES_AT_ONCE + 1;

/** Resolves when all frames were ended. The first error of any stage stops the others and is what it rejects with. */
export async function runPipeline<Ready, Made>(
  stages: Stages<Ready, Made>,
  { signal, mayBegin }: PipelineOptions,
): Promise<void> {
  const stop = new AbortController();
  const stopped = () => stop.signal.aborted;
  const changed = new Gate();
  let fail: (thrown: unknown) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => {
    fail = (thrown) => {
      // At once, so that nothing is begun before whoever waits is told.
      stop.abort(new LoupeError('cancelled'));
      reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
    };
  });
  const ready: Ready[] = [];
  const begun: { readonly frame: Ready; readonly made: Promise<Made> }[] = [];
  let allReady = false;
  let allBegun = false;
  let making = 0;
  let held = 0;

  const makeReady = async () => {
    for await (const frame of stages.ready(stop.signal)) {
      ready.push(frame);
      changed.open();
      await changed.until(() => stopped() || ready.length < AHEAD);
      if (stopped()) return;
    }
    allReady = true;
    changed.open();
  };

  const begin = async () => {
    for (;;) {
      const room = () => making < FRAMES_AT_ONCE && held < BEGUN;
      await changed.until(() => stopped() || (room() && (ready.length > 0 || allReady)));
      await mayBegin();
      if (stopped()) return;
      const [frame] = ready.splice(0, 1);
      if (frame === undefined) break;
      making++;
      held++;
      const made = stages.make(frame).finally(() => {
        making--;
        changed.open();
      });
      // Told at once, and not only when the frames before have been ended.
      made.catch(fail);
      begun.push({ frame, made });
      changed.open();
    }
    allBegun = true;
    changed.open();
  };

  const end = async () => {
    for (;;) {
      await changed.until(() => stopped() || begun.length > 0 || allBegun);
      const next = begun.shift();
      if (stopped() || !next) return;
      const made = await next.made;
      if (stopped()) return;
      await stages.end(next.frame, made);
      held--;
      changed.open();
    }
  };

  const onAbort = () => fail(new LoupeError('cancelled', '', { cause: signal.reason }));
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([failure, Promise.all([makeReady(), begin(), end()])]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    stop.abort(new LoupeError('cancelled'));
    changed.open();
  }
}
