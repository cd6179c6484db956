/**
 * What happens in Premiere: the panel's one conversation with the host, the video worker and the engine. It turns their
 * answers into actions of `state.ts`; the components read the state and call the commands.
 */
import type { Catalog } from '../../catalog.ts';
import type { ClipSettings } from '../../bridge/premiere-calls.ts';
import type { Hello, PageApi, PremiereApi } from '../../bridge/protocol.ts';
import { asLoupeError, LoupeError } from '../../errors.ts';
import type { ClipFacts } from '../../video/types.ts';
import type { Region } from '../session.ts';
import type { Engine } from '../engine/protocol.ts';
import type { Memory } from '../needs.ts';
import { lookForOwnModels } from '../own-models.ts';
import type { Pixels } from '../pixels.ts';
import { Remembering } from '../remembering.ts';
import { textsFor } from '../../texts/index.ts';
import { startBackground } from './background.ts';
import { Frames, regionOf } from './frames.ts';
import { whyNot, type Hindrance } from './hindrance.ts';
import { isFrames, pictureJob } from './plan.ts';
import { outlineOf, type ClipReady, type Outline } from './ready.ts';
import { Recording } from './made-on.ts';
import type { Made } from './order.ts';
import { Remastering } from './remastering.ts';
import { initialState, reduce, type Action, type ClipState } from './state.ts';
import type { ClipVideo } from './video-client.ts';

/** In place of a layer's ids, what a region is of: the source's frame, or the render's, by its number. */
export const SOURCE = 0;
export const RENDER = 1;

type Host = Omit<PremiereApi, 'hello'>;

export interface ClipSession {
  readonly app: 'premiere';
  /** What the host tells it. */
  readonly page: Pick<PageApi, 'clipChanged' | 'themeChanged'>;
  readonly catalog: Catalog;
  readonly engine: Engine;
  readonly getState: () => ClipState;
  /** Returns the way to unsubscribe. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly choose: (change: Partial<ClipSettings>) => void;
  /** That highlights will be lost. */
  readonly confirm: (confirmed: boolean) => void;
  readonly mistype: (mistyped: boolean) => void;
  /** Undefined has Loupe name the render. */
  readonly nameRender: (name: string | undefined) => void;
  readonly chooseFolder: () => void;
  readonly lookForOwnModels: () => void;
  readonly showModelsFolder: () => void;
  readonly remaster: () => void;
  readonly pause: (paused: boolean) => void;
  readonly cancel: () => void;
  /** An unfinished render, or one that failed with frames kept, goes on. */
  readonly goOn: () => void;
  readonly discard: () => void;
  /** After a failure with nothing kept: once more. */
  readonly tryAgain: () => void;
  /** A render that was left is laid on the timeline. */
  readonly place: () => void;
  readonly undoRemaster: () => void;
  /** Back to what is selected. */
  readonly another: () => void;
  readonly hindrance: (view: ClipReady, outline: Outline) => Hindrance | undefined;
  readonly region: (region: Region) => Promise<Pixels>;
}

export interface ClipSessionOptions {
  readonly host: Host;
  /** How the host has answered the greeting. */
  readonly hello: Pick<Hello, 'theme' | 'locale'>;
  readonly engine: Engine;
  readonly video: (host: Host, engine: Engine) => ClipVideo;
  readonly catalog: Catalog;
  /** Milliseconds on a steady clock. */
  readonly now: () => number;
  /** Left out, nothing is said of memory. */
  readonly memory?: Memory;
}

