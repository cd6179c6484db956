/**
 * Everything the panel shows, as one value, and how it changes: a reducer over explicit states.
 * Nothing here waits, measures or talks to anybody; `session.ts` does.
 */
import type { BackendName, Scale } from '../engine/types.ts';
import type { LayerReport, Theme } from '../bridge/protocol.ts';
import { LoupeError, isErrorCode, type ErrorCode } from '../errors.ts';
import type { BackendReport } from './engine/protocol.ts';
import type { OwnModels } from './own-models.ts';
import { ready, reduceReady, type Chosen, type Ready, type ReadyAction } from './ready.ts';
import { reduceRun, startRun, type Run, type RunAction } from './running.ts';
import { firstAuto, firstSettings, fitting, type Defaults } from './settings.ts';
import type { Pixels } from './pixels.ts';
import type { Target } from './target.ts';

/** What a finished run left behind. */
export interface Result {
  readonly layer: LayerPlace;
  readonly ms: number;
  readonly backend: BackendName;
  readonly device: string;
  readonly fellBack: boolean;
}

/** Where a layer lies, in document pixels. */
export interface LayerPlace {
  readonly layerId: number;
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export type View =
  | { readonly kind: 'loading' }
  | { readonly kind: 'empty'; readonly reason: 'no-document' | 'no-layer' | 'premiere' }
  | Ready
  | { readonly kind: 'refused'; readonly problem: LoupeError; readonly chosen: Chosen | null }
  | ({ readonly kind: 'working'; readonly run: Run } & Chosen)
  | ({ readonly kind: 'done'; readonly result: Result } & Chosen)
  | {
      readonly kind: 'failed';
      readonly error: LoupeError;
      readonly chosen: Chosen | null;
      /** The layer that Photoshop made active in place of one that is gone; null for none. */
      readonly instead?: number | null;
    };

export interface Thumbnail {
  readonly documentId: number;
  readonly layerId: number;
  readonly pixels: Pixels;
}

export interface PanelState {
  readonly theme: Theme;
  /** Where the controls begin, as the catalog says. */
  readonly defaults: Defaults;
  /** Best first; undefined while they are looked for. */
  readonly backends: readonly BackendReport[] | undefined;
  readonly own: OwnModels;
  /** The picture of the layer in `view`, once it is there. */
  readonly thumbnail: Thumbnail | undefined;
  readonly view: View;
}

export type Action =
  | { type: 'theme'; theme: Theme }
  | { type: 'premiere' }
  | { type: 'backends'; backends: readonly BackendReport[] }
  | { type: 'own-models'; own: OwnModels }
  | { type: 'report'; report: LayerReport }
  | { type: 'thumbnail'; thumbnail: Thumbnail }
  | ReadyAction
  | { type: 'started'; at: number }
  | RunAction
  | { type: 'done'; result: Result }
  | { type: 'cancelled' }
  | { type: 'failed'; error: LoupeError }
  | { type: 'again' };

export function initialState(defaults: Defaults): PanelState {
  return {
    theme: 'dark',
    defaults,
    backends: undefined,
    own: { folder: undefined, models: [] },
    thumbnail: undefined,
    view: { kind: 'loading' },
  };
}

/** What a run ends with when its layer is not there any more. */
const GONE: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['layer-gone', 'document-closed']);

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
    default: {
      const view = reduceView(state.view, action, state);
      return view === state.view ? state : { ...state, view };
    }
  }
}

type ViewAction = Exclude<Action, { type: 'theme' | 'backends' | 'own-models' | 'thumbnail' }>;

function reduceView(view: View, action: ViewAction, { backends, defaults }: PanelState): View {
  switch (action.type) {
    case 'premiere':
      return { kind: 'empty', reason: 'premiere' };
    case 'report':
      return afterReport(view, action.report, defaults);
    case 'again':
      return view.kind === 'done' || view.kind === 'failed' ? { kind: 'loading' } : view;
    case 'failed':
      return { kind: 'failed', error: action.error, chosen: chosenIn(view) };
    case 'started':
      return view.kind === 'ready' ? startedFrom(view, backends?.[0], action.at) : view;
    case 'done':
    case 'cancelled':
    case 'phase':
    case 'progress':
    case 'written':
    case 'tick':
    case 'cancelling':
      return view.kind === 'working' ? reduceWorking(view, action) : view;
    default:
      return view.kind === 'ready' ? reduceReady(view, action, defaults) : view;
  }
}

