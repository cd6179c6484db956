import { useId } from 'react';
import { MODELS, MODEL_LABELS, type ModelName } from '../../catalog.ts';
import { texts } from '../texts.ts';

interface Props {
  model: ModelName;
  disabled: boolean;
  onChoose: (model: ModelName) => void;
}

/** Which network, by what the picture shows. */
export function ModelChoice({ model, disabled, onChoose }: Props) {
  const id = useId();
  const change = ({ currentTarget }: Event): void => {
    const chosen = MODELS.find(
      (each) => each === (currentTarget as HTMLElement & { selected: string }).selected,
    );
    if (chosen) onChoose(chosen);
  };
  return (
    <div className="choice">
      <sp-field-label aria-hidden="true">{texts.model.label}</sp-field-label>
      <sp-radio-group
        className="models"
        label={texts.model.label}
        selected={model}
        vertical
        onchange={change}
      >
        {MODELS.map((each) => (
          <sp-radio
            key={each}
            value={each}
            emphasized
            disabled={disabled}
            data-testid={`model-${each}`}
            aria-label={MODEL_LABELS[each]}
            aria-describedby={`${id}${each}`}
          >
            <span className="model-label">{MODEL_LABELS[each]}</span>
            <span className="hint" id={`${id}${each}`}>
              {texts.model.hints[each]}
            </span>
          </sp-radio>
        ))}
      </sp-radio-group>
    </div>
  );
}
