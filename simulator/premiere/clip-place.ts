/** Where a clip is, and how it is read and changed there. */
import type { StoredEffect } from './effects.ts';
import { illegalParameter } from './errors.ts';
import { findClip, replaceSequence, type Clip, type Contents } from './model.ts';
import { withClip } from './timeline.ts';

export interface ClipPlace {
  readonly sequenceId: string;
  readonly clipId: string;
}

export const clipAt = ({ contents }: { contents: Contents }, { sequenceId, clipId }: ClipPlace): Clip => {
  const sequence = contents.sequences.find(({ id }) => id === sequenceId);
  const clip = sequence && findClip(sequence, clipId)?.clip;
  if (!clip) throw illegalParameter(`there is no clip ${clipId}`);
  return clip;
};

/** Changes a clip; null where it is gone. */
export function changeClip(
  contents: Contents,
  { sequenceId, clipId }: ClipPlace,
  change: (clip: Clip) => Clip,
): Contents | null {
  const sequence = contents.sequences.find(({ id }) => id === sequenceId);
  if (!sequence || !findClip(sequence, clipId)) return null;
  return replaceSequence(contents, sequenceId, (each) => withClip(each, clipId, change));
}

export const changeEffects = (
  contents: Contents,
  place: ClipPlace,
  change: (effects: readonly StoredEffect[]) => readonly StoredEffect[],
): Contents | null => changeClip(contents, place, (clip) => ({ ...clip, effects: change(clip.effects) }));
