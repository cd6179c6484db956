import type { Estimate } from '../ready.ts';
import { useTexts } from '../use-texts.ts';

/** How long it will take, before it begins. */
export function EstimateText({ estimate }: { estimate: Estimate }) {
  const texts = useTexts();
  const { measuring, known, unknown } = texts.estimate;
  return estimate.kind === 'known' ? known(estimate.ms) : estimate.kind === 'measuring' ? measuring : unknown;
}
