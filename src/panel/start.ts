/** What keeps a run from being started, of what is set in the panel. */
import type { LoupeError } from '../errors.ts';
import { jobOf } from './jobs.ts';
import { needsOf, type NeedsOptions } from './needs.ts';
import { ownModel, type OwnModels } from './own-models.ts';
import { taken, type Item, type Ready } from './ready.ts';
import { fileOf, isOwn, modelOf } from './settings.ts';
import { enlarged } from './sizes.ts';

export type Hindrance =
  /** Auto looks at a layer still, which passes by itself. */
  | { readonly kind: 'looking' }
  | { readonly kind: 'mistyped' }
  | { readonly kind: 'size'; readonly error: LoupeError }
  /** Bytes that it takes, and that there are. */
  | { readonly kind: 'memory'; readonly needed: number; readonly most: number }
  /** A model of the user's own is being tried, or cannot be run. */
  | { readonly kind: 'own'; readonly trying: boolean; readonly name: string };

/** Undefined when nothing does. */
export function whyNot(
  view: Ready,
  { own, ...machine }: Omit<NeedsOptions, 'own'> & { readonly own: OwnModels },
): Hindrance | undefined {
  if (view.mistyped) return { kind: 'mistyped' };
  const items = taken(view);
  for (const item of items) {
    const { problem, target } = enlarged(view.document, item.layer, item.settings);
    if (problem) return { kind: 'size', error: problem };
    if (item.auto?.kind !== 'proposing' && !jobOf(machine.catalog, own.models, item, target))
      return ownHindrance(item, own);
  }
  if (items.some(({ auto }) => auto?.kind === 'proposing')) return { kind: 'looking' };
  const { memory: needed } = needsOf(view, { ...machine, own: own.models });
  const most = machine.memory?.most;
  return needed !== undefined && most !== undefined && needed > most
    ? { kind: 'memory', needed, most }
    : undefined;
}

function ownHindrance({ settings, auto }: Item, { folder, models }: OwnModels): Hindrance {
  const model = modelOf(settings, auto);
  const name = isOwn(model) ? fileOf(model) : model;
  const found = isOwn(model) ? ownModel(models, model) : undefined;
  // Before the folder has been listed it may still turn up.
  return { kind: 'own', trying: folder === undefined || found?.kind === 'trying', name };
}
