/** What all that lies in the project panel has. */
import { illegalParameter } from './errors.ts';
import { Handle } from './handle.ts';
import { findItem, replaceItem, type Item } from './model.ts';
import type { OpenProject } from './project.ts';
import type { Studio } from './studio.ts';
import type { Action, Deed } from './transaction.ts';

const TYPE_CLIP = 1;
const TYPE_BIN = 2;
const TYPE_ROOT = 3;

const typeOf = ({ id, kind }: Item): number =>
  kind !== 'bin' ? TYPE_CLIP : id === 'root' ? TYPE_ROOT : TYPE_BIN;

export abstract class AnyItem extends Handle {
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
