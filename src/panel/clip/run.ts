/** A remaster from its beginning to where its render lies. What it takes is noted, so that it can go on another day. */
import type { PremiereApi } from '../../bridge/protocol.ts';
import { LoupeError } from '../../errors.ts';
import { extensionOf } from '../../video/codecs.ts';
import type { RemasterProgress } from '../../video/types.ts';
import type { BackendReport, EngineJob } from '../engine/protocol.ts';
import { madeOn, segmentsIn } from './made-on.ts';
import { noteOf, type Order } from './order.ts';
import type { ClipVideo } from './video-client.ts';

export type RunPhase = 'preparing' | 'remastering' | 'finishing' | 'placing';

export interface RunOptions {
  readonly host: Pick<
    PremiereApi,
    'openRender' | 'continueRender' | 'leaveRender' | 'discardRender' | 'finishRender'
  >;
  readonly video: Pick<ClipVideo, 'remaster'>;
  readonly order: Order;
  readonly work: EngineJob;
  /** The render is there and goes on. */
  readonly continued: boolean;
  readonly signal: AbortSignal;
  /** Whether it is held: it may be before the video worker is at it. */
  readonly isPaused: () => boolean;
  readonly onPhase: (phase: RunPhase) => void;
  /** @param chosen here and now, and not by the frames that are kept */
  readonly onBackend: (backend: BackendReport, chosen: boolean) => void;
  readonly onProgress: (progress: RemasterProgress) => void;
}

/**
 * Makes the render and gives the finished file's path. What failed before anything was recorded leaves nothing behind, and
 * so does what was begun here and cancelled; what failed later is kept, and so is what a former run has made.
 */
export async function runOrder(options: RunOptions): Promise<string> {
  const { host, video, order, work, continued, signal } = options;
  const { render, ref, clipName, settings, folder, name, job, facts } = order;
  options.onPhase('preparing');
  let lines: readonly string[] = [];
  if (continued) {
    ({ journal: lines } = await host.continueRender({ render }));
  } else {
    const extension = extensionOf(job.codec);
    await host.openRender({ render, ref, clipName, settings, folder, name, extension, note: noteOf(order) });
  }
  const backend = madeOn(lines);
  try {
    signal.throwIfAborted();
    await video.remaster({
      path: ref.path,
      render,
      name,
      journal: segmentsIn(lines),
      job,
      facts,
      engineJob: work,
      backend,
      paused: options.isPaused(),
      signal,
      onBackend: (report) => options.onBackend(report, backend === undefined),
      onProgress: (progress) => {
        options.onPhase('remastering');
        options.onProgress(progress);
      },
    });
    signal.throwIfAborted();
    options.onPhase('finishing');
    const { path } = await host.finishRender({ render });
    return path;
  } catch (thrown) {
    // What nothing was recorded of yet is deleted when it is left.
    const end = signal.aborted && !continued ? host.discardRender({ render }) : host.leaveRender({ render });
    // What is to be said is why it failed.
    await end.catch(() => undefined);
    throw signal.aborted ? new LoupeError('cancelled') : thrown;
  }
}
