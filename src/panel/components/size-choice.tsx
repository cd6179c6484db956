import { useCallback, useId, useRef } from 'react';
import { FACTORS, PHOTOSHOP_SIDE, type Unit } from '../../size.ts';
import type { ShownDocument, ShownLayer } from '../layer.ts';
import { enlargedBy, factorsThatFit, saidAs, type Size } from '../sizes.ts';
import { useTexts } from '../use-texts.ts';
import type { LayerSettings } from '../../bridge/protocol.ts';
import { Buttons } from './buttons.tsx';
import { NumberField } from './number-field.tsx';
import { SizeWords } from './size-words.tsx';

interface Props {
  document: ShownDocument;
  /** Those that are enhanced. */
  layers: readonly ShownLayer[];
  settings: LayerSettings;
  /** What the least able of the models' networks multiply by. */
  network: number;
  unit: Unit;
  disabled: boolean;
  onChoose: (size: Size) => void;
  onMistyped: (mistyped: boolean) => void;
}

/** The longest print side that can be asked for, in either unit, and the finest resolution. */
const MOST_LENGTH = 10_000;
const MOST_PPI = 10_000;

/** How large: by a factor, in pixels or in print; and what comes out. */
export function SizeChoice(props: Props) {
  const { document, layers, settings, network, unit, disabled, onChoose, onMistyped } = props;
  const texts = useTexts();
  const id = useId();
  const { size, place } = settings;
  const fits = factorsThatFit(document, layers, place);
  const tooLarge = FACTORS.filter((factor) => !fits.includes(factor));
  const [layer] = layers;
  if (!layer) return null;
  const from = enlargedBy(document, layer, place);
  const as = { ppi: document.resolution, unit };
  const factors = FACTORS.map((factor) => ({
    value: String(factor),
    name: texts.size.factor(factor),
    disabled: !fits.includes(factor),
  }));
  const choose = (value: string): void => {
    const factor = FACTORS.find((each) => String(each) === value);
    if (factor) onChoose({ kind: 'factor', factor });
    else if (size.kind === 'factor') onChoose(saidAs('pixels', size, from, as));
  };
  return (
    <div className="choice">
      <sp-field-label aria-hidden="true">{texts.size.label}</sp-field-label>
      <Buttons
        className="factors"
        label={texts.size.label}
        choices={[...factors, { value: 'custom', name: texts.size.custom }]}
        chosen={size.kind === 'factor' ? String(size.factor) : 'custom'}
        disabled={disabled}
        testId={(value) => (value === 'custom' ? 'size-custom' : `scale-${value}`)}
        describedBy={tooLarge.length > 0 ? id : undefined}
        onChoose={choose}
      />
      {tooLarge.length > 0 && (
        <p className="hint" id={id}>
          {texts.size.tooLarge(tooLarge)}
        </p>
      )}
      {size.kind !== 'factor' && (
        <Custom
          size={size}
          disabled={disabled}
          onKind={(kind) => onChoose(saidAs(kind, size, from, as))}
          onChoose={onChoose}
          onMistyped={onMistyped}
        />
      )}
      <SizeWords document={document} layers={layers} settings={settings} network={network} unit={unit} />
    </div>
  );
}

interface CustomProps {
  size: Exclude<Size, { kind: 'factor' }>;
  disabled: boolean;
  onKind: (kind: 'pixels' | 'print') => void;
  onChoose: (size: Size) => void;
  onMistyped: (mistyped: boolean) => void;
}

/** The fields of an exact size. */
function Custom({ size, disabled, onKind, onChoose, onMistyped }: CustomProps) {
  const { size: words } = useTexts();
  /** The fields in which something stands that cannot be used. */
  const unusable = useRef(new Set<string>());
  const usable = useCallback(
    (field: string, is: boolean): void => {
      if (is) unusable.current.delete(field);
      else unusable.current.add(field);
      onMistyped(unusable.current.size > 0);
    },
    [onMistyped],
  );
  const pixelsUsable = useCallback((is: boolean) => usable('pixels', is), [usable]);
  const lengthUsable = useCallback((is: boolean) => usable('length', is), [usable]);
  const ppiUsable = useCallback((is: boolean) => usable('ppi', is), [usable]);
  const sides = (['width', 'height'] as const).map((value) => ({ value, name: words.sides[value] }));
  return (
    <div className="custom">
      <Buttons
        label={words.kindLabel}
        choices={(['pixels', 'print'] as const).map((value) => ({ value, name: words.kinds[value] }))}
        chosen={size.kind}
        disabled={disabled}
        testId={(value) => `size-${value}`}
        onChoose={onKind}
      />
      <Buttons
        label={words.sideLabel}
        choices={sides}
        chosen={size.side}
        disabled={disabled}
        testId={(value) => `side-${value}`}
        onChoose={(side) => onChoose({ ...size, side })}
      />
      {size.kind === 'pixels' ? (
        <div className="fields">
          <NumberField
            label={`${words.sides[size.side]}, ${words.px}`}
            value={size.pixels}
            least={1}
            most={PHOTOSHOP_SIDE}
            whole
            disabled={disabled}
            testId="field-pixels"
            onNumber={(pixels) => onChoose({ ...size, pixels })}
            onUsable={pixelsUsable}
          />
          <span aria-hidden="true">{words.px}</span>
        </div>
      ) : (
        <>
          <div className="fields">
            <NumberField
              label={`${words.sides[size.side]}, ${words.units[size.unit]}`}
              value={size.length}
              least={0.1}
              most={MOST_LENGTH}
              whole={false}
              disabled={disabled}
              testId="field-length"
              onNumber={(length) => onChoose({ ...size, length })}
              onUsable={lengthUsable}
            />
            <Buttons
              label={words.unitLabel}
              choices={(['cm', 'inch'] as const).map((value) => ({ value, name: words.units[value] }))}
              chosen={size.unit}
              disabled={disabled}
              testId={(value) => `unit-${value}`}
              onChoose={(unit) =>
                onChoose({ ...size, unit, length: converted(size.length, size.unit, unit) })
              }
            />
          </div>
          <div className="fields">
            <span aria-hidden="true">{words.at}</span>
            <NumberField
              label={words.fields.ppi}
              value={size.ppi}
              least={1}
              most={MOST_PPI}
              whole={false}
              disabled={disabled}
              testId="field-ppi"
              onNumber={(ppi) => onChoose({ ...size, ppi })}
              onUsable={ppiUsable}
            />
            <span aria-hidden="true">{words.ppi}</span>
          </div>
        </>
      )}
    </div>
  );
}

/** The same length in the other unit, to a hundredth. */
function converted(length: number, from: Unit, to: Unit): number {
  if (from === to) return length;
  const inches = from === 'cm' ? length / 2.54 : length;
  return Math.max(0.1, Math.round((to === 'cm' ? inches * 2.54 : inches) * 100) / 100);
}
