import type { Region } from '../session.ts';
import type { Pixels } from '../pixels.ts';
import type { Target } from '../target.ts';
import type { Result } from '../state.ts';
import { texts, type MadeWith } from '../texts.ts';
import { Outcome } from './outcome.tsx';
import { SplitView } from './split-view.tsx';

interface Props {
  target: Target;
  result: Result;
  made: MadeWith;
  region: (region: Region) => Promise<Pixels>;
  onAnother: () => void;
}

/** What was made, on what and how fast, and the two pictures side by side. */
export function Done({ target, result, made, region, onAnother }: Props) {
  const { layer, ms, backend, device, fellBack } = result;
  return (
    <Outcome follows>
      <div role="status" className="created">
        <p data-testid="message">{texts.done.created(layer.name)}</p>
        <ul className="fact-line">
          {texts.done.facts(layer, ms, made, texts.backend.name(backend, device)).map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
        {fellBack && <p className="note">{texts.done.fellBack}</p>}
      </div>
      <SplitView documentId={target.documentId} before={target.layerId} after={layer} region={region} />
      <sp-button variant="secondary" treatment="outline" size="m" className="wide" onClick={onAnother}>
        {texts.actions.another}
      </sp-button>
    </Outcome>
  );
}
