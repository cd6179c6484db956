/**
 * Everything the panel shows, as one value, and how it changes: a reducer over explicit states.
 * Nothing here waits, measures or talks to anybody; `session.ts` does.
 */
import type { LayerSettings, Report, Theme, Unfinished } from '../bridge/protocol.ts';
import type { LoupeError } from '../errors.ts';
import type { BackendReport } from './engine/protocol.ts';
import { isOf, problemOf, shownLayer, type ShownDocument, type ShownLayer } from './layer.ts';
import { GONE } from './made.ts';
import type { OwnModels } from './own-models.ts';
import type { Pixels } from './pixels.ts';
import {
  estimateOfAll,
  fit,
  inCommon,
  item,
  openItem,
  reduceReady,
  taken,
  type Chosen,
  type Item,
  type Ready,
  type ReadyAction,
} from './ready.ts';
import type { Result } from './run.ts';
import { reduceRun, startRun, type Run, type RunAction, type Start } from './running.ts';
import { firstAuto, firstSettings, type Defaults } from './settings.ts';
import { fitting } from './sizes.ts';

/** What a view is about: some layers of a document, and what is set for them. */
export interface About {
  /** Undefined where a run goes on whose document nobody has reported yet. */
  readonly document: ShownDocument | undefined;
  readonly items: readonly Chosen[];
}

export type View =
  | { readonly kind: 'loading' }
  | { readonly kind: 'empty'; readonly reason: 'no-document' | 'no-layer' }
  /** A former panel left a run, which goes on or is discarded before anything else. */
  | { readonly kind: 'unfinished'; readonly unfinished: Unfinished }
  | Ready
  | ({ readonly kind: 'refused'; readonly problem: LoupeError } & About)
  | ({ readonly kind: 'working'; readonly run: Run; readonly before: Ready | undefined } & About)
  | ({ readonly kind: 'done'; readonly result: Result; readonly compared: number | undefined } & About)
  | ({
      readonly kind: 'failed';
      readonly error: LoupeError;
      /** The layer that Photoshop made active in place of one that is gone; null for none. */
      readonly instead?: number | null;
    } & About);

export interface Thumbnail {
  readonly documentId: number;
  readonly layerId: number;
  readonly pixels: Pixels;
}

export interface PanelState {
  readonly theme: Theme;
  /** As the host names it, e.g. `de_DE`. */
  readonly locale: string;
  /** Where the controls begin, as the catalog says. */
  readonly defaults: Defaults;
  /** Best first; undefined while they are looked for. */
  readonly backends: readonly BackendReport[] | undefined;
  readonly own: OwnModels;
  /** What the last run of all was made with. */
  readonly last: LayerSettings | null;
  /** The picture of the layer that is shown, once it is there. */
  readonly thumbnail: Thumbnail | undefined;
  readonly view: View;
}

export type Action =
  | { type: 'theme'; theme: Theme }
  | { type: 'backends'; backends: readonly BackendReport[] }
  | { type: 'own-models'; own: OwnModels }
  | { type: 'report'; report: Report }
  | { type: 'thumbnail'; thumbnail: Thumbnail }
  | { type: 'unfinished'; unfinished: Unfinished }
  | ReadyAction
  | { type: 'started'; at: number; weights: readonly number[] }
  | { type: 'resumed'; at: number; items: readonly Chosen[]; rows: readonly Start[] }
  | RunAction
  | { type: 'done'; result: Result }
  | { type: 'compare'; layerId: number }
  | { type: 'cancelled' }
  | { type: 'failed'; error: LoupeError }
  | { type: 'again' };

export function initialState(
  defaults: Defaults,
  { theme, locale }: Pick<PanelState, 'theme' | 'locale'>,
): PanelState {
  return {
    theme,
    locale,
    defaults,
    backends: undefined,
    own: { folder: undefined, models: [] },
    last: null,
    thumbnail: undefined,
    view: { kind: 'loading' },
  };
}

