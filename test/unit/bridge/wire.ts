import type { Port } from '../../../src/bridge/channel.ts';
import { type HostApi, hostCalls, PROTOCOL } from '../../../src/bridge/protocol.ts';
import { LoupeError } from '../../../src/errors.ts';

/** Two ports that carry JSON text, as the WebView's postMessage does, and nothing else. */
export function wire(): {
  host: Port;
  page: Port;
  fromPage: unknown[];
  injectIntoHost(message: unknown): void;
} {
  const hostListeners = new Set<(message: unknown) => void>();
  const pageListeners = new Set<(message: unknown) => void>();
  const fromPage: unknown[] = [];
  const carry = (listeners: Set<(message: unknown) => void>, message: unknown): void => {
    const text = JSON.stringify(message);
    setTimeout(() => {
      for (const listener of listeners) listener(JSON.parse(text));
    });
  };
  const listen = (listeners: Set<(message: unknown) => void>) => (listener: (message: unknown) => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };
  return {
    fromPage,
    host: { post: (message) => carry(pageListeners, message), onMessage: listen(hostListeners) },
    page: {
      post: (message) => {
        fromPage.push(message);
        carry(hostListeners, message);
      },
      onMessage: listen(pageListeners),
    },
    injectIntoHost: (message) => carry(hostListeners, message),
  };
}

/** A host whose every call is refused, but for those given. */
export function hostWith(calls: Partial<HostApi>): HostApi {
  const no = (): Promise<never> => Promise.reject(new LoupeError('no-document'));
  const refused = Object.fromEntries(Object.keys(hostCalls).map((name) => [name, no])) as unknown as HostApi;
  return {
    ...refused,
    hello: () =>
      Promise.resolve({
        protocol: PROTOCOL,
        app: 'photoshop' as const,
        appVersion: '26.0.0',
        locale: 'en_US',
        theme: 'dark' as const,
      }),
    ...calls,
  };
}

export const silentPage = {
  layerChanged: (): void => undefined,
  themeChanged: (): void => undefined,
  enhance: (): void => undefined,
  commitProgress: (): void => undefined,
  clipChanged: (): void => undefined,
};
