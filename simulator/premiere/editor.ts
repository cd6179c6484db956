/** SequenceEditor: what lays clips on tracks and takes them off. */
import { constants } from './constants.ts';
import { illegalParameter } from './errors.ts';
import { Handle } from './handle.ts';
import { idOfItem, type ProjectItem } from './items.ts';
import { findClip, findItem, findSequence, replaceSequence, type Contents } from './model.ts';
import { partsOf, place, spanOf, type Placing } from './place.ts';
import type { OpenProject } from './project.ts';
import { Sequence } from './sequence.ts';
import type { Studio } from './studio.ts';
import { ticksOf, type TickTime } from './time.ts';
import { without } from './timeline.ts';
import { TrackItemSelection } from './track-item.ts';
import type { Action, Deed } from './transaction.ts';

export class SequenceEditor extends Handle {
  protected readonly className = 'SequenceEditor';
  readonly #sequenceId: string;

  constructor(studio: Studio, project: OpenProject, sequenceId: string) {
    super(studio, project);
    this.#sequenceId = sequenceId;
  }

  static getEditor(studio: Studio, sequenceObject: Sequence): SequenceEditor {
    studio.calls.note('SequenceEditor.getEditor');
    const id = Sequence.idOf(sequenceObject);
    return new SequenceEditor(studio, Handle.projectOf(sequenceObject), id);
  }

  createOverwriteItemAction(
    projectItem: ProjectItem,
    time: TickTime,
    videoTrackIndex: number,
    audioTrackIndex: number,
  ): Action {
    return this.action('createOverwriteItemAction', (project) =>
      this.#lay(project, projectItem, time, videoTrackIndex, audioTrackIndex, 'overwrite'),
    );
  }

  /** [3P] Moves every clip after `time`; with `limitShift` those of its own tracks alone. */
  createInsertProjectItemAction(
    projectItem: ProjectItem,
    time: TickTime,
    videoTrackIndex: number,
    audioTrackIndex: number,
    limitShift: boolean,
  ): Action {
    return this.action('createInsertProjectItemAction', (project) =>
      this.#lay(
        project,
        projectItem,
        time,
        videoTrackIndex,
        audioTrackIndex,
        limitShift ? 'insert-here' : 'insert',
      ),
    );
  }

  createRemoveItemsAction(
    trackItemSelection: TrackItemSelection,
    ripple: boolean,
    mediaType: number,
  ): Action {
    return this.action('createRemoveItemsAction', (project) => {
      const kinds = kindsOf(mediaType);
      const sequence = findSequence(project.contents, this.#sequenceId);
      const ids = TrackItemSelection.placesOf(trackItemSelection).map(({ clipId }) => clipId);
      const gone = ids.filter((id) => {
        const found = sequence && findClip(sequence, id);
        return found && kinds.includes(found.kind);
      });
      if (gone.length === 0) throw illegalParameter('nothing of that media type is selected');
      return {
        apply: (contents) =>
          replaceSequence(contents, this.#sequenceId, (each) => without(each, gone, ripple)),
      };
    });
  }

  #lay(
    { contents }: OpenProject,
    projectItem: unknown,
    time: TickTime,
    videoTrackIndex: number,
    audioTrackIndex: number,
    how: Placing['how'],
  ): Deed {
    const item = findItem(contents, idOfItem(projectItem));
    const sequence = findSequence(contents, this.#sequenceId);
    const at = ticksOf(time);
    if (!item || item.kind === 'bin' || !sequence || at < 0n) throw illegalParameter('the item or the time');
    if (item.sequenceId === this.#sequenceId) throw illegalParameter('a sequence cannot hold itself');
    const parts = partsOf(contents, item);
    const track = (index: number, count: number, there: boolean): number | null => {
      if (!Number.isInteger(index) || index < -1 || index > count) {
        throw illegalParameter(`the track ${index} of ${count}`);
      }
      // [3P] −1 is no way of leaving the sound out: it lands on A1. [I] And the picture on V1.
      return there ? Math.max(0, index) : null;
    };
    const video = track(videoTrackIndex, sequence.video.length, parts.video);
    const audio = track(audioTrackIndex, sequence.audio.length, parts.audio);
    // Marks count as they were committed before this transaction.
    const placing = {
      sequenceId: this.#sequenceId,
      item,
      span: spanOf(contents, item),
      at,
      video,
      audio,
      how,
    };
    return {
      apply: (now: Contents) => (findItem(now, item.id) ? place(now, placing) : null),
      makesTrack: video === sequence.video.length || audio === sequence.audio.length,
    };
  }
}

function kindsOf(mediaType: number): readonly ('video' | 'audio')[] {
  const { ANY, VIDEO, AUDIO } = constants.MediaType;
  if (mediaType === VIDEO) return ['video'];
  if (mediaType === AUDIO) return ['audio'];
  if (mediaType === ANY) return ['video', 'audio'];
  throw illegalParameter('a value of Constants.MediaType is required');
}
