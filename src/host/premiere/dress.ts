/** Gives a render that is laid its name, its timecode and the look of its clip. */
import { because, LoupeError } from '../../errors.ts';
import { lookSteps, type Step } from './apply-look.ts';
import { asClip } from './find.ts';
import { readLook } from './look.ts';
import { carriedLook, isSeeThrough } from './motion.ts';
import { findLaid, isLaid, type Laid, needClip, needItem, type Placing, refusal } from './placing.ts';
import { type Project, undisturbed, type VideoClipTrackItem } from './premiere.ts';
import { timeOf } from './ticks.ts';
import { transact } from './transaction.ts';

/** @returns whether the original is to be hidden, since it would show through */
export async function dress(placing: Placing, laid: Laid): Promise<boolean> {
  const { ppro, record, args } = placing;
  const { ref } = record;
  const found = async () => {
    const { project, sequence, clip: original } = await needClip(placing);
    const clip = await findLaid(placing, sequence, laid);
    if (!clip) throw new LoupeError('clip-moved');
    return { project, sequence, original, clip };
  };
  const { look, fresh, isShown } = await undisturbed(async () => {
    const { original, clip } = await found();
    return {
      look: await readLook(ppro, original, BigInt(ref.inTicks) - BigInt(args.inTicks)),
      fresh: await readLook(ppro, clip, 0n),
      isShown: !(await original.isDisabled()),
    };
  });
  const steps = lookSteps(ppro, carriedLook(look, fresh, args));
  for (const [i, prepare] of steps.entries()) {
    await undisturbed(async () => {
      const { project, clip } = await found();
      const step = await prepare(clip);
      const others = i === 0 ? await onceOnly(placing, laid, project, clip) : null;
      if (!step && !others) return;
      transact(project, { what: because('adjust-render'), ...args }, (add) => {
        step?.(add);
        others?.(add);
      });
    });
  }
  const asAsked = await undisturbed(async () => {
    const { sequence, clip } = await found();
    return isLaid(sequence, clip, placing);
  });
  if (!asAsked) throw refusal('adjust-render');
  return isShown && isSeeThrough(look, fresh);
}

/** The last step of all: a render that is taken away again must not leave its original hidden. */
export async function hideOriginal(placing: Placing): Promise<void> {
  await undisturbed(async () => {
    const { project, clip } = await needClip(placing);
    transact(project, { what: because('adjust-render'), ...placing.args }, (add) =>
      add(clip.createSetDisabledAction(true)),
    );
  });
}

/** Name, timecode, and the marks, which have done their work. */
async function onceOnly(
  placing: Placing,
  { itemId }: Laid,
  project: Project,
  clip: VideoClipTrackItem,
): Promise<Step> {
  const { ppro, args } = placing;
  const item = await asClip(ppro, await needItem(placing, project, itemId));
  const media = await item?.getMedia();
  const start = timeOf(ppro, args.mediaStartTicks);
  return (add) => {
    add(clip.createSetNameAction(args.name));
    if (item) add(item.createClearInOutPointsAction());
    if (media && media.start.ticks !== args.mediaStartTicks) add(media.createSetStartAction(start));
  };
}
