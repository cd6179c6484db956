import { percentOf } from '../numbers.ts';
import type { Run } from '../running.ts';
import { useTexts } from '../use-texts.ts';
import { Outcome } from './outcome.tsx';
import { Row, Rows } from './rows.tsx';

interface Props {
  run: Run;
  onCancel: () => void;
}

/** Several layers of a run, each with how far it is. */
export function RunRows({ run }: Pick<Props, 'run'>) {
  const texts = useTexts();
  return (
    <Rows>
      {run.rows.map(({ layerId, name, state }) => (
        <Row
          key={layerId}
          layerId={layerId}
          name={name}
          state={state}
          problem={state.kind === 'failed' ? texts.errors[state.error.code](state.error.detail) : undefined}
        />
      ))}
    </Rows>
  );
}

/** How far a run has come, what it does now, how long it still takes, and the way out of it. */
export function RunProgress({ run, onCancel }: Props) {
  const texts = useTexts();
  const percent = percentOf(run.fraction);
  const [first] = run.rows;
  const many = run.rows.length > 1;
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
      <div role="status">
        {run.askedAgain && (
          <p className="reason" data-testid="busy">
            {texts.errors['run-under-way']('')}
          </p>
        )}
      </div>
      <p className="quiet">{many ? texts.run.boundToSeveral : texts.run.bound(first?.name ?? '')}</p>
    </Outcome>
  );
}
