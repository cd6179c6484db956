/**
 * Everything the panel shows in Premiere, as one value, and how it changes. Nothing here waits or talks to anybody;
 * `session.ts` does.
 */
import type { ClipReport, ClipSettings } from '../../bridge/premiere-calls.ts';
import type { Theme } from '../../bridge/protocol.ts';
import type { ErrorCode, LoupeError } from '../../errors.ts';
import type { ClipFacts } from '../../video/types.ts';
import type { BackendReport } from '../engine/protocol.ts';
import { problemOf } from '../layer.ts';
import type { OwnModels } from '../own-models.ts';
import { MEASURING } from '../ready.ts';
import { firstAuto, type Defaults } from '../settings.ts';
import { footageOf } from './plan.ts';
import { reduceReady, type ClipReady, type ReadyAction } from './ready.ts';
import type { Made, Order } from './order.ts';
import { reduceRun, startRun, type RunAction } from './running.ts';
import { firstClipSettings } from './settings.ts';
import { isSameClip, refOf, staying } from './staying.ts';
import type { ClipView, PlacedAs } from './view.ts';

/** Nothing is selected that could be spoken of. */
const EMPTY: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['no-project', 'no-sequence', 'no-clip']);

export interface ClipState {
  readonly theme: Theme;
  /** As the host names it, e.g. `de_DE`. */
  readonly locale: string;
  readonly defaults: Defaults;
  /** Best first; undefined while they are looked for. */
  readonly backends: readonly BackendReport[] | undefined;
  readonly own: OwnModels;
  readonly view: ClipView;
}

export type Action =
  | { type: 'theme'; theme: Theme }
  | { type: 'backends'; backends: readonly BackendReport[] }
  | { type: 'own-models'; own: OwnModels }
  | { type: 'report'; report: ClipReport }
  | { type: 'probed'; path: string; found: ClipFacts | LoupeError }
  | ReadyAction
  /** What is unfinished, or failed, is to go on. */
  | { type: 'resuming' }
  | { type: 'started'; order: Order; frames: number; framesDone: number; at: number }
  | RunAction
  | { type: 'done'; made: Made; placed: PlacedAs }
  | { type: 'left'; made: Made; problem: LoupeError }
  | { type: 'placing' }
  | { type: 'cancelled' }
  | { type: 'failed'; error: LoupeError; order: Order | undefined; kept: number }
  | { type: 'again' };

export function initialState(
  defaults: Defaults,
  { theme, locale }: Pick<ClipState, 'theme' | 'locale'>,
): ClipState {
  return {
    theme,
    locale,
    defaults,
    backends: undefined,
    own: { folder: undefined, models: [] },
    view: { kind: 'loading', report: undefined },
  };
}

export function reduce(state: ClipState, action: Action): ClipState {
  switch (action.type) {
    case 'theme':
      return { ...state, theme: action.theme };
    case 'backends':
      return { ...state, backends: action.backends };
    case 'own-models':
      return { ...state, own: action.own };
    default: {
      const view = reduceView(state.view, action, state);
      return view === state.view ? state : { ...state, view };
    }
  }
}