type Working = Extract<View, { kind: 'working' }>;
function startedFrom(view: Ready, backend: BackendReport | undefined, at: number): View {
  const { target, settings, auto, estimates } = view;
  const estimate = estimates[settings.quality];
  const run = startRun(estimate.kind === 'known' ? estimate.ms : undefined, backend, at);
  return { kind: 'working', target, settings, auto, run };
}

function reduceWorking(
  view: Working,
  action: RunAction | Extract<Action, { type: 'done' | 'cancelled' }>,
): View {
  const { target, settings, auto } = view;
  switch (action.type) {
    case 'done':
      return { kind: 'done', target, settings, auto, result: action.result };
    case 'cancelled':
      return ready(view, true);
    default: {
      const run = reduceRun(view.run, action);
      return run === view.run ? view : { ...view, run };
    }
  }
}

/** What the panel shows once the host has said which layer is active and what stands in its way. */
function afterReport(view: View, report: LayerReport, defaults: Defaults): View {
  // A run is bound to its layer, whatever is selected meanwhile.
  if (view.kind === 'working') return view;
  const shown = chosenIn(view);
  const same = shown !== null && isAbout(shown.target, report);
  if (view.kind === 'failed') {
    if (same) return view;
    // Photoshop itself selects another layer when one goes; the message stays until the user selects a further one.
    const active = report.layer?.id ?? null;
    if (GONE.has(view.error.code) && (view.instead === undefined || view.instead === active)) {
      return { ...view, instead: active };
    }
  }
  if (view.kind === 'done' && (same || isResult(view, report))) return view;

  const refusal = report.refusal && problemOf(report.refusal);
  if (!report.document || refusal?.code === 'no-document') return { kind: 'empty', reason: 'no-document' };
  if (refusal?.code === 'no-layer') return { kind: 'empty', reason: 'no-layer' };
  if (!report.layer)
    return refusal
      ? { kind: 'refused', problem: refusal, chosen: null }
      : { kind: 'empty', reason: 'no-layer' };

  const target: Target = {
    documentId: report.document.id,
    layerId: report.layer.id,
    name: report.layer.name,
    left: report.layer.left,
    top: report.layer.top,
    width: report.layer.width,
    height: report.layer.height,
    note: report.note,
    largestScale: report.largestScale ?? 4,
  };
  const wanted = same ? shown.settings : (report.remembered ?? firstSettings(defaults));
  const settings = { ...wanted, scale: fitting(wanted.scale, target.largestScale) };
  const resized = same && (target.width !== shown.target.width || target.height !== shown.target.height);
  // Of another size it is another picture, and faces lie elsewhere.
  const auto = same && !resized ? shown.auto : firstAuto(settings, same || report.remembered !== null);
  const chosen = { target, settings, auto };
  if (refusal) return { kind: 'refused', problem: refusal, chosen };
  return view.kind === 'ready' && same && !resized ? { ...view, ...chosen } : ready(chosen);
}

function isAbout(target: Target, report: LayerReport): boolean {
  return report.document?.id === target.documentId && report.layer?.id === target.layerId;
}

function isResult(view: Extract<View, { kind: 'done' }>, report: LayerReport): boolean {
  return report.document?.id === view.target.documentId && report.layer?.id === view.result.layer.layerId;
}

function problemOf({ code, detail }: { code: string; detail: string }): LoupeError {
  return isErrorCode(code) ? new LoupeError(code, detail) : new LoupeError('bad-message', code);
}

/** The layer and the settings a view is about, if it is about any. */
export function chosenIn(view: View): Chosen | null {
  switch (view.kind) {
    case 'ready':
    case 'working':
    case 'done':
      return { target: view.target, settings: view.settings, auto: view.auto };
    case 'refused':
    case 'failed':
      return view.chosen;
    case 'loading':
    case 'empty':
      return null;
  }
}

/** Whether a picture is that layer's. */
export function isOf(
  picture: { readonly documentId: number; readonly layerId: number },
  { documentId, layerId }: Target,
): boolean {
  return picture.documentId === documentId && picture.layerId === layerId;
}

/** The model's name as part of a new layer's name: “Portrait – Face 4×”. */
export function resultName(name: string, label: string, scale: Scale): string {
  return `${name} – ${label} ${String(scale)}×`;
}
