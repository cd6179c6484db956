/** The open project: what it holds, what can be undone, and what is looked at, which Undo leaves alone. */
import type { TrackKind } from './interface.ts';
import {
  allClips,
  emptyContents,
  endOf,
  findItem,
  findSequence,
  linkedTo,
  walk,
  type Contents,
  type Sequence,
} from './model.ts';

interface Step {
  readonly name: string;
  readonly contents: Contents;
}

export interface ProjectState {
  readonly guid: string;
  readonly name: string;
  readonly path: string;
  readonly contents: Contents;
  readonly openSequences: readonly string[];
  readonly activeSequenceId: string | null;
}

export class OpenProject {
  readonly guid: string;
  name: string;
  path: string;
  saved = true;
  closed = false;
  /** Raised whenever handles go stale. */
  epoch = 0;
  activeSequenceId: string | null;
  readonly openSequences: Set<string>;
  readonly playheads = new Map<string, bigint>();
  readonly selectedItems = new Set<string>();
  readonly #selected = new Map<string, readonly string[]>();
  #contents: Contents;
  #undo: Step[] = [];
  #redo: Step[] = [];

  constructor(state: ProjectState) {
    this.guid = state.guid;
    this.name = state.name;
    this.path = state.path;
    this.#contents = state.contents;
    this.openSequences = new Set(state.openSequences);
    this.activeSequenceId = state.activeSequenceId;
  }

  static empty(name: string, path: string): OpenProject {
    const contents = emptyContents();
    const guid = crypto.randomUUID();
    return new OpenProject({ guid, name, path, contents, openSequences: [], activeSequenceId: null });
  }

  get state(): ProjectState {
    const { guid, name, path, contents, openSequences, activeSequenceId } = this;
    return { guid, name, path, contents, openSequences: [...openSequences], activeSequenceId };
  }

  get contents(): Contents {
    return this.#contents;
  }

  get undoNames(): string[] {
    return this.#undo.map(({ name }) => name).reverse();
  }

  get redoNames(): string[] {
    return this.#redo.map(({ name }) => name).reverse();
  }

  /** One step of Undo. */
  change(name: string, contents: Contents): void {
    this.#undo.push({ name, contents: this.#contents });
    this.#redo = [];
    this.#set(contents);
  }

  /** What Undo does not take back: it is changed in all that was and will be, too. */
  changeForGood(change: (contents: Contents) => Contents): void {
    const changed = (step: Step): Step => ({ ...step, contents: change(step.contents) });
    this.#undo = this.#undo.map(changed);
    this.#redo = this.#redo.map(changed);
    this.#set(change(this.#contents));
  }

  undo(): boolean {
    return this.#step(this.#undo, this.#redo);
  }

  redo(): boolean {
    return this.#step(this.#redo, this.#undo);
  }

  sequence(id: string): Sequence | undefined {
    return findSequence(this.#contents, id);
  }

  selectedIn(sequenceId: string): readonly string[] {
    return this.#selected.get(sequenceId) ?? [];
  }

  /** Selects clips and, as in the timeline panel, those linked to them. */
  select(sequenceId: string, clipIds: readonly string[]): void {
    const sequence = this.sequence(sequenceId);
    if (!sequence) return;
    const ids = clipIds.flatMap((id) => linkedTo(sequence, id).map((clip) => clip.id));
    this.#selected.set(sequenceId, [...new Set(ids)]);
  }

  selectExactly(sequenceId: string, clipIds: readonly string[]): void {
    this.#selected.set(sequenceId, clipIds);
  }

  #step(from: Step[], to: Step[]): boolean {
    const step = from.pop();
    if (!step) return false;
    to.push({ name: step.name, contents: this.#contents });
    this.#set(step.contents);
    return true;
  }

  #set(contents: Contents): void {
    this.#contents = contents;
    this.saved = false;
    this.epoch++;
    for (const id of [...this.openSequences]) if (!this.sequence(id)) this.openSequences.delete(id);
    if (this.activeSequenceId !== null && !this.sequence(this.activeSequenceId)) {
      this.activeSequenceId = [...this.openSequences].at(-1) ?? null;
    }
    const items = new Set([...walk(contents.root)].map(({ id }) => id));
    for (const id of [...this.selectedItems]) if (!items.has(id)) this.selectedItems.delete(id);
    for (const [id, clipIds] of this.#selected) {
      const sequence = this.sequence(id);
      const there = new Set(sequence ? allClips(sequence).map((clip) => clip.id) : []);
      this.#selected.set(
        id,
        clipIds.filter((clipId) => there.has(clipId)),
      );
    }
  }
}

/** What shows of a sequence at its end and beyond is nothing. */
export const lengthOf = (project: OpenProject, sequenceId: string): bigint => {
  const sequence = project.sequence(sequenceId);
  return sequence ? endOf(sequence) : 0n;
};

export const itemName = (project: OpenProject, id: string): string =>
  findItem(project.contents, id)?.name ?? '';

export const trackKey = (sequenceId: string, kind: TrackKind, index: number): string =>
  `${sequenceId}/${kind}/${index}`;