export function reduce(state: PanelState, action: Action): PanelState {
  switch (action.type) {
    case 'theme':
      return { ...state, theme: action.theme };
    case 'backends':
      return { ...state, backends: action.backends };
    case 'own-models':
      return { ...state, own: action.own };
    case 'thumbnail':
      return { ...state, thumbnail: action.thumbnail };
    case 'report': {
      const view = afterReport(state.view, action.report, state.defaults);
      const { last } = action.report;
      return view === state.view && last === state.last ? state : { ...state, last, view };
    }
    default: {
      const view = reduceView(state.view, action, state);
      return view === state.view ? state : { ...state, view };
    }
  }
}

type StateAction = Extract<Action, { type: 'theme' | 'backends' | 'own-models' | 'thumbnail' | 'report' }>;

function reduceView(
  view: View,
  action: Exclude<Action, StateAction>,
  { backends, defaults }: PanelState,
): View {
  switch (action.type) {
    case 'unfinished':
      return { kind: 'unfinished', unfinished: action.unfinished };
    case 'again':
      return view.kind === 'done' || view.kind === 'failed' || view.kind === 'unfinished'
        ? { kind: 'loading' }
        : view;
    case 'failed':
      return { kind: 'failed', error: action.error, ...aboutOf(view) };
    case 'started':
      return view.kind === 'ready' ? startedFrom(view, action.weights, backends?.[0], action.at) : view;
    case 'resumed': {
      if (view.kind !== 'unfinished') return view;
      const run = startRun(action.rows, undefined, backends?.[0], action.at);
      return { kind: 'working', document: undefined, items: action.items, run, before: undefined };
    }
    case 'compare':
      return view.kind === 'done' ? { ...view, compared: action.layerId } : view;
    case 'done':
    case 'cancelled':
    case 'phase':
    case 'row':
    case 'progress':
    case 'written':
    case 'tick':
    case 'asked-again':
    case 'cancelling':
      return view.kind === 'working' ? reduceWorking(view, action) : view;
    default:
      return view.kind === 'ready' ? reduceReady(view, action, defaults) : view;
  }
}

type Working = Extract<View, { kind: 'working' }>;

function startedFrom(
  view: Ready,
  weights: readonly number[],
  backend: BackendReport | undefined,
  at: number,
): View {
  const items = taken(view);
  const all = estimateOfAll(view);
  const rows = items.map(({ layer, estimates, settings }, i): Start => {
    const time = estimates[settings.quality];
    const weight = all.kind === 'known' && time.kind === 'known' ? time.ms : (weights[i] ?? 1);
    return { layerId: layer.layerId, name: layer.name, weight, before: 0 };
  });
  const run = startRun(rows, all.kind === 'known' ? all.ms : undefined, backend, at);
  return { kind: 'working', document: view.document, items, run, before: view };
}

function reduceWorking(
  view: Working,
  action: RunAction | Extract<Action, { type: 'done' | 'cancelled' }>,
): View {
  const { document, items, before } = view;
  switch (action.type) {
    case 'done': {
      const { result } = action;
      const compared = result.outcomes.find(({ kind }) => kind === 'made')?.layer.layerId;
      return { kind: 'done', document, items, result, compared };
    }
    case 'cancelled':
      // As it was, but measured anew: what ran meanwhile was stopped.
      return before ? { ...before, items: before.items.map(item), cancelled: true } : { kind: 'loading' };
    default: {
      const run = reduceRun(view.run, action);
      return run === view.run ? view : { ...view, run };
    }
  }
}

