/** Clips on tracks as a plugin sees them, and selections of them. */
import { constants } from './constants.ts';
import { changeClip, clipAt, type ClipPlace } from './clip-place.ts';
import { VideoComponentChain } from './component.ts';
import { illegalParameter, noLongerValid, PremiereError } from './errors.ts';
import { Handle } from './handle.ts';
import type { TrackKind } from './interface.ts';
import { ProjectItem } from './items.ts';
import { durationOf, findClip, findItem, rateOfItem, replaceSequence, type Clip } from './model.ts';
import { editSequence } from './place.ts';
import type { OpenProject } from './project.ts';
import type { Studio } from './studio.ts';
import { moved, trimmed } from './timeline.ts';
import { tickTime, ticksOf, type TickTime } from './time.ts';
import type { Action } from './transaction.ts';
import { Guid } from './values.ts';

/** [D] The media types of tracks and their clips are told by identifiers; which is not published. */
export const MEDIA_GUIDS: Readonly<Record<TrackKind, string>> = {
  video: '228cda18-3625-4d2d-951e-348879e4ed93',
  audio: '80b8e3d5-6dca-4195-aefb-cb5f407ab009',
};

abstract class AnyTrackItem extends Handle {
  protected abstract readonly kind: TrackKind;
  protected readonly place: ClipPlace;

  constructor(studio: Studio, project: OpenProject, place: ClipPlace) {
    super(studio, project);
    this.place = place;
  }

  /** The host's side of a clip that another call was given. */
  static placeOf(item: AnyTrackItem): ClipPlace {
    Handle.projectOf(item);
    return item.place;
  }

  getName(): Promise<string> {
    return this.#read('getName', ({ name }) => name);
  }

  getMatchName(): Promise<string> {
    return this.#read('getMatchName', () => '');
  }

  getIsSelected(): Promise<boolean> {
    return this.later('getIsSelected', (project) => {
      const { sequenceId, clipId } = this.place;
      return project.selectedIn(sequenceId).includes(clipId);
    });
  }

  getSpeed(): Promise<number> {
    return this.#read('getSpeed', ({ speed }) => speed);
  }

  /** [D] A number. */
  isSpeedReversed(): Promise<number> {
    return this.#read('isSpeedReversed', ({ reversed }) => (reversed ? 1 : 0));
  }

  isAdjustmentLayer(): Promise<boolean> {
    return this.#read('isAdjustmentLayer', ({ kind }) => kind === 'adjustment');
  }

  isDisabled(): Promise<boolean> {
    return this.#read('isDisabled', ({ disabled }) => disabled);
  }

  getType(): Promise<number> {
    return this.#read('getType', () => constants.TrackItemType.CLIP);
  }

  getMediaType(): Promise<Guid> {
    return this.#read('getMediaType', () => new Guid(MEDIA_GUIDS[this.kind]));
  }

  getTrackIndex(): Promise<number> {
    return this.later('getTrackIndex', (project) => {
      const sequence = project.sequence(this.place.sequenceId);
      return (sequence && findClip(sequence, this.place.clipId)?.track) ?? -1;
    });
  }

  /** [3P] Of a graphic there is none. */
  getProjectItem(): Promise<ProjectItem> {
    return this.later('getProjectItem', (project) => {
      const { itemId } = clipAt(project, this.place);
      const item = itemId === null ? null : new ProjectItem(this.studio, project, itemId);
      return item as ProjectItem;
    });
  }

  getInPoint(): Promise<TickTime> {
    return this.#read('getInPoint', (clip) => tickTime(clip.in));
  }

  getOutPoint(): Promise<TickTime> {
    return this.#read('getOutPoint', (clip) => tickTime(clip.out));
  }

  getStartTime(): Promise<TickTime> {
    return this.#read('getStartTime', ({ start }) => tickTime(start));
  }

  getEndTime(): Promise<TickTime> {
    return this.#read('getEndTime', ({ end }) => tickTime(end));
  }

  getDuration(): Promise<TickTime> {
    return this.#read('getDuration', ({ start, end }) => tickTime(end - start));
  }

  createSetNameAction(inName: string): Action {
    return this.action('createSetNameAction', () => ({
      apply: (contents) => changeClip(contents, this.place, (clip) => ({ ...clip, name: inName })),
    }));
  }

  createSetDisabledAction(disabled: boolean): Action {
    return this.action('createSetDisabledAction', () => ({
      apply: (contents) => changeClip(contents, this.place, (clip) => ({ ...clip, disabled })),
    }));
  }

  /** [3P] By so much; what is linked stays. */
  createMoveAction(tickTime: TickTime): Action {
    return this.action('createMoveAction', () => {
      const by = ticksOf(tickTime);
      return this.#move(() => by);
    });
  }

  createSetStartAction(tickTime: TickTime): Action {
    return this.action('createSetStartAction', (project) => {
      const { start } = clipAt(project, this.place);
      const by = ticksOf(tickTime) - start;
      return this.#move(() => by);
    });
  }

