import type { Catalog } from '../../catalog.ts';
import { hasEnds } from '../jobs.ts';
import type { Outcome as LayerOutcome } from '../run.ts';
import type { Session } from '../session.ts';
import { isOwn, modelOf } from '../settings.ts';
import type { View } from '../state.ts';
import type { MadeWith } from '../../texts/words.ts';
import { useTexts } from '../use-texts.ts';
import { Outcome } from './outcome.tsx';
import { Row, Rows } from './rows.tsx';
import { SplitView } from './split-view.tsx';

interface Props {
  view: Extract<View, { kind: 'done' }>;
  session: Session;
}

type Made = Extract<LayerOutcome, { kind: 'made' }>;

/** What was made of each layer, on what and how fast, and the two pictures side by side. */
export function Done({ view, session }: Props) {
  const texts = useTexts();
  const { outcomes, ms } = view.result;
  const made = outcomes.filter((each) => each.kind === 'made');
  const compared = made.find(({ layer }) => layer.layerId === view.compared) ?? made[0];
  const [only] = outcomes;
  const backend = ({ backend: used }: Made): string =>
    used ? texts.backend.name(used.name, used.device) : '';
  const facts = (each: Made): string[] =>
    texts.done.facts(each.made, ms, madeWith(each, session.catalog), backend(each)).filter(Boolean);
  return (
    <Outcome follows>
      {outcomes.length === 1 && only?.kind === 'made' ? (
        <div role="status" className="created">
          <p data-testid="message">{texts.done.created(only.made.name)}</p>
          <Facts facts={facts(only)} />
          {only.fellBack && <p className="note">{texts.done.fellBack}</p>}
        </div>
      ) : (
        <>
          <div role="status" className="created">
            <p data-testid="message">{texts.done.createdSeveral(made.length, outcomes.length)}</p>
            {compared && <Facts facts={facts(compared).slice(1, 2).concat(backend(compared))} />}
          </div>
          <Rows>
            {outcomes.map((each) => (
              <OutcomeRow
                key={each.layer.layerId}
                outcome={each}
                compared={each === compared}
                onCompare={session.compare}
              />
            ))}
          </Rows>
        </>
      )}
      {compared && <Comparison made={compared} region={session.region} />}
      <sp-button variant="secondary" treatment="outline" size="m" className="wide" onClick={session.another}>
        {texts.actions.another}
      </sp-button>
    </Outcome>
  );
}

function Facts({ facts }: { facts: readonly string[] }) {
  return (
    <ul className="fact-line">
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}

interface OutcomeRowProps {
  outcome: LayerOutcome;
  compared: boolean;
  onCompare: (layerId: number) => void;
}

function OutcomeRow({ outcome, compared, onCompare }: OutcomeRowProps) {
  const texts = useTexts();
  const { layerId, name } = outcome.layer;
  if (outcome.kind === 'failed') {
    const { error } = outcome;
    const problem = texts.errors[error.code](error.detail);
    return <Row layerId={layerId} name={name} state={{ kind: 'failed', error }} problem={problem} />;
  }
  const { made } = outcome;
  return (
    <Row layerId={layerId} name={made.name} state={{ kind: 'done' }} brief={texts.layer.sizeOnly(made)}>
      <sp-action-button
        size="s"
        className="row-compare"
        selected={compared}
        toggles
        // It is pressed while its layer is the one shown, not by itself.
        onchange={(event) => event.preventDefault()}
        label={texts.done.compareOf(made.name)}
        data-testid="compare"
        onClick={() => onCompare(layerId)}
      >
        {texts.done.compare}
      </sp-action-button>
    </Row>
  );
}

/** Before and after, where the two can be laid over each other. */
function Comparison({ made: outcome, region }: { made: Made; region: Session['region'] }) {
  const texts = useTexts();
  const { layer, made, settings } = outcome;
  const { bounds, documentId, layerId } = made;
  const after = { documentId, layerId, ...bounds };
  switch (settings.place) {
    case 'document': {
      // Photoshop has enlarged the original with the document, so that both lie in the same pixels.
      const before = { documentId, layerId: layer.layerId, left: bounds.left, top: bounds.top, scale: 1 };
      return <SplitView key={layerId} before={before} after={after} region={region} />;
    }
    case 'new-document': {
      // Only of the whole layer it is known here which of its pixels is which of the result's.
      if (outcome.part !== 'layer') return null;
      const scale = made.width / Math.max(1, layer.width);
      const before = {
        documentId: layer.documentId,
        layerId: layer.layerId,
        left: layer.left,
        top: layer.top,
        scale,
      };
      return <SplitView key={layerId} before={before} after={after} region={region} />;
    }
    case 'smart-object':
      return (
        <p className="note" data-testid="holds">
          {texts.done.holds(made)}
        </p>
      );
  }
}

function madeWith({ settings, auto }: Made, catalog: Catalog): MadeWith {
  const { quality, detail } = settings;
  const model = modelOf(settings, auto);
  if (isOwn(model)) return {};
  return hasEnds(catalog, model, quality) ? { quality, detail } : { quality };
}
