/**
 * The Actions panel: what plugins' steps an action has, and playing it. [D] Photoshop API > "Recording an Action Step
 * Provided by a UXP Plugin". What the user does by hand is not recorded here.
 */
import { PhotoshopError } from './errors.ts';

export interface RecordedStep {
  readonly name: string;
  /** "The named top-level JavaScript function". */
  readonly methodName: string;
  /** As JSON: an action outlives the script that recorded it. */
  readonly info: string;
}

export interface RecordedAction {
  readonly name: string;
  readonly steps: readonly RecordedStep[];
}

export class Recorder {
  actions: readonly RecordedAction[] = [];
  /** The name of the action being recorded; null if none is. */
  recording: string | null = null;
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  start(name: string): boolean {
    if (this.recording !== null || name === '') return false;
    this.recording = name;
    this.#keep({ name, steps: [] });
    return true;
  }

  stop(): boolean {
    if (this.recording === null) return false;
    this.recording = null;
    this.#changed();
    return true;
  }

  /** Outside a recording nothing is added, as in Photoshop, where the plugin cannot know whether one goes on. */
  add(step: unknown, info: unknown): void {
    const { name, methodName } = (step ?? {}) as Record<string, unknown>;
    if (typeof name !== 'string' || name === '' || typeof methodName !== 'string' || methodName === '') {
      throw new PhotoshopError('recordAction: a name and a methodName are required');
    }
    if (typeof info !== 'object' || info === null) throw new PhotoshopError('recordAction: info is required');
    const action = this.find(this.recording ?? '');
    if (!action) return;
    const recorded = { name, methodName, info: JSON.stringify(info) };
    this.#keep({ ...action, steps: [...action.steps, recorded] });
  }

  find(name: string): RecordedAction | undefined {
    return this.actions.find((each) => each.name === name);
  }

  #keep(action: RecordedAction): void {
    this.actions = [...this.actions.filter(({ name }) => name !== action.name), action];
    this.#changed();
  }
}
