import { RENDER, SOURCE, isShowable, type ClipSession } from '../../clip/session.ts';
import type { Made } from '../../clip/order.ts';
import type { ClipView } from '../../clip/view.ts';
import { useTexts } from '../../use-texts.ts';
import { Outcome } from '../outcome.tsx';
import { SplitView } from '../split-view.tsx';

interface Props {
  view: Extract<ClipView, { kind: 'done' }>;
  session: Pick<ClipSession, 'region' | 'undoRemaster' | 'another'>;
}

/** Where the render lies, what it is like, and the way to take it off again. */
export function ClipDone({ view, session }: Props) {
  const texts = useTexts();
  const { made, placed } = view;
  const { done: words } = texts.clip;
  const { job, ms, backend } = made;
  const facts = [
    ...words.facts(job.target, job.end - job.first, ms),
    ...(backend ? [texts.backend.name(backend.name, backend.device)] : []),
  ];
  return (
    <Outcome follows>
      <div role="status" className="created">
        <p data-testid="message">{words.placed(made.layName, placed.trackName)}</p>
        <ul className="fact-line">
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
        {placed.originalHidden && <p className="note">{words.hidden}</p>}
      </div>
      <RenderPath path={made.path} />
      {isShowable(made) && <Comparison made={made} region={session.region} />}
      <sp-button
        variant="secondary"
        treatment="outline"
        size="m"
        className="wide"
        data-testid="undo-remaster"
        onClick={session.undoRemaster}
      >
        {words.undo}
      </sp-button>
      <p className="hint">{words.undoWords}</p>
      <sp-button
        variant="secondary"
        treatment="outline"
        size="m"
        className="wide"
        data-testid="another"
        onClick={session.another}
      >
        {words.another}
      </sp-button>
    </Outcome>
  );
}

/** Where the file lies, to be copied. */
export function RenderPath({ path }: { path: string }) {
  const { clip } = useTexts();
  return (
    <p className="hint">
      {clip.done.where}{' '}
      <span className="path" data-testid="render-path">
        {path}
      </span>
    </p>
  );
}

/** The clip's middle frame, as it was and as it is. */
function Comparison({ made, region }: { made: Made; region: ClipSession['region'] }) {
  const { first, end, target } = made.job;
  const layerId = Math.floor((first + end) / 2);
  return (
    <SplitView
      key={made.render}
      before={{
        documentId: SOURCE,
        layerId,
        left: 0,
        top: 0,
        scale: target.width / made.square.width,
      }}
      after={{ documentId: RENDER, layerId, left: 0, top: 0, right: target.width, bottom: target.height }}
      region={region}
    />
  );
}
