import { useTexts } from '../use-texts.ts';

interface Props {
  name: 'detail' | 'noise' | 'sharpness';
  /** 0..100 */
  value: number;
  /** Where a double click or Escape takes it. */
  standard: number;
  disabled: boolean;
  /** Told when the slider is let go of, and at every step by the keyboard. */
  onChange: (value: number) => void;
}

/** A slider from 0 to 100 with a word at either end. */
export function Control({ name, value, standard, disabled, onChange }: Props) {
  const texts = useTexts();
  const { label, low, high } = texts.controls[name];
  const change = ({ currentTarget }: Event): void => {
    const slider = currentTarget as HTMLElement & { value: number };
    const next = Math.round(slider.value);
    // Spectrum's slider still moves by the keyboard when it is disabled.
    if (disabled) slider.value = value;
    else if (next !== value) onChange(next);
  };
  return (
    <div className="control">
      <sp-slider
        label={label}
        size="m"
        min={0}
        max={100}
        step={1}
        value={value}
        defaultValue={standard}
        disabled={disabled}
        data-testid={name}
        onchange={change}
      ></sp-slider>
      <div className="ends hint">
        <span>{low}</span>
        <span>{high}</span>
      </div>
    </div>
  );
}
