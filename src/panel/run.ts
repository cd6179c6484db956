/** One run, from the layers to what is made of them: all are read, one after another is enhanced, all are written at once. */
import type { PhotoshopApi, Part, PixelFormat } from '../bridge/protocol.ts';
import type { BackendName, EnhanceResult } from '../engine/types.ts';
import { LoupeError, asLoupeError } from '../errors.ts';
import type { Target } from '../size.ts';
import type { Engine, EngineJob } from './engine/protocol.ts';
import { problemOf } from './layer.ts';
import type { Chosen } from './ready.ts';
import type { RunAction } from './running.ts';
import { noteOf, restOf, rowsOf, workOf } from './unfinished.ts';

/** The new layer as the host tells of it. */
export type MadeLayer = Extract<
  Awaited<ReturnType<PhotoshopApi['commit']>>['results'][number],
  { layer: unknown }
>['layer'];

/** A layer's result, or why there is none. */
export type Outcome = Chosen & { readonly part: Part } & (
    | {
        readonly kind: 'made';
        readonly made: MadeLayer;
        /** What its networks ran on; undefined where a former page had made all of it. */
        readonly backend: { readonly name: BackendName; readonly device: string } | undefined;
        readonly fellBack: boolean;
      }
    | { readonly kind: 'failed'; readonly error: LoupeError }
  );

/** What a finished run left behind. */
export interface Result {
  readonly outcomes: readonly Outcome[];
  readonly ms: number;
}

/** A job that a former page has opened already. */
export interface Opened {
  readonly job: string;
  readonly source: PixelFormat;
  /** Where the source begins in the layer. */
  readonly begins: { readonly left: number; readonly top: number };
  readonly target: Target;
  readonly rowsDone: number;
}

/** A layer to enhance. */
export interface Order extends Chosen {
  readonly part: Part;
  /** What the engine is to run for it; undefined if its model cannot be. */
  readonly work: (opened: Pick<Opened, 'source' | 'begins' | 'target'>) => EngineJob | undefined;
  /** The new layer's name. */
  readonly layerName: (target: Target) => string;
  /** Undefined where it is yet to be read. */
  readonly opened: Opened | undefined;
}

export interface RunOptions {
  readonly host: Omit<PhotoshopApi, 'hello'>;
  readonly engine: Engine;
  readonly orders: readonly Order[];
  /** Of the one state in the document's history. */
  readonly historyName: string;
  readonly signal: AbortSignal;
  /** Milliseconds on any steady clock. */
  readonly now: () => number;
  readonly tell: (action: RunAction) => void;
}

/** A job on its way through the run. */
interface Job {
  readonly id: string;
  readonly order: Order;
  readonly row: number;
  opened: Opened | undefined;
  ended: Pick<EnhanceResult, 'backend' | 'device' | 'fallbacks'> | undefined;
  error: LoupeError | undefined;
}

/** The settings that a job is opened with. */
function openArguments({ order, id }: Job): Parameters<PhotoshopApi['openJob']>[0] {
  const { layer, settings, part, auto } = order;
  const { documentId, layerId } = layer;
  return { documentId, layerId, settings, part, job: id, note: noteOf({ layer, settings, part, auto }) };
}

/**
 * A layer that fails is left out, and the others go on; where none is left the first failure rejects this, as a
 * LoupeError, and nothing is left behind in the document or the spool. So does cancelling, with `cancelled`. An abort
 * that comes when the layers are already written changes nothing any more: the run then resolves.
 */
