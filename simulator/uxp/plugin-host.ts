/**
 * The host's side of a plugin: loading it, its panels' coming and going, its commands, and loading it anew. [D] UXP API >
 * entrypoints; Guides > Add lifecycle hooks. Adobe's guide warns that hide and destroy are "not reliable in every
 * host"; so what a panel showed is gone before its destroy is called, and a plugin that is loaded anew is told nothing.
 */
import type { EntryPoints } from './entrypoints.ts';

export type PanelState = 'closed' | 'hidden' | 'shown';

/** The plugin's script while it runs. */
export interface RunningPlugin {
  /** A "top-level JavaScript function" of the script, by its name. */
  global(name: string): unknown;
  /** An empty root node for a panel that is being created. */
  createRoot(panelId: string): unknown;
  /** Takes what the panel shows off the screen, pages of webviews included. */
  clearRoot(panelId: string): void;
  showRoot(panelId: string, shown: boolean): void;
  /** Ends the script: no timer, listener or message of it is heard of any more. */
  end(): void;
}

export interface PluginHostOptions {
  readonly panels: readonly string[];
  /** The entry points of the script that is loaded; `renewed` before a script is run. */
  readonly entrypoints: () => EntryPoints;
  readonly renew: () => void;
  readonly changed: () => void;
  /** Whether panels are told that they are hidden or closed; they are unless given. */
  readonly tellsLeaving?: () => boolean;
}

export class PluginHost {
  readonly panels: Map<string, PanelState>;
  /** What went wrong last, for the person to see. */
  failure: string | null = null;
  running: RunningPlugin | null = null;
  readonly #options: PluginHostOptions;
  readonly #roots = new Map<string, unknown>();
  #run: (() => Promise<RunningPlugin>) | null = null;

  constructor(options: PluginHostOptions) {
    this.#options = options;
    this.panels = new Map(options.panels.map((id) => [id, 'closed']));
  }

  /** Loads the plugin by `run` and opens its panels. Rejects where UXP would not load it. */
  async load(run: () => Promise<RunningPlugin>): Promise<void> {
    this.#run = run;
    await this.#start([...this.panels.keys()]);
  }

  /** As the UXP Developer Tool's Reload does: the script and its pages end where they are, and it is run anew. */
  async reload(): Promise<void> {
    const open = [...this.panels].filter(([, state]) => state !== 'closed').map(([id]) => id);
    for (const id of open) this.running?.clearRoot(id);
    this.running?.end();
    this.running = null;
    for (const id of open) this.panels.set(id, 'closed');
    await this.#start(open);
  }

  async show(panelId: string): Promise<void> {
    const state = this.#stateOf(panelId);
    if (state === 'shown') return;
    const entrypoints = this.#options.entrypoints();
    if (state === 'closed') {
      const root = this.running?.createRoot(panelId);
      this.#roots.set(panelId, root);
      this.#set(panelId, 'shown');
      await entrypoints.panel(panelId, 'create', root);
    }
    this.#set(panelId, 'shown');
    await entrypoints.panel(panelId, 'show', this.#roots.get(panelId));
  }

  async hide(panelId: string): Promise<void> {
    if (this.#stateOf(panelId) !== 'shown') return;
    this.#set(panelId, 'hidden');
    await this.#leave(panelId, 'hide', this.#roots.get(panelId));
  }

  async close(panelId: string): Promise<void> {
    if (this.#stateOf(panelId) === 'closed') return;
    this.running?.clearRoot(panelId);
    this.#set(panelId, 'closed');
    const root = this.#roots.get(panelId);
    this.#roots.delete(panelId);
    await this.#leave(panelId, 'destroy', root);
  }

  invoke(commandId: string, ...args: readonly unknown[]): Promise<void> {
    return this.#options.entrypoints().command(commandId, ...args);
  }

  /** Runs what a person asked for; what it throws is shown and kept, as nobody awaits it. */
  attempt(work: () => Promise<void>): Promise<void> {
    this.failure = null;
    return work().catch((reason: unknown) => {
      this.failure = reason instanceof Error ? reason.message : String(reason);
      this.#options.changed();
    });
  }

  async #start(open: readonly string[]): Promise<void> {
    if (!this.#run) throw new Error('There is no plugin');
    this.#options.renew();
    this.running = await this.#run();
    const entrypoints = this.#options.entrypoints();
    if (!entrypoints.ready) throw new Error('The plugin did not call entrypoints.setup.');
    await entrypoints.createPlugin();
    for (const id of open) await this.show(id);
  }

  async #leave(panelId: string, event: 'hide' | 'destroy', root: unknown): Promise<void> {
    if (this.#options.tellsLeaving?.() === false) return;
    await this.#options.entrypoints().panel(panelId, event, root);
  }

  #stateOf(panelId: string): PanelState {
    const state = this.panels.get(panelId);
    if (state === undefined) throw new Error(`There is no panel "${panelId}"`);
    return state;
  }

  #set(panelId: string, state: PanelState): void {
    this.panels.set(panelId, state);
    this.running?.showRoot(panelId, state === 'shown');
    this.#options.changed();
  }
}
