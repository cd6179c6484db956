/**
 * What happens in Premiere: the panel's one conversation with the host, the video worker and the engine. It turns their
 * answers into actions of `state.ts`; the components read the state and call the commands.
 */
import type { Catalog } from '../../catalog.ts';
import type { ClipSettings } from '../../bridge/premiere-calls.ts';
import type { Hello, PageApi, PremiereApi } from '../../bridge/protocol.ts';
import { asLoupeError, because, LoupeError } from '../../errors.ts';
import { recordedFrames } from '../../video/journal.ts';
import type { ClipFacts } from '../../video/types.ts';
import { problemOf } from '../layer.ts';
import type { Region } from '../session.ts';
import type { Engine } from '../engine/protocol.ts';
import type { Memory } from '../needs.ts';
import { lookForOwnModels } from '../own-models.ts';
import type { Pixels } from '../pixels.ts';
import { Remembering } from '../remembering.ts';
import { fileOf, isOwn, modelOf } from '../settings.ts';
import { textsFor } from '../../texts/index.ts';
import { startBackground } from './background.ts';
import { Frames, regionOf } from './frames.ts';
import { whyNot, type Hindrance } from './hindrance.ts';
import { isFrames, pictureJob } from './plan.ts';
import { engineJob, outlineOf, type ClipReady, type Outline } from './ready.ts';
import { layingOf, orderIn, progressOf, runOrder, workOf, type Made, type Order } from './run.ts';
import { initialState, reduce, type Action, type ClipState } from './state.ts';
import type { ClipVideo } from './video-client.ts';

