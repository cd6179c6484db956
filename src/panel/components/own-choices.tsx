import type { ReactNode } from 'react';
import type { Catalog } from '../../catalog.ts';
import { hasEnds, qualitiesOf } from '../jobs.ts';
import type { OwnModels } from '../own-models.ts';
import type { Estimates } from '../ready.ts';
import { defaultsOf, isOwn, modelOf, type Auto, type Defaults, type ModelSettings } from '../settings.ts';
import { useTexts } from '../use-texts.ts';
import { Control } from './control.tsx';
import { ModelChoice } from './model-choice.tsx';
import { More } from './more.tsx';
import { QualityChoice } from './quality-choice.tsx';

interface Props {
  catalog: Catalog;
  defaults: Defaults;
  chosen: { readonly settings: ModelSettings; readonly auto: Auto | undefined };
  /** What each quality takes; undefined when nothing can be chosen. */
  estimates: Estimates | undefined;
  own: OwnModels;
  /** What Auto has come to, and what it would do. */
  words: { readonly auto: (auto: Auto | undefined) => string; readonly autoIdle: string };
  onChoose: (change: Partial<ModelSettings>) => void;
  /** What stands below Detail, where a model has one. */
  invented?: ReactNode;
  /** What stands between the quality and Detail. */
  children?: ReactNode;
}

/** What is set of the model, for a layer alone or for a clip. */
export function OwnChoices(props: Props) {
  const { catalog, defaults, chosen, estimates, own, words, onChoose, invented, children } = props;
  const texts = useTexts();
  const { settings, auto } = chosen;
  const { quality, detail, noise, sharpness } = settings;
  const model = modelOf(settings, auto);
  const standard = defaultsOf(defaults, model);
  const disabled = !estimates;
  const choose = (name: keyof ModelSettings) => (value: ModelSettings[typeof name]) =>
    onChoose({ [name]: value });
  const moved = noise !== standard.noise || sharpness !== standard.sharpness;
  const ends = hasEnds(catalog, model, quality);
  return (
    <>
      <ModelChoice
        model={settings.model}
        auto={auto}
        own={own.models}
        words={words}
        disabled={disabled}
        onChoose={choose('model')}
      />
      {!isOwn(model) && (
        <QualityChoice
          quality={quality}
          available={qualitiesOf(catalog, model)}
          estimates={estimates}
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
      {ends && auto?.kind !== 'proposing' && invented}
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
