/**
 * Everything the panel shows in Premiere, as one value, and how it changes. Nothing here waits or talks to anybody;
 * `session.ts` does.
 */
import type {
  ClipRef,
  ClipReport,
  ClipSettings,
  Placed,
  UnfinishedRender,
} from '../../bridge/premiere-calls.ts';
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
import type { Order, Made } from './run.ts';
import { reduceRun, startRun, type ClipRun, type RunAction } from './running.ts';
import { firstClipSettings } from './settings.ts';

/** Nothing is selected that could be spoken of. */
const EMPTY: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['no-project', 'no-sequence', 'no-clip']);

export type ClipView =
  /** Nothing is known yet, or nothing of the selected clip's file. */
  | { readonly kind: 'loading'; readonly report: ClipReport | undefined }
  | { readonly kind: 'empty'; readonly problem: LoupeError }
  | {
      readonly kind: 'refused';
      readonly problem: LoupeError;
      readonly name: string | undefined;
      /** Single frames that lie on the timeline are no clip, and may be taken off it. */
      readonly placed: Placed | null;
    }
  | ClipReady
  | {
      readonly kind: 'unfinished';
      readonly unfinished: UnfinishedRender;
      /** Why it cannot go on. */
      readonly problem: LoupeError | undefined;
    }
  | { readonly kind: 'working'; readonly run: ClipRun; readonly before: ClipReady | undefined }
  | { readonly kind: 'done'; readonly made: Made; readonly placed: PlacedAs; readonly beside: Beside }
  /** The render is finished and not on the timeline. */
  | {
      readonly kind: 'left';
      readonly made: Made;
      readonly problem: LoupeError;
      readonly placing: boolean;
      readonly beside: Beside;
    }
  | {
      readonly kind: 'failed';
      readonly error: LoupeError;
      /** The clip that was shown. */
      readonly about: ClipRef | undefined;
      /** Undefined where it failed before there was anything to do. */
      readonly order: Order | undefined;
      /** Frames that are kept, to go on from. */
      readonly kept: number;
      readonly beside: Beside;
    };

/** The clip that was selected when a run ended: null for none, undefined until the host has said. */
type Beside = ClipRef | null | undefined;

export interface PlacedAs {
  readonly trackName: string;
  readonly newTrack: boolean;
  readonly originalHidden: boolean;
}

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
    case 'cancelled':
      if (view.kind !== 'working') return view;
      // As it was, but measured anew: what ran meanwhile was stopped.
      return view.before
        ? { ...view.before, estimates: MEASURING, cancelled: true, free: undefined }
        : { kind: 'loading', report: undefined };
    case 'failed':
      if (view.kind === 'unfinished') return { ...view, problem: action.error };
      return {
        kind: 'failed',
        error: action.error,
        about: refOf(view),
        order: action.order,
        kept: action.kept,
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
  if (unfinished) return { kind: 'unfinished', unfinished, problem: undefined };
  if (refusal) {
    const problem = problemOf(refusal);
    return EMPTY.has(problem.code)
      ? { kind: 'empty', problem }
      : { kind: 'refused', problem, name: clip?.name, placed: report.placed };
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
  if ('code' in found) return { kind: 'refused', problem: found, name: clip.name, placed: report.placed };
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

/**
 * What came of a run is shown as long as its clip or what it made is selected, and beside what was selected when it
 * ended; undefined once it gives way.
 */
function staying(view: ClipView, report: ClipReport): ClipView | undefined {
  const { clip, placed, unfinished } = report;
  if (view.kind === 'unfinished')
    return view.problem && unfinished?.render === view.unfinished.render ? view : undefined;
  if (view.kind === 'left' && view.placing) return view;
  if (view.kind !== 'done' && view.kind !== 'left' && view.kind !== 'failed') return undefined;
  const ref = clip?.ref ?? null;
  const about = refOf(view);
  if (!about) return undefined;
  const own = ref !== null && isSameClip(ref, about);
  const made = view.kind === 'failed' ? undefined : view.made;
  if (made && placed?.render === made.render) return { ...view, beside: ref };
  // Undone, a result says nothing any more.
  if (own) return view.kind === 'done' ? undefined : { ...view, beside: ref };
  if (made && ref?.path === made.path) return { ...view, beside: ref };
  const { beside } = view;
  if (beside === undefined) return { ...view, beside: ref };
  const same = ref === null || (beside !== null && isSameClip(ref, beside));
  return same ? view : undefined;
}

/** The clip that a view is about, if it is about one. */
function refOf(view: ClipView): ClipRef | undefined {
  switch (view.kind) {
    case 'ready':
      return view.clip.ref;
    case 'working':
      return view.run.order.ref;
    case 'done':
    case 'left':
      return view.made.ref;
    case 'unfinished':
      return view.unfinished.ref;
    case 'failed':
      return view.about;
    default:
      return undefined;
  }
}

/** The same clip of a timeline, which may have been trimmed. */
export function isSameClip(a: ClipRef, b: ClipRef): boolean {
  return (
    a.sequenceId === b.sequenceId &&
    a.itemId === b.itemId &&
    a.path === b.path &&
    a.track === b.track &&
    (a.startTicks === b.startTicks || a.inTicks === b.inTicks)
  );
}
