import { useId } from 'react';
import { Place, type LayerSettings } from '../../bridge/protocol.ts';
import { useTexts } from '../use-texts.ts';

interface Props {
  settings: LayerSettings;
  /** Whether the original may be hidden: a part of it shows the rest of it. */
  wholeLayer: boolean;
  disabled: boolean;
  onChoose: (change: Pick<LayerSettings, 'place'> | Pick<LayerSettings, 'hideOriginal'>) => void;
}

/** Where the result goes, and what becomes of the original. */
export function PlaceChoice({ settings, wholeLayer, disabled, onChoose }: Props) {
  const { place: words } = useTexts();
  const id = useId();
  const { place, hideOriginal } = settings;
  const change = ({ currentTarget }: Event): void => {
    const { selected } = currentTarget as HTMLElement & { selected: string };
    const chosen = Place.options.find((each) => each === selected);
    if (chosen) onChoose({ place: chosen });
  };
  const hides = place === 'document' || (place === 'smart-object' && wholeLayer);
  return (
    <div className="choice">
      <sp-field-label aria-hidden="true">{words.label}</sp-field-label>
      <sp-radio-group
        // Made anew: Spectrum's group forgets its place for the Tab key while its buttons are disabled.
        key={String(disabled)}
        className="models places"
        label={words.label}
        selected={place}
        horizontal
        data-testid="place-choice"
        onchange={change}
      >
        {Place.options.map((each) => (
          <sp-radio
            key={each}
            value={each}
            emphasized
            disabled={disabled}
            data-testid={`place-${each}`}
            aria-label={words.names[each]}
            aria-describedby={each === place ? id : undefined}
          >
            {words.names[each]}
          </sp-radio>
        ))}
      </sp-radio-group>
      <p className="hint" id={id} data-testid="place-words">
        {words.words[place]}
      </p>
      {hides && (
        <sp-checkbox
          size="m"
          emphasized
          className="hide-original"
          checked={hideOriginal}
          disabled={disabled}
          data-testid="hide-original"
          onchange={({ currentTarget }) =>
            onChoose({ hideOriginal: (currentTarget as HTMLElement & { checked: boolean }).checked })
          }
        >
          {words.hideOriginal}
        </sp-checkbox>
      )}
    </div>
  );
}
