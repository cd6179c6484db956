/** A layer that can be enhanced: its settings, what they cost, what they would invent, and how that changes. */
import { QUALITIES, type Quality } from '../catalog.ts';
import type { LayerSettings } from '../bridge/protocol.ts';
import type { LoupeError } from '../errors.ts';
import type { InventedMap } from './engine/protocol.ts';
import type { Tried } from './honesty.ts';
import type { Pixels } from './pixels.ts';
import type { Target } from './target.ts';
import { changed, modelOf, proposed, type Auto, type Defaults } from './settings.ts';
import { nextRemaining, type Remaining } from './time.ts';

/** The layer and what is set for it. */
export interface Chosen {
  readonly target: Target;
  readonly settings: LayerSettings;
  /** What Auto has come to; undefined if the model was chosen by hand. */
  readonly auto: Auto | undefined;
}

export type Estimate = { kind: 'measuring' } | { kind: 'known'; ms: number } | { kind: 'unknown' };
export type Estimates = Readonly<Record<Quality, Estimate>>;

/** The map of what Detail invents: on its way, there, or why not. */
export type MapState =
  | { readonly kind: 'making'; readonly fraction: number; readonly remaining: Remaining | undefined }
  | { readonly kind: 'shown'; readonly map: InventedMap; readonly picture: Pixels | undefined }
  | { readonly kind: 'failed'; readonly error: LoupeError };

export interface Ready extends Chosen {
  readonly kind: 'ready';
  readonly estimates: Estimates;
  /** The run before this was cancelled. */
  readonly cancelled: boolean;
  /** What was found where the layer was tried; undefined before that, null where it could not be. */
  readonly invented: Tried | null | undefined;
  readonly map: MapState | undefined;
}

export type ReadyAction =
  | { type: 'choose'; change: Partial<LayerSettings> }
  | { type: 'proposed'; proposal: Omit<Extract<Auto, { kind: 'proposed' }>, 'kind'> | undefined }
  | { type: 'estimating' }
  | { type: 'estimate'; quality: Quality; estimate: Estimate }
  | { type: 'invented'; tried: Tried | null }
  | { type: 'map-wanted' }
  | { type: 'map-progress'; fraction: number; remainingMs: number | undefined; at: number }
  | { type: 'map-made'; map: InventedMap; picture: Pixels | undefined }
  | { type: 'map-failed'; error: LoupeError }
  | { type: 'map-closed' };

const MEASURING = Object.fromEntries(
  QUALITIES.map((quality) => [quality, { kind: 'measuring' }]),
) as Estimates;

/** Nothing is known of it yet. */
export function ready(chosen: Chosen, cancelled = false): Ready {
  const { target, settings, auto } = chosen;
  return {
    kind: 'ready',
    target,
    settings,
    auto,
    estimates: MEASURING,
    cancelled,
    invented: undefined,
    map: undefined,
  };
}

export function reduceReady(view: Ready, action: ReadyAction, defaults: Defaults): Ready {
  switch (action.type) {
    case 'choose':
      return { ...chosenAnew(view, changed(view, action.change, defaults)), cancelled: false };
    case 'proposed':
      return view.auto?.kind === 'proposing'
        ? chosenAnew(view, proposed(view.settings, view.auto, action.proposal, defaults))
        : view;
    case 'estimating':
      return { ...view, estimates: MEASURING };
    case 'estimate':
      return { ...view, estimates: { ...view.estimates, [action.quality]: action.estimate } };
    case 'invented':
      return { ...view, invented: action.tried };
    case 'map-wanted':
      return { ...view, map: { kind: 'making', fraction: 0, remaining: undefined } };
    case 'map-progress': {
      if (view.map?.kind !== 'making') return view;
      const { fraction, remaining } = view.map;
      const map = {
        kind: 'making',
        fraction: Math.max(fraction, action.fraction),
        remaining: nextRemaining(remaining, action.remainingMs, action.at),
      } as const;
      return { ...view, map };
    }
    case 'map-made':
      return { ...view, map: { kind: 'shown', map: action.map, picture: action.picture } };
    case 'map-failed':
      return { ...view, map: { kind: 'failed', error: action.error } };
    case 'map-closed':
      return { ...view, map: undefined };
  }
}

/** What was measured of one model says nothing of another; the map is of one quality, too. */
function chosenAnew(view: Ready, next: Pick<Chosen, 'settings' | 'auto'>): Ready {
  const otherModel = modelOf(view.settings, view.auto) !== modelOf(next.settings, next.auto);
  const otherQuality = view.settings.quality !== next.settings.quality;
  return {
    ...view,
    ...next,
    invented: otherModel ? undefined : view.invented,
    map: otherModel || otherQuality ? undefined : view.map,
  };
}
