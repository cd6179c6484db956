/** Actions and the transactions that carry them out. [D] Project.executeTransaction, Project.lockedAccess */
import { Compound } from './compound.ts';
import { illegalParameter, noLongerValid, PremiereError } from './errors.ts';
import type { Contents } from './model.ts';
import type { OpenProject } from './project.ts';
import type { Studio } from './studio.ts';

/** What an action does: it is handed what those before it in its transaction left; null where it cannot be done. */
export interface Deed {
  readonly apply: (contents: Contents) => Contents | null;
  /** Whether it makes a track. */
  readonly makesTrack?: boolean;
}

const deeds = new WeakMap<Action, Deed>();

/** [D] An action shows nothing of itself. */
export class Action {
  readonly #born: Compound | null;

  constructor(deed: Deed, born: Compound | null) {
    deeds.set(this, deed);
    this.#born = born;
  }

  static bornIn(action: Action): Compound | null {
    return action.#born;
  }
}

/** The plugin's side. */
export class CompoundAction {
  readonly #compound: Compound;
  readonly #note: (call: string) => void;

  constructor(compound: Compound, note: (call: string) => void) {
    this.#compound = compound;
    this.#note = note;
  }

  get empty(): boolean {
    return this.#compound.actions.length === 0;
  }

  addAction(action: Action): boolean {
    this.#note('CompoundAction.addAction');
    if (!this.#compound.open) {
      throw new PremiereError('addAction after the callback of executeTransaction has returned');
    }
    if (!(action instanceof Action)) throw illegalParameter('an Action is required');
    if (Action.bornIn(action) !== this.#compound) {
      throw noLongerValid('an action made outside of its transaction');
    }
    if (this.#compound.actions.includes(action)) throw noLongerValid('an action that was added already');
    this.#compound.actions.push(action);
    return true;
  }
}

/** Makes an action, where the plugin holds the lock. [D] From 26.3 on. */
export function makeAction(studio: Studio, call: string, deed: Deed): Action {
  if (studio.locks === 0) throw new PremiereError(`${call} outside of Project.lockedAccess`);
  return new Action(deed, studio.compound);
}

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value;

/** Refuses a callback that goes on after it has returned. */
function mustBeOver(call: string, returned: unknown): void {
  if (!isPromise(returned)) return;
  void returned.then(undefined, () => undefined);
  throw new PremiereError(`The callback of ${call} must be synchronous; it returned a promise`);
}

export function lockedAccess(studio: Studio, callback: () => unknown): void {
  if (typeof callback !== 'function') throw illegalParameter('a callback is required');
  studio.locks++;
  try {
    mustBeOver('lockedAccess', callback());
  } finally {
    studio.locks--;
  }
}

export function executeTransaction(
  studio: Studio,
  project: OpenProject,
  callback: (compound: CompoundAction) => unknown,
  name: string,
): boolean {
  if (typeof callback !== 'function') throw illegalParameter('a callback is required');
  if (studio.compound) throw new PremiereError('executeTransaction within executeTransaction');
  const compound = new Compound(project.epoch);
  const number = ++studio.transactionsBegun;
  studio.compound = compound;
  try {
    mustBeOver(
      'executeTransaction',
      callback(new CompoundAction(compound, (call) => studio.calls.note(call))),
    );
  } finally {
    compound.open = false;
    studio.compound = null;
  }
  const contents = studio.refusals.delete(number) ? null : carriedOut(project, compound);
  const done = contents !== null;
  studio.transactions.push({ name, actions: compound.actions.length, done });
  if (!done) return false;
  project.change(name, contents);
  studio.changed();
  return true;
}

/** Null where any of it cannot be done: then nothing is. */
function carriedOut(project: OpenProject, { actions, epoch }: Compound): Contents | null {
  if (actions.length === 0 || epoch !== project.epoch || project.closed) return null;
  const all = actions.flatMap((action) => (action instanceof Action ? (deeds.get(action) ?? []) : []));
  // [3P] "Only one new track per transaction works."
  if (all.filter(({ makesTrack }) => makesTrack).length > 1) return null;
  let contents: Contents | null = project.contents;
  for (const { apply } of all) contents = contents && apply(contents);
  return contents;
}
