import { useId } from 'react';
import { ClipTarget } from '../../../bridge/premiere-calls.ts';
import type { Dimensions } from '../../../size.ts';
import { goalOf, type Goal, type TargetProblem } from '../../clip/plan.ts';
import { useTexts } from '../../use-texts.ts';
import { Buttons } from '../buttons.tsx';

interface Props {
  target: ClipTarget;
  goal: Goal;
  square: Dimensions;
  sequence: Dimensions;
  onChoose: (target: ClipTarget) => void;
}

/** How large the render is to be, and the pixels that come of it. */
export function TargetChoice({ target, goal, square, sequence, onChoose }: Props) {
  const { clip } = useTexts();
  const { target: words } = clip;
  const id = useId();
  const problems = ClipTarget.options.map((value) => ({
    value,
    name: words.names[value],
    // The chosen one stays as it is, with the reason below.
    problem: value === target ? undefined : goalOf(square, value, sequence).problem,
  }));
  const out = (why: TargetProblem): string[] =>
    problems.filter(({ problem }) => problem === why).map(({ name }) => name);
  const choices = problems.map(({ problem, ...choice }) => ({ ...choice, disabled: problem !== undefined }));
  const [large, small] = [out('beyond'), out('smaller')];
  const same = goal.factor > 0.99 && goal.factor < 1.01;
  return (
    <div className="choice">
      <sp-field-label aria-hidden="true">{words.label}</sp-field-label>
      <Buttons
        className="factors targets"
        label={words.label}
        choices={choices}
        chosen={target}
        disabled={false}
        describedBy={id}
        testId={(value) => `target-${value}`}
        onChoose={onChoose}
      />
      <div className="size-words" role="status" id={id}>
        {goal.problem ? (
          <p className="reason hint" data-testid="target-problem">
            {words[goal.problem]}
          </p>
        ) : (
          <p className="hint" data-testid="target-words">
            {words.words(goal, goal.factor)}
          </p>
        )}
        {!goal.problem && same && <p className="hint">{words.cleaned}</p>}
        {large.length > 0 && <p className="hint">{words.tooLarge(large)}</p>}
        {small.length > 0 && <p className="hint">{words.tooSmall(small)}</p>}
      </div>
    </div>
  );
}
