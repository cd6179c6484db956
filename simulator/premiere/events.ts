/**
 * Who is told of what. [D] EventManager; [3P] a listener for the selection hears nothing unless it is attached to the
 * sequence.
 */
type Handler = (event?: object) => void;

interface Listener {
  /** A project's, sequence's or track's key; null hears whatever is told of none in particular. */
  readonly target: string | null;
  readonly event: string;
  readonly handler: Handler;
}

export class Events {
  readonly #listeners: Listener[] = [];
  #silent: ReadonlySet<string> | 'all' = new Set();

  listen(target: string | null, event: string, handler: Handler): void {
    this.#listeners.push({ target, event, handler });
  }

  unlisten(target: string | null, event: string, handler: Handler): void {
    const at = this.#listeners.findIndex(
      (each) => each.target === target && each.event === event && each.handler === handler,
    );
    if (at >= 0) this.#listeners.splice(at, 1);
  }

  /** Tells it later, as the host does, of a target and of none. `attached`: those attached to the target alone. */
  tell(event: string, target: string, descriptor: object, attached = false): void {
    if (this.#silent === 'all' || this.#silent.has(event)) return;
    for (const each of this.#listeners) {
      if (each.event !== event || (each.target !== target && (attached || each.target !== null))) continue;
      void Promise.resolve().then(() => {
        if (this.#listeners.includes(each)) each.handler(descriptor);
      });
    }
  }

  silence(events: readonly string[] | 'all'): void {
    this.#silent = events === 'all' ? 'all' : new Set(events);
  }

  /** The plugin's script ends. */
  clear(): void {
    this.#listeners.length = 0;
  }
}
