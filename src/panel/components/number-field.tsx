import { useEffect, useState, type KeyboardEvent } from 'react';
import { typedNumber } from '../sizes.ts';
import { useTexts } from '../use-texts.ts';

interface Props {
  label: string;
  value: number;
  least: number;
  most: number;
  whole: boolean;
  disabled: boolean;
  testId: string;
  /** Told at every keystroke that leaves a number that can be used. */
  onNumber: (value: number) => void;
  /** Told whether what stands there can be used. */
  onUsable: (usable: boolean) => void;
}

/**
 * A number that is typed, with a point or a comma, and checked as it is typed. Arrow keys count it up and down. Not
 * Spectrum's own number field: that one rounds and cuts what is typed only when it is left.
 */
export function NumberField({
  label,
  value,
  least,
  most,
  whole,
  disabled,
  testId,
  onNumber,
  onUsable,
}: Props) {
  const texts = useTexts();
  /** What is being typed; undefined when the value itself stands there. */
  const [draft, setDraft] = useState<string>();
  const usable = draft === undefined || usableIn(draft) !== undefined;

  function usableIn(text: string): number | undefined {
    const number = typedNumber(text);
    if (number === undefined || number < least || number > most) return undefined;
    return whole && !Number.isInteger(number) ? undefined : number;
  }
  // A field that goes away leaves nothing wrong behind.
  useEffect(() => () => onUsable(true), [onUsable]);

  const type = (text: string): void => {
    setDraft(text);
    const number = usableIn(text);
    onUsable(number !== undefined);
    if (number !== undefined) onNumber(number);
  };
  const count = (event: KeyboardEvent<HTMLElement>): void => {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!direction || disabled) return;
    event.preventDefault();
    const next = Math.round(value + direction * (event.shiftKey ? 10 : 1));
    setDraft(undefined);
    onUsable(true);
    onNumber(Math.min(most, Math.max(whole ? least : Math.max(1, least), next)));
  };
  return (
    <sp-textfield
      label={label}
      size="m"
      className="number"
      value={draft ?? typed(value, texts.numbers.rounded(0.5, 1))}
      invalid={!usable}
      disabled={disabled}
      data-testid={testId}
      oninput={({ currentTarget }) => type((currentTarget as HTMLElement & { value: string }).value)}
      onBlur={() => {
        if (usable) setDraft(undefined);
      }}
      onKeyDown={count}
    >
      {!usable && (
        <sp-help-text slot="negative-help-text" variant="negative" size="s" data-testid="field-problem">
          {whole ? texts.size.wholeBetween(least, most) : texts.size.between(least, most)}
        </sp-help-text>
      )}
    </sp-textfield>
  );
}

/** A number as it would be typed: with the decimal sign of the language, which `half` has, and no thousands apart. */
function typed(value: number, half: string): string {
  const rounded = Math.round(value * 100) / 100;
  return String(rounded).replace('.', half.charAt(1));
}
