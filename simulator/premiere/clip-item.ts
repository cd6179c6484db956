/** Clips, sequences and what else lies in the project panel but bins: ClipProjectItem. */
import { AnyItem } from './any-item.ts';
import { constants } from './constants.ts';
import { illegalParameter } from './errors.ts';
import { FootageInterpretation, Media } from './footage.ts';
import { Handle } from './handle.ts';
import { ProjectItem } from './items.ts';
import { durationOf, findItem, rateOfItem, replaceItem, walk, type Item } from './model.ts';
import type { Studio } from './studio.ts';
import { tickTime, ticksOf, ticksPerFrame, UNSET, type TickTime } from './time.ts';
import type { Action } from './transaction.ts';

/** [3P] Paths come back decomposed, however the disk spells them. */
const spelt = (path: string): string => path.normalize('NFD');

export class ClipProjectItem extends AnyItem {
  protected readonly className = 'ClipProjectItem';

  isSequence(): Promise<boolean> {
    return this.#is('isSequence', ({ kind }) => kind === 'sequence');
  }

  isMulticamClip(): Promise<boolean> {
    return this.#is('isMulticamClip', ({ kind }) => kind === 'multicam');
  }

  isMergedClip(): Promise<boolean> {
    return this.#is('isMergedClip', ({ kind }) => kind === 'merged');
  }

  isOffline(): Promise<boolean> {
    return this.#is('isOffline', (item) => this.studio.isOffline(item));
  }

  canChangeMediaPath(): Promise<boolean> {
    return this.#is('canChangeMediaPath', ({ media }) => media !== null);
  }

  canProxy(): Promise<boolean> {
    return this.#is('canProxy', ({ media }) => media !== null);
  }

  hasProxy(): Promise<boolean> {
    return this.#is('hasProxy', () => false);
  }

  getContentType(): Promise<number> {
    const { SEQUENCE, MEDIA } = constants.ContentType;
    return this.later('getContentType', (project) =>
      this.found(project).sequenceId === null ? MEDIA : SEQUENCE,
    );
  }

  getMediaFilePath(): Promise<string> {
    return this.later('getMediaFilePath', (project) => spelt(this.found(project).media?.path ?? ''));
  }

  findItemsMatchingMediaPath(matchString: string): Promise<ProjectItem[]> {
    return this.later('findItemsMatchingMediaPath', (project) =>
      [...walk(project.contents.root)]
        .filter(({ media }) => media && spelt(media.path).includes(matchString))
        .map(({ id }) => new ProjectItem(this.studio, project, id)),
    );
  }

  /** [D] "Not undoable." */
  changeMediaFilePath(newPath: string, overrideCompatibilityCheck = false): Promise<boolean> {
    return this.later('changeMediaFilePath', async (project) => {
      const item = this.found(project);
      const media = await this.studio.mediaAt(newPath);
      if (!item.media || !media) return false;
      const fits = (media.facts.video === null) === (item.media.facts.video === null);
      if (!fits && !overrideCompatibilityCheck) return false;
      project.changeForGood((contents) =>
        replaceItem(contents, this.itemId, (each) => ({ ...each, media, offline: false })),
      );
      this.studio.changed();
      return true;
    });
  }

  refreshMedia(): Promise<boolean> {
    return this.#is('refreshMedia', ({ media }) => media !== null);
  }

  createSetOfflineAction(): Action {
    return this.change('createSetOfflineAction', () => (item) => ({ ...item, offline: true }));
  }

  getFootageInterpretation(): Promise<FootageInterpretation> {
    return this.later(
      'getFootageInterpretation',
      (project) => new FootageInterpretation(project.contents, this.found(project)),
    );
  }

  createSetFootageInterpretationAction(footageInterpretation: FootageInterpretation): Action {
    return this.change('createSetFootageInterpretationAction', (project) => {
      if (!(footageInterpretation instanceof FootageInterpretation)) {
        throw illegalParameter('a FootageInterpretation is required');
      }
      const { contents } = project;
      const interpretation = FootageInterpretation.valuesOf(
        footageInterpretation,
        contents,
        this.found(project),
      );
      return (item) => ({ ...item, interpretation });
    });
  }

