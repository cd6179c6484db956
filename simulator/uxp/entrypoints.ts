/**
 * `require('uxp').entrypoints`, and the host's side of it: who calls the handlers. [D] UXP API > entrypoints:
 * setup can be called once; panels need create or show, commands need run; from manifest 5 on create, show and
 * hide "have a default timeout of 300 msec".
 */
type Handler = (this: unknown, ...args: unknown[]) => unknown;
type Handlers = Readonly<Record<string, unknown>>;

export const HANDLER_TIMEOUT_MS = 300;

export class EntryPointsError extends Error {
  override readonly name = 'EntryPointsError';
}

const isHandler = (value: unknown): value is Handler => typeof value === 'function';
const isHandlers = (value: unknown): value is Handlers => typeof value === 'object' && value !== null;

export class EntryPoints {
  readonly #declared: readonly { readonly type: 'panel' | 'command'; readonly id: string }[];
  readonly #plugin: { readonly id: string; readonly version: string };
  readonly #panels = new Map<string, Handlers>();
  readonly #commands = new Map<string, Handlers>();
  #pluginHandlers: Handlers | null = null;
  #done = false;

  constructor(
    declared: readonly { readonly type: 'panel' | 'command'; readonly id: string }[],
    plugin: { readonly id: string; readonly version: string },
  ) {
    this.#declared = declared;
    this.#plugin = plugin;
  }

  readonly setup = (entrypoints: unknown): void => {
    if (this.#done) throw new EntryPointsError('entrypoints.setup can be called only once');
    if (!isHandlers(entrypoints)) throw new EntryPointsError('entrypoints.setup needs an object');
    const { plugin, panels, commands } = entrypoints;
    if (plugin !== undefined) {
      const handlers = isHandler(plugin) ? { create: plugin } : plugin;
      if (!isHandlers(handlers) || !isHandler(handlers['create'])) {
        throw new EntryPointsError("if 'plugin' is defined, its 'create' must be");
      }
      this.#pluginHandlers = handlers;
    }
    this.#take('panel', panels, this.#panels, 'show', ['create', 'show']);
    this.#take('command', commands, this.#commands, 'run', ['run']);
    this.#done = true;
  };

  readonly getPanel = (id: string): { readonly id: string } | null => (this.#panels.has(id) ? { id } : null);
  readonly getCommand = (id: string): { readonly id: string } | null =>
    this.#commands.has(id) ? { id } : null;

  /** The host's side. Whether the plugin has called setup. */
  get ready(): boolean {
    return this.#done;
  }

  /** The host's side: loads the plugin. */
  createPlugin(): Promise<void> {
    return this.#run(this.#pluginHandlers?.['create'], this.#plugin, []);
  }

  destroyPlugin(): Promise<void> {
    return this.#run(this.#pluginHandlers?.['destroy'], this.#plugin, []);
  }

  /** The host's side: create, show, hide or destroy of a panel, with its root node. Rejects after 300 ms. */
  panel(id: string, event: 'create' | 'show' | 'hide' | 'destroy', rootNode: unknown): Promise<void> {
    const handlers = this.#panels.get(id);
    if (!handlers) return Promise.reject(new EntryPointsError(`There is no panel "${id}"`));
    return this.#run(handlers[event], { id }, [rootNode]);
  }

  command(id: string, ...args: unknown[]): Promise<void> {
    const handlers = this.#commands.get(id);
    if (!handlers) return Promise.reject(new EntryPointsError(`There is no command "${id}"`));
    return this.#run(handlers['run'], { id }, args);
  }

  #take(
    type: 'panel' | 'command',
    given: unknown,
    into: Map<string, Handlers>,
    short: string,
    anyOf: readonly string[],
  ): void {
    if (given === undefined) return;
    if (!isHandlers(given)) throw new EntryPointsError(`the ${type}s must be an object`);
    for (const [id, value] of Object.entries(given)) {
      if (!this.#declared.some((each) => each.type === type && each.id === id)) {
        throw new EntryPointsError(`the manifest has no ${type} "${id}"`);
      }
      const handlers = isHandler(value) ? { [short]: value } : value;
      if (!isHandlers(handlers) || !anyOf.some((name) => isHandler(handlers[name]))) {
        throw new EntryPointsError(`the ${type} "${id}" needs ${anyOf.join(' or ')}`);
      }
      into.set(id, handlers);
    }
  }

  async #run(handler: unknown, self: unknown, args: readonly unknown[]): Promise<void> {
    if (!isHandler(handler)) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new EntryPointsError(`the handler did not finish within ${HANDLER_TIMEOUT_MS} ms`)),
        HANDLER_TIMEOUT_MS,
      );
    });
    try {
      await Promise.race([Promise.resolve(handler.apply(self, [...args])), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
