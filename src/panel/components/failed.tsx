import type { LoupeError } from '../../errors.ts';
import { texts } from '../texts.ts';
import { Outcome } from './outcome.tsx';

/** What went wrong and what to do about it, in the error's own words. */
export function Failed({ error, onTryAgain }: { error: LoupeError; onTryAgain: () => void }) {
  return (
    <Outcome follows>
      <div role="alert" className="alert">
        <h2>{texts.failed.heading}</h2>
        <p data-testid="message">{error.message}</p>
      </div>
      <sp-button variant="primary" treatment="outline" size="l" className="wide" onClick={onTryAgain}>
        {texts.actions.tryAgain}
      </sp-button>
    </Outcome>
  );
}