export async function runOrders(options: RunOptions): Promise<Result> {
  const { host, orders, historyName, signal, now, tell } = options;
  const begun = now();
  const mark = `run-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  const jobs = orders.map((order, row): Job => ({
    // Named here, so that it can be discarded while the layer is still being read.
    id: order.opened?.job ?? `${mark}-${String(row)}`,
    order,
    row,
    opened: order.opened,
    ended: undefined,
    error: undefined,
  }));
  const going = (): Job[] => jobs.filter(({ error }) => !error);
  const stopIfCancelled = (): void => {
    if (signal.aborted) throw new LoupeError('cancelled');
  };
  const discard = (some: readonly Job[]): Promise<unknown> =>
    Promise.all(some.map(({ id }) => host.discard({ job: id }).catch(() => undefined)));
  const fail = async (job: Job, error: LoupeError): Promise<void> => {
    job.error = error;
    tell({ type: 'row', row: job.row, state: { kind: 'failed', error } });
    await discard([job]);
  };
  /** Does something for each job that is still in the run; those that it fails for leave. Ends if none is left. */
  const each = async (work: (job: Job) => Promise<void>): Promise<void> => {
    for (const job of going()) {
      stopIfCancelled();
      try {
        await work(job);
      } catch (thrown) {
        stopIfCancelled();
        await fail(job, asLoupeError(thrown, 'backend-failed'));
      }
    }
    stopIfCancelled();
    if (going().length === 0) throw jobs[0]?.error ?? new LoupeError('no-layer');
  };
  // The engine stops by itself on abort; reading and writing must be stopped at the host.
  const discardAll = (): void => void discard(jobs);
  signal.addEventListener('abort', discardAll, { once: true });
  try {
    stopIfCancelled();
    tell({ type: 'phase', phase: 'reading', at: now() });
    await each(async (job) => {
      if (job.opened) return;
      const { source, begins, target } = await host.openJob(openArguments(job)).catch((thrown: unknown) => {
        throw asLoupeError(thrown, 'host-failed');
      });
      job.opened = { job: job.id, source, begins, target, rowsDone: 0 };
    });
    tell({ type: 'phase', phase: 'enhancing', at: now() });
    await each((job) => enhance(job, options));
    tell({ type: 'phase', phase: 'writing', at: now() });
    const written = going();
    const { results } = await host.commit({
      jobs: written.map(({ id, order, opened }) => ({
        job: id,
        layerName: opened ? order.layerName(opened.target) : order.layer.name,
      })),
      historyName,
    });
    const outcomes = jobs.map((job) => outcomeOf(job, results));
    const [first] = outcomes;
    if (first?.kind === 'failed' && outcomes.every(({ kind }) => kind === 'failed')) throw first.error;
    return { outcomes, ms: now() - begun };
  } catch (thrown) {
    await discard(jobs);
    throw signal.aborted ? new LoupeError('cancelled') : asLoupeError(thrown, 'backend-failed');
  } finally {
    signal.removeEventListener('abort', discardAll);
  }
}

async function enhance(job: Job, { host, engine, signal, tell, now }: RunOptions): Promise<void> {
  const { opened, order, row } = job;
  const work = opened && order.work(opened);
  if (!work) throw new LoupeError('model-unfit', order.settings.model);
  tell({ type: 'row', row, state: { kind: 'running' } });
  if (opened.rowsDone < opened.target.height) {
    const rest = restOf(opened.target, opened.rowsDone);
    const { source, sink } = rowsOf(host, job.id, opened.source, rest);
    job.ended = await engine.enhance(workOf(work, rest), source, sink, signal, (progress) =>
      tell({ type: 'progress', row, progress, at: now() }),
    );
  }
  tell({ type: 'row', row, state: { kind: 'done' } });
}

function outcomeOf(
  { id, order, ended, error }: Job,
  results: Awaited<ReturnType<PhotoshopApi['commit']>>['results'],
): Outcome {
  const { layer, settings, auto, part } = order;
  const about = { layer, settings, auto, part };
  const result = results.find(({ job }) => job === id);
  const failed = (why: LoupeError): Outcome => ({ kind: 'failed', ...about, error: why });
  if (error) return failed(error);
  if (!result) return failed(new LoupeError('bad-message', 'commit'));
  if ('problem' in result) return failed(problemOf(result.problem));
  const backend = ended && { name: ended.backend, device: ended.device };
  const fellBack = (ended?.fallbacks.length ?? 0) > 0;
  return { kind: 'made', ...about, made: result.layer, backend, fellBack };
}