const TICK_MS = 1000;

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
  let running: AbortController | undefined;
  let placing = false;
  let refreshing: Promise<void> | undefined;
  let questions = 0;
  let listing: AbortController | undefined;
  /** When the own models that are there have been tried. */
  let listed: Promise<void> = Promise.resolve();
  /** The last line of the journal of the render under way. */
  let recorded = '';

  const { host: wire } = options;
  const host: Host = {
    ...wire,
    recordRender: async (args) => {
      await wire.recordRender(args);
      recorded = args.line;
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
  const isBusy = (): boolean => running !== undefined || placing;

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

  const hindrance = (view: ClipReady, outline: Outline): Hindrance | undefined =>
    whyNot(view, outline, { catalog, own: state.own, backend: state.backends?.[0]?.name ?? 'wasm', memory });

  /** Bytes of a file: with the facts, what tells it from another version of it. */
  const sizeOf = async (path: string): Promise<number> => {
    const { media, size } = await host.openMedia({ path });
    await host.closeMedia({ media });
    return size;
  };

  const orderOf = (view: ClipReady, outline: Outline, size: number): Order | undefined => {
    const { clip, facts, auto } = view;
    const { plan, folder, name, footage, codec } = outline;
    const job = plan && engineJob(view, plan.target, catalog, state.own.models);
    if (!job || !codec || typeof folder !== 'string') return undefined;
    const model = modelOf(view.settings, auto);
    const texts = textsFor(state.locale);
    const label = isOwn(model) ? fileOf(model).replace(/\.onnx$/iu, '') : texts.model.names[model];
    return {
      render: `clip-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`,
      ref: clip.ref,
      clipName: clip.name,
      folder,
      name: name.shown,
      settings: { ...view.settings, model, codec: codec.codec },
      job: plan.job,
      blend: job.blend.id,
      facts,
      size,
      square: footage.square,
      mediaStartTicks: clip.mediaStartTicks,
      layName: texts.result.layerName(clip.name, label, outline.goal.factor),
      undoName: texts.clip.undoName(clip.name),
    };
  };

  const remaster = async (): Promise<void> => {
    const { view } = state;
    if (view.kind !== 'ready' || isBusy()) return;
    const outline = outlineOf(view);
    if (hindrance(view, outline)) return;
    remembering.now();
    const { ref } = view.clip;
    await carryOut(async () => orderOf(view, outline, await sizeOf(ref.path)), false, 0);
  };

  /**
   * A run from its beginning to what came of it.
   *
   * @param prepare gives what is to be made; undefined if that cannot be told any more
   */
  const carryOut = async (
    prepare: (signal: AbortSignal) => Promise<Order | undefined>,
    continued: boolean,
    framesDone: number,
  ): Promise<void> => {
    const controller = new AbortController();
    const { signal } = controller;
    running = controller;
    recorded = '';
    const began = now();
    const clock = setInterval(() => dispatch({ type: 'tick', at: now() }), TICK_MS);
    let order: Order | undefined;
    try {
      order = await prepare(signal);
      if (!order) throw new LoupeError('render-other');
      const { model } = order.settings;
      // After a page's start it may still have to be found.
      if (isOwn(model)) await listed;
      const work = workOf(order, catalog, state.own.models);
      if (!work) {
        throw new LoupeError('model-unfit', because('file-gone', isOwn(model) ? fileOf(model) : model));
      }
      if (order.blend !== work.blend.id) throw new LoupeError('render-other');
      const { job } = order;
      dispatch({ type: 'started', order, frames: job.end - job.first, framesDone, at: began });
      const path = await runOrder({
        host,
        video,
        order,
        work,
        continued,
        signal,
        onPhase: (phase) => dispatch({ type: 'phase', phase }),
        onBackend: (backend) => dispatch({ type: 'backend', backend }),
        onProgress: (progress) => dispatch({ type: 'progress', progress, at: now() }),
      });
      dispatch({ type: 'phase', phase: 'placing' });
      const { view } = state;
      const backend = view.kind === 'working' ? view.run.backend : undefined;
      await lay({ ...order, path, ms: now() - began, backend });
    } catch (thrown) {
      const error = asLoupeError(thrown, 'backend-failed');
      const kept = Math.max(framesDone, recordedFrames(recorded));
      dispatch(error.code === 'cancelled' ? { type: 'cancelled' } : { type: 'failed', error, order, kept });
    } finally {
      clearInterval(clock);
      running = undefined;
    }
    // What was selected meanwhile.
    await refresh();
  };

  /** Lays a finished render over its clip; must not reject, since the render is there. */
  const lay = async (made: Made): Promise<void> => {
    try {
      const answer = await host.placeRender(layingOf(made));
      dispatch(
        answer.kind === 'placed'
          ? { type: 'done', made, placed: answer }
          : { type: 'left', made, problem: problemOf(answer.problem) },
      );
    } catch (thrown) {
      dispatch({ type: 'left', made, problem: asLoupeError(thrown, 'host-failed') });
    }
  };

  const goOn = async (): Promise<void> => {
    const { view } = state;
    if (isBusy()) return;
    if (view.kind === 'failed' && view.order && view.kept > 0) {
      const { order, kept } = view;
      await carryOut(() => Promise.resolve(order), true, kept);
      return;
    }
    if (view.kind !== 'unfinished') return;
    const { unfinished } = view;
    const { done } = progressOf(unfinished);
    await carryOut((signal) => sameAgain(orderIn(unfinished), signal), true, done);
  };

  /** An order of another day, if its file is still the same. */
  const sameAgain = async (order: Order | undefined, signal: AbortSignal): Promise<Order | undefined> => {
    if (!order) return undefined;
    const { path } = order.ref;
    const size = await sizeOf(path);
    const facts = await video.probe(path, signal);
    const same = size === order.size && JSON.stringify(facts) === JSON.stringify(order.facts);
    return same ? order : undefined;
  };

  const discard = async (): Promise<void> => {
    const { view } = state;
    const render =
      view.kind === 'unfinished'
        ? view.unfinished.render
        : view.kind === 'failed'
          ? view.order?.render
          : undefined;
    if (render === undefined) return;
    dispatch({ type: 'again' });
    await host.discardRender({ render }).catch(() => undefined);
    await refresh();
  };

  const place = async (): Promise<void> => {
    const { view } = state;
    if (view.kind !== 'left' || isBusy()) return;
    placing = true;
    dispatch({ type: 'placing' });
    await lay(view.made);
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
    cancel() {
      if (!running || running.signal.aborted) return;
      dispatch({ type: 'cancelling' });
      running.abort();
    },
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
