import type { Part } from '../../bridge/protocol.ts';
import { useTexts } from '../use-texts.ts';
import { Buttons } from './buttons.tsx';

interface Props {
  parts: readonly Part[];
  part: Part;
  disabled: boolean;
  onChoose: (part: Part) => void;
}

/** What of the layer is enhanced, where there is a choice. */
export function PartChoice({ parts, part, disabled, onChoose }: Props) {
  const { part: words } = useTexts();
  if (parts.length < 2) return null;
  return (
    <div className="choice">
      <sp-field-label aria-hidden="true">{words.label}</sp-field-label>
      <Buttons
        label={words.label}
        choices={parts.map((value) => ({ value, name: words.names[value] }))}
        chosen={part}
        disabled={disabled}
        testId={(value) => `part-${value}`}
        onChoose={onChoose}
      />
      <p className="hint" role="status" data-testid="part-words">
        {words.words[part]}
      </p>
    </div>
  );
}
