import type { Unfinished as UnfinishedRun } from '../../bridge/protocol.ts';
import { percentOf } from '../numbers.ts';
import { storedShare } from '../unfinished.ts';
import { useTexts } from '../use-texts.ts';

interface Props {
  unfinished: UnfinishedRun;
  onGoOn: () => void;
  onDiscard: () => void;
}

/** A run that the panel did not live to end: it goes on from there, or is given up. */
export function Unfinished({ unfinished, onGoOn, onDiscard }: Props) {
  const { unfinished: words, run } = useTexts();
  const percent = percentOf(storedShare(unfinished));
  const names = unfinished.jobs.map(({ layerName }) => layerName);
  return (
    <section className="unfinished" aria-labelledby="unfinished">
      <h1 id="unfinished">{words.heading}</h1>
      <p role="status" data-testid="unfinished-words">
        {words.words(names, percent)}
      </p>
      <sp-progress-bar
        className="bar"
        size="m"
        progress={percent}
        aria-label={run.progress}
      ></sp-progress-bar>
      <sp-button variant="accent" size="l" className="wide" data-testid="go-on" onClick={onGoOn}>
        {words.goOn}
      </sp-button>
      <sp-button
        variant="secondary"
        treatment="outline"
        size="m"
        className="wide"
        data-testid="discard"
        onClick={onDiscard}
      >
        {words.discard}
      </sp-button>
    </section>
  );
}
