import { percentOf } from '../numbers.ts';
import type { Run } from '../running.ts';
import { texts } from '../texts.ts';
import { Outcome } from './outcome.tsx';

interface Props {
  run: Run;
  /** The name of the layer the run is bound to. */
  name: string;
  onCancel: () => void;
}

/** How far a run has come, what it does now, how long it still takes, and the way out of it. */
export function RunProgress({ run, name, onCancel }: Props) {
  const percent = percentOf(run.fraction);
  return (
    <Outcome follows>
      <div className="progress-words">
        <span role="status">{run.cancelling ? texts.actions.cancelling : texts.run.phases[run.phase]}</span>
        <span className="numbers">{texts.run.percent(percent)}</span>
      </div>
      <sp-progress-bar
        className="bar"
        size="m"
        progress={percent}
        aria-label={texts.run.progress}
        data-testid="progress"
      ></sp-progress-bar>
      <p className="quiet left">{run.cancelling ? '' : texts.run.left(run.remaining)}</p>
      <sp-button
        variant="secondary"
        treatment="outline"
        size="l"
        className="wide"
        disabled={run.cancelling}
        data-testid="cancel"
        onClick={onCancel}
      >
        {texts.actions.cancel}
      </sp-button>
      <p className="quiet">{texts.run.bound(name)}</p>
    </Outcome>
  );
}
