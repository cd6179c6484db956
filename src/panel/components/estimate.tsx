import type { Estimate as EstimateState } from '../state.ts';
import { texts } from '../texts.ts';

/** How long it will take, before it begins. */
export function Estimate({ estimate }: { estimate: EstimateState }) {
  const { label, measuring, known, unknown } = texts.estimate;
  return (
    <>
      <dt>{label}</dt>
      <dd data-testid="estimate" className={estimate.kind === 'known' ? undefined : 'quiet'}>
        {estimate.kind === 'known' ? known(estimate.ms) : estimate.kind === 'measuring' ? measuring : unknown}
      </dd>
    </>
  );
}
