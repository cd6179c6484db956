import { useSyncExternalStore } from 'react';
import type { PhotoshopView, Simulator } from '../photoshop/index.ts';

/** What Photoshop shows, kept between changes so that React sees one object as long as nothing changed. */
export interface ViewStore {
  readonly get: () => PhotoshopView;
  readonly subscribe: (listener: () => void) => () => void;
}

export function viewStore(simulator: Simulator): ViewStore {
  let view = simulator.view();
  const listeners = new Set<() => void>();
  simulator.onChange(() => {
    view = simulator.view();
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

export function useView(store: ViewStore): PhotoshopView {
  return useSyncExternalStore(store.subscribe, store.get);
}
