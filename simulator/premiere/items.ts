/** What lies in the project panel: ProjectItem, and what it is cast to. */
import { constants } from './constants.ts';
import { illegalParameter } from './errors.ts';
import { FootageInterpretation, Media } from './footage.ts';
import { Handle } from './handle.ts';
import {
  addItem,
  durationOf,
  findItem,
  makeItem,
  parentOf,
  rateOfItem,
  replaceItem,
  takeId,
  walk,
  type Contents,
  type Item,
} from './model.ts';
import type { OpenProject } from './project.ts';
import type { Studio } from './studio.ts';
import { tickTime, ticksOf, ticksPerFrame, UNSET, type TickTime } from './time.ts';
import type { Action, Deed } from './transaction.ts';

const TYPE_CLIP = 1;
const TYPE_BIN = 2;
const TYPE_ROOT = 3;

const typeOf = ({ id, kind }: Item): number =>
  kind !== 'bin' ? TYPE_CLIP : id === 'root' ? TYPE_ROOT : TYPE_BIN;

/** [3P] Paths come back decomposed, however the disk spells them. */
const spelt = (path: string): string => path.normalize('NFD');

/** What all three have. */
abstract class AnyItem extends Handle {
  protected readonly itemId: string;

  constructor(studio: Studio, project: OpenProject, itemId: string) {
    super(studio, project);
    this.itemId = itemId;
  }

  /** The host's side of an item that another call was given. */
  static idOf(item: AnyItem): string {
    return item.itemId;
  }

  get name(): string {
    return this.now('name', (project) => this.found(project).name);
  }

  get type(): number {
    return this.now('type', (project) => typeOf(this.found(project)));
  }

  getColorLabelIndex(): Promise<number> {
    return this.later('getColorLabelIndex', (project) => this.found(project).colorLabel);
  }

  createSetNameAction(inName: string): Action {
    return this.change('createSetNameAction', () => {
      if (typeof inName !== 'string' || inName === '') throw illegalParameter('a name is required');
      return (item) => ({ ...item, name: inName });
    });
  }

  createSetColorLabelAction(inColorLabelIndex: number): Action {
    return this.change('createSetColorLabelAction', () => (item) => ({
      ...item,
      colorLabel: inColorLabelIndex,
    }));
  }

  protected found({ contents }: OpenProject): Item {
    const item = findItem(contents, this.itemId);
    if (!item) throw illegalParameter(`there is no item ${this.itemId}`);
    return item;
  }

  protected change(method: string, make: (project: OpenProject) => (item: Item) => Item): Action {
    return this.action(method, (project): Deed => {
      const changed = make(project);
      return {
        apply: (contents) =>
          findItem(contents, this.itemId) ? replaceItem(contents, this.itemId, changed) : null,
      };
    });
  }
}

export class ProjectItem extends AnyItem {
  protected readonly className = 'ProjectItem';

  getId(): string {
    return this.now('getId', () => this.itemId);
  }

  getParentBin(): FolderItem {
    return this.now('getParentBin', (project) => {
      const parent = parentOf(project.contents, this.itemId);
      if (!parent) throw illegalParameter('the root has no parent');
      return new FolderItem(this.studio, project, parent.id);
    });
  }

  static cast(studio: Studio, item: unknown): ProjectItem {
    studio.calls.note('ProjectItem.cast');
    if (!(item instanceof FolderItem) && !(item instanceof ClipProjectItem)) {
      throw illegalParameter('a FolderItem or a ClipProjectItem is required');
    }
    return new ProjectItem(studio, Handle.projectOf(item), AnyItem.idOf(item));
  }
}

export class FolderItem extends AnyItem {
  protected readonly className = 'FolderItem';

  getItems(): Promise<ProjectItem[]> {
    return this.later('getItems', (project) =>
      (this.found(project).children ?? []).map(({ id }) => new ProjectItem(this.studio, project, id)),
    );
  }

  createBinAction(name: string, makeUnique: boolean): Action {
    return this.action('createBinAction', (project) => {
      if (typeof name !== 'string' || name === '') throw illegalParameter('a name is required');
      const taken = (this.found(project).children ?? []).map((child) => child.name);
      const unique = makeUnique ? freeName(name, taken) : name;
      return {
        apply: (contents) => {
          const [id, after] = takeId(contents, 'i');
          return addItem(after, this.itemId, makeItem(id, unique, 'bin'));
        },
      };
    });
  }

  createRenameBinAction(name: string): Action {
    return this.change('createRenameBinAction', () => (item) => ({ ...item, name }));
  }

  createRemoveItemAction(item: ProjectItem): Action {
    return this.action('createRemoveItemAction', (project) => {
      const id = idOfItem(item);
      if (!this.found(project).children?.some((child) => child.id === id)) {
        throw illegalParameter('the item is not in this bin');
      }
      return { apply: (contents) => withoutItem(contents, id) };
    });
  }

  createMoveItemAction(item: ProjectItem, newParent: FolderItem): Action {
    return this.action('createMoveItemAction', (project) => {
      const moved = findItem(project.contents, idOfItem(item));
      const to = binOf(newParent);
      if (!moved || [...walk(moved)].some(({ id }) => id === to)) throw illegalParameter('the item');
      return {
        apply: (contents) =>
          addItem(
            replaceItem(contents, moved.id, () => null),
            to,
            moved,
          ),
      };
    });
  }

  static cast(studio: Studio, item: unknown): FolderItem {
    studio.calls.note('FolderItem.cast');
    if (!(item instanceof ProjectItem)) throw illegalParameter('a ProjectItem is required');
    const project = Handle.projectOf(item);
    const id = AnyItem.idOf(item);
    if (findItem(project.contents, id)?.kind !== 'bin') throw illegalParameter('the item is no bin');
    return new FolderItem(studio, project, id);
  }
}

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

/** The id of the item that a call was given as it is; [3P] what was cast is an "Invalid parameter". */
export function idOfItem(item: unknown): string {
  if (!(item instanceof ProjectItem)) throw illegalParameter('Invalid parameter. A ProjectItem is required');
  Handle.projectOf(item);
  return AnyItem.idOf(item);
}

/** The id of the bin that a call was given, as a FolderItem or as the ProjectItem of one. */
export function binOf(bin: unknown): string {
  if (!(bin instanceof FolderItem) && !(bin instanceof ProjectItem))
    throw illegalParameter('a bin is required');
  const { contents } = Handle.projectOf(bin);
  const id = AnyItem.idOf(bin);
  if (findItem(contents, id)?.kind !== 'bin') throw illegalParameter('the item is no bin');
  return id;
}

function freeName(name: string, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const next = number === 1 ? name : `${name} ${String(number - 1).padStart(2, '0')}`;
    if (!taken.includes(next)) return next;
  }
}

/** Without an item and what is in it, in the project panel and on all timelines. */
export function withoutItem(contents: Contents, id: string): Contents {
  const item = findItem(contents, id);
  if (!item) return contents;
  const gone = [...walk(item)];
  const stays = (itemId: string | null): boolean => !gone.some((each) => each.id === itemId);
  const sequences = contents.sequences
    .filter((sequence) => !gone.some((each) => each.kind === 'sequence' && each.sequenceId === sequence.id))
    .map((sequence) => {
      const left = (tracks: typeof sequence.video): typeof sequence.video =>
        tracks.map((track) => ({ ...track, clips: track.clips.filter((clip) => stays(clip.itemId)) }));
      return { ...sequence, video: left(sequence.video), audio: left(sequence.audio) };
    });
  return { ...replaceItem(contents, id, () => null), sequences };
}
