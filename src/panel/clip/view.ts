/** What the panel shows in Premiere, at any time one of these. */
import type { ClipRef, ClipReport, Placed, UnfinishedRender } from '../../bridge/premiere-calls.ts';
import type { LoupeError } from '../../errors.ts';
import type { Made, Order } from './order.ts';
import type { ClipReady } from './ready.ts';
import type { ClipRun } from './running.ts';

export type ClipView =
  /** Nothing is known yet, or nothing of the selected clip's file. */
  | { readonly kind: 'loading'; readonly report: ClipReport | undefined }
  | { readonly kind: 'empty'; readonly problem: LoupeError }
  | {
      readonly kind: 'refused';
      readonly problem: LoupeError;
      readonly ref: ClipRef | undefined;
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
      /** Whether it still can is being found out. */
      readonly resuming: boolean;
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
      /** It is about to go on. */
      readonly resuming: boolean;
      readonly beside: Beside;
    };

/** The clip that was selected when a run ended: null for none, undefined until the host has said. */
type Beside = ClipRef | null | undefined;

export interface PlacedAs {
  readonly trackName: string;
  readonly newTrack: boolean;
  readonly originalHidden: boolean;
}
