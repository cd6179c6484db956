/** `require('premierepro')`: the project, and the classes through which a plugin gets at it. */
import { ClipProjectItem } from './clip-item.ts';
import { createVideoFilterFactory } from './component.ts';
import { constants } from './constants.ts';
import { SequenceEditor } from './editor.ts';
import { illegalParameter, NotEmulatedError } from './errors.ts';
import { Handle } from './handle.ts';
import { importFiles } from './import.ts';
import { binOf, FolderItem, idOfItem, ProjectItem } from './items.ts';
import { findItem } from './model.ts';
import type { OpenProject } from './project.ts';
import { AudioTrack, Sequence, VideoTrack } from './sequence.ts';
import type { Studio } from './studio.ts';
import { FrameRate, TickTime } from './time.ts';
import { TrackItemSelection } from './track-item.ts';
import { executeTransaction, lockedAccess, type CompoundAction } from './transaction.ts';
import { Color, Guid, PointF, RectF } from './values.ts';

export class Project extends Handle {
  protected readonly className = 'Project';

  get guid(): Guid {
    return this.now('guid', ({ guid }) => new Guid(guid));
  }

  get name(): string {
    return this.now('name', ({ name }) => name);
  }

  get path(): string {
    return this.now('path', ({ path }) => path);
  }

  /** Null where none is open, which the types do not say. */
  getActiveSequence(): Promise<Sequence> {
    return this.later('getActiveSequence', (project) => {
      const { activeSequenceId } = project;
      const sequence = activeSequenceId === null ? null : this.#sequence(project, activeSequenceId);
      return sequence as Sequence;
    });
  }

  getSequences(): Promise<Sequence[]> {
    return this.later('getSequences', (project) =>
      project.contents.sequences.map(({ id }) => this.#sequence(project, id)),
    );
  }

  getSequence(guid: Guid): Sequence {
    return this.now('getSequence', (project) => {
      if (!(guid instanceof Guid)) throw illegalParameter('a Guid is required');
      if (!project.sequence(guid.toString())) throw illegalParameter('there is no such sequence');
      return this.#sequence(project, guid.toString());
    });
  }

  setActiveSequence(sequence: Sequence): Promise<boolean> {
    return this.#open('setActiveSequence', sequence);
  }

  openSequence(sequence: Sequence): Promise<boolean> {
    return this.#open('openSequence', sequence);
  }

  getRootItem(): Promise<FolderItem> {
    return this.later('getRootItem', (project) => new FolderItem(this.studio, project, 'root'));
  }

  getInsertionBin(): Promise<ProjectItem> {
    return this.later('getInsertionBin', (project) => new ProjectItem(this.studio, project, 'root'));
  }

  importFiles(
    filePaths: string[],
    _suppressUI?: boolean,
    targetBin?: ProjectItem | FolderItem,
    asNumberedStills?: boolean,
  ): Promise<boolean> {
    return this.later('importFiles', (project) => {
      const paths = Array.isArray(filePaths) && filePaths.every((path) => typeof path === 'string');
      if (!paths || filePaths.length === 0) throw illegalParameter('paths are required');
      const bin = targetBin === undefined ? 'root' : binOf(targetBin);
      return importFiles(this.studio, project, filePaths, bin, asNumberedStills ?? false);
    });
  }

  save(): Promise<boolean> {
    return this.later('save', (project) => this.studio.save(project, project.path));
  }

  executeTransaction(
    callback: (compoundAction: CompoundAction) => void,
    undoString = 'Script Action',
  ): boolean {
    return this.now('executeTransaction', (project) =>
      executeTransaction(this.studio, project, callback, undoString),
    );
  }

  lockedAccess(callback: () => void): void {
    this.now('lockedAccess', () => lockedAccess(this.studio, callback));
  }

  #sequence(project: OpenProject, id: string): Sequence {
    return new Sequence(this.studio, project, id);
  }

  #open(method: string, sequence: Sequence): Promise<boolean> {
    return this.later(method, (project) => {
      this.studio.activate(project, Sequence.idOf(sequence));
      return true;
    });
  }
}

type Target = Project | Sequence | VideoTrack | AudioTrack;
type Handler = (event?: object) => void;

/** What a listener is attached to. */
function targetOf(target: unknown): string {
  if (target instanceof Project) return Handle.projectOf(target).guid;
  if (target instanceof Sequence) return Sequence.idOf(target);
  if (target instanceof VideoTrack) return VideoTrack.keyOf(target);
  if (target instanceof AudioTrack) return AudioTrack.keyOf(target);
  throw illegalParameter('a Project, a Sequence or a track is required');
}

