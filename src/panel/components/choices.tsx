import type { Catalog } from '../../catalog.ts';
import type { LayerSettings } from '../../bridge/protocol.ts';
import { hasEnds, largestScaleOf, qualitiesOf, scaleFor } from '../jobs.ts';
import type { OwnModels } from '../own-models.ts';
import type { Chosen, Ready } from '../ready.ts';
import type { Session } from '../session.ts';
import { defaultsOf, isOwn, modelOf, type Defaults } from '../settings.ts';
import { texts } from '../texts.ts';
import { Control } from './control.tsx';
import { Invented } from './invented.tsx';
import { ModelChoice } from './model-choice.tsx';
import { More } from './more.tsx';
import { OwnFolder } from './own-folder.tsx';
import { QualityChoice } from './quality-choice.tsx';
import { ScaleChoice } from './scale-choice.tsx';

interface Props {
  catalog: Catalog;
  defaults: Defaults;
  chosen: Chosen;
  /** What is known of the layer while it is ready; undefined when nothing can be chosen. */
  ready: Ready | undefined;
  own: OwnModels;
  session: Session;
}

/** Everything that is set for a layer. */
export function Choices({ catalog, defaults, chosen, ready, own, session }: Props) {
  const { settings, auto, target } = chosen;
  const { quality, detail, noise, sharpness } = settings;
  const model = modelOf(settings, auto);
  const standard = defaultsOf(defaults, model);
  const disabled = !ready;
  const choose = (name: keyof LayerSettings) => (value: LayerSettings[typeof name]) =>
    session.choose({ [name]: value });
  const moved = noise !== standard.noise || sharpness !== standard.sharpness;
  const modelLargest = largestScaleOf(model, own.models);
  const ends = hasEnds(catalog, model, quality);
  return (
    <section className="choices">
      <ModelChoice
        model={settings.model}
        auto={auto}
        own={own.models}
        disabled={disabled}
        onChoose={choose('model')}
      />
      {!isOwn(model) && (
        <QualityChoice
          quality={quality}
          available={qualitiesOf(catalog, model)}
          estimates={ready?.estimates}
          disabled={disabled}
          onChoose={choose('quality')}
        />
      )}
      <ScaleChoice
        scale={scaleFor(settings, own.models)}
        largest={Math.min(target.largestScale, modelLargest)}
        limit={modelLargest < target.largestScale ? 'model' : 'document'}
        disabled={disabled}
        onChoose={choose('scale')}
      />
      {ends ? (
        <Control
          name="detail"
          value={detail}
          standard={standard.detail}
          disabled={disabled}
          onChange={choose('detail')}
        />
      ) : (
        <p className="hint" data-testid="no-detail">
          {isOwn(model) ? texts.controls.noDetail.own : texts.controls.noDetail.one}
        </p>
      )}
      {ends && ready && ready.auto?.kind !== 'proposing' && (
        <Invented
          detail={detail}
          tried={ready.invented}
          map={ready.map}
          onShow={session.showInvented}
          onHide={session.hideInvented}
        />
      )}
      <More
        label={texts.controls.more}
        brief={moved ? texts.controls.moved(noise, sharpness) : undefined}
        testId="more"
      >
        <Control
          name="noise"
          value={noise}
          standard={standard.noise}
          disabled={disabled}
          onChange={choose('noise')}
        />
        <Control
          name="sharpness"
          value={sharpness}
          standard={standard.sharpness}
          disabled={disabled}
          onChange={choose('sharpness')}
        />
      </More>
      {ready && (
        <OwnFolder own={own} onShow={session.showModelsFolder} onLookAgain={session.lookForOwnModels} />
      )}
    </section>
  );
}
