/**
 * Lays a finished render over its clip. Every step finds its handles anew, since each transaction and import makes those
 * before it stale; each is verified by what Premiere then says is there; the first that is refused ends it, with the
 * timeline as it was and the render in its bin.
 */
import type { ClipRef } from '../../bridge/premiere-calls.ts';
import type { PremiereApi } from '../../bridge/protocol.ts';
import { because, LoupeError, type Reason } from '../../errors.ts';
import { lookSteps, type Step } from './apply-look.ts';
import { findItem, importRender, needProject } from './bin.ts';
import { asClip, clipsOfItem, clipsOn, findClip, findProject, findSequence } from './find.ts';
import { readLook } from './look.ts';
import { carriedLook, isSeeThrough } from './motion.ts';
import {
  maybe,
  undisturbed,
  type Premiere,
  type Project,
  type ProjectItem,
  type Sequence,
  type VideoClipTrackItem,
} from './premiere.ts';
import type { RenderRecord } from './records.ts';
import { areFrames } from './render-file.ts';
import { ticksOf, timeOf } from './ticks.ts';
import { transact } from './transaction.ts';
import { removeClip } from './undo.ts';

export type PlaceArgs = Parameters<PremiereApi['placeRender']>[0];
export type Placement = NonNullable<RenderRecord['placed']>;

/** A render that is finished. */
export type Finished = RenderRecord & { readonly path: string };

interface Placing {
  readonly ppro: Premiere;
  readonly record: Finished;
  readonly args: PlaceArgs;
  readonly binName: string;
}

/** Rejects where the import failed; gives the reason where the render could not be laid, which is in the bin then. */
export async function placeRender(placing: Placing): Promise<Placement | LoupeError> {
  const { ppro, record, binName, args } = placing;
  const { path } = record;
  const numberedStills = areFrames(record);
  const itemId = await importRender(ppro, record.project, { path, numberedStills }, { binName, ...args });
  try {
    return await lay(placing, itemId);
  } catch (thrown) {
    if (thrown instanceof LoupeError) return thrown;
    throw thrown;
  }
}

async function lay(placing: Placing, itemId: string): Promise<Placement> {
  const { record } = placing;
  const { ref } = record;
  await undisturbed(() => needClip(placing));
  if (areFrames(record)) await undisturbed(() => interpret(placing, itemId));
  await undisturbed(() => mark(placing, itemId));
  const { track, newTrack } = await overwrite(placing, itemId);
  try {
    const originalHidden = await dress(placing, itemId, track);
    const trackName = await undisturbed(async () => {
      const { sequence } = await needSequence(placing);
      return (await sequence.getVideoTrack(track)).name;
    });
    const { sequenceId, startTicks } = ref;
    return { sequenceId, startTicks, itemId, track, trackName, newTrack, originalHidden };
  } catch (thrown) {
    // What cannot be shown as it should be must not lie over the original.
    await takeAway(placing, itemId, track);
    throw thrown;
  }
}

async function takeAway({ ppro, record, args }: Placing, itemId: string, track: number): Promise<void> {
  const { ref, project: projectRef } = record;
  await undisturbed(async () => {
    const project = await findProject(ppro, projectRef);
    const sequence = project && (await findSequence(project, ref.sequenceId));
    const clip = sequence && (await findClip(ppro, sequence, { track, startTicks: ref.startTicks, itemId }));
    if (clip) removeClip(ppro, project, sequence, clip, args);
  }).catch(() => undefined);
}

