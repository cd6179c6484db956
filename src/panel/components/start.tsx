import { useId } from 'react';
import { Outcome } from './outcome.tsx';

interface Props {
  /** Why it cannot be started; undefined when it can. */
  problem: string | undefined;
  /** It cannot be started just yet, which passes by itself. */
  waiting?: boolean;
  /** What it will take. */
  needs?: string | undefined;
  /** What came of the run before this. */
  message?: string | undefined;
  /** What is written on it. */
  label: string;
  testId: string;
  onStart: () => void;
}

/** The button that starts it all, and why it cannot be pressed. */
export function Start({ problem, waiting = false, needs, message, label, testId, onStart }: Props) {
  const id = useId();
  const words = problem ?? message;
  return (
    <Outcome follows={message !== undefined}>
      <sp-button
        variant="accent"
        size="l"
        className="wide"
        disabled={problem !== undefined || waiting}
        aria-describedby={problem === undefined ? undefined : id}
        data-testid={testId}
        onClick={onStart}
      >
        {label}
      </sp-button>
      {needs !== undefined && (
        <p className="hint" data-testid="needs">
          {needs}
        </p>
      )}
      <div role="status">
        {words !== undefined && (
          <p className={problem === undefined ? 'quiet' : 'reason'} id={id} data-testid="message">
            {words}
          </p>
        )}
      </div>
    </Outcome>
  );
}