const createEventManager = ({ calls, events }: Studio) => ({
  addEventListener(target: Target, eventName: string | number, eventHandler: Handler): void {
    calls.note('EventManager.addEventListener');
    events.listen(targetOf(target), String(eventName), eventHandler);
  },
  removeEventListener(target: Target, eventName: string | number, eventHandler: Handler): void {
    calls.note('EventManager.removeEventListener');
    events.unlisten(targetOf(target), String(eventName), eventHandler);
  },
  addGlobalEventListener(eventName: string | number, eventHandler: Handler): void {
    calls.note('EventManager.addGlobalEventListener');
    events.listen(null, String(eventName), eventHandler);
  },
  removeGlobalEventListener(eventName: string | number, eventHandler: Handler): void {
    calls.note('EventManager.removeGlobalEventListener');
    events.unlisten(null, String(eventName), eventHandler);
  },
});

/** An open project's handle. */
async function activeProject(studio: Studio): Promise<Project> {
  studio.calls.note('Project.getActiveProject');
  await Promise.resolve();
  // Null where none is open, which the types do not say.
  return (studio.project && new Project(studio, studio.project)) as Project;
}

const notHere = (what: string) => (): never => {
  throw new NotEmulatedError(what);
};

/** [3P] The one source of a picture's size; there even where the column is hidden. */
function columnsOf(project: OpenProject, itemId: string): string {
  const item = findItem(project.contents, itemId);
  const video = item?.media?.facts.video;
  const info = video ? `${video.width} x ${video.height} (${video.pixelAspect.toFixed(4)})` : '';
  return JSON.stringify([
    { ColumnID: 'Column.Intrinsic.Name', ColumnValue: item?.name ?? '' },
    { ColumnID: 'Column.Intrinsic.VideoInfo', ColumnValue: info },
  ]);
}

export type PremiereModule = ReturnType<typeof createModule>;

export function createModule(studio: Studio) {
  const itemsOf = (project: Project) => ({
    getItems: async (): Promise<ProjectItem[]> => {
      studio.calls.note('ProjectItemSelection.getItems');
      await Promise.resolve();
      const open = Handle.projectOf(project);
      return [...open.selectedItems].map((id) => new ProjectItem(studio, open, id));
    },
  });
  return {
    Application: { version: studio.options.version },
    ClipProjectItem: { cast: (item: ProjectItem) => ClipProjectItem.cast(studio, item) },
    Color,
    Constants: constants,
    EventManager: createEventManager(studio),
    FolderItem: { cast: (item: ProjectItem) => FolderItem.cast(studio, item) },
    FrameRate,
    Guid,
    Metadata: {
      getProjectColumnsMetadata: async (item: ProjectItem): Promise<string> => {
        studio.calls.note('Metadata.getProjectColumnsMetadata');
        await Promise.resolve();
        return columnsOf(Handle.projectOf(item), idOfItem(item));
      },
    },
    PointF,
    Project: {
      getActiveProject: () => activeProject(studio),
      getProject: (projectGuid: Guid): Project => {
        studio.calls.note('Project.getProject');
        const { project } = studio;
        if (project?.guid !== projectGuid.toString()) throw illegalParameter('there is no such project');
        return new Project(studio, project);
      },
      createProject: notHere('Project.createProject'),
      open: notHere('Project.open'),
    },
    ProjectItem: {
      cast: (item: FolderItem | ClipProjectItem) => ProjectItem.cast(studio, item),
      TYPE_CLIP: 1,
      TYPE_BIN: 2,
      TYPE_ROOT: 3,
      TYPE_FILE: 4,
      TYPE_STYLE: 5,
      TYPE_COMPOUND: 6,
    },
    ProjectUtils: {
      getSelection: async (project: Project) => {
        studio.calls.note('ProjectUtils.getSelection');
        await Promise.resolve();
        Handle.projectOf(project);
        return itemsOf(project);
      },
    },
    RectF,
    SequenceEditor: {
      getEditor: (sequenceObject: Sequence) => SequenceEditor.getEditor(studio, sequenceObject),
    },
    TickTime,
    TrackItemSelection: {
      createEmptySelection: (callback: (selection: TrackItemSelection) => void) =>
        TrackItemSelection.createEmptySelection(studio, callback),
    },
    UniqueSerializeable: {
      cast: (item: ProjectItem | Sequence) => ({
        getUniqueID: (): Guid => {
          studio.calls.note('UniqueSerializeable.getUniqueID');
          if (item instanceof Sequence) return new Guid(Sequence.idOf(item));
          return new Guid(idOfItem(item));
        },
      }),
    },
    VideoFilterFactory: createVideoFilterFactory(studio),
  };
}
