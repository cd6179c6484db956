/**
 * What happens: the panel's one conversation with the host and the engine. It turns their answers into actions
 * of `state.ts`; the components read the state and call the commands, and know neither host nor engine.
 */
import type { Catalog } from '../catalog.ts';
import type { Hello, LayerSettings, PageApi, Part, PhotoshopApi } from '../bridge/protocol.ts';
import { asLoupeError, LoupeError } from '../errors.ts';
import { startBackground } from './background.ts';
import type { Engine } from './engine/protocol.ts';
import { needsOf, type Memory, type Needs } from './needs.ts';
import { isThere } from './made.ts';
import { lookForOwnModels } from './own-models.ts';
import { ordersIn, ordersOf, weightOf } from './orders.ts';
import { pixelsOf, type Pixels } from './pixels.ts';
import { isCommon, openItem, taken, type Ready } from './ready.ts';
import { Remembering } from './remembering.ts';
import { runOrders, type Order } from './run.ts';
import { isOf, type ShownLayer } from './layer.ts';
import { aboutOf, initialState, picturedLayer, reduce, type Action, type PanelState } from './state.ts';
import { whyNot, type Hindrance } from './start.ts';
import { textsFor } from '../texts/index.ts';

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
  readonly app: 'photoshop';
  /** What the host tells it. */
  readonly page: Pick<PageApi, 'layerChanged' | 'enhance' | 'themeChanged' | 'commitProgress'>;
  readonly catalog: Catalog;
  readonly engine: Engine;
  readonly getState: () => PanelState;
  /** Returns the way to unsubscribe. */
  readonly subscribe: (listener: () => void) => () => void;
  /** A choice by hand, kept for the layer whose settings are shown; size, place and hiding for all. */
  readonly choose: (change: Partial<LayerSettings>) => void;
  readonly choosePart: (part: Part) => void;
  /** What is being typed for the size is none, or is one again. */
  readonly mistype: (mistyped: boolean) => void;
  /** Of several layers, shows the settings of this one; of none. */
  readonly open: (layerId: number | undefined) => void;
  /** Makes the map of what Detail invents in this layer; it may take long. */
  readonly showInvented: () => void;
  /** Stops making the map, or puts it away. */
  readonly hideInvented: () => void;
  /** Lists the folder of own models again. */
  readonly lookForOwnModels: () => void;
  readonly showModelsFolder: () => void;
  readonly enhance: () => void;
  readonly cancel: () => void;
  /** After a failure: the same layers again if they are still selected, else whatever is. */
  readonly tryAgain: () => void;
  /** After a success: back to what is selected. */
  readonly another: () => void;
  /** After a success: shows the comparison of this layer. */
  readonly compare: (layerId: number) => void;
  /** A run that a former panel left goes on. */
  readonly goOn: () => void;
  /** A run that a former panel left is given up. */
  readonly discard: () => void;
  readonly region: (region: Region) => Promise<Pixels>;
  /** What keeps this from being enhanced as it is set. */
  readonly hindrance: (view: Ready) => Hindrance | undefined;
  /** What it will take. */
  readonly needs: (view: Ready) => Needs;
}

export interface SessionOptions {
  readonly host: Omit<PhotoshopApi, 'hello'>;
  /** How the host has answered the greeting. */
  readonly hello: Pick<Hello, 'theme' | 'locale'>;
  readonly engine: Engine;
  readonly catalog: Catalog;
  /** Milliseconds on a steady clock. */
  readonly now: () => number;
  /** Milliseconds without anything happening after which a layer is tried in the background. */
  readonly idleMs?: number;
  /** Left out, nothing is said of memory. */
  readonly memory?: Memory;
}

