import { useId } from 'react';
import { MODELS } from '../../catalog.ts';
import type { LayerSettings } from '../../bridge/protocol.ts';
import type { OwnModel } from '../own-models.ts';
import { fileOf, isOwn, type Auto } from '../settings.ts';
import { useTexts } from '../use-texts.ts';

type Choice = LayerSettings['model'];

interface Props {
  model: Choice;
  auto: Auto | undefined;
  own: readonly OwnModel[];
  /** What Auto has come to, and what it would do. */
  words: { readonly auto: (auto: Auto | undefined) => string; readonly autoIdle: string };
  disabled: boolean;
  onChoose: (model: Choice) => void;
}

/** A file as it is listed; `gone` is one that was chosen once and is not in the folder any more. */
type Listed = OwnModel | { readonly name: string; readonly kind: 'gone' };

/** Which network, by what the picture shows: proposed, or chosen, or the user's own. */
export function ModelChoice({ model, auto, own, words, disabled, onChoose }: Props) {
  const texts = useTexts();
  const id = useId();
  const listed: Listed[] =
    isOwn(model) && own.every(({ name }) => name !== fileOf(model))
      ? [...own, { name: fileOf(model), kind: 'gone' }]
      : [...own];
  const choices: Choice[] = ['auto', ...MODELS, ...listed.map(({ name }): Choice => `own:${name}`)];
  const why =
    model !== 'auto'
      ? isOwn(model)
        ? texts.model.own
        : texts.model.hints[model]
      : disabled && auto?.kind === 'proposing'
        ? words.autoIdle
        : words.auto(auto);
  const change = ({ currentTarget }: Event): void => {
    const { selected } = currentTarget as HTMLElement & { selected: string };
    const chosen = choices.find((each) => valueOf(each) === selected);
    if (chosen) onChoose(chosen);
  };
  return (
    <div className="choice">
      <sp-field-label aria-hidden="true">{texts.model.label}</sp-field-label>
      <sp-radio-group
        // Made anew: Spectrum's group forgets its place for the Tab key while its buttons are disabled.
        key={String(disabled)}
        className="models"
        label={texts.model.label}
        selected={valueOf(model)}
        horizontal
        data-testid="model-choice"
        onchange={change}
      >
        {(['auto', ...MODELS] as const).map((each) => (
          <sp-radio
            key={each}
            value={each}
            emphasized
            disabled={disabled}
            data-testid={`model-${each}`}
            aria-label={texts.model.names[each]}
            aria-describedby={each === model ? id : undefined}
          >
            {texts.model.names[each]}
          </sp-radio>
        ))}
        {listed.map((each, i) => (
          <sp-radio
            key={each.name}
            className="own"
            value={valueOf(`own:${each.name}`)}
            emphasized
            disabled={disabled || each.kind !== 'fit'}
            data-testid={`model-own:${each.name}`}
            aria-label={each.name}
            aria-describedby={each.kind === 'fit' ? undefined : `${id}${String(i)}`}
          >
            <span className="file">{each.name}</span>
            {each.kind !== 'fit' && (
              <span className="hint" id={`${id}${String(i)}`}>
                {each.kind === 'unfit'
                  ? texts.errors[each.error.code](each.error.detail)
                  : texts.own[each.kind]}
              </span>
            )}
          </sp-radio>
        ))}
      </sp-radio-group>
      <p className="hint" id={id} role={model === 'auto' ? 'status' : undefined} data-testid="model-why">
        {why}
      </p>
    </div>
  );
}

/** As Spectrum's group takes it, which puts it into a selector between quotes. */
function valueOf(choice: Choice): string {
  return choice.replaceAll('"', '_');
}
