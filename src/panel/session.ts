/**
 * What happens: the panel's one conversation with the host and the engine. It turns their answers into actions
 * of `state.ts`; the components read the state and call the commands, and know neither host nor engine.
 */
import { entryFor, type Catalog, type ModelName } from '../catalog.ts';
import { decodeBase64 } from '../bridge/base64.ts';
import { PROTOCOL, type HostApi, type LayerSettings, type PageApi } from '../bridge/protocol.ts';
import type { Scale } from '../engine/types.ts';
import { asLoupeError } from '../errors.ts';
import type { Engine } from './engine/protocol.ts';
import { runLayer } from './run.ts';
import {
  chosenIn,
  initialState,
  reduce,
  type Action,
  type Estimate,
  type PanelState,
  type Pixels,
  type Target,
} from './state.ts';

/** Twice what the card shows, for displays of two device pixels to one. */
const THUMBNAIL_SIDE = 128;
const TICK_MS = 1000;

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
  readonly getState: () => PanelState;
  /** Returns the way to unsubscribe. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly chooseModel: (model: ModelName) => void;
  readonly chooseScale: (scale: Scale) => void;
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
}

/** Connects, asks for the active layer, and goes on for as long as the page lives. */
export function startSession({ connect, engine, catalog, now }: SessionOptions): Session {
  let state = initialState;
  const listeners = new Set<() => void>();
  let running: AbortController | undefined;
  let estimating: { what: string; controller: AbortController } | undefined;
  /** Photoshop has answered the greeting; it answers nothing before. */
  let greeted = false;
  let refreshing: Promise<void> | undefined;
  let questions = 0;

  const dispatch = (action: Action): void => {
    const before = state;
    state = reduce(state, action);
    if (state === before) return;
    for (const listener of listeners) listener();
    if (state.view !== before.view) keepEstimate();
  };

  /** Starts, restarts or drops the estimate as the layer, the model and the scale ask for. */
  const keepEstimate = (): void => {
    const { view } = state;
    if (view.kind !== 'ready') {
      estimating?.controller.abort();
      estimating = undefined;
      return;
    }
    if (view.estimate.kind !== 'measuring') return;
    const { settings, target } = view;
    const what = `${settings.model} ${settings.scale} ${target.width} ${target.height}`;
    if (estimating?.what === what) return;
    estimating?.controller.abort();
    const controller = new AbortController();
    estimating = { what, controller };
    const finish = (estimate: Estimate): void => {
      if (controller.signal.aborted) return;
      estimating = undefined;
      dispatch({ type: 'estimate', estimate });
    };
    const job = { entry: entryFor(catalog, settings.model), scale: settings.scale };
    // How a layer's samples are laid out is known when it is read; it hardly changes the time.
    const format = { width: target.width, height: target.height, channels: 4, depth: 8 } as const;
    engine.estimate(job, format, controller.signal).then(
      ({ ms }) => finish({ kind: 'known', ms }),
      // What is wrong is said when the model is needed; until then the layer can be looked at.
      () => finish({ kind: 'unknown' }),
    );
  };

  const page: PageApi = {
    layerChanged: () => void refresh(),
    themeChanged: ({ theme }) => dispatch({ type: 'theme', theme }),
    commitProgress: ({ fraction }) => dispatch({ type: 'written', fraction, at: now() }),
  };
  const host = connect(page);

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
      if (shown?.documentId !== documentId || shown.layerId !== layerId) return;
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

  const choose = (change: Partial<LayerSettings>): void => {
    const { view } = state;
    if (view.kind !== 'ready') return;
    const settings = { ...view.settings, ...change };
    dispatch({ type: 'settings', settings });
    const { documentId, layerId } = view.target;
    // Not worth a word when it fails: the choice holds for this run all the same.
    host.remember({ documentId, layerId, settings }).catch(() => undefined);
  };

  const enhance = async (): Promise<void> => {
    const { view } = state;
    if (view.kind !== 'ready' || running) return;
    const { target, settings } = view;
    const controller = new AbortController();
    running = controller;
    dispatch({ type: 'started', at: now() });
    const clock = setInterval(() => dispatch({ type: 'tick', at: now() }), TICK_MS);
    try {
      const result = await runLayer({
        host,
        engine,
        entry: entryFor(catalog, settings.model),
        target,
        settings,
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
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    chooseModel: (model) => choose({ model }),
    chooseScale: (scale) => choose({ scale }),
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

function pixelsOf({ width, height, rgba }: { width: number; height: number; rgba: string }): Pixels {
  const bytes = decodeBase64(rgba);
  return { width, height, rgba: new Uint8ClampedArray(bytes.buffer, bytes.byteOffset, bytes.length) };
}
