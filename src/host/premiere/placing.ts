/** What laying a render needs at every step: its project, sequence, clip and item, found anew and as they must be. */
import type { ClipRef } from '../../bridge/premiere-calls.ts';
import type { PremiereApi } from '../../bridge/protocol.ts';
import { because, LoupeError, type Reason } from '../../errors.ts';
import { findItem, needProject } from './bin.ts';
import { clipsOfItem, findClip, findSequence, showsSomeOf } from './find.ts';
import {
  maybe,
  type Premiere,
  type Project,
  type ProjectItem,
  type Sequence,
  type VideoClipTrackItem,
} from './premiere.ts';
import type { RenderRecord } from './records.ts';
import { isNear, isOneToOne, ticksOf } from './ticks.ts';

export type PlaceArgs = Parameters<PremiereApi['placeRender']>[0];
export type Placement = NonNullable<RenderRecord['placed']>;

/** A render that is finished. */
export type Finished = RenderRecord & { readonly path: string };

export interface Placing {
  readonly ppro: Premiere;
  readonly record: Finished;
  readonly args: PlaceArgs;
  readonly binName: string;
}

/** The render's item, and the video track it was laid on. */
export interface Laid {
  readonly itemId: string;
  readonly track: number;
}

export async function needSequence({
  ppro,
  record: { project: projectRef, path, ref },
}: Placing): Promise<{ project: Project; sequence: Sequence }> {
  const project = await needProject(ppro, projectRef, path);
  const sequence = await findSequence(project, ref.sequenceId);
  if (!sequence) throw new LoupeError('sequence-gone');
  const active = await maybe(() => project.getActiveSequence());
  if (active?.guid.toString() !== ref.sequenceId) throw new LoupeError('sequence-closed', sequence.name);
  return { project, sequence };
}

/** The clip where it was and as it was. Rejects with `clip-moved` or `clip-gone`, and as `needSequence`. */
export async function needClip(
  placing: Placing,
): Promise<{ project: Project; sequence: Sequence; clip: VideoClipTrackItem }> {
  const { ppro, record } = placing;
  const { ref } = record;
  const { project, sequence } = await needSequence(placing);
  const clip = await findClip(ppro, sequence, ref);
  if (clip && (await isAsItWas(clip, ref, await frameOf(sequence)))) return { project, sequence, clip };
  if (clip || (await isElsewhere(ppro, sequence, ref))) throw new LoupeError('clip-moved');
  throw new LoupeError('clip-gone');
}

/** @param frame of the sequence, in ticks */
async function isAsItWas(clip: VideoClipTrackItem, ref: ClipRef, frame: bigint): Promise<boolean> {
  return (
    ticksOf(await clip.getInPoint()) === BigInt(ref.inTicks) &&
    ticksOf(await clip.getOutPoint()) === BigInt(ref.outTicks) &&
    isNear(ticksOf(await clip.getEndTime()), endOf(ref), frame) &&
    isOneToOne(await clip.getSpeed()) &&
    !(await clip.isSpeedReversed())
  );
}

/** Whether a clip has some of its frames on the timeline still. */
async function isElsewhere(ppro: Premiere, sequence: Sequence, ref: ClipRef): Promise<boolean> {
  for (const clip of await clipsOfItem(ppro, sequence, ref.itemId)) {
    if (await showsSomeOf(clip, ref)) return true;
  }
  return false;
}

/** Where a clip of the reference's frames ends, but for the rounding to whole frames of the sequence. */
export const endOf = ({
  startTicks,
  inTicks,
  outTicks,
}: Pick<ClipRef, 'startTicks' | 'inTicks' | 'outTicks'>): bigint =>
  BigInt(startTicks) + BigInt(outTicks) - BigInt(inTicks);

export async function needItem(
  { ppro, record, binName }: Placing,
  project: Project,
  itemId: string,
): Promise<ProjectItem> {
  const item = await findItem(ppro, project, binName, itemId);
  if (!item) throw new LoupeError('import-failed', record.path);
  return item;
}

/** Whether the render shows what it was asked to: Premiere lays whole frames of the sequence. */
export async function isLaid(
  sequence: Sequence,
  clip: VideoClipTrackItem,
  { record: { ref }, args }: Placing,
): Promise<boolean> {
  const frame = await frameOf(sequence);
  return (
    ticksOf(await clip.getInPoint()) === BigInt(args.inTicks) &&
    isNear(ticksOf(await clip.getOutPoint()), BigInt(args.outTicks), frame) &&
    isNear(ticksOf(await clip.getEndTime()), endOf({ ...args, startTicks: ref.startTicks }), frame)
  );
}

/** What was laid, wherever else the clip may be by now. */
export function findLaid(
  { ppro, record: { ref } }: Placing,
  sequence: Sequence,
  { itemId, track }: Laid,
): Promise<VideoClipTrackItem | undefined> {
  return findClip(ppro, sequence, { track, startTicks: ref.startTicks, itemId });
}

const frameOf = async (sequence: Sequence): Promise<bigint> => BigInt(await sequence.getTimebase());

export function refusal(what: Reason): LoupeError {
  return new LoupeError('transaction-refused', because(what));
}