async function needSequence({
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
async function needClip(
  placing: Placing,
): Promise<{ project: Project; sequence: Sequence; clip: VideoClipTrackItem }> {
  const { ppro, record } = placing;
  const { ref } = record;
  const { project, sequence } = await needSequence(placing);
  const clip = await findClip(ppro, sequence, ref);
  if (clip && (await isAsItWas(clip, ref))) return { project, sequence, clip };
  if (clip || (await isElsewhere(ppro, sequence, ref))) throw new LoupeError('clip-moved');
  throw new LoupeError('clip-gone');
}

async function isAsItWas(clip: VideoClipTrackItem, ref: ClipRef): Promise<boolean> {
  return (
    ticksOf(await clip.getInPoint()) === BigInt(ref.inTicks) &&
    ticksOf(await clip.getOutPoint()) === BigInt(ref.outTicks) &&
    ticksOf(await clip.getEndTime()) === endOf(ref) &&
    (await clip.getSpeed()) === 1 &&
    !(await clip.isSpeedReversed())
  );
}

/** Whether a clip has some of its frames on the timeline still. */
async function isElsewhere(ppro: Premiere, sequence: Sequence, ref: ClipRef): Promise<boolean> {
  for (const clip of await clipsOfItem(ppro, sequence, ref.itemId)) {
    const begins = ticksOf(await clip.getInPoint());
    const ends = ticksOf(await clip.getOutPoint());
    if (begins < BigInt(ref.outTicks) && ends > BigInt(ref.inTicks)) return true;
  }
  return false;
}

const endOf = ({ startTicks, inTicks, outTicks }: ClipRef): bigint =>
  BigInt(startTicks) + BigInt(outTicks) - BigInt(inTicks);

async function needItem(
  { ppro, record, binName }: Placing,
  project: Project,
  itemId: string,
): Promise<ProjectItem> {
  const item = await findItem(ppro, project, binName, itemId);
  if (!item) throw new LoupeError('import-failed', record.path);
  return item;
}

/** Single frames have no rate of their own. */
async function interpret(placing: Placing, itemId: string): Promise<void> {
  const { ppro, record, args } = placing;
  const project = await needProject(ppro, record.project, record.path);
  const clip = await asClip(ppro, await needItem(placing, project, itemId));
  const footage = await clip?.getFootageInterpretation();
  if (!clip || footage?.setFrameRate(args.rate) !== true) throw refusal('set-rate');
  transact(project, { what: because('set-rate'), ...args }, (add) =>
    add(clip.createSetFootageInterpretationAction(footage)),
  );
}

/** What of the render is laid: in and out points hold only when they are set in an earlier transaction. */
async function mark(placing: Placing, itemId: string): Promise<void> {
  const { ppro, record, args } = placing;
  const project = await needProject(ppro, record.project, record.path);
  const clip = await asClip(ppro, await needItem(placing, project, itemId));
  if (!clip) throw refusal('mark-render');
  transact(project, { what: because('mark-render'), ...args }, (add) =>
    add(clip.createSetInOutPointsAction(timeOf(ppro, args.inTicks), timeOf(ppro, args.outTicks))),
  );
}

/** Lays the marked part on the lowest track above the clip that is free there; a new one if need be. */
async function overwrite(placing: Placing, itemId: string): Promise<{ track: number; newTrack: boolean }> {
  const { ppro, record, args } = placing;
  const { ref } = record;
  // A locked track, which no call tells of, swallows what is laid on it: then the next is tried.
  for (let above = ref.track; ;) {
    const { track, count, sound } = await undisturbed(async () => {
      const { project, sequence } = await needClip(placing);
      const item = await needItem(placing, project, itemId);
      const free = await freeTrack(ppro, sequence, above, ref);
      const before = { ...free, sound: await soundOf(ppro, sequence) };
      const editor = ppro.SequenceEditor.getEditor(sequence);
      transact(project, { what: because('lay-render'), ...args }, (add) =>
        // The render has no sound, so that nothing lands on the audio track; −1 would be the first one, too.
        add(editor.createOverwriteItemAction(item, timeOf(ppro, ref.startTicks), free.track, 0)),
      );
      return before;
    });
    const found = await undisturbed(async () => {
      const { sequence } = await needSequence(placing);
      const clip = await findClip(ppro, sequence, { track, startTicks: ref.startTicks, itemId });
      if (!clip) return 'nothing';
      return (await isLaid(clip, placing)) && (await soundOf(ppro, sequence)) === sound
        ? 'as asked'
        : 'other';
    });
    if (found === 'as asked') return { track, newTrack: track >= count };
    if (found === 'other') await takeAway(placing, itemId, track);
    if (found === 'other' || track >= count) throw refusal('lay-render');
    above = track;
  }
}

async function isLaid(clip: VideoClipTrackItem, { record: { ref }, args }: Placing): Promise<boolean> {
  return (
    ticksOf(await clip.getInPoint()) === BigInt(args.inTicks) &&
    ticksOf(await clip.getOutPoint()) === BigInt(args.outTicks) &&
    ticksOf(await clip.getEndTime()) === endOf(ref)
  );
}

/** A track that is hidden would not show it. */
async function freeTrack(
  ppro: Premiere,
  sequence: Sequence,
  above: number,
  ref: ClipRef,
): Promise<{ track: number; count: number }> {
  const count = await sequence.getVideoTrackCount();
  for (let track = above + 1; track < count; track += 1) {
    if (await (await sequence.getVideoTrack(track)).isMuted()) continue;
    let free = true;
    for (const clip of await clipsOn(ppro, sequence, track)) {
      const begins = ticksOf(await clip.getStartTime());
      const ends = ticksOf(await clip.getEndTime());
      if (begins < endOf(ref) && ends > BigInt(ref.startTicks)) free = false;
    }
    if (free) return { track, count };
  }
  return { track: count, count };
}

/** All that lies on the audio tracks, as text to compare. */
async function soundOf(ppro: Premiere, sequence: Sequence): Promise<string> {
  const clips: string[] = [];
  const tracks = await sequence.getAudioTrackCount();
  for (let i = 0; i < tracks; i += 1) {
    const track = await sequence.getAudioTrack(i);
    for (const clip of track.getTrackItems(ppro.Constants.TrackItemType.CLIP, false)) {
      const item = await maybe(() => clip.getProjectItem());
      const times = [await clip.getStartTime(), await clip.getEndTime(), await clip.getInPoint()];
      clips.push([i, item?.getId(), ...times.map(({ ticks }) => ticks)].join(' '));
    }
  }
  return clips.join('\n');
}

/**
 * Name, timecode, and the original's look on the render. The original is hidden where it would show through.
 *
 * @returns whether it was
 */
async function dress(placing: Placing, itemId: string, track: number): Promise<boolean> {
  const { ppro, record, args } = placing;
  const { ref } = record;
  const found = async () => {
    const { project, sequence, clip: original } = await needClip(placing);
    const clip = await findClip(ppro, sequence, { track, startTicks: ref.startTicks, itemId });
    if (!clip) throw new LoupeError('clip-moved');
    return { project, original, clip };
  };
  const { look, fresh, isShown } = await undisturbed(async () => {
    const { original, clip } = await found();
    return {
      look: await readLook(ppro, original, BigInt(ref.inTicks) - BigInt(args.inTicks)),
      fresh: await readLook(ppro, clip, 0n),
      isShown: !(await original.isDisabled()),
    };
  });
  const seeThrough = isShown && isSeeThrough(look, fresh);
  const steps = lookSteps(ppro, carriedLook(look, fresh, args));
  for (const [i, prepare] of steps.entries()) {
    await undisturbed(async () => {
      const { project, original, clip } = await found();
      const step = await prepare(clip);
      const others =
        i === 0 ? await onceOnly(placing, itemId, { project, clip, seeThrough, original }) : null;
      if (!step && !others) return;
      transact(project, { what: because('adjust-render'), ...args }, (add) => {
        step?.(add);
        others?.(add);
      });
    });
  }
  const asAsked = await undisturbed(async () => isLaid((await found()).clip, placing));
  if (!asAsked) throw refusal('adjust-render');
  return seeThrough;
}

/** Name, timecode, and the marks, which have done their work. */
async function onceOnly(
  placing: Placing,
  itemId: string,
  {
    project,
    clip,
    original,
    seeThrough,
  }: {
    readonly project: Project;
    readonly clip: VideoClipTrackItem;
    readonly original: VideoClipTrackItem;
    readonly seeThrough: boolean;
  },
): Promise<Step> {
  const { ppro, args } = placing;
  const item = await asClip(ppro, await needItem(placing, project, itemId));
  const media = await item?.getMedia();
  const start = timeOf(ppro, args.mediaStartTicks);
  return (add) => {
    add(clip.createSetNameAction(args.name));
    if (seeThrough) add(original.createSetDisabledAction(true));
    if (item) add(item.createClearInOutPointsAction());
    if (media && media.start.ticks !== args.mediaStartTicks) add(media.createSetStartAction(start));
  };
}

function refusal(what: Reason): LoupeError {
  return new LoupeError('transaction-refused', because(what));
}
