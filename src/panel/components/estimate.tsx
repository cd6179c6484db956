import type { Estimate } from '../ready.ts';
import { texts } from '../texts.ts';

/** How long it will take, before it begins. */
export function EstimateText({ estimate }: { estimate: Estimate }) {
  const { measuring, known, unknown } = texts.estimate;
  return estimate.kind === 'known' ? known(estimate.ms) : estimate.kind === 'measuring' ? measuring : unknown;
}
