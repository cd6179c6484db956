import { useCallback } from 'react';
import { useTexts } from '../../use-texts.ts';
import { NumberField } from '../number-field.tsx';

/** More than that is another clip. */
const MOST = 1000;

interface Props {
  value: number;
  /** Those there are; undefined until that is known. */
  there: { readonly before: number; readonly after: number } | undefined;
  onChoose: (handles: number) => void;
  /** Told whether what is being typed cannot be used. */
  onUsable: (mistyped: boolean) => void;
}

/** Frames that are made beyond the in and out points, for transitions and slips. */
export function Handles({ value, there, onChoose, onUsable }: Props) {
  const { clip } = useTexts();
  const fewer = there && (there.before < value || there.after < value);
  const usable = useCallback((is: boolean) => onUsable(!is), [onUsable]);
  return (
    <div className="choice">
      <sp-field-label aria-hidden="true">{clip.handles.label}</sp-field-label>
      <div className="fields handles">
        <NumberField
          label={`${clip.handles.label}, ${clip.handles.unit}`}
          value={value}
          least={0}
          most={MOST}
          whole
          disabled={false}
          testId="handles"
          onNumber={onChoose}
          onUsable={usable}
        />
        <span aria-hidden="true">{clip.handles.unit}</span>
      </div>
      {fewer && (
        <p className="hint" role="status" data-testid="fewer-handles">
          {clip.handles.fewer(there.before, there.after)}
        </p>
      )}
    </div>
  );
}
