/** What a person does in the project panel, and with the project itself. */
import { EVENTS } from './constants.ts';
import { mediaOf, withMedia } from './import.ts';
import type { ProjectItemKind, User } from './interface.ts';
import { addItem, findItem, makeItem, replaceItem, takeId, withoutItem, type Item } from './model.ts';
import { OpenProject } from './project.ts';
import { fromText } from './saved.ts';
import type { Studio } from './studio.ts';
import { handsOn } from './user-hands.ts';

export type ItemHands = Pick<
  User,
  | 'importMedia'
  | 'makeBin'
  | 'selectItems'
  | 'renameItem'
  | 'deleteItem'
  | 'makeOffline'
  | 'interpretFootage'
  | 'setMediaStart'
  | 'markItem'
  | 'mergeClips'
  | 'createMulticam'
  | 'newProject'
  | 'saveProject'
  | 'openProject'
  | 'closeProject'
  | 'undo'
  | 'redo'
>;

export function itemHands(studio: Studio): ItemHands {
  const { onProject, onItem, edit } = handsOn(studio);

  const editItem = (name: string, itemId: string, change: (item: Item) => Item | null): boolean =>
    onItem(false, itemId, (project, item) => {
      const next = change(item);
      return edit(project, name, next && replaceItem(project.contents, itemId, () => next));
    });

  /** An item that stands for several: it shows what the first of them does. */
  const made = (
    kind: ProjectItemKind,
    itemIds: readonly string[],
    name: string,
    what: string,
  ): string | null =>
    onProject<string | null>(null, (project) => {
      const items = itemIds.flatMap((id) => findItem(project.contents, id) ?? []);
      const [first] = items;
      if (!first || items.length !== itemIds.length || items.some((item) => !item.media)) return null;
      const [id, after] = takeId(project.contents, 'i');
      const { media, interpretation } = first;
      project.change(what, addItem(after, 'root', makeItem(id, name, kind, { media, interpretation })));
      return id;
    });

  return {
    importMedia: async (path, { binId = 'root', numberedStills = false } = {}) => {
      const media = await mediaOf(studio, [path], numberedStills);
      return onProject<string | null>(null, (project) => {
        if (!media || findItem(project.contents, binId)?.kind !== 'bin') return null;
        const { contents, ids } = withMedia(project.contents, binId, media);
        project.change('Import', contents);
        return ids[0] ?? null;
      });
    },
    makeBin: (name) =>
      onProject('', (project) => {
        const [id, after] = takeId(project.contents, 'i');
        project.change('New Bin', addItem(after, 'root', makeItem(id, name, 'bin')));
        return id;
      }),
    selectItems: (itemIds) =>
      onProject(false, (project) => {
        if (!itemIds.every((id) => findItem(project.contents, id))) return false;
        project.selectedItems.clear();
        for (const id of itemIds) project.selectedItems.add(id);
        studio.tellProject(EVENTS.project.PROJECT_ITEM_SELECTION_CHANGED);
        return true;
      }),
    renameItem: (itemId, name) => editItem('Rename', itemId, (item) => ({ ...item, name })),
    deleteItem: (itemId) =>
      onItem(false, itemId, (project) => edit(project, 'Clear', withoutItem(project.contents, itemId))),
    makeOffline: (itemId) =>
      editItem('Make Offline', itemId, (item) => (item.media ? { ...item, offline: true } : null)),
    interpretFootage: (itemId, how) =>
      editItem('Interpret Footage', itemId, (item) =>
        item.media ? { ...item, interpretation: { ...item.interpretation, ...how } } : null,
      ),
    setMediaStart: (itemId, ticks) =>
      editItem('Timecode', itemId, (item) =>
        item.media ? { ...item, media: { ...item.media, start: BigInt(ticks) } } : null,
      ),
    markItem: (itemId, inTicks, outTicks) =>
      editItem('Mark', itemId, (item) => ({
        ...item,
        marks: {
          in: inTicks === null ? null : BigInt(inTicks),
          out: outTicks === null ? null : BigInt(outTicks),
        },
      })),
    mergeClips: (itemIds, name) => made('merged', itemIds, name, 'Merge Clips'),
    createMulticam: (itemIds, name) => made('multicam', itemIds, name, 'Create Multi-Camera Source Sequence'),

    newProject: (name, path) => {
      studio.open(OpenProject.empty(name, path));
      return true;
    },
    saveProject: (path) => {
      const { project } = studio;
      return project ? studio.save(project, path ?? project.path) : Promise.resolve(false);
    },
    openProject: async (path) => {
      try {
        const file = await studio.mediaFile(path);
        const text = new TextDecoder().decode(await file.read(0, file.size));
        studio.open(new OpenProject({ ...fromText(text), path }));
        return true;
      } catch {
        return false;
      }
    },
    closeProject: () => studio.close(),
    undo: () => onProject(false, (project) => project.undo()),
    redo: () => onProject(false, (project) => project.redo()),
  };
}
