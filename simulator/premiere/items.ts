/** What lies in the project panel: ProjectItem, and FolderItem for bins. */
import { AnyItem } from './any-item.ts';
import { illegalParameter } from './errors.ts';
import { Handle } from './handle.ts';
import { addItem, findItem, makeItem, parentOf, replaceItem, takeId, walk, withoutItem } from './model.ts';
import type { Studio } from './studio.ts';
import type { Action } from './transaction.ts';

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
    if (!(item instanceof AnyItem) || item instanceof ProjectItem) {
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
