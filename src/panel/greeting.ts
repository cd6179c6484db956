/** The first word between the page and its host, after which it is known which of the two sessions the page is for. */
import { PROTOCOL, type Hello, type HostApi, type PageApi } from '../bridge/protocol.ts';
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
  /** Joins the wire: takes the page's side, which is empty until there is a session, and gives the host's. */
  readonly connect: (page: Partial<PageApi>) => HostApi;
  readonly start: (host: HostApi, hello: Hello) => Session;
}

/** Greets the host, and starts the session for the application that has answered. */
export function greet<Session extends { readonly page: Partial<PageApi> }>(
  options: GreetingOptions<Session>,
): Greeting<Session> {
  let state: Greeted<Session> = { kind: 'waiting' };
  const listeners = new Set<() => void>();
  const set = (next: Greeted<Session>): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  const page: Partial<PageApi> = {};
  const host = options.connect(page);

  const begin = async (): Promise<void> => {
    try {
      const hello = await host.hello({ protocol: PROTOCOL });
      const session = options.start(host, hello);
      Object.assign(page, session.page);
      set({ kind: 'started', session });
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
