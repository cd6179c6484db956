/**
 * What happens: the panel's one conversation with the host and the engine. It turns their answers into actions
 * of `state.ts`; the components read the state and call the commands, and know neither host nor engine.
 */
import { MODEL_LABELS, type Catalog } from '../catalog.ts';
import { PROTOCOL, type HostApi, type LayerSettings, type PageApi } from '../bridge/protocol.ts';
import { asLoupeError } from '../errors.ts';
import { startBackground } from './background.ts';
import type { Engine } from './engine/protocol.ts';
import { jobOf } from './jobs.ts';
import { lookForOwnModels } from './own-models.ts';
import { pixelsOf, type Pixels } from './pixels.ts';
import { Remembering } from './remembering.ts';
import { runLayer } from './run.ts';
import { fileOf, isOwn, modelOf, type Model } from './settings.ts';
import type { Target } from './target.ts';
import { chosenIn, initialState, isOf, reduce, type Action, type PanelState } from './state.ts';

/** Twice what the card shows, for displays of two device pixels to one. */
const THUMBNAIL_SIDE = 128;
const TICK_MS = 1000;
/** Nothing is tried in the background before the user has paused for so long. */
const IDLE_MS = 1500;

/** A rectangle of a layer, in document pixels. */
export interface Region {
  readonly documentId: number;
  readonly layerId: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Session {
  readonly catalog: Catalog;
  readonly getState: () => PanelState;
  /** Returns the way to unsubscribe. */
  readonly subscribe: (listener: () => void) => () => void;
  /** A choice by hand, kept for the layer. */
  readonly choose: (change: Partial<LayerSettings>) => void;
  /** Makes the map of what Detail invents in this layer; it may take long. */
  readonly showInvented: () => void;
  /** Stops making the map, or puts it away. */
  readonly hideInvented: () => void;
  /** Lists the folder of own models again. */
  readonly lookForOwnModels: () => void;
  readonly showModelsFolder: () => void;
  readonly enhance: () => void;
  readonly cancel: () => void;
  /** After a failure: the same layer again if it is still the active one, else whatever is. */
  readonly tryAgain: () => void;
  /** After a success: back to the active layer. */
  readonly another: () => void;
  readonly region: (region: Region) => Promise<Pixels>;
}

export interface SessionOptions {
  /** Joins the wire: takes the page's side and gives the host's. */
  readonly connect: (page: PageApi) => HostApi;
  readonly engine: Engine;
  readonly catalog: Catalog;
  /** Milliseconds on a steady clock. */
  readonly now: () => number;
  /** Milliseconds without anything happening after which a layer is tried in the background. */
  readonly idleMs?: number;
}

/** Connects, asks for the active layer, and goes on for as long as the page lives. */
export function startSession(options: SessionOptions): Session {
  const { connect, engine, catalog, now, idleMs = IDLE_MS } = options;
  let state = initialState(catalog.defaults);
  const listeners = new Set<() => void>();
  let running: AbortController | undefined;
  /** Photoshop has answered the greeting; it answers nothing before. */
  let greeted = false;
  let refreshing: Promise<void> | undefined;
  let questions = 0;

  const dispatch = (action: Action): void => {
    const before = state;
    state = reduce(state, action);
    if (state === before) return;
    for (const listener of listeners) listener();
    // A listener or the background may have gone on already.
    attend(state);
  };

  const page: PageApi = {
    layerChanged: () => void refresh(),
    themeChanged: ({ theme }) => dispatch({ type: 'theme', theme }),
    commitProgress: ({ fraction }) => dispatch({ type: 'written', fraction, at: now() }),
  };
  const host = connect(page);
  const attend = startBackground({ host, engine, catalog, now, idleMs, dispatch });
  const remembering = new Remembering(host);
  let listing: AbortController | undefined;

  /** Asks for the active layer: one question at a time, and once more when something changed meanwhile. */
  const refresh = (): Promise<void> => {
    questions += 1;
    refreshing ??= ask().finally(() => {
      refreshing = undefined;
      void showThumbnail();
    });
    return refreshing;
  };

  const ask = async (): Promise<void> => {
    let asked = 0;
    while (asked !== questions && greeted && !running) {
      asked = questions;
      let answer: Action | undefined;
      try {
        answer = { type: 'report', report: await host.activeLayer({}) };
      } catch (thrown) {
        // A layer already shown stays; should it be gone, enhancing it says so.
        const error = asLoupeError(thrown, 'host-failed');
        answer = state.view.kind === 'loading' ? { type: 'failed', error } : undefined;
      }
      if (answer && asked === questions && !isRunning()) dispatch(answer);
    }
  };

  /** Asked after an await, where the compiler takes `running` for what it was before. */
  const isRunning = (): boolean => running !== undefined;

  const shownLayer = (): Target | undefined => chosenIn(state.view)?.target;

  const showThumbnail = async (): Promise<void> => {
    const target = shownLayer();
    if (!target || target.width === 0 || target.height === 0) return;
    const { documentId, layerId } = target;
    try {
      const picture = await host.thumbnail({ documentId, layerId, side: THUMBNAIL_SIDE });
      const shown = shownLayer();
      if (!shown || !isOf({ documentId, layerId }, shown)) return;
      dispatch({ type: 'thumbnail', thumbnail: { documentId, layerId, pixels: pixelsOf(picture) } });
    } catch {
      // The card then shows an empty frame; that the layer cannot be read is said when it matters.
    }
  };

  /** Greets the host, then shows the active layer. */
  const begin = async (): Promise<void> => {
    try {
      const { app, theme } = await host.hello({ protocol: PROTOCOL });
      dispatch({ type: 'theme', theme });
      if (app === 'premiere') {
        dispatch({ type: 'premiere' });
        return;
      }
      greeted = true;
      listOwnModels();
      await refresh();
    } catch (thrown) {
      dispatch({ type: 'failed', error: asLoupeError(thrown, 'host-failed') });
    }
  };

  const lookForBackends = async (): Promise<void> => {
    try {
      dispatch({ type: 'backends', backends: await engine.backends() });
    } catch {
      // Enhancing will say why; the line about the backend then has nothing to name.
      dispatch({ type: 'backends', backends: [] });
    }
  };

  const listOwnModels = (): void => {
    listing?.abort();
    const controller = new AbortController();
    listing = controller;
    const { signal } = controller;
    lookForOwnModels(host, engine, state.own.models, signal, (own) => {
      if (!signal.aborted) dispatch({ type: 'own-models', own });
    }).catch(() => {
      // Loupe's own models are there all the same.
    });
  };

  const choose = (change: Partial<LayerSettings>): void => {
    if (state.view.kind !== 'ready') return;
    dispatch({ type: 'choose', change });
    const chosen = chosenIn(state.view);
    if (chosen) remembering.later(chosen.target, chosen.settings);
  };

  const enhance = async (): Promise<void> => {
    const { view } = state;
    if (view.kind !== 'ready' || running) return;
    const { target, settings, auto } = view;
    const job = jobOf(catalog, state.own.models, view);
    // Until Auto has looked, nobody knows what to run.
    if (!job || auto?.kind === 'proposing') return;
    remembering.now();
    const controller = new AbortController();
    running = controller;
    dispatch({ type: 'started', at: now() });
    const clock = setInterval(() => dispatch({ type: 'tick', at: now() }), TICK_MS);
    try {
      const result = await runLayer({
        host,
        engine,
        job,
        target,
        label: labelOf(modelOf(settings, auto)),
        signal: controller.signal,
        now,
        onPhase: (phase) => dispatch({ type: 'phase', phase, at: now() }),
        onProgress: (progress) => dispatch({ type: 'progress', progress, at: now() }),
      });
      dispatch({ type: 'done', result });
    } catch (thrown) {
      const error = asLoupeError(thrown, 'backend-failed');
      dispatch(error.code === 'cancelled' ? { type: 'cancelled' } : { type: 'failed', error });
    } finally {
      clearInterval(clock);
      running = undefined;
    }
    if (state.view.kind === 'ready') await refresh();
  };

  void begin();
  void lookForBackends();

  return {
    catalog,
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    choose,
    showInvented: () => dispatch({ type: 'map-wanted' }),
    hideInvented: () => dispatch({ type: 'map-closed' }),
    lookForOwnModels: listOwnModels,
    showModelsFolder: () => void host.showModelsFolder({}).then(listOwnModels, () => undefined),
    enhance: () => void enhance(),
    cancel() {
      if (!running || running.signal.aborted) return;
      dispatch({ type: 'cancelling' });
      running.abort();
    },
    tryAgain() {
      const { view } = state;
      if (view.kind !== 'failed') return;
      const layer = view.chosen?.target.layerId;
      dispatch({ type: 'again' });
      void (async () => {
        await (greeted ? refresh() : begin());
        const found = state.view;
        if (found.kind === 'ready' && found.target.layerId === layer) await enhance();
      })();
    },
    another() {
      dispatch({ type: 'again' });
      void refresh();
    },
    region: async (region) => pixelsOf(await host.region({ ...region })),
  };
}

/** A model's name as the new layer's name has it. */
function labelOf(model: Model): string {
  return isOwn(model) ? fileOf(model).replace(/\.onnx$/i, '') : MODEL_LABELS[model];
}
