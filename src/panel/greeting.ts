/** The first word between the page and its host, after which it is known which of the two sessions the page is for. */
import { pageCalls, PROTOCOL, type Hello, type HostApi, type PageApi } from '../bridge/protocol.ts';
import { asLoupeError, type LoupeError } from '../errors.ts';

export type Greeted<Session> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly error: LoupeError }
  | { readonly kind: 'started'; readonly session: Session };

export interface Greeting<Session> {
  readonly getState: () => Greeted<Session>;
  /** Returns the way to unsubscribe. */
  readonly subscribe: (listener: () => void) => () => void;
  /** After a failure. */
  readonly tryAgain: () => void;
}

export interface GreetingOptions<Session> {
  /** Joins the wire: takes the page's side and gives the host's. */
  readonly connect: (page: Partial<PageApi>) => HostApi;
  readonly start: (host: HostApi, hello: Hello) => Session;
}

/**
 * Greets the host, and starts the session for the application that has answered. What the host tells before there is a
 * session, such as a command that opened the panel, is told to it then.
 */
export function greet<Session extends { readonly page: Partial<PageApi> }>(
  options: GreetingOptions<Session>,
): Greeting<Session> {
  let state: Greeted<Session> = { kind: 'waiting' };
  const listeners = new Set<() => void>();
  const set = (next: Greeted<Session>): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  const waiting: ((page: Partial<PageApi>) => void)[] = [];
  const tell = (say: (page: Partial<PageApi>) => void): void => {
    if (state.kind === 'started') say(state.session.page);
    else waiting.push(say);
  };
  const names = Object.keys(pageCalls) as (keyof PageApi)[];
  const host = options.connect(
    Object.fromEntries(names.map((name) => [name, (args: never) => tell((page) => page[name]?.(args))])),
  );

  const begin = async (): Promise<void> => {
    try {
      const hello = await host.hello({ protocol: PROTOCOL });
      const session = options.start(host, hello);
      set({ kind: 'started', session });
      for (const say of waiting.splice(0)) say(session.page);
    } catch (thrown) {
      set({ kind: 'failed', error: asLoupeError(thrown, 'host-failed') });
    }
  };
  void begin();

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tryAgain() {
      if (state.kind !== 'failed') return;
      set({ kind: 'waiting' });
      void begin();
    },
  };
}