/** Asks for what is selected, and goes on for as long as the page lives. */
export function startSession(options: SessionOptions): Session {
  const { host, hello, engine, catalog, now, idleMs = IDLE_MS, memory } = options;
  let state = initialState(catalog.defaults, hello);
  const listeners = new Set<() => void>();
  let running: AbortController | undefined;
  let refreshing: Promise<void> | undefined;
  let questions = 0;
  /** A plugin command that waits until what is selected can be enhanced. */
  let commanded: 'own' | 'last' | undefined;

  const dispatch = (action: Action): void => {
    const before = state;
    state = reduce(state, action);
    if (state === before) return;
    for (const listener of listeners) listener();
    // A listener or the background may have gone on already.
    attend(state);
    obey();
  };

  const page: Session['page'] = {
    layerChanged: () => void refresh(),
    enhance: ({ settings }) => command(settings),
    themeChanged: ({ theme }) => dispatch({ type: 'theme', theme }),
    commitProgress: ({ fraction }) => dispatch({ type: 'written', fraction, at: now() }),
  };
  const attend = startBackground({ host, engine, catalog, now, idleMs, dispatch });
  const remembering = new Remembering((each: Parameters<typeof host.remember>[0]) => host.remember(each));
  let listing: AbortController | undefined;

  /** Asks for what is selected: one question at a time, and once more when something changed meanwhile. */
  const refresh = (): Promise<void> => {
    questions += 1;
    refreshing ??= ask().finally(() => {
      refreshing = undefined;
      obey();
      void showThumbnail();
    });
    return refreshing;
  };

  const ask = async (): Promise<void> => {
    let asked = 0;
    while (asked !== questions && !running) {
      asked = questions;
      // The report tells what is remembered, which is to be what was chosen last.
      remembering.now();
      let answer: Action | undefined;
      try {
        answer = { type: 'report', report: await host.activeLayers({}) };
      } catch (thrown) {
        // A layer already shown stays; should it be gone, enhancing it says so.
        const error = asLoupeError(thrown, 'host-failed');
        answer = state.view.kind === 'loading' ? { type: 'failed', error } : undefined;
      }
      // Undone, a result says nothing any more; its layer is then gone, though the same one may be selected.
      const undone = state.view.kind === 'done' && !(await isThere(host, state.view.result));
      if (!answer || asked !== questions || isRunning()) continue;
      if (undone) dispatch({ type: 'again' });
      dispatch(answer);
    }
  };

  /** Asked after an await, where the compiler takes `running` for what it was before. */
  const isRunning = (): boolean => running !== undefined;

  const showThumbnail = async (): Promise<void> => {
    const layer: ShownLayer | undefined = picturedLayer(state.view);
    if (!layer || layer.width === 0 || layer.height === 0) return;
    const { documentId, layerId } = layer;
    try {
      const picture = await host.thumbnail({ documentId, layerId, side: THUMBNAIL_SIDE });
      const shown = picturedLayer(state.view);
      if (!shown || !isOf({ documentId, layerId }, shown)) return;
      dispatch({ type: 'thumbnail', thumbnail: { documentId, layerId, pixels: pixelsOf(picture) } });
    } catch {
      // The card then shows an empty frame; that the layer cannot be read is said when it matters.
    }
  };

  /** Shows what a former panel left, or what is selected. */
  const begin = async (): Promise<void> => {
    listOwnModels();
    const unfinished = await host.unfinished({}).catch(() => null);
    if (unfinished && unfinished.jobs.length > 0) dispatch({ type: 'unfinished', unfinished });
    await refresh();
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

  const remember = ({ documentId, layerId }: ShownLayer, settings: LayerSettings): void =>
    remembering.later(`${String(documentId)} ${String(layerId)}`, { documentId, layerId, settings });

  const choose = (change: Partial<LayerSettings>): void => {
    if (state.view.kind !== 'ready') return;
    const shown = openItem(state.view) ?? state.view.items[0];
    if (!shown) return;
    const { layerId } = shown.layer;
    dispatch({ type: 'choose', change, layerId });
    for (const { layer, settings } of aboutOf(state.view).items) {
      if (layer.layerId === layerId || isCommon(change)) remember(layer, settings);
    }
  };

  const machine = () => ({ catalog, memory, backend: state.backends?.[0]?.name ?? 'wasm' });
  const hindrance = (view: Ready): Hindrance | undefined => whyNot(view, { ...machine(), own: state.own });

  const enhance = async (): Promise<void> => {
    const { view } = state;
    if (view.kind !== 'ready' || running) return;
    if (hindrance(view)) return;
    const orders = ordersOf(view, catalog, state.own.models, textsFor(state.locale));
    remembering.now();
    await carryOut(orders, { type: 'started', at: now(), weights: weightsOf(view) });
  };

  const weightsOf = (view: Ready): number[] =>
    taken(view).map((each) => weightOf(each, catalog, state.own.models));

  /** A run from its beginning to what came of it. */
  const carryOut = async (orders: readonly Order[], begun: Action): Promise<void> => {
    const controller = new AbortController();
    running = controller;
    dispatch(begun);
    const clock = setInterval(() => dispatch({ type: 'tick', at: now() }), TICK_MS);
    const { history, historyOfSeveral } = textsFor(state.locale).result;
    const [first] = orders;
    const historyName =
      first && orders.length === 1 ? history(first.layer.name) : historyOfSeveral(orders.length);
    try {
      const tell = dispatch;
      const result = await runOrders({
        host,
        engine,
        orders,
        historyName,
        signal: controller.signal,
        now,
        tell,
      });
      dispatch({ type: 'done', result });
    } catch (thrown) {
      const error = asLoupeError(thrown, 'backend-failed');
      dispatch(error.code === 'cancelled' ? { type: 'cancelled' } : { type: 'failed', error });
    } finally {
      clearInterval(clock);
      running = undefined;
    }
    if (state.view.kind === 'ready' || state.view.kind === 'loading') await refresh();
  };

  const goOn = async (): Promise<void> => {
    const { view, own } = state;
    if (view.kind !== 'unfinished' || running) return;
    const orders = ordersIn(view.unfinished, catalog, () => state.own.models, textsFor(state.locale));
    if (!orders) {
      await discardUnfinished(new LoupeError('bad-message', 'unfinished'));
      return;
    }
    const rows = orders.map((order) => ({
      layerId: order.layer.layerId,
      name: order.layer.name,
      weight: weightOf(order, catalog, own.models),
      before: order.opened ? order.opened.rowsDone / order.opened.target.height : 0,
    }));
    await carryOut(orders, { type: 'resumed', at: now(), items: orders, rows });
  };

  const discardUnfinished = async (error?: LoupeError): Promise<void> => {
    const { view } = state;
    if (view.kind !== 'unfinished') return;
    const { jobs } = view.unfinished;
    dispatch(error ? { type: 'failed', error } : { type: 'again' });
    await Promise.all(jobs.map(({ job }) => host.discard({ job }).catch(() => undefined)));
    if (!error) await refresh();
  };

  /** A plugin command: as if Enhance were pressed, as soon as it can be. */
  const command = (settings: 'own' | 'last'): void => {
    if (running) {
      dispatch({ type: 'asked-again' });
      return;
    }
    // What is selected by now, not what is shown still: the answer has the command carried out.
    void refresh();
    commanded = settings;
    dispatch({ type: 'again' });
  };

  /** Carries a waiting command out, or drops it where the panel says why it cannot be. */
  const obey = (): void => {
    const { view, last } = state;
    if (!commanded || refreshing || view.kind === 'loading') return;
    if (view.kind !== 'ready') {
      commanded = undefined;
      return;
    }
    const settings = commanded;
    if (settings === 'last' && last) {
      // Once: the command waits on, and what was set stays set.
      commanded = 'own';
      dispatch({ type: 'use-last', last });
      return;
    }
    if (taken(view).some(({ auto }) => auto?.kind === 'proposing')) return;
    commanded = undefined;
    void enhance();
  };

  const ofShown = (act: (layerId: number) => void): void => {
    const shown = state.view.kind === 'ready' ? openItem(state.view) : undefined;
    if (shown) act(shown.layer.layerId);
  };

  void begin();
  void lookForBackends();

  return {
    app: 'photoshop',
    page,
    catalog,
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    engine,
    choose,
    choosePart: (part) => dispatch({ type: 'choose-part', part }),
    mistype: (mistyped) => dispatch({ type: 'mistyped', mistyped }),
    open(layerId) {
      dispatch({ type: 'open', layerId });
      void showThumbnail();
    },
    showInvented: () => ofShown((layerId) => dispatch({ type: 'map-wanted', layerId })),
    hideInvented: () => ofShown((layerId) => dispatch({ type: 'map-closed', layerId })),
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
      const layers = view.items.map(({ layer }) => layer.layerId).join();
      dispatch({ type: 'again' });
      void (async () => {
        await refresh();
        const found = state.view;
        if (found.kind !== 'ready' || found.items.map(({ layer }) => layer.layerId).join() !== layers) return;
        commanded = 'own';
        obey();
      })();
    },
    another() {
      dispatch({ type: 'again' });
      void refresh();
    },
    compare: (layerId) => dispatch({ type: 'compare', layerId }),
    goOn: () => void goOn(),
    discard: () => void discardUnfinished(),
    hindrance,
    needs: (view) => needsOf(view, { ...machine(), own: state.own.models }),
    region: async (region) => pixelsOf(await host.region({ ...region })),
  };
}
