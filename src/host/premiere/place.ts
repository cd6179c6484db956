/**
 * Lays a finished render over its clip. Every step finds its handles anew, since each transaction and import makes those
 * before it stale; each is verified by what Premiere then says is there; the first that is refused ends it, with the
 * timeline as it was and the render in its bin.
 */
import type { ClipRef } from '../../bridge/premiere-calls.ts';
import { because, LoupeError } from '../../errors.ts';
import { importRender, needProject } from './bin.ts';
import { dress, hideOriginal } from './dress.ts';
import { asClip, clipsOn, findProject, findSequence } from './find.ts';
import {
  endOf,
  findLaid,
  isLaid,
  type Laid,
  needClip,
  needItem,
  needSequence,
  type Placement,
  type Placing,
  refusal,
} from './placing.ts';
import { maybe, type Premiere, type Sequence, undisturbed } from './premiere.ts';
import { areFrames } from './render-file.ts';
import { ticksOf, timeOf } from './ticks.ts';
import { transact } from './transaction.ts';
import { removeClip } from './undo.ts';

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
  const { newTrack, ...laid } = await overwrite(placing, itemId);
  return orTakenAway(placing, laid, async () => {
    const originalHidden = await dress(placing, laid);
    const trackName = await undisturbed(async () => {
      const { sequence } = await needSequence(placing);
      return (await sequence.getVideoTrack(laid.track)).name;
    });
    if (originalHidden) await hideOriginal(placing);
    const { sequenceId, startTicks } = ref;
    return { sequenceId, startTicks, ...laid, trackName, newTrack, originalHidden };
  });
}

/** What cannot be shown as it should be must not lie over the original. */
async function orTakenAway<T>(placing: Placing, laid: Laid, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    await takeAway(placing, laid);
    throw thrown;
  }
}

/** Also of a sequence that is not the open one any more. */
async function takeAway(placing: Placing, laid: Laid): Promise<void> {
  const { ppro, record, args } = placing;
  const { ref, project: projectRef } = record;
  await undisturbed(async () => {
    const project = await findProject(ppro, projectRef);
    const sequence = project && (await findSequence(project, ref.sequenceId));
    const clip = sequence && (await findLaid(placing, sequence, laid));
    if (clip) removeClip(ppro, project, sequence, clip, args);
  }).catch(() => undefined);
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
async function overwrite(placing: Placing, itemId: string): Promise<Laid & { readonly newTrack: boolean }> {
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
    const laid = { itemId, track };
    const isThere = await orTakenAway(placing, laid, () =>
      undisturbed(async () => {
        const { sequence } = await needSequence(placing);
        const clip = await findLaid(placing, sequence, laid);
        if (!clip) return false;
        const asAsked = await isLaid(sequence, clip, placing);
        if (!asAsked || (await soundOf(ppro, sequence)) !== sound) throw refusal('lay-render');
        return true;
      }),
    );
    if (isThere) return { ...laid, newTrack: track >= count };
    if (track >= count) throw refusal('lay-render');
    above = track;
  }
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
