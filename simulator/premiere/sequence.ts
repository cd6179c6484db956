/** Sequences and their tracks as a plugin sees them. */
import { constants } from './constants.ts';
import { illegalParameter } from './errors.ts';
import { Handle } from './handle.ts';
import type { TrackKind } from './interface.ts';
import { ProjectItem } from './items.ts';
import {
  endOf,
  findClip,
  findItem,
  itemOfSequence,
  replaceSequence,
  type Sequence as StoredSequence,
  type Track as StoredTrack,
} from './model.ts';
import { trackKey, type OpenProject } from './project.ts';
import type { Studio } from './studio.ts';
import {
  AudioClipTrackItem,
  MEDIA_GUIDS,
  TrackItemSelection,
  VideoClipTrackItem,
  type TrackItem,
} from './track-item.ts';
import { FrameRate, tickTime, ticksOf, UNSET, type TickTime } from './time.ts';
import { withTrack } from './timeline.ts';
import type { Action } from './transaction.ts';
import { Guid, RectF } from './values.ts';

abstract class AnyTrack<Item extends TrackItem> extends Handle {
  protected abstract readonly kind: TrackKind;
  protected readonly sequenceId: string;
  protected readonly index: number;

  constructor(studio: Studio, project: OpenProject, sequenceId: string, index: number) {
    super(studio, project);
    this.sequenceId = sequenceId;
    this.index = index;
  }

  /** What listeners are attached to. */
  static keyOf(track: AnyTrack<TrackItem>): string {
    Handle.projectOf(track);
    return trackKey(track.sequenceId, track.kind, track.index);
  }

  get name(): string {
    return this.now('name', (project) => this.found(project).name);
  }

  get id(): number {
    return this.now('id', () => this.index + 1);
  }

  getIndex(): Promise<number> {
    return this.later('getIndex', () => this.index);
  }

  getMediaType(): Promise<Guid> {
    return this.later('getMediaType', () => new Guid(MEDIA_GUIDS[this.kind]));
  }

  isMuted(): Promise<boolean> {
    return this.later('isMuted', (project) => this.found(project).muted);
  }

  setMute(mute: boolean): Promise<boolean> {
    return this.later('setMute', (project) => {
      project.changeForGood((contents) => this.#changed(contents, { muted: mute }));
      this.studio.changed();
      return true;
    });
  }

  createSetNameAction(name: string): Action {
    return this.action('createSetNameAction', () => ({
      apply: (contents) => this.#changed(contents, { name }),
    }));
  }

  /** [3P] Wants a value of Constants.TrackItemType, and says so. */
  getTrackItems(trackItemType: number, includeEmptyTrackItems: boolean): Item[] {
    return this.now('getTrackItems', (project) => {
      const known = Object.values<number>(constants.TrackItemType).includes(trackItemType);
      if (!known || typeof includeEmptyTrackItems !== 'boolean') {
        throw illegalParameter('a value of Constants.TrackItemType and a boolean are required');
      }
      if (trackItemType !== constants.TrackItemType.CLIP) return [];
      return this.found(project).clips.map(({ id }) => this.itemFor(project, id));
    });
  }

  protected abstract itemFor(project: OpenProject, clipId: string): Item;

  protected found(project: OpenProject): StoredTrack {
    const track = project.sequence(this.sequenceId)?.[this.kind][this.index];
    if (!track) throw illegalParameter('there is no such track');
    return track;
  }

  #changed(contents: OpenProject['contents'], change: Partial<StoredTrack>): OpenProject['contents'] {
    return replaceSequence(contents, this.sequenceId, (sequence) =>
      withTrack(sequence, this.kind, this.index, (track) => ({ ...track, ...change })),
    );
  }
}

export class VideoTrack extends AnyTrack<VideoClipTrackItem> {
  protected readonly className = 'VideoTrack';
  protected readonly kind = 'video';

  protected itemFor(project: OpenProject, clipId: string): VideoClipTrackItem {
    return new VideoClipTrackItem(this.studio, project, { sequenceId: this.sequenceId, clipId });
  }
}

export class AudioTrack extends AnyTrack<AudioClipTrackItem> {
  protected readonly className = 'AudioTrack';
  protected readonly kind = 'audio';

  protected itemFor(project: OpenProject, clipId: string): AudioClipTrackItem {
    return new AudioClipTrackItem(this.studio, project, { sequenceId: this.sequenceId, clipId });
  }
}

/** A copy of a sequence's settings. */
export class SequenceSettings {
  readonly #sequence: StoredSequence;

  constructor(sequence: StoredSequence) {
    this.#sequence = sequence;
  }

