/** A clip that can be remastered: what is set for it, what is known of it, and how that changes. */
import type { Catalog, Quality } from '../../catalog.ts';
import type { ClipSettings, Codec, Placed } from '../../bridge/premiere-calls.ts';
import { LoupeError } from '../../errors.ts';
import { extensionOf } from '../../video/codecs.ts';
import type { ClipFacts, CodecReport, FramePicture } from '../../video/types.ts';
import type { EngineJob } from '../engine/protocol.ts';
import { jobOf as engineJobOf } from '../jobs.ts';
import type { OwnModel } from '../own-models.ts';
import { MEASURING, type Estimate, type Estimates } from '../ready.ts';
import { changed, modelOf, proposed, type Auto, type Defaults } from '../settings.ts';
import { isFileName, renderName } from './names.ts';
import { notesOf, type Note } from './notes.ts';
import {
  codecOf,
  footageOf,
  goalOf,
  planOf,
  type Clip,
  type Footage,
  type Goal,
  type Plan,
  type Sequence,
} from './plan.ts';

export interface ClipReady {
  readonly kind: 'ready';
  readonly clip: Clip;
  readonly sequence: Sequence;
  readonly facts: ClipFacts;
  /** A render that lies over the clip already, or is it. */
  readonly placed: Placed | null;
  readonly settings: ClipSettings;
  readonly auto: Auto | undefined;
  /** That highlights will be lost. */
  readonly confirmed: boolean;
  /** Where renders go unless a folder was chosen; undefined until the host has said. */
  readonly besideProject: string | null | undefined;
  /** The name as it was typed; undefined where Loupe gives it. */
  readonly typed: string | undefined;
  /** What the host says of a name. */
  readonly free: { readonly asked: string; readonly name: string | LoupeError } | undefined;
  /** What can be encoded at a size, or why that cannot be told. */
  readonly codecs:
    { readonly size: string; readonly reports: readonly CodecReport[] | LoupeError } | undefined;
  /** The clip's middle frame; null where it cannot be had. */
  readonly picture: FramePicture | null | undefined;
  /** For all frames. */
  readonly estimates: Estimates;
  /** What is being typed for the handles is no number that can be used. */
  readonly mistyped: boolean;
  /** The run before this was cancelled. */
  readonly cancelled: boolean;
}

export type ReadyAction =
  | { type: 'choose'; change: Partial<ClipSettings> }
  | { type: 'confirm'; confirmed: boolean }
  | { type: 'mistyped'; mistyped: boolean }
  | { type: 'typed-name'; name: string | undefined }
  | { type: 'free-name'; asked: string; name: string | LoupeError }
  | { type: 'beside-project'; folder: string | null }
  | { type: 'codecs'; size: string; reports: readonly CodecReport[] | LoupeError }
  | { type: 'picture'; path: string; picture: FramePicture | null }
  | { type: 'proposed'; proposal: Omit<Extract<Auto, { kind: 'proposed' }>, 'kind'> | undefined }
  | { type: 'estimating' }
  | { type: 'estimate'; quality: Quality; estimate: Estimate };

export function reduceReady(view: ClipReady, action: ReadyAction, defaults: Defaults): ClipReady {
  switch (action.type) {
    case 'choose':
      return { ...view, ...changed(view, action.change, defaults), cancelled: false };
    case 'confirm':
      return { ...view, confirmed: action.confirmed };
    case 'mistyped':
      return view.mistyped === action.mistyped ? view : { ...view, mistyped: action.mistyped };
    case 'typed-name':
      return { ...view, typed: action.name, cancelled: false };
    case 'free-name':
      return { ...view, free: { asked: action.asked, name: action.name } };
    case 'beside-project':
      return { ...view, besideProject: action.folder };
    case 'codecs':
      return { ...view, codecs: { size: action.size, reports: action.reports } };
    case 'picture':
      return action.path === view.clip.ref.path ? { ...view, picture: action.picture } : view;
    case 'proposed':
      return view.auto?.kind === 'proposing'
        ? { ...view, ...proposed(view.settings, view.auto, action.proposal, defaults) }
        : view;
    case 'estimating':
      return { ...view, estimates: MEASURING };
    case 'estimate':
      return { ...view, estimates: { ...view.estimates, [action.quality]: action.estimate } };
  }
}