  createSetOverrideFrameRateAction(inOverriddenFrameRateValue: number): Action {
    return this.change('createSetOverrideFrameRateAction', () => {
      ticksPerFrame(inOverriddenFrameRateValue);
      return (item) => ({
        ...item,
        interpretation: { ...item.interpretation, rate: inOverriddenFrameRateValue },
      });
    });
  }

  createSetOverridePixelAspectRatioAction(inNumerator: number, inDenominator: number): Action {
    return this.change('createSetOverridePixelAspectRatioAction', () => (item) => ({
      ...item,
      interpretation: { ...item.interpretation, pixelAspect: inNumerator / inDenominator },
    }));
  }

  /** [3P] Does nothing visible. */
  createSetScaleToFrameSizeAction(): Action {
    return this.change('createSetScaleToFrameSizeAction', () => (item) => item);
  }

  getInPoint(mediaType: number): Promise<TickTime> {
    return this.#mark('getInPoint', mediaType, ({ marks }) => marks.in);
  }

  getOutPoint(mediaType: number): Promise<TickTime> {
    return this.#mark('getOutPoint', mediaType, ({ marks }) => marks.out);
  }

  createSetInPointAction(tickTime: TickTime): Action {
    return this.#setMarks('createSetInPointAction', () => ({ in: ticksOf(tickTime) }));
  }

  createSetOutPointAction(tickTime: TickTime): Action {
    return this.#setMarks('createSetOutPointAction', () => ({ out: ticksOf(tickTime) }));
  }

  createSetInOutPointsAction(inPoint: TickTime, outPoint: TickTime): Action {
    return this.#setMarks('createSetInOutPointsAction', () => ({
      in: ticksOf(inPoint),
      out: ticksOf(outPoint),
    }));
  }

  createClearInOutPointsAction(): Action {
    return this.#setMarks('createClearInOutPointsAction', () => ({ in: null, out: null }));
  }

  getMedia(): Promise<Media> {
    return this.later('getMedia', (project) => {
      if (!this.found(project).media) throw illegalParameter('the item has no media');
      return new Media(this.studio, project, this.itemId);
    });
  }

  static cast(studio: Studio, item: unknown): ClipProjectItem {
    studio.calls.note('ClipProjectItem.cast');
    if (!(item instanceof ProjectItem)) throw illegalParameter('a ProjectItem is required');
    const project = Handle.projectOf(item);
    const id = AnyItem.idOf(item);
    if (findItem(project.contents, id)?.kind === 'bin') throw illegalParameter('the item is a bin');
    return new ClipProjectItem(studio, project, id);
  }

  #is(method: string, test: (item: Item) => boolean): Promise<boolean> {
    return this.later(method, (project) => test(this.found(project)));
  }

  #mark(method: string, mediaType: number, mark: (item: Item) => bigint | null): Promise<TickTime> {
    return this.later(method, (project) => {
      if (!Object.values<number>(constants.MediaType).includes(mediaType)) {
        throw illegalParameter('a value of Constants.MediaType is required');
      }
      return tickTime(mark(this.found(project)) ?? UNSET);
    });
  }

  /** [I] Marks beyond the media, or the wrong way round, are refused. */
  #setMarks(method: string, make: () => { in?: bigint | null; out?: bigint | null }): Action {
    return this.change(method, (project) => {
      const item = this.found(project);
      const marks = { ...item.marks, ...make() };
      const end = durationOf(project.contents, item);
      const from = marks.in ?? 0n;
      const still = item.media !== null && rateOfItem(project.contents, item) === 0;
      if (from < 0n || (marks.out ?? end) <= from || (!still && (marks.out ?? end) > end)) {
        throw illegalParameter('marks beyond the media, or the wrong way round');
      }
      return (each) => ({ ...each, marks });
    });
  }
}
