/** A remaster from its beginning to where its render lies. What it takes is noted, so that it can go on another day. */
import * as v from 'valibot';
import { ClipRef, ClipSettings, type UnfinishedRender } from '../../bridge/premiere-calls.ts';
import type { PremiereApi } from '../../bridge/protocol.ts';
import type { Catalog } from '../../catalog.ts';
import { LoupeError } from '../../errors.ts';
import type { Dimensions } from '../../size.ts';
import { extensionOf } from '../../video/codecs.ts';
import { recordedFrames } from '../../video/journal.ts';
import type { ClipFacts, RemasterJob, RemasterProgress } from '../../video/types.ts';
import { uprightSize } from '../../video/upright.ts';
import type { BackendReport, EngineJob } from '../engine/protocol.ts';
import type { OwnModel } from '../own-models.ts';
import { placementOf, targetFor, type Clip } from './plan.ts';
import { engineJob } from './ready.ts';
import type { ClipVideo } from './video-client.ts';

/** What a render is made of: the same order gives the same file. */
export interface Order {
  readonly render: string;
  readonly ref: ClipRef;
  readonly clipName: string;
  readonly folder: string;
  /** Without its extension. */
  readonly name: string;
  /** With a model in place of Auto. */
  readonly settings: ClipSettings;
  readonly job: RemasterJob;
  /** Of the networks, by their files: a model of the user's own may be replaced. */
  readonly blend: string;
  readonly facts: ClipFacts;
  /** Bytes of the media's file. */
  readonly size: number;
  /** The clip as Premiere shows it, in square pixels. */
  readonly square: Dimensions;
  readonly mediaStartTicks: string;
  /** The new clip's name, and what undoing its laying is called. */
  readonly layName: string;
  readonly undoName: string;
}

/** A finished render. */
export interface Made extends Order {
  readonly path: string;
  readonly ms: number;
  readonly backend: BackendReport | undefined;
}

const count = v.pipe(v.number(), v.integer());
const sides = v.object({ width: count, height: count });

/** Of an order, what its host does not keep. The video's own facts are checked by being the same when it goes on. */
const Note = v.object({
  version: v.literal(1),
  order: v.object({
    settings: ClipSettings,
    job: v.custom<RemasterJob>((job) => typeof job === 'object' && job !== null && 'first' in job),
    blend: v.string(),
    facts: v.custom<ClipFacts>((facts) => typeof facts === 'object' && facts !== null && 'frames' in facts),
    size: count,
    square: sides,
    mediaStartTicks: v.string(),
    layName: v.string(),
    undoName: v.string(),
  }),
});

export function noteOf(order: Order): string {
  const { settings, job, blend, facts, size, square, mediaStartTicks, layName, undoName } = order;
  const note: v.InferOutput<typeof Note> = {
    version: 1,
    order: { settings, job, blend, facts, size, square: { ...square }, mediaStartTicks, layName, undoName },
  };
  return JSON.stringify(note);
}

/** Undefined if the note cannot be understood. */
export function orderIn({
  render,
  ref,
  clipName,
  folder,
  fileName,
  note,
}: UnfinishedRender): Order | undefined {
  try {
    const noted = v.parse(Note, JSON.parse(note));
    return { render, ref, clipName, folder, name: withoutExtension(fileName), ...noted.order };
  } catch {
    return undefined;
  }
}

function withoutExtension(fileName: string): string {
  return fileName.replace(/\.(mov|mp4|png|tif)$/u, '');
}

/** What the networks are to do for an order; undefined where its model is not, or not yet, known to be fit. */
export function workOf(order: Order, catalog: Catalog, own: readonly OwnModel[]): EngineJob | undefined {
  const upright = uprightSize(order.facts, order.job.rotation);
  const target = targetFor(upright, order.job.target);
  return engineJob({ settings: order.settings, auto: undefined }, target, catalog, own);
}

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
  readonly onPhase: (phase: RunPhase) => void;
  readonly onBackend: (backend: BackendReport) => void;
  readonly onProgress: (progress: RemasterProgress) => void;
}

/**
 * Makes the render and gives the finished file's path. What failed before anything was recorded, or was cancelled, leaves
 * nothing behind; what failed later is kept.
 */
export async function runOrder(options: RunOptions): Promise<string> {
  const { host, video, order, work, continued, signal } = options;
  const { render, ref, clipName, settings, folder, name, job, facts } = order;
  options.onPhase('preparing');
  let journal: readonly string[] = [];
  if (continued) {
    ({ journal } = await host.continueRender({ render }));
  } else {
    const extension = extensionOf(job.codec);
    await host.openRender({ render, ref, clipName, settings, folder, name, extension, note: noteOf(order) });
  }
  try {
    signal.throwIfAborted();
    await video.remaster({
      path: ref.path,
      render,
      name,
      journal,
      job,
      facts,
      engineJob: work,
      signal,
      onBackend: options.onBackend,
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
    const end = signal.aborted ? host.discardRender({ render }) : host.leaveRender({ render });
    // What is to be said is why it failed.
    await end.catch(() => undefined);
    throw signal.aborted ? new LoupeError('cancelled') : thrown;
  }
}

/** Frames of an unfinished render that need not be made again, and all of them. */
export function progressOf({ last, note, ...rest }: UnfinishedRender): { done: number; frames: number } {
  const job = orderIn({ last, note, ...rest })?.job;
  return { done: last === null ? 0 : recordedFrames(last), frames: job ? job.end - job.first : 0 };
}

/** What the host is told to lay a finished render over its clip. */
export function layingOf({ render, job, ref, mediaStartTicks, square, layName, undoName }: Order) {
  const clip: Pick<Clip, 'ref' | 'mediaStartTicks'> = { ref, mediaStartTicks };
  return { render, ...placementOf(job, clip, square), name: layName, undoName };
}