/** All that follows from what is set. */
export interface Outline {
  readonly footage: Footage;
  readonly goal: Goal;
  /** What can be encoded at that size; undefined until it is known. */
  readonly codecs: readonly CodecReport[] | undefined;
  /** Why that cannot be told. */
  readonly codecProblem: LoupeError | undefined;
  /** The one that will be used. */
  readonly codec: CodecReport | undefined;
  /** Undefined until it is known what can be encoded, and where nothing can. */
  readonly plan: Plan | undefined;
  readonly notes: readonly Note[];
  /** The folder the render goes to; null where there is none, undefined until that is known. */
  readonly folder: string | null | undefined;
  /** What the render will be called. */
  readonly name: Name;
  /** Of the file, or of the single frames; undefined until it is known what will be made. */
  readonly extension: string | undefined;
  /** Bytes on the disk. */
  readonly disk: number | undefined;
}

export interface Name {
  /** What is asked of the host. */
  readonly base: string;
  readonly asked: string;
  /** What stands in the field. */
  readonly shown: string;
  readonly state: 'checking' | 'free' | 'taken' | 'unfit';
  /** Why the folder cannot be used. */
  readonly problem: LoupeError | undefined;
}

export function outlineOf(view: ClipReady): Outline {
  const { clip, facts, settings, sequence } = view;
  const footage = footageOf(facts, clip);
  const goal = goalOf(footage.square, settings.target, sequence);
  const answer = view.codecs?.size === sizeKey(goal) ? view.codecs.reports : undefined;
  const codecProblem = answer instanceof LoupeError ? answer : undefined;
  const codecs = answer instanceof LoupeError ? undefined : answer;
  const codec = codecs && codecOf(settings.codec, codecs);
  const plan = codec && planOf(facts, clip, settings, goal, codec);
  const folder = settings.folder ?? view.besideProject;
  return {
    footage,
    goal,
    codecs,
    codecProblem,
    codec,
    plan,
    notes: notesOf({ facts, clip, job: plan?.job }),
    folder,
    name: nameOf(view, goal, folder, codec?.codec ?? settings.codec),
    extension: codec && `.${extensionOf(codec.codec)}`,
    disk: plan && codec.frameBytes * plan.frames,
  };
}

export function sizeKey({ width, height }: { readonly width: number; readonly height: number }): string {
  return `${String(width)}x${String(height)}`;
}

function nameOf(view: ClipReady, goal: Goal, folder: string | null | undefined, codec: Codec): Name {
  const { clip, settings, auto, typed, free } = view;
  const base = typed ?? renderName(clip.name, settings.target, goal, modelOf(settings, auto));
  const asked = [folder, base, extensionOf(codec)].join('\n');
  const answer = free?.asked === asked ? free.name : undefined;
  const found = typeof answer === 'string' ? answer : undefined;
  const state = !isFileName(base)
    ? 'unfit'
    : found === undefined
      ? 'checking'
      : typed !== undefined && found !== typed
        ? 'taken'
        : 'free';
  const problem = typeof answer === 'object' ? answer : undefined;
  return { base, asked, shown: typed ?? found ?? base, state, problem };
}

/** What the engine is to do with every frame; undefined while nobody knows. */
export function engineJob(
  { settings, auto }: Pick<ClipReady, 'settings' | 'auto'>,
  target: EngineJob['target'],
  catalog: Catalog,
  own: readonly OwnModel[],
  quality: Quality = settings.quality,
): EngineJob | undefined {
  if (auto?.kind === 'proposing') return undefined;
  const job = engineJobOf(catalog, own, { settings, auto }, target, quality);
  if (!job) return undefined;
  // Faces move: where they lie in one frame says nothing of the others.
  const { blend, noise, sharpness } = job;
  return { blend, target, noise, sharpness };
}
