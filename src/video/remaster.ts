/** A clip's frames from its file into a render: decoded ahead, enhanced, steadied, encoded in order. */
import { LoupeError } from '../errors.ts';
import type { Dimensions } from '../size.ts';
import { outFormat } from './codecs.ts';
import { Pace } from './pace.ts';
import { runPipeline } from './pipeline.ts';
import type { Planes } from './planes.ts';
import type { RenderOutput } from './render-output.ts';
import { RowsIn } from './rows-in.ts';
import { RowsOut } from './rows-out.ts';
import type {
  FrameEngine,
  FramePicture,
  RemasterJob,
  RemasterProgress,
  RemasterResult,
  Shares,
} from './types.ts';

/** What does the work. */
export interface Parts {
  /** The job's frames from `from` on, upright and progressive. */
  frames(from: number, signal: AbortSignal): AsyncIterable<Planes>;
  readonly engine: FrameEngine;
  /** A frame, blended with the one before where the model made it flicker. Called for frames in order. */
  steady(source: Planes, enhanced: Planes): Planes;
  readonly flicker: { add(source: Planes, render: Planes): void; readonly ratio: number };
  readonly output: RenderOutput;
  /** A small copy for the user. */
  shown(picture: Planes): FramePicture;
  /** Counts what is run as encoding. */
  encoding<T>(run: () => Promise<T>): Promise<T>;
  shares(): Shares;
}

export interface RemasterOptions {
  readonly pauses: Pauses;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RemasterProgress) => void;
  /** A clock in milliseconds. */
  readonly now?: () => number;
}

/** Between two pictures that are shown. */
const SHOWN_EVERY_MS = 1000;

/**
 * Makes the render from where its journal ends. Steadying needs the frame before, which is then made once more: the
 * finished file is that of an undisturbed run. Rejects with what any part rejects with; `gpu-lost` tells how many frames
 * are kept.
 */
export async function remaster(
  job: RemasterJob,
  parts: Parts,
  { pauses, signal, onProgress, now = () => performance.now() }: RemasterOptions,
): Promise<RemasterResult> {
  const { output, flicker } = parts;
  const began = now();
  const frames = job.end - job.first;
  const kept = output.nextFrame;
  const format = outFormat(job);
  const pace = new Pace(now);
  let done = kept;
  let shownAt = -Infinity;

  const tell = (picture: Planes) => {
    const isDue = now() - shownAt >= SHOWN_EVERY_MS;
    if (isDue) shownAt = now();
    onProgress({
      framesDone: done,
      frames,
      framesPerSecond: pace.framesPerSecond(),
      remainingMs: pace.remainingMs(frames - done),
      ...(isDue && { picture: parts.shown(picture) }),
    });
  };

  /** Of the render. */
  let next = Math.max(0, kept - 1);
  let begun = next;
  let size: Dimensions | undefined;
  const stages = {
    ready: (stop: AbortSignal) => parts.frames(job.first + next, stop),
    make: async (source: Planes) => {
      const frame = job.first + begun++;
      size ??= { width: source.width, height: source.height };
      // The engine is held for pictures of one size.
      if (source.width !== size.width || source.height !== size.height)
        throw new LoupeError('clip-truncated', `#${frame}`);
      const rows = new RowsIn(source, job.colour);
      const made = new RowsOut(format, rows);
      await parts.engine.enhance(rows, made);
      return made.picture;
    },
    end: async (source: Planes, enhanced: Planes) => {
      const picture = parts.steady(source, enhanced);
      if (next++ < kept) return;
      flicker.add(source, picture);
      await parts.encoding(() => output.add(picture));
      done++;
      pace.frameDone();
      tell(picture);
    },
  };

  const unlisten = pauses.listen((paused) => pace.pause(paused));
  try {
    if (kept < frames) await runPipeline(stages, { signal, mayBegin: () => pauses.over() });
    if (done < frames) throw new LoupeError('clip-truncated', `#${job.first + done}`);
    await parts.encoding(() => output.finish());
  } catch (thrown) {
    if (thrown instanceof LoupeError && thrown.code === 'gpu-lost')
      throw new LoupeError('gpu-lost', String(output.nextFrame), { cause: thrown });
    throw thrown;
  } finally {
    unlisten();
  }
  return {
    frames,
    width: job.target.width,
    height: job.target.height,
    ms: now() - began,
    shares: parts.shares(),
    flicker: flicker.ratio,
  };
}

/** Whether work may go on. */
export class Pauses {
  #paused = false;
  readonly #waiting = new Set<() => void>();
  readonly #listeners = new Set<(paused: boolean) => void>();

  set(paused: boolean): void {
    if (paused === this.#paused) return;
    this.#paused = paused;
    for (const listener of this.#listeners) listener(paused);
    if (paused) return;
    for (const go of this.#waiting) go();
    this.#waiting.clear();
  }

  /** Resolves at once where it is not paused. */
  async over(): Promise<void> {
    while (this.#paused) await new Promise<void>((go) => this.#waiting.add(go));
  }

  /** Told of every change, and of a pause that is on already. What is returned ends it. */
  listen(listener: (paused: boolean) => void): () => void {
    this.#listeners.add(listener);
    if (this.#paused) listener(true);
    return () => this.#listeners.delete(listener);
  }
}
