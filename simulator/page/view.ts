import { useSyncExternalStore } from 'react';
import type { Application } from './application.ts';

/** What an application shows, kept between changes so that React sees one object as long as nothing changed. */
export interface ViewStore<View> {
  readonly get: () => View;
  readonly subscribe: (listener: () => void) => () => void;
}

export function viewStore<View>(
  application: Pick<Application, 'onChange'> & { view(): View },
): ViewStore<View> {
  let view = application.view();
  const listeners = new Set<() => void>();
  application.onChange(() => {
    view = application.view();
    for (const listener of listeners) listener();
  });
  return {
    get: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useView<View>(store: ViewStore<View>): View {
  return useSyncExternalStore(store.subscribe, store.get);
}
