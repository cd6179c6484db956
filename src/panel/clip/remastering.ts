/** The run of a remaster: what it makes, or goes on with, and what came of it. */
import type { Catalog } from '../../catalog.ts';
import type { PremiereApi } from '../../bridge/protocol.ts';
import { asLoupeError, because, LoupeError, type ErrorCode } from '../../errors.ts';
import { recordedFrames } from '../../video/journal.ts';
import { textsFor } from '../../texts/index.ts';
import { problemOf } from '../layer.ts';
import { fileOf, isOwn, modelOf } from '../settings.ts';
import type { Recording } from './made-on.ts';
import { layingOf, orderIn, progressOf, workOf, type Made, type Order } from './order.ts';
import { engineJob, type ClipReady, type Outline } from './ready.ts';
import { runOrder } from './run.ts';
import type { Action, ClipState } from './state.ts';
import type { ClipVideo } from './video-client.ts';

const TICK_MS = 1000;

/** In place of what says that nothing was changed: of a render, frames may be kept. */
const OF_A_RENDER: Partial<Record<ErrorCode, ErrorCode>> = {
  'disk-full': 'render-disk-full',
  'backend-failed': 'render-backend-failed',
};

export interface RemasteringOptions {
  readonly host: Omit<PremiereApi, 'hello'>;
  readonly video: Pick<ClipVideo, 'probe' | 'remaster'>;
  /** Of what goes to the host. */
  readonly recording: Recording;
  readonly catalog: Catalog;
  readonly now: () => number;
  readonly getState: () => ClipState;
  readonly dispatch: (action: Action) => void;
  /** Resolves when the own models that are there have been tried. */
  readonly listed: () => Promise<void>;
}

/** One at a time. */
export class Remastering {
  readonly #options: RemasteringOptions;
  #running: AbortController | undefined;

  constructor(options: RemasteringOptions) {
    this.#options = options;
  }

  isRunning(): boolean {
    return this.#running !== undefined;
  }

  cancel(): void {
    if (!this.#running || this.#running.signal.aborted) return;
    this.#options.dispatch({ type: 'cancelling' });
    this.#running.abort();
  }

  async begin(view: ClipReady, outline: Outline): Promise<void> {
    const order = this.#orderOf(view, outline);
    if (!order) return;
    await this.#carryOut(async () => ({ ...order, size: await this.#sizeOf(order.ref.path) }), false, 0);
  }

  /** An unfinished render, or one that failed with frames kept, goes on. */
  async goOn(): Promise<void> {
    const { view } = this.#options.getState();
    if (view.kind === 'failed' && view.order && view.kept > 0) {
      const { order, kept } = view;
      await this.#carryOut(() => Promise.resolve(order), true, kept);
    } else if (view.kind === 'unfinished') {
      const { unfinished } = view;
      const { done } = progressOf(unfinished);
      await this.#carryOut((signal) => this.#sameAgain(orderIn(unfinished), signal), true, done);
    }
  }

  /** Lays a finished render over its clip; does not reject, since the render is there. */
  async lay(made: Made): Promise<void> {
    const { host, dispatch } = this.#options;
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
  }

  /** A run from its beginning to what came of it. */
  async #carryOut(
    prepare: (signal: AbortSignal) => Promise<Order>,
    continued: boolean,
    framesDone: number,
  ): Promise<void> {
    const { host, video, recording, catalog, now, getState, dispatch, listed } = this.#options;
    const controller = new AbortController();
    const { signal } = controller;
    this.#running = controller;
    recording.begin();
    const began = now();
    const clock = setInterval(() => dispatch({ type: 'tick', at: now() }), TICK_MS);
    let order: Order | undefined;
    try {
      if (continued) dispatch({ type: 'resuming' });
      order = await prepare(signal);
      const { model } = order.settings;
      // After a page's start it may still have to be found.
      if (isOwn(model)) await listed();
      const work = workOf(order, catalog, getState().own.models);
      if (!work) {
        throw new LoupeError('model-unfit', because('file-gone', isOwn(model) ? fileOf(model) : model));
      }
      if (order.blend !== work.blend.id) throw new LoupeError('render-other', 'model');
      const { job } = order;
      dispatch({ type: 'started', order, frames: job.end - job.first, framesDone, at: began });
      const path = await runOrder({
        host,
        video,
        order,
        work,
        continued,
        signal,
        isPaused: () => {
          const { view } = getState();
          return view.kind === 'working' && view.run.paused;
        },
        onPhase: (phase) => dispatch({ type: 'phase', phase }),
        onBackend: (backend, chosen) => {
          if (chosen) recording.isMadeOn(backend.name);
          dispatch({ type: 'backend', backend });
        },
        onProgress: (progress) => dispatch({ type: 'progress', progress, at: now() }),
      });
      dispatch({ type: 'phase', phase: 'placing' });
      const { view } = getState();
      const backend = view.kind === 'working' ? view.run.backend : undefined;
      await this.lay({ ...order, path, ms: now() - began, backend });
    } catch (thrown) {
      const { code, detail, cause } = asLoupeError(thrown, 'video-failed');
      // What is gone keeps nothing.
      const kept = code === 'render-gone' ? 0 : Math.max(framesDone, recordedFrames(recording.last));
      const said = code === 'gpu-lost' ? String(kept) : detail;
      const error = new LoupeError(OF_A_RENDER[code] ?? code, said, { cause });
      dispatch(code === 'cancelled' ? { type: 'cancelled' } : { type: 'failed', error, order, kept });
    } finally {
      clearInterval(clock);
      this.#running = undefined;
    }
  }

  /** Bytes of a file: with the facts, what tells it from another version of it. */
  async #sizeOf(path: string): Promise<number> {
    const { host } = this.#options;
    const { media, size } = await host.openMedia({ path });
    await host.closeMedia({ media });
    return size;
  }

  /** All but what is known of the file when it begins; undefined where something is still being found out. */
  #orderOf(view: ClipReady, outline: Outline): Omit<Order, 'size'> | undefined {
    const { catalog, getState } = this.#options;
    const { clip, facts, auto } = view;
    const { plan, folder, name, footage, codec, goal } = outline;
    const { own, locale } = getState();
    const job = plan && engineJob(view, plan.target, catalog, own.models);
    if (!job || !codec || typeof folder !== 'string') return undefined;
    const model = modelOf(view.settings, auto);
    const texts = textsFor(locale);
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
      square: footage.square,
      mediaStartTicks: clip.mediaStartTicks,
      layName: texts.result.layerName(clip.name, label, goal.factor),
      undoName: texts.clip.undoName(clip.name),
    };
  }

  /** An order of another day, if its file is still the same. */
  async #sameAgain(order: Order | undefined, signal: AbortSignal): Promise<Order> {
    if (!order) throw new LoupeError('render-other', 'note');
    const { path } = order.ref;
    const size = await this.#sizeOf(path);
    const facts = await this.#options.video.probe(path, signal);
    const same = size === order.size && JSON.stringify(facts) === JSON.stringify(order.facts);
    if (!same) throw new LoupeError('render-other', 'media');
    return order;
  }
}
