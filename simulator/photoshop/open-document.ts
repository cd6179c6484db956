/** An open document: its contents now, and the history panel. */
import type { Bounds } from './interface.ts';
import { canvasOf, seal, type Contents } from './model.ts';

/** Photoshop's default for Preferences > Performance > History States. */
const HISTORY_STATES = 50;

export interface HistoryEntry {
  readonly id: number;
  readonly name: string;
  readonly contents: Contents;
}

export interface Suspension {
  readonly id: number;
  readonly name: string;
  readonly before: Contents;
}

export class OpenDocument {
  readonly id: number;
  name: string;
  /** For the contents of a smart object: which document's, and which of its files. */
  embeddedIn: { readonly documentId: number; readonly fileId: string } | null = null;
  /** Raised with every change of `contents`. */
  revision = 0;
  private current: Contents;
  private entries: HistoryEntry[] = [];
  private at = 0;
  private nextStateId: number;
  private suspended: Suspension | null = null;
  private savedContents: Contents | null;

  constructor(id: number, name: string, contents: Contents, opened: 'Open' | 'New') {
    this.id = id;
    this.name = name;
    this.current = contents;
    this.savedContents = opened === 'Open' ? contents : null;
    // Ids are unique across documents, as Photoshop's are.
    this.nextStateId = id * 10_000;
    this.push(opened);
  }

  get contents(): Contents {
    return this.current;
  }

  get canvas(): Bounds {
    return canvasOf(this.current);
  }

  get history(): readonly HistoryEntry[] {
    return this.entries;
  }

  get activeEntry(): HistoryEntry {
    const entry = this.entries[this.at];
    if (!entry) throw new Error('The history is empty');
    return entry;
  }

  get suspension(): Suspension | null {
    return this.suspended;
  }

  get saved(): boolean {
    return this.savedContents === this.current;
  }

  /** File > Revert: back to what was opened or last saved, as a state of its own. False if it never was. */
  revert(): boolean {
    if (!this.savedContents || this.saved) return false;
    this.change('Revert', this.savedContents);
    return true;
  }

  markSaved(): void {
    this.savedContents = this.current;
  }

  /** Replaces the contents as one command; unless the history is suspended, a state of that name is added. */
  change(command: string, contents: Contents): void {
    this.current = contents;
    this.revision++;
    if (!this.suspended) this.push(command);
  }

  /** Replaces what makes no history state: which layers are selected. */
  select(activeLayerIds: readonly number[]): void {
    const unsaved = !this.saved;
    this.current = { ...this.current, activeLayerIds };
    if (!unsaved) this.savedContents = this.current;
    this.revision++;
  }

  suspend(id: number, name: string): void {
    seal(this.current);
    this.suspended = { id, name, before: this.current };
  }

  /** Ends the suspension: one state for all that happened, or none of it. */
  resume(commit: boolean, finalName?: string): void {
    const suspension = this.suspended;
    if (!suspension) return;
    this.suspended = null;
    const touched = suspension.before !== this.current;
    if (commit) {
      if (touched) this.push(finalName ?? suspension.name);
    } else if (touched) {
      this.current = suspension.before;
      this.revision++;
    }
  }

  /** Makes a state of the history panel the current one. False if there is no such state. */
  goTo(index: number): boolean {
    const entry = this.entries[index];
    if (!entry) return false;
    this.at = index;
    this.current = entry.contents;
    this.revision++;
    return true;
  }

  get historyIndex(): number {
    return this.at;
  }

  private push(name: string): void {
    seal(this.current);
    this.entries.splice(this.at + 1);
    this.entries.push({ id: this.nextStateId++, name, contents: this.current });
    if (this.entries.length > HISTORY_STATES) this.entries.shift();
    this.at = this.entries.length - 1;
  }
}
