/** How the hands of the user get at what they work on. */
import type { TrackKind } from './interface.ts';
import {
  findClip,
  findItem,
  findSequence,
  type Clip,
  type Contents,
  type Item,
  type Sequence,
} from './model.ts';
import { editSequence } from './place.ts';
import type { OpenProject } from './project.ts';
import type { Studio } from './studio.ts';
import { withClip, type Ids } from './timeline.ts';

export interface At {
  readonly project: OpenProject;
  readonly sequence: Sequence;
  readonly clip: Clip;
  readonly kind: TrackKind;
  readonly track: number;
}

export function handsOn(studio: Studio) {
  const onProject = <T>(refused: T, run: (project: OpenProject) => T): T => {
    const result = studio.project ? run(studio.project) : refused;
    studio.changed();
    return result;
  };

  const onSequence = <T>(
    refused: T,
    sequenceId: string,
    run: (project: OpenProject, sequence: Sequence) => T,
  ): T =>
    onProject(refused, (project) => {
      const sequence = findSequence(project.contents, sequenceId);
      return sequence ? run(project, sequence) : refused;
    });

  const onItem = <T>(refused: T, itemId: string, run: (project: OpenProject, item: Item) => T): T =>
    onProject(refused, (project) => {
      const item = findItem(project.contents, itemId);
      return item && item.id !== 'root' ? run(project, item) : refused;
    });

  /** Clips on locked tracks answer to no hand. */
  const onClip = <T>(refused: T, sequenceId: string, clipId: string, run: (at: At) => T): T =>
    onSequence(refused, sequenceId, (project, sequence) => {
      const found = findClip(sequence, clipId);
      if (!found || sequence[found.kind][found.track]?.locked) return refused;
      return run({ project, sequence, ...found });
    });

  /** One step of Undo. */
  const edit = (project: OpenProject, name: string, contents: Contents | null): boolean => {
    if (!contents) return false;
    project.change(name, contents);
    return true;
  };

  const editClip = (
    name: string,
    sequenceId: string,
    clipId: string,
    change: (clip: Clip) => Clip | null,
  ): boolean =>
    onClip(false, sequenceId, clipId, ({ project, clip }) => {
      const next = change(clip);
      if (!next) return false;
      return edit(
        project,
        name,
        editSequence(project.contents, sequenceId, (sequence) => withClip(sequence, clipId, () => next)),
      );
    });

  const editTimeline = (
    project: OpenProject,
    name: string,
    sequenceId: string,
    change: (sequence: Sequence, ids: Ids) => Sequence,
  ): boolean => edit(project, name, editSequence(project.contents, sequenceId, change));

  return { onProject, onSequence, onItem, onClip, edit, editClip, editTimeline };
}
