/** What is set for a clip: where the controls begin. */
import type { ClipReport, ClipSettings } from '../../bridge/premiere-calls.ts';
import type { Dimensions } from '../../size.ts';
import { firstSettings, type Defaults } from '../settings.ts';
import { goalOf } from './plan.ts';

/** Half a second or so, for a transition or a slip. */
const HANDLES = 12;
/** A sequence that is not larger than its clip by as much says nothing of how large the render should be. */
const WORTH_FITTING = 1.2;

/** What is remembered for the clip; else Auto, written as the last run was. */
export function firstClipSettings(
  { remembered, last, sequence }: Pick<ClipReport, 'remembered' | 'last' | 'sequence'>,
  square: Dimensions,
  defaults: Defaults,
): ClipSettings {
  if (remembered) return remembered;
  const { model, quality, detail, noise, sharpness } = firstSettings(defaults, null);
  const fits = sequence && goalOf(square, 'sequence', sequence).factor >= WORTH_FITTING;
  const { target, handles, codec, folder }: Pick<ClipSettings, 'target' | 'handles' | 'codec' | 'folder'> =
    last ?? { target: fits ? 'sequence' : '2x', handles: HANDLES, codec: 'prores', folder: null };
  return { model, quality, detail, noise, sharpness, target, handles, codec, folder };
}
