/** What keeps a remaster from being started, of what is set in the panel. */
import type { Catalog } from '../../catalog.ts';
import { LoupeError } from '../../errors.ts';
import type { BackendName } from '../../engine/types.ts';
import type { Memory } from '../needs.ts';
import { ownModel, type OwnModels } from '../own-models.ts';
import { fileOf, isOwn, modelOf } from '../settings.ts';
import type { TargetProblem } from './plan.ts';
import { engineJob, type ClipReady, type Outline } from './ready.ts';

export type Hindrance =
  /** Something is being found out, which passes by itself. */
  | { readonly kind: 'looking' }
  | { readonly kind: 'confirm' | 'mistyped' | 'name' | 'no-codec' }
  | { readonly kind: 'target'; readonly problem: TargetProblem }
  | { readonly kind: 'error'; readonly error: LoupeError }
  | { readonly kind: 'own'; readonly trying: boolean; readonly name: string }
  /** Bytes that it takes, and that there are. */
  | { readonly kind: 'memory'; readonly needed: number; readonly most: number };

export interface Machine {
  readonly catalog: Catalog;
  readonly own: OwnModels;
  readonly backend: BackendName;
  readonly memory: Memory | undefined;
}

/** Undefined when nothing does. */
export function whyNot(
  view: ClipReady,
  { goal, codecs, codecProblem, codec, plan, folder, name, footage }: Outline,
  { catalog, own, backend, memory }: Machine,
): Hindrance | undefined {
  const { facts, confirmed, mistyped } = view;
  if (facts.dynamicRange !== 'sdr' && !confirmed) return { kind: 'confirm' };
  if (mistyped) return { kind: 'mistyped' };
  if (goal.problem) return { kind: 'target', problem: goal.problem };
  if (codecProblem) return { kind: 'error', error: codecProblem };
  if (codecs && !codec) return { kind: 'no-codec' };
  if (plan?.frames === 0) return { kind: 'error', error: new LoupeError('clip-empty-range') };
  if (folder === null) return { kind: 'error', error: new LoupeError('folder-unset') };
  // Why stands with the name.
  if (name.state === 'unfit' || name.state === 'taken') return { kind: 'name' };
  if (name.problem) return { kind: 'error', error: name.problem };
  if (view.auto?.kind === 'proposing' || !plan) return { kind: 'looking' };
  const job = engineJob(view, plan.target, catalog, own.models);
  if (!job) return ownHindrance(view, own);
  if (name.state === 'checking') return { kind: 'looking' };
  const format = { ...footage.upright, channels: 3, depth: 32 } as const;
  const needed = memory?.needed(job, format, backend);
  return memory && needed !== undefined && needed > memory.most
    ? { kind: 'memory', needed, most: memory.most }
    : undefined;
}

function ownHindrance({ settings, auto }: ClipReady, { folder, models }: OwnModels): Hindrance {
  const model = modelOf(settings, auto);
  const found = isOwn(model) ? ownModel(models, model) : undefined;
  // Before the folder has been listed it may still turn up.
  return {
    kind: 'own',
    trying: folder === undefined || found?.kind === 'trying',
    name: isOwn(model) ? fileOf(model) : model,
  };
}
