import { progressOf } from '../../clip/order.ts';
import type { ClipView } from '../../clip/view.ts';
import { percentOf } from '../../numbers.ts';
import { useTexts } from '../../use-texts.ts';

interface Props {
  view: Extract<ClipView, { kind: 'unfinished' }>;
  onGoOn: () => void;
  onDiscard: () => void;
}

/** A remaster of the selected clip that was not finished: it goes on from there, or is given up. */
export function ClipUnfinished({ view, onGoOn, onDiscard }: Props) {
  const texts = useTexts();
  const { unfinished: words } = texts.clip;
  const { unfinished, problem, resuming } = view;
  const over = problem?.code === 'render-other' || problem?.code === 'render-gone';
  const { done, frames } = progressOf(unfinished);
  return (
    <section className="unfinished" aria-labelledby="unfinished">
      <h1 id="unfinished">{words.heading}</h1>
      <p role="status" data-testid="unfinished-words">
        {words.words(unfinished.clipName, done, frames)}
      </p>
      <sp-progress-bar
        className="bar"
        size="m"
        progress={percentOf(frames > 0 ? done / frames : 0)}
        aria-label={texts.run.progress}
      ></sp-progress-bar>
      <p className="hint">
        {words.lies} <span className="path">{unfinished.folder}</span>
      </p>
      {problem && (
        <p className="reason" role="alert" data-testid="message">
          {texts.errors[problem.code](problem.detail)}
        </p>
      )}
      <sp-button
        variant="accent"
        size="l"
        className="wide"
        disabled={over || resuming}
        data-testid="go-on"
        onClick={onGoOn}
      >
        {resuming ? texts.clip.run.phases.preparing : texts.unfinished.goOn}
      </sp-button>
      <sp-button
        variant="secondary"
        treatment="outline"
        size="m"
        className="wide"
        disabled={resuming}
        data-testid="discard"
        onClick={onDiscard}
      >
        {texts.unfinished.discard}
      </sp-button>
    </section>
  );
}
