import { progressOf } from '../../clip/run.ts';
import type { ClipView } from '../../clip/state.ts';
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
  const { unfinished, problem } = view;
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
        disabled={problem?.code === 'render-other'}
        data-testid="go-on"
        onClick={onGoOn}
      >
        {texts.unfinished.goOn}
      </sp-button>
      <sp-button
        variant="secondary"
        treatment="outline"
        size="m"
        className="wide"
        data-testid="discard"
        onClick={onDiscard}
      >
        {texts.unfinished.discard}
      </sp-button>
    </section>
  );
}
