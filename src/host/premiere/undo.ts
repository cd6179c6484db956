/** Taking a render off the timeline: bin and file stay, and nothing moves up. */
import { because, LoupeError } from '../../errors.ts';
import type { ClipRef } from '../../bridge/premiere-calls.ts';
import { clipsOfItem, findClip, findProject, findSequence, showsSomeOf } from './find.ts';
import {
  type Premiere,
  type Project,
  type Sequence,
  undisturbed,
  type VideoClipTrackItem,
} from './premiere.ts';
import type { RenderRecord } from './records.ts';
import { transact } from './transaction.ts';

interface Removal {
  readonly undoName: string;
}

/** Throws `transaction-refused`. @param shown the original, to be shown again */
export function removeClip(
  ppro: Premiere,
  project: Project,
  sequence: Sequence,
  clip: VideoClipTrackItem,
  { undoName }: Removal,
  shown?: VideoClipTrackItem,
): void {
  const editor = ppro.SequenceEditor.getEditor(sequence);
  transact(project, { what: because('remove-render'), undoName }, (add) => {
    // The selection lives no longer than the callback.
    ppro.TrackItemSelection.createEmptySelection((selection) => {
      selection.addItem(clip, true);
      add(editor.createRemoveItemsAction(selection, false, ppro.Constants.MediaType.VIDEO, false));
    });
    if (shown) add(shown.createSetDisabledAction(false));
  });
}

/**
 * Removes it wherever the user has moved it, as long as there is one only. What is gone already is as good as removed.
 * Rejects with `project-closed`, `sequence-gone`, `clip-moved` or `transaction-refused`.
 */
export async function undoRemaster(
  ppro: Premiere,
  { project: projectRef, path, ref, placed }: RenderRecord,
  removal: Removal,
): Promise<void> {
  if (!placed) return;
  await undisturbed(async () => {
    const project = await findProject(ppro, projectRef);
    if (!project) throw new LoupeError('project-closed', path ?? '');
    const sequence = await findSequence(project, placed.sequenceId);
    if (!sequence) throw new LoupeError('sequence-gone');
    const others = await clipsOfItem(ppro, sequence, placed.itemId);
    const clip = (await findClip(ppro, sequence, placed)) ?? (others.length === 1 ? others[0] : undefined);
    if (!clip && others.length > 1) throw new LoupeError('clip-moved');
    const original = placed.originalHidden ? await findHidden(ppro, sequence, ref) : undefined;
    if (clip) removeClip(ppro, project, sequence, clip, removal, original);
    else if (original) {
      transact(project, { what: because('remove-render'), ...removal }, (add) =>
        add(original.createSetDisabledAction(false)),
      );
    }
  });
}

/** The original where it was; or where it has been moved or trimmed to, as long as it is hidden still. */
async function findHidden(
  ppro: Premiere,
  sequence: Sequence,
  ref: ClipRef,
): Promise<VideoClipTrackItem | undefined> {
  const there = await findClip(ppro, sequence, ref);
  if (there) return there;
  for (const clip of await clipsOfItem(ppro, sequence, ref.itemId)) {
    if ((await clip.isDisabled()) && (await showsSomeOf(clip, ref))) return clip;
  }
  return undefined;
}
