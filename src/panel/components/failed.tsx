import type { LoupeError } from '../../errors.ts';
import { useTexts } from '../use-texts.ts';
import { Outcome } from './outcome.tsx';

/** What went wrong and what to do about it, in the error's own words. */
export function Failed({ error, onTryAgain }: { error: LoupeError; onTryAgain: () => void }) {
  const texts = useTexts();
  return (
    <Outcome follows>
      <div role="alert" className="alert">
        <h2>{texts.failed.heading}</h2>
        <p data-testid="message">{texts.errors[error.code](error.detail)}</p>
      </div>
      <sp-button variant="primary" treatment="outline" size="l" className="wide" onClick={onTryAgain}>
        {texts.actions.tryAgain}
      </sp-button>
    </Outcome>
  );
}
