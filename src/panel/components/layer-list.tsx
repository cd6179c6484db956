import type { Catalog } from '../../catalog.ts';
import { hasEnds } from '../jobs.ts';
import type { OwnModels } from '../own-models.ts';
import { leftOut, partOf, taken, type Item, type Ready } from '../ready.ts';
import type { Session } from '../session.ts';
import { fileOf, isOwn, modelOf, type Defaults } from '../settings.ts';
import { enlarged } from '../sizes.ts';
import { useTexts } from '../use-texts.ts';
import { LayerChoices } from './layer-choices.tsx';
import { Row, Rows } from './rows.tsx';

interface Props {
  view: Ready;
  catalog: Catalog;
  defaults: Defaults;
  own: OwnModels;
  session: Session;
}

/** Several selected layers: a row each, of which one at a time opens to what is set for it alone. */
export function LayerList({ view, catalog, defaults, own, session }: Props) {
  const texts = useTexts();
  const part = partOf(view);
  const count = taken(view).length;
  const briefOf = ({ layer, settings, auto }: Item): string => {
    const model = modelOf(settings, auto);
    const name = isOwn(model) ? fileOf(model) : texts.model.names[model];
    const { width, height } = enlarged(view.document, layer, settings).target;
    const detail = hasEnds(catalog, model, settings.quality) ? settings.detail : undefined;
    const quality = isOwn(model) ? undefined : texts.quality.names[settings.quality];
    const made =
      auto?.kind === 'proposing' ? texts.model.auto(auto) : texts.rows.brief(name, quality, detail);
    return `${made} · ${texts.layer.sizeAfter({ width, height })}`;
  };
  return (
    <section className="layer-list">
      <h1 className="name-line">{texts.rows.count(view.items.length)}</h1>
      {count < view.items.length && (
        <p className="hint" role="status">
          {texts.rows.taken(count, view.items.length)}
        </p>
      )}
      <Rows>
        {view.items.map((item) => {
          const { layerId, name } = item.layer;
          const problem = leftOut(item, part);
          const open = view.open === layerId;
          return (
            <Row
              key={layerId}
              layerId={layerId}
              name={name}
              brief={problem ? undefined : briefOf(item)}
              problem={
                problem === 'mask'
                  ? texts.rows.noMask(name)
                  : problem && texts.errors[problem.code](problem.detail)
              }
            >
              {!problem && (
                <sp-action-button
                  size="s"
                  quiet
                  className="row-open"
                  label={texts.rows.open(name)}
                  aria-expanded={open}
                  data-testid="row-open"
                  onClick={() => session.open(open ? undefined : layerId)}
                >
                  <span className={open ? 'chevron open' : 'chevron'} slot="icon" aria-hidden="true" />
                </sp-action-button>
              )}
              {!problem && open && (
                <div className="row-own">
                  <LayerChoices session={session} defaults={defaults} own={own} chosen={item} ready={item} />
                </div>
              )}
            </Row>
          );
        })}
      </Rows>
    </section>
  );
}