  /** [3P] Throws, of pictures and sound alike. */
  createSetEndAction(tickTime: TickTime): Action {
    return this.action('createSetEndAction', () => {
      ticksOf(tickTime);
      throw noLongerValid('createSetEndAction');
    });
  }

  /** [3P] "Start and media In move together, end stays fixed." */
  createSetInPointAction(tickTime: TickTime): Action {
    return this.#trim('createSetInPointAction', () => ({ in: ticksOf(tickTime) }));
  }

  createSetOutPointAction(tickTime: TickTime): Action {
    return this.#trim('createSetOutPointAction', () => ({ out: ticksOf(tickTime) }));
  }

  #read<T>(method: string, read: (clip: Clip) => T): Promise<T> {
    return this.later(method, (project) => read(clipAt(project, this.place)));
  }

  #move(by: () => bigint) {
    const { sequenceId, clipId } = this.place;
    return {
      apply: (contents: OpenProject['contents']) =>
        editSequence(contents, sequenceId, (sequence, ids) => moved(sequence, clipId, by(), ids)),
    };
  }

  #trim(method: string, make: () => { in?: bigint; out?: bigint }): Action {
    return this.action(method, ({ contents }) => {
      const to = make();
      const { sequenceId, clipId } = this.place;
      const { itemId } = clipAt({ contents }, this.place);
      const item = itemId === null ? undefined : findItem(contents, itemId);
      const endless = !item || rateOfItem(contents, item) === 0;
      const bounds = { start: 0n, end: endless ? 1n << 62n : durationOf(contents, item) };
      return {
        apply: (now) => {
          const sequence = now.sequences.find(({ id }) => id === sequenceId);
          const next = sequence && trimmed(sequence, clipId, to, bounds);
          return next ? replaceSequence(now, sequenceId, () => next) : null;
        },
      };
    });
  }
}

export class VideoClipTrackItem extends AnyTrackItem {
  protected readonly className = 'VideoClipTrackItem';
  protected readonly kind = 'video';

  getComponentChain(): Promise<VideoComponentChain> {
    return this.later('getComponentChain', (project) => {
      clipAt(project, this.place);
      return new VideoComponentChain(this.studio, project, this.place);
    });
  }
}

export class AudioClipTrackItem extends AnyTrackItem {
  protected readonly className = 'AudioClipTrackItem';
  protected readonly kind = 'audio';
}

export type TrackItem = VideoClipTrackItem | AudioClipTrackItem;

/** The place of the clip that a call was given. */
export function clipOf(item: unknown): ClipPlace {
  if (!(item instanceof VideoClipTrackItem) && !(item instanceof AudioClipTrackItem)) {
    throw illegalParameter('a track item is required');
  }
  return AnyTrackItem.placeOf(item);
}

export class TrackItemSelection {
  readonly #studio: Studio;
  readonly #items: TrackItem[];
  #over = false;

  constructor(studio: Studio, items: readonly TrackItem[]) {
    this.#studio = studio;
    this.#items = [...items];
  }

  addItem(trackItem: TrackItem, skipDuplicateCheck = false): boolean {
    this.#use('addItem');
    const { clipId } = clipOf(trackItem);
    const there = this.#items.some((item) => clipOf(item).clipId === clipId);
    if (there && !skipDuplicateCheck) return false;
    this.#items.push(trackItem);
    return true;
  }

  removeItem(trackItem: TrackItem): boolean {
    this.#use('removeItem');
    const at = this.#items.findIndex((item) => clipOf(item).clipId === clipOf(trackItem).clipId);
    if (at >= 0) this.#items.splice(at, 1);
    return at >= 0;
  }

  async getTrackItems(): Promise<TrackItem[]> {
    this.#use('getTrackItems');
    await Promise.resolve();
    this.#refuseOver();
    return this.#items.map((item) => {
      clipOf(item);
      return item;
    });
  }

  /** The host's side: which clips are in it. */
  static placesOf(selection: unknown): ClipPlace[] {
    if (!(selection instanceof TrackItemSelection))
      throw illegalParameter('a TrackItemSelection is required');
    selection.#refuseOver();
    return selection.#items.map(clipOf);
  }

  /** [3P] What is made empty lives no longer than its callback. */
  static createEmptySelection(studio: Studio, callback: (selection: TrackItemSelection) => void): boolean {
    studio.calls.note('TrackItemSelection.createEmptySelection');
    if (typeof callback !== 'function') throw illegalParameter('a callback is required');
    const selection = new TrackItemSelection(studio, []);
    try {
      const run: (given: TrackItemSelection) => unknown = callback;
      const returned = run(selection);
      if (returned instanceof Promise) {
        void returned.catch(() => undefined);
        throw new PremiereError('The callback of createEmptySelection must be synchronous');
      }
    } finally {
      selection.#over = true;
    }
    return true;
  }

  #use(method: string): void {
    this.#studio.calls.note(`TrackItemSelection.${method}`);
    this.#refuseOver();
  }

  #refuseOver(): void {
    if (this.#over) throw noLongerValid('a selection after the callback it was made for');
  }
}
