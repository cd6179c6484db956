/** Layers that can be enhanced: their settings, what they cost, what they would invent, and how that changes. */
import { QUALITIES, type Quality } from '../catalog.ts';
import type { LayerSettings, Part } from '../bridge/protocol.ts';
import { LoupeError } from '../errors.ts';
import type { InventedMap } from './engine/protocol.ts';
import type { Tried } from './honesty.ts';
import type { Pixels } from './pixels.ts';
import type { ShownDocument, ShownLayer } from './layer.ts';
import { changed, commonOf, firstAuto, modelOf, proposed, type Auto, type Defaults } from './settings.ts';
import { nextRemaining, type Remaining } from './time.ts';

/** A layer and what is set for it. */
export interface Chosen {
  readonly layer: ShownLayer;
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

/** A layer, what is set for it, and what is known of it. */
export interface Item extends Chosen {
  readonly estimates: Estimates;
  /** What was found where the layer was tried; undefined before that, null where it could not be. */
  readonly invented: Tried | null | undefined;
  readonly map: MapState | undefined;
}

export interface Ready {
  readonly kind: 'ready';
  readonly document: ShownDocument;
  /** Top layer first; at least one of them can be enhanced. Size, place and hiding are the same in all. */
  readonly items: readonly Item[];
  /** The part chosen by hand; undefined for what suggests itself. */
  readonly part: Part | undefined;
  /** Of several, the layer whose own settings are shown. */
  readonly open: number | undefined;
  /** What is being typed for the size is no size. */
  readonly mistyped: boolean;
  /** The run before this was cancelled. */
  readonly cancelled: boolean;
}

export type ReadyAction =
  /** What concerns all layers, or `layerId` alone. */
  | { type: 'choose'; change: Partial<LayerSettings>; layerId: number }
  | { type: 'choose-part'; part: Part }
  | { type: 'mistyped'; mistyped: boolean }
  | { type: 'open'; layerId: number | undefined }
  | { type: 'use-last'; last: LayerSettings }
  | ItemAction;

type ItemAction = { readonly layerId: number } & (
  | { type: 'proposed'; proposal: Omit<Extract<Auto, { kind: 'proposed' }>, 'kind'> | undefined }
  | { type: 'estimating' }
  | { type: 'estimate'; quality: Quality; estimate: Estimate }
  | { type: 'invented'; tried: Tried | null }
  | { type: 'map-wanted' }
  | { type: 'map-progress'; fraction: number; remainingMs: number | undefined; at: number }
  | { type: 'map-made'; map: InventedMap; picture: Pixels | undefined }
  | { type: 'map-failed'; error: LoupeError }
  | { type: 'map-closed' }
);

export const MEASURING = Object.fromEntries(
  QUALITIES.map((quality) => [quality, { kind: 'measuring' }]),
) as Estimates;

/** Nothing is known of it yet. */
export function item({ layer, settings, auto }: Chosen): Item {
  return { layer, settings, auto, estimates: MEASURING, invented: undefined, map: undefined };
}

/** The layer whose own settings are shown: the only one, or the one opened. */
export function openItem({ items, open }: Pick<Ready, 'items' | 'open'>): Item | undefined {
  return items.length === 1 ? items[0] : items.find(({ layer }) => layer.layerId === open);
}

/** The parts that can be chosen: those that any of the layers has. */
export function partsOf(items: readonly Chosen[]): Part[] {
  const all: Part[] = ['layer', 'selection', 'mask'];
  return all.filter((part) => part === 'layer' || fit(items).some(({ layer }) => layer.parts.includes(part)));
}

/** The part that will be enhanced: a selection was made for something. */
export function partOf({ items, part }: Pick<Ready, 'items' | 'part'>): Part {
  const parts = partsOf(items);
  if (part && parts.includes(part)) return part;
  return parts.includes('selection') ? 'selection' : 'layer';
}

/**
 * Why a layer would be left out of the run; undefined if it would not. Of a mask it is known only that it cannot be
 * used: it may not be there, be switched off, be feathered or hide everything.
 */
export function leftOut({ layer }: Chosen, part: Part): LoupeError | 'mask' | undefined {
  if (layer.refusal) return layer.refusal;
  if (layer.parts.includes(part)) return undefined;
  return part === 'mask' ? 'mask' : new LoupeError('selection-outside', layer.name);
}

/** Those that would be enhanced. */
export function taken({ items, part }: Pick<Ready, 'items' | 'part'>): Item[] {
  const chosen = partOf({ items, part });
  return items.filter((each) => !leftOut(each, chosen));
}

/** How long all of them will take, in the qualities that are chosen. */
export function estimateOfAll(view: Pick<Ready, 'items' | 'part'>): Estimate {
  const times = taken(view).map(({ estimates, settings }) => estimates[settings.quality]);
  if (times.some(({ kind }) => kind === 'unknown')) return { kind: 'unknown' };
  const ms = times.reduce((sum, time) => sum + (time.kind === 'known' ? time.ms : NaN), 0);
  return Number.isNaN(ms) ? { kind: 'measuring' } : { kind: 'known', ms };
}

/** Those that can be enhanced at all. */
export function fit<T extends Chosen>(items: readonly T[]): T[] {
  return items.filter(({ layer }) => !layer.refusal);
}

export function reduceReady(view: Ready, action: ReadyAction, defaults: Defaults): Ready {
  switch (action.type) {
    case 'choose': {
      const { change, layerId } = action;
      const items = view.items.map((each) => {
        const mine = each.layer.layerId === layerId;
        const next = mine ? change : commonChange(change);
        return chosenAnew(each, changed(each, next, defaults));
      });
      return { ...view, items, cancelled: false };
    }
    case 'choose-part':
      return { ...view, part: action.part, cancelled: false };
    case 'mistyped':
      return view.mistyped === action.mistyped ? view : { ...view, mistyped: action.mistyped };
    case 'open':
      return { ...view, open: action.layerId };
    case 'use-last': {
      const items = view.items.map((each) => chosenAnew(each, usingLast(each, action.last)));
      return { ...view, items, cancelled: false, mistyped: false };
    }
    default: {
      const items = view.items.map((each) =>
        each.layer.layerId === action.layerId ? reduceItem(each, action, defaults) : each,
      );
      return { ...view, items };
    }
  }
}

/** All as it was set for the last run; what Auto has come to for the layer stands. */
function usingLast({ settings, auto }: Item, last: LayerSettings): Pick<Chosen, 'settings' | 'auto'> {
  if (last.model !== 'auto') return { settings: last, auto: undefined };
  return { settings: last, auto: settings.model === 'auto' ? auto : firstAuto(last, true) };
}

/** What of a change concerns every layer of the run. */
function commonChange(change: Partial<LayerSettings>): Partial<LayerSettings> {
  const { size, place, hideOriginal } = change;
  return {
    ...(size && { size }),
    ...(place && { place }),
    ...(hideOriginal !== undefined && { hideOriginal }),
  };
}

/** Whether a change concerns every layer of the run. */
export function isCommon(change: Partial<LayerSettings>): boolean {
  return Object.keys(commonChange(change)).length > 0;
}

function reduceItem(view: Item, action: ItemAction, defaults: Defaults): Item {
  switch (action.type) {
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
function chosenAnew(view: Item, next: Pick<Chosen, 'settings' | 'auto'>): Item {
  const otherModel = modelOf(view.settings, view.auto) !== modelOf(next.settings, next.auto);
  const otherQuality = view.settings.quality !== next.settings.quality;
  return {
    ...view,
    ...next,
    invented: otherModel ? undefined : view.invented,
    map: otherModel || otherQuality ? undefined : view.map,
  };
}

/** The settings of all layers, with what they have in common taken from the first that can be enhanced. */
export function inCommon<T extends Chosen>(items: readonly T[]): T[] {
  const first = fit(items)[0] ?? items[0];
  if (!first) return [];
  const common = commonOf(first.settings);
  return items.map((each) => ({ ...each, settings: { ...each.settings, ...common } }));
}