/** Asks for what is selected, and goes on for as long as the page lives. */
export function startClipSession(options: ClipSessionOptions): ClipSession {
  const { hello, engine, catalog, now, memory } = options;
  let state = initialState(catalog.defaults, hello);
  const listeners = new Set<() => void>();
  /** Something is laid, taken off or discarded. */
  let placing = false;
  let refreshing: Promise<void> | undefined;
  let questions = 0;
  let listing: AbortController | undefined;
  /** When the own models that are there have been tried. */
  let listed: Promise<void> = Promise.resolve();

  const { host: wire } = options;
  const recording = new Recording();
  const host: Host = {
    ...wire,
    recordRender: async (args) => {
      await recording.record(wire, args.render, args.line);
      return null;
    },
  };
  const video = options.video(host, engine);
  const frames = new Frames(video);

  const dispatch = (action: Action): void => {
    const before = state;
    state = reduce(state, action);
    if (state === before) return;
    for (const listener of listeners) listener();
    attend(state);
  };
  const attend = startBackground({ host, engine, video, frames, catalog, dispatch });
  const remembering = new Remembering((each: Parameters<Host['rememberClip']>[0]) => host.rememberClip(each));

  /** Asks for what is selected: one question at a time, and once more when something changed meanwhile. */
  const refresh = (): Promise<void> => {
    questions += 1;
    refreshing ??= ask().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  };
  const ask = async (): Promise<void> => {
    let asked = 0;
    while (asked !== questions && !isBusy()) {
      asked = questions;
      // The report tells what is remembered, which is to be what was chosen last.
      remembering.now();
      let answer: Action | undefined;
      try {
        answer = { type: 'report', report: await host.activeClip({}) };
      } catch (thrown) {
        // A clip already shown stays; should it be gone, remastering it says so.
        const error = asLoupeError(thrown, 'host-failed');
        if (state.view.kind === 'loading') answer = { type: 'failed', error, order: undefined, kept: 0 };
      }
      if (answer && asked === questions && !isBusy()) dispatch(answer);
    }
  };
  /** Asked after an await, where the compiler takes them for what they were before. */
  const isBusy = (): boolean => remastering.isRunning() || placing;

  const listOwnModels = (): void => {
    listing?.abort();
    const controller = new AbortController();
    listing = controller;
    const { signal } = controller;
    listed = lookForOwnModels(host, engine, state.own.models, signal, (own) => {
      if (!signal.aborted) dispatch({ type: 'own-models', own });
    }).catch(() => {
      // Loupe's own models are there all the same.
    });
  };

  const choose = (change: Partial<ClipSettings>): void => {
    dispatch({ type: 'choose', change });
    const { view } = state;
    if (view.kind !== 'ready') return;
    const { ref } = view.clip;
    remembering.later(JSON.stringify(ref), { ref, settings: view.settings });
  };

  const remastering = new Remastering({
    host,
    video,
    recording,
    catalog,
    now,
    getState: () => state,
    dispatch,
    listed: () => listed,
  });

  const hindrance = (view: ClipReady, outline: Outline): Hindrance | undefined =>
    whyNot(view, outline, { catalog, own: state.own, backend: state.backends?.[0]?.name ?? 'wasm', memory });

  const remaster = async (): Promise<void> => {
    const { view } = state;
    if (view.kind !== 'ready' || isBusy()) return;
    const outline = outlineOf(view);
    if (hindrance(view, outline)) return;
    remembering.now();
    forgetFrames();
    await remastering.begin(view, outline);
    await refresh();
  };

  const goOn = async (): Promise<void> => {
    if (isBusy()) return;
    forgetFrames();
    await remastering.goOn();
    await refresh();
  };

  const discard = async (): Promise<void> => {
    const { view } = state;
    const failed = view.kind === 'failed' ? view : undefined;
    const render = view.kind === 'unfinished' ? view.unfinished.render : failed?.order?.render;
    if (render === undefined || isBusy()) return;
    placing = true;
    try {
      await host.discardRender({ render });
      dispatch({ type: 'again' });
    } catch (thrown) {
      const error = asLoupeError(thrown, 'host-failed');
      dispatch({ type: 'failed', error, order: failed?.order, kept: failed?.kept ?? 0 });
    } finally {
      placing = false;
    }
    await refresh();
  };

  const place = async (): Promise<void> => {
    const { view } = state;
    if (view.kind !== 'left' || isBusy()) return;
    placing = true;
    dispatch({ type: 'placing' });
    await remastering.lay(view.made);
    placing = false;
    await refresh();
  };

  const undoRemaster = async (): Promise<void> => {
    const { view } = state;
    const placed =
      view.kind === 'done'
        ? view.made
        : view.kind === 'ready' || view.kind === 'refused'
          ? view.placed
          : null;
    if (!placed || isBusy()) return;
    const texts = textsFor(state.locale);
    placing = true;
    try {
      await host.undoRemaster({ render: placed.render, undoName: texts.clip.undo });
      if (view.kind === 'done') dispatch({ type: 'again' });
    } catch (thrown) {
      dispatch({ type: 'failed', error: asLoupeError(thrown, 'host-failed'), order: undefined, kept: 0 });
    } finally {
      placing = false;
    }
    await refresh();
  };

  const chooseFolder = async (): Promise<void> => {
    const { folder } = await host.chooseFolder({});
    if (folder !== null) choose({ folder });
  };

  /** What a finished render's file says of itself. */
  const probed = new Map<string, Promise<ClipFacts>>();
  const factsOf = (path: string): Promise<ClipFacts> => {
    const facts = probed.get(path) ?? video.probe(path, new AbortController().signal);
    probed.set(path, facts);
    facts.catch(() => probed.delete(path));
    return facts;
  };

  const forgetFrames = (): void => {
    frames.forget();
    probed.clear();
  };

  const region = async ({ documentId, layerId: frame, ...part }: Region): Promise<Pixels> => {
    const { view } = state;
    if (view.kind === 'ready') {
      const { clip, facts } = view;
      return regionOf(await frames.of(clip.ref.path, pictureJob(facts, clip), frame), part);
    }
    if (view.kind !== 'done' && view.kind !== 'left') throw new LoupeError('no-clip');
    const { made } = view;
    if (documentId === SOURCE) return regionOf(await frames.of(made.ref.path, made.job, frame), part);
    const { first, end } = made.job;
    const { colour } = await factsOf(made.path);
    const job = {
      ...made.job,
      first: 0,
      end: end - first,
      colour,
      resampled: false,
      pixelAspect: { numerator: 1, denominator: 1 },
      rotation: 0,
      fields: 'progressive',
    } as const;
    return regionOf(await frames.of(made.path, job, frame - first), part);
  };

  listOwnModels();
  engine.backends().then(
    (backends) => dispatch({ type: 'backends', backends }),
    // Remastering will say why.
    () => dispatch({ type: 'backends', backends: [] }),
  );
  void refresh();

  return {
    app: 'premiere',
    page: {
      clipChanged: () => void refresh(),
      themeChanged: ({ theme }) => dispatch({ type: 'theme', theme }),
    },
    catalog,
    engine,
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    choose,
    confirm: (confirmed) => dispatch({ type: 'confirm', confirmed }),
    mistype: (mistyped) => dispatch({ type: 'mistyped', mistyped }),
    nameRender: (name) => dispatch({ type: 'typed-name', name }),
    chooseFolder: () => void chooseFolder().catch(() => undefined),
    lookForOwnModels: listOwnModels,
    showModelsFolder: () => void host.showModelsFolder({}).then(listOwnModels, () => undefined),
    remaster: () => void remaster(),
    pause(paused) {
      video.pause(paused);
      dispatch({ type: 'paused', paused, at: now() });
    },
    cancel: () => remastering.cancel(),
    goOn: () => void goOn(),
    discard: () => void discard(),
    tryAgain() {
      dispatch({ type: 'again' });
      void refresh();
    },
    place: () => void place(),
    undoRemaster: () => void undoRemaster(),
    another() {
      dispatch({ type: 'again' });
      void refresh();
    },
    hindrance,
    region,
  };
}

/** Whether a frame of a finished render can be shown: single frames are no film. */
export function isShowable(made: Made): boolean {
  return !isFrames(made.job.codec);
}