function reduceView(
  view: ClipView,
  action: Exclude<Action, { type: 'theme' | 'backends' | 'own-models' }>,
  { defaults, backends }: ClipState,
): ClipView {
  switch (action.type) {
    case 'report':
      return afterReport(view, action.report, defaults);
    case 'probed':
      return view.kind === 'loading' ? afterProbe(view.report, action.path, action.found, defaults) : view;
    case 'started': {
      const { order, frames, framesDone, at } = action;
      const estimate = view.kind === 'ready' ? view.estimates[view.settings.quality] : undefined;
      const ms = estimate?.kind === 'known' ? estimate.ms : undefined;
      const run = startRun(order, { frames, framesDone, estimate: ms, backend: backends?.[0], at });
      return { kind: 'working', run, before: view.kind === 'ready' ? view : undefined };
    }
    case 'done':
      return { kind: 'done', made: action.made, placed: action.placed, beside: undefined };
    case 'left':
      return { kind: 'left', made: action.made, problem: action.problem, placing: false, beside: undefined };
    case 'placing':
      return view.kind === 'left' ? { ...view, placing: true } : view;
    case 'resuming':
      if (view.kind === 'unfinished') return { ...view, problem: undefined, resuming: true };
      return view.kind === 'failed' ? { ...view, resuming: true } : view;
    case 'cancelled':
      if (view.kind === 'unfinished' || view.kind === 'failed') return { ...view, resuming: false };
      if (view.kind !== 'working') return view;
      // As it was, but measured anew: what ran meanwhile was stopped.
      return view.before
        ? { ...view.before, estimates: MEASURING, cancelled: true, free: undefined }
        : { kind: 'loading', report: undefined };
    case 'failed':
      if (view.kind === 'unfinished') return { ...view, problem: action.error, resuming: false };
      return {
        kind: 'failed',
        error: action.error,
        about: refOf(view),
        order: action.order,
        kept: action.kept,
        resuming: false,
        beside: undefined,
      };
    case 'again':
      return view.kind === 'working' ? view : { kind: 'loading', report: undefined };
    case 'phase':
    case 'backend':
    case 'progress':
    case 'tick':
    case 'paused':
    case 'cancelling': {
      if (view.kind !== 'working') return view;
      const run = reduceRun(view.run, action);
      return run === view.run ? view : { ...view, run };
    }
    default:
      return view.kind === 'ready' ? reduceReady(view, action, defaults) : view;
  }
}

/** What the panel shows once the host has said what is selected. */
function afterReport(view: ClipView, report: ClipReport, defaults: Defaults): ClipView {
  // A run is bound to its clip, whatever is selected meanwhile.
  if (view.kind === 'working') return view;
  const ref = report.clip?.ref;
  const stays = staying(view, report);
  if (stays) return stays;
  const { refusal, clip, sequence, unfinished } = report;
  // What was begun goes on without its file being looked at, and may be given up even where that is gone.
  if (unfinished) return { kind: 'unfinished', unfinished, problem: undefined, resuming: false };
  if (refusal) {
    const problem = problemOf(refusal);
    return EMPTY.has(problem.code)
      ? { kind: 'empty', problem }
      : { kind: 'refused', problem, ref, name: clip?.name, placed: report.placed };
  }
  if (!ref || !clip || !sequence) {
    return { kind: 'empty', problem: problemOf({ code: 'no-clip', detail: '' }) };
  }
  if (view.kind === 'ready' && isSameClip(view.clip.ref, ref)) {
    const { placed } = report;
    // Trimmed, it has other frames, of which nobody knows the time.
    const trimmed = ref.inTicks !== view.clip.ref.inTicks || ref.outTicks !== view.clip.ref.outTicks;
    return { ...view, clip, sequence, placed, estimates: trimmed ? MEASURING : view.estimates };
  }
  if (view.kind === 'loading' && view.report?.clip?.ref.path === ref.path) return { ...view, report };
  if (view.kind === 'ready' && view.clip.ref.path === ref.path) {
    return readyFrom(report, clip, sequence, view.facts, defaults);
  }
  return { kind: 'loading', report };
}

function afterProbe(
  report: ClipReport | undefined,
  path: string,
  found: ClipFacts | LoupeError,
  defaults: Defaults,
): ClipView {
  const { clip, sequence } = report ?? {};
  if (!report || !clip || !sequence || clip.ref.path !== path) return { kind: 'loading', report };
  if ('code' in found) {
    return { kind: 'refused', problem: found, ref: clip.ref, name: clip.name, placed: report.placed };
  }
  return readyFrom(report, clip, sequence, found, defaults);
}

function readyFrom(
  report: ClipReport,
  clip: ClipReady['clip'],
  sequence: ClipReady['sequence'],
  facts: ClipFacts,
  defaults: Defaults,
): ClipReady {
  const settings: ClipSettings = firstClipSettings(report, footageOf(facts, clip).square, defaults);
  return {
    kind: 'ready',
    clip,
    sequence,
    facts,
    placed: report.placed,
    settings,
    auto: firstAuto(settings, report.remembered !== null),
    confirmed: false,
    besideProject: undefined,
    typed: undefined,
    free: undefined,
    codecs: undefined,
    picture: undefined,
    estimates: MEASURING,
    mistyped: false,
    cancelled: false,
  };
}
