import { useId } from 'react';
import type { Scale } from '../../engine/types.ts';
import { texts } from '../texts.ts';

const SCALES: readonly Scale[] = [2, 3, 4];

interface Props {
  scale: Scale;
  /** The largest that can be chosen. */
  largest: number;
  /** What sets that limit. */
  limit: 'document' | 'model';
  disabled: boolean;
  onChoose: (scale: Scale) => void;
}

/** How many times larger; what would not fit cannot be chosen, and why is said. */
export function ScaleChoice({ scale, largest, limit, disabled, onChoose }: Props) {
  const id = useId();
  const limited = largest >= 2 && largest < 4;
  const change = ({ currentTarget }: Event): void => {
    const [value] = (currentTarget as HTMLElement & { selected: string[] }).selected;
    const chosen = SCALES.find((each) => String(each) === value);
    if (chosen) onChoose(chosen);
  };
  return (
    <div className="choice beside">
      <sp-field-label aria-hidden="true">{texts.scale.label}</sp-field-label>
      <sp-action-group
        // Made anew: Spectrum's group forgets its place for the Tab key while its buttons are disabled.
        key={String(disabled)}
        className="buttons"
        label={texts.scale.label}
        selects="single"
        selected={[String(scale)]}
        emphasized
        justified
        aria-describedby={limited ? id : undefined}
        onchange={change}
      >
        {SCALES.map((each) => (
          <sp-action-button
            key={each}
            value={String(each)}
            disabled={disabled || each > largest}
            data-testid={`scale-${String(each)}`}
          >
            {texts.scale.name(each)}
          </sp-action-button>
        ))}
      </sp-action-group>
      {limited && (
        <p className="hint" id={id}>
          {limit === 'model' ? texts.scale.modelLimit(largest) : texts.scale.tooLarge(largest)}
        </p>
      )}
    </div>
  );
}