  getVideoFrameRate(): FrameRate {
    const rate = new FrameRate();
    rate.ticksPerFrame = Number(this.#sequence.ticksPerFrame);
    return rate;
  }

  getVideoFrameRect(): Promise<RectF> {
    return Promise.resolve(new RectF(this.#sequence.width, this.#sequence.height));
  }

  getVideoFieldType(): Promise<number> {
    return Promise.resolve(constants.VideoFieldType.PROGRESSIVE);
  }

  /** [3P] A text. */
  getVideoPixelAspectRatio(): Promise<string> {
    return Promise.resolve('1:1');
  }
}

export class Sequence extends Handle {
  protected readonly className = 'Sequence';
  readonly #id: string;

  constructor(studio: Studio, project: OpenProject, id: string) {
    super(studio, project);
    this.#id = id;
  }

  /** The host's side of a sequence that another call was given. */
  static idOf(sequence: unknown): string {
    if (!(sequence instanceof Sequence)) throw illegalParameter('a Sequence is required');
    Handle.projectOf(sequence);
    return sequence.#id;
  }

  get guid(): Guid {
    return this.now('guid', () => new Guid(this.#id));
  }

  get name(): string {
    return this.now('name', ({ contents }) => itemOfSequence(contents, this.#id)?.name ?? '');
  }

  getFrameSize(): Promise<RectF> {
    return this.#read('getFrameSize', ({ width, height }) => new RectF(width, height));
  }

  /** [3P] Ticks of a frame, as a text. */
  getTimebase(): Promise<string> {
    return this.#read('getTimebase', ({ ticksPerFrame }) => String(ticksPerFrame));
  }

  getSettings(): Promise<SequenceSettings> {
    return this.#read('getSettings', (sequence) => new SequenceSettings(sequence));
  }

  getVideoTrackCount(): Promise<number> {
    return this.#read('getVideoTrackCount', ({ video }) => video.length);
  }

  getAudioTrackCount(): Promise<number> {
    return this.#read('getAudioTrackCount', ({ audio }) => audio.length);
  }

  getCaptionTrackCount(): Promise<number> {
    return this.#read('getCaptionTrackCount', () => 0);
  }

  getVideoTrack(trackIndex: number): Promise<VideoTrack> {
    return this.later('getVideoTrack', (project) => {
      if (!this.#found(project).video[trackIndex]) throw illegalParameter(`the track ${trackIndex}`);
      return new VideoTrack(this.studio, project, this.#id, trackIndex);
    });
  }

  getAudioTrack(trackIndex: number): Promise<AudioTrack> {
    return this.later('getAudioTrack', (project) => {
      if (!this.#found(project).audio[trackIndex]) throw illegalParameter(`the track ${trackIndex}`);
      return new AudioTrack(this.studio, project, this.#id, trackIndex);
    });
  }

  /** [3P] With the sound that is linked to the pictures. */
  getSelection(): Promise<TrackItemSelection> {
    return this.later('getSelection', (project) => {
      const sequence = this.#found(project);
      const items = project.selectedIn(this.#id).flatMap((clipId) => {
        const found = findClip(sequence, clipId);
        if (!found) return [];
        const type = found.kind === 'video' ? VideoClipTrackItem : AudioClipTrackItem;
        return [new type(this.studio, project, { sequenceId: this.#id, clipId })];
      });
      return new TrackItemSelection(this.studio, items);
    });
  }

  /** [D] Answers at once from 26.3 on. */
  setSelection(trackItemSelection: TrackItemSelection): boolean {
    return this.now('setSelection', (project) => {
      const places = TrackItemSelection.placesOf(trackItemSelection);
      project.selectExactly(
        this.#id,
        places.map(({ clipId }) => clipId),
      );
      this.studio.selectionChanged(this.#id);
      return true;
    });
  }

  clearSelection(): Promise<boolean> {
    return this.later('clearSelection', (project) => {
      project.selectExactly(this.#id, []);
      this.studio.selectionChanged(this.#id);
      return true;
    });
  }

  getPlayerPosition(): Promise<TickTime> {
    return this.later('getPlayerPosition', (project) => tickTime(project.playheads.get(this.#id) ?? 0n));
  }

  setPlayerPosition(positionTime?: TickTime): Promise<boolean> {
    return this.later('setPlayerPosition', (project) => {
      project.playheads.set(this.#id, positionTime ? ticksOf(positionTime) : 0n);
      this.studio.changed();
      return true;
    });
  }

  getZeroPoint(): Promise<TickTime> {
    return this.#read('getZeroPoint', () => tickTime(0n));
  }

  getEndTime(): Promise<TickTime> {
    return this.#read('getEndTime', (sequence) => tickTime(endOf(sequence)));
  }

  /** [3P] Nothing is marked. */
  getInPoint(): Promise<TickTime> {
    return this.#read('getInPoint', () => tickTime(UNSET));
  }

  getOutPoint(): Promise<TickTime> {
    return this.#read('getOutPoint', () => tickTime(UNSET));
  }

  getProjectItem(): Promise<ProjectItem> {
    return this.later('getProjectItem', (project) => {
      const item = itemOfSequence(project.contents, this.#id);
      if (!item || !findItem(project.contents, item.id)) throw illegalParameter('there is no item');
      return new ProjectItem(this.studio, project, item.id);
    });
  }

  #found(project: OpenProject): StoredSequence {
    const sequence = project.sequence(this.#id);
    if (!sequence) throw illegalParameter('there is no such sequence');
    return sequence;
  }

  #read<T>(method: string, read: (sequence: StoredSequence) => T): Promise<T> {
    return this.later(method, (project) => read(this.#found(project)));
  }
}
