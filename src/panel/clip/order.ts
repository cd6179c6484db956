/** What a render is made of, as it is begun, and as it is noted so that it can go on another day. */
import * as v from 'valibot';
import { ClipRef, ClipSettings, Codec, type UnfinishedRender } from '../../bridge/premiere-calls.ts';
import type { Catalog } from '../../catalog.ts';
import type { Dimensions } from '../../size.ts';
import { recordedFrames } from '../../video/journal.ts';
import type { ClipFacts, RemasterJob } from '../../video/types.ts';
import { uprightSize } from '../../video/upright.ts';
import type { BackendReport, EngineJob } from '../engine/protocol.ts';
import type { OwnModel } from '../own-models.ts';
import { isFrames, placementOf, targetFor, type Clip } from './plan.ts';
import { engineJob } from './ready.ts';

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
const ratio = v.object({
  numerator: v.pipe(count, v.minValue(1)),
  denominator: v.pipe(count, v.minValue(1)),
});

const Job: v.GenericSchema<RemasterJob> = v.object({
  first: v.pipe(count, v.minValue(0)),
  end: v.pipe(count, v.minValue(0)),
  rate: ratio,
  resampled: v.boolean(),
  target: sides,
  pixelAspect: ratio,
  rotation: v.picklist([0, 90, 180, 270]),
  fields: v.picklist(['progressive', 'upper-first', 'lower-first']),
  colour: v.object({
    primaries: v.picklist(['bt709', 'bt470bg', 'smpte170m', 'bt2020', 'smpte432']),
    transfer: v.picklist(['bt709', 'smpte170m', 'iec61966-2-1', 'linear', 'pq', 'hlg']),
    matrix: v.picklist(['rgb', 'bt709', 'bt470bg', 'smpte170m', 'bt2020-ncl']),
    fullRange: v.boolean(),
  }),
  codec: Codec,
  bitDepth: v.picklist([8, 10, 16]),
});

/** Of an order, what its host does not keep. The video's own facts are checked by being the same when it goes on. */
const Note = v.object({
  version: v.literal(1),
  order: v.object({
    settings: ClipSettings,
    job: Job,
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
    // A folder of frames is called as the render is.
    const name = isFrames(noted.order.job.codec) ? fileName : fileName.replace(/\.(mov|mp4)$/u, '');
    return { render, ref, clipName, folder, name, ...noted.order };
  } catch {
    return undefined;
  }
}

/** What the networks are to do for an order; undefined where its model is not, or not yet, known to be fit. */
export function workOf(order: Order, catalog: Catalog, own: readonly OwnModel[]): EngineJob | undefined {
  const upright = uprightSize(order.facts, order.job.rotation);
  const target = targetFor(upright, order.job.target);
  return engineJob({ settings: order.settings, auto: undefined }, target, catalog, own);
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
