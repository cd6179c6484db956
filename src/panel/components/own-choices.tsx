import type { ReactNode } from 'react';
import type { Catalog } from '../../catalog.ts';
import type { LayerSettings } from '../../bridge/protocol.ts';
import { hasEnds, qualitiesOf } from '../jobs.ts';
import type { OwnModels } from '../own-models.ts';
import type { Chosen, Item } from '../ready.ts';
import type { Session } from '../session.ts';
import { defaultsOf, isOwn, modelOf, type Defaults } from '../settings.ts';
import { useTexts } from '../use-texts.ts';
import { Control } from './control.tsx';
import { Invented } from './invented.tsx';
import { ModelChoice } from './model-choice.tsx';
import { More } from './more.tsx';
import { QualityChoice } from './quality-choice.tsx';

interface Props {
  catalog: Catalog;
  defaults: Defaults;
  chosen: Chosen;
  /** What is known of the layer while it is ready; undefined when nothing can be chosen. */
  ready: Item | undefined;
  own: OwnModels;
  session: Session;
  /** What stands between the quality and Detail. */
  children?: ReactNode;
}

/** What is set for a layer alone. */
export function OwnChoices({ catalog, defaults, chosen, ready, own, session, children }: Props) {
  const texts = useTexts();
  const { settings, auto } = chosen;
  const { quality, detail, noise, sharpness } = settings;
  const model = modelOf(settings, auto);
  const standard = defaultsOf(defaults, model);
  const disabled = !ready;
  const choose = (name: keyof LayerSettings) => (value: LayerSettings[typeof name]) =>
    session.choose({ [name]: value });
  const moved = noise !== standard.noise || sharpness !== standard.sharpness;
  const ends = hasEnds(catalog, model, quality);
  return (
    <>
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
      {children}
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
    </>
  );
}
