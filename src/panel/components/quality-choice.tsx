import { useId } from 'react';
import { QUALITIES, type Quality } from '../../catalog.ts';
import type { Estimates } from '../ready.ts';
import { useTexts } from '../use-texts.ts';
import { EstimateText } from './estimate.tsx';

interface Props {
  quality: Quality;
  /** Those the model comes in. */
  available: readonly Quality[];
  /** What each takes on this machine; undefined when that does not matter any more. */
  estimates: Estimates | undefined;
  disabled: boolean;
  onChoose: (quality: Quality) => void;
}

/** Fast or best, with what each costs. */
export function QualityChoice({ quality, available, estimates, disabled, onChoose }: Props) {
  const texts = useTexts();
  const id = useId();
  const change = ({ currentTarget }: Event): void => {
    const [value] = (currentTarget as HTMLElement & { selected: string[] }).selected;
    const chosen = QUALITIES.find((each) => each === value);
    if (chosen) onChoose(chosen);
  };
  return (
    <div className="choice">
      <sp-field-label aria-hidden="true">{texts.quality.label}</sp-field-label>
      <sp-action-group
        // Made anew: Spectrum's group forgets its place for the Tab key while its buttons are disabled.
        key={String(disabled)}
        className="buttons"
        label={texts.quality.label}
        selects="single"
        selected={[quality]}
        emphasized
        justified
        data-testid="quality-choice"
        onchange={change}
      >
        {QUALITIES.map((each) => (
          <sp-action-button
            key={each}
            value={each}
            disabled={disabled || !available.includes(each)}
            aria-describedby={estimates ? id + each : undefined}
            data-testid={`quality-${each}`}
          >
            {texts.quality.names[each]}
          </sp-action-button>
        ))}
      </sp-action-group>
      {estimates && (
        <div className="times">
          {QUALITIES.map((each) => (
            <span key={each} className="hint" id={id + each} data-testid={`estimate-${each}`}>
              {available.includes(each) ? <EstimateText estimate={estimates[each]} /> : texts.estimate.none}
            </span>
          ))}
        </div>
      )}
    </div>
  );
}