/** What the panel shows once the host has said what is selected and what stands in its way. */
function afterReport(view: View, report: Report, defaults: Defaults): View {
  // A run is bound to its layers, whatever is selected meanwhile; and one that was left comes before all else.
  if (view.kind === 'working' || view.kind === 'unfinished') return view;
  const { items: shown } = aboutOf(view);
  const same = isAbout(shown, report);
  if (view.kind === 'failed') {
    if (same) return view;
    // Photoshop itself selects another layer when one goes; the message stays until the user selects a further one.
    const active = report.layers[0]?.id ?? null;
    if (GONE.has(view.error.code) && (view.instead === undefined || view.instead === active)) {
      return { ...view, instead: active };
    }
  }
  if (view.kind === 'done' && (same || isResult(view, report))) return view;

  const refusal = report.refusal && problemOf(report.refusal);
  const { document } = report;
  if (!document || refusal?.code === 'no-document') return { kind: 'empty', reason: 'no-document' };
  if (refusal?.code === 'no-layer') return { kind: 'empty', reason: 'no-layer' };
  const items = itemsOf(document, report, view, same, defaults);
  if (refusal) return { kind: 'refused', problem: refusal, document, items };
  const [first] = items;
  if (!first) return { kind: 'empty', reason: 'no-layer' };
  const [fitting] = fit(items);
  if (!fitting) {
    const problem = first.layer.refusal ?? problemOf({ code: 'no-layer', detail: '' });
    return { kind: 'refused', problem, document, items };
  }
  if (view.kind !== 'ready' || !same)
    return {
      kind: 'ready',
      document,
      items,
      part: undefined,
      open: undefined,
      mistyped: false,
      cancelled: false,
    };
  return { ...view, document, items };
}

/** The selected layers with what is set for them: as it stands in the view for those it is about. */
function itemsOf(
  document: ShownDocument,
  report: Report,
  view: View,
  same: boolean,
  defaults: Defaults,
): Item[] {
  const layers = report.layers.map((each) => shownLayer(document.id, each));
  const known = view.kind === 'ready' ? view.items : aboutOf(view).items.map(item);
  const items = layers.map((layer, i): Item => {
    const remembered = report.layers[i]?.remembered ?? null;
    const kept = known.find((each) => isOf(layer, each.layer));
    const first = remembered ?? firstSettings(defaults, report.last);
    if (!kept) return item({ layer, settings: first, auto: firstAuto(first, remembered !== null) });
    const { size, place, hideOriginal } = same ? kept.settings : first;
    const settings = { ...kept.settings, size, place, hideOriginal };
    // Of another size it is another picture, and faces lie elsewhere.
    if (layer.width !== kept.layer.width || layer.height !== kept.layer.height)
      return item({ layer, settings, auto: firstAuto(settings, true) });
    return { ...kept, layer, settings };
  });
  const common = inCommon(items);
  const [first] = fit(common);
  if (!first || same) return common;
  // A factor that was remembered may be too large for what is selected by now.
  const size = fitting(
    document,
    fit(common).map(({ layer }) => layer),
    first.settings.place,
    first.settings.size,
  );
  return common.map((each) => ({ ...each, settings: { ...each.settings, size } }));
}

/** Whether the report is of just these layers. */
function isAbout(items: readonly Chosen[], report: Report): boolean {
  return (
    items.length > 0 &&
    items.length === report.layers.length &&
    items.every(
      ({ layer }, i) => layer.documentId === report.document?.id && layer.layerId === report.layers[i]?.id,
    )
  );
}

/** Whether all that is selected was made by that run. */
function isResult({ result }: Extract<View, { kind: 'done' }>, report: Report): boolean {
  return (
    report.layers.length > 0 &&
    report.layers.every(({ id }) =>
      result.outcomes.some(
        (each) =>
          each.kind === 'made' && each.made.documentId === report.document?.id && each.made.layerId === id,
      ),
    )
  );
}

/** What a view is about, if it is about anything. */
export function aboutOf(view: View): About {
  switch (view.kind) {
    case 'ready':
    case 'refused':
    case 'working':
    case 'done':
    case 'failed':
      return { document: view.document, items: view.items };
    case 'loading':
    case 'empty':
    case 'unfinished':
      return { document: undefined, items: [] };
  }
}

/** The layer whose picture is shown: the only one, or the one looked at. */
export function picturedLayer(view: View): ShownLayer | undefined {
  if (view.kind === 'ready') return (openItem(view) ?? fit(view.items)[0])?.layer;
  return aboutOf(view).items[0]?.layer;
}
