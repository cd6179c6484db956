import { useId } from 'react';
import type { Codec } from '../../../bridge/premiere-calls.ts';
import type { LoupeError } from '../../../errors.ts';
import { codecName } from '../../../video/codecs.ts';
import type { CodecReport } from '../../../video/types.ts';
import { isFrames } from '../../clip/plan.ts';
import { useTexts } from '../../use-texts.ts';

interface Props {
  wanted: Codec;
  /** What can be encoded here; undefined until it is known. */
  reports: readonly CodecReport[] | undefined;
  /** Why it cannot be known. */
  problem: LoupeError | undefined;
  used: CodecReport | undefined;
  /** Of the render. */
  bitDepth: number | undefined;
  onChoose: (codec: Codec) => void;
}

/** What the render is encoded as, of what can be encoded here. */
export function CodecChoice({ wanted, reports, problem, used, bitDepth, onChoose }: Props) {
  const { clip, errors } = useTexts();
  const { codec: words } = clip;
  const id = useId();
  const nameOf = (codec: Codec): string =>
    isFrames(codec) ? words.frames(codecName(codec)) : codecName(codec);
  const change = ({ currentTarget }: Event): void => {
    const { selected } = currentTarget as HTMLElement & { selected: string };
    const chosen = reports?.find(({ codec }) => codec === selected);
    if (chosen) onChoose(chosen.codec);
  };
  if (!reports || !used) {
    return (
      <div className="choice">
        <sp-field-label aria-hidden="true">{words.label}</sp-field-label>
        <p className={reports || problem ? 'reason hint' : 'hint'} role="status" data-testid="codec-words">
          {problem ? errors[problem.code](problem.detail) : reports ? words.none : words.looking}
        </p>
      </div>
    );
  }
  return (
    <div className="choice">
      <sp-field-label aria-hidden="true">{words.label}</sp-field-label>
      <sp-radio-group
        className="models places"
        label={words.label}
        selected={used.codec}
        horizontal
        data-testid="codec-choice"
        onchange={change}
      >
        {reports.map(({ codec }) => (
          <sp-radio
            key={codec}
            value={codec}
            emphasized
            data-testid={`codec-${codec}`}
            aria-label={nameOf(codec)}
            aria-describedby={codec === used.codec ? id : undefined}
          >
            {nameOf(codec)}
          </sp-radio>
        ))}
      </sp-radio-group>
      <p className="hint" id={id} data-testid="codec-words">
        {[
          ...(used.codec === wanted ? [] : [words.other(nameOf(wanted), nameOf(used.codec))]),
          words.words[used.codec],
          ...(bitDepth === undefined ? [] : [words.bits(bitDepth)]),
        ].join(' ')}
      </p>
    </div>
  );
}
