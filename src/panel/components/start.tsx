import { useId } from 'react';
import { LoupeError } from '../../errors.ts';
import { texts } from '../texts.ts';
import { Outcome } from './outcome.tsx';

interface Props {
  /** Why this layer cannot be enhanced; null when it can. */
  problem: LoupeError | null;
  /** The run before this was cancelled. */
  cancelled: boolean;
  onEnhance: () => void;
}

/** The button that starts it all, and why it cannot be pressed. */
export function Start({ problem, cancelled, onEnhance }: Props) {
  const id = useId();
  const message = problem ?? (cancelled ? new LoupeError('cancelled') : undefined);
  return (
    <Outcome follows={cancelled}>
      <sp-button
        variant="accent"
        size="l"
        className="wide"
        disabled={problem !== null}
        aria-describedby={problem ? id : undefined}
        data-testid="enhance"
        onClick={onEnhance}
      >
        {texts.actions.enhance}
      </sp-button>
      <div role="status">
        {message && (
          <p className={problem ? 'reason' : 'quiet'} id={id} data-testid="message">
            {message.message}
          </p>
        )}
      </div>
    </Outcome>
  );
}
