interface Props<Value extends string> {
  label: string;
  choices: readonly { readonly value: Value; readonly name: string; readonly disabled?: boolean }[];
  chosen: Value | undefined;
  disabled: boolean;
  /** Each button's is this and its value. */
  testId: (value: Value) => string;
  className?: string;
  /** The id of what describes the group. */
  describedBy?: string | undefined;
  onChoose: (value: Value) => void;
}

/** A row of buttons of which one is pressed: to choose one of a few things with short names. */
export function Buttons<Value extends string>(props: Props<Value>) {
  const { label, choices, chosen, disabled, testId, className, describedBy, onChoose } = props;
  const change = ({ currentTarget }: Event): void => {
    const group = currentTarget as HTMLElement & { selected: string[] };
    const [selected] = group.selected;
    const next = choices.find(({ value }) => value === selected);
    if (next) onChoose(next.value);
  };
  return (
    <sp-action-group
      // Made anew: Spectrum's group forgets its place for the Tab key while its buttons are disabled.
      key={String(disabled)}
      className={className === undefined ? 'buttons' : `buttons ${className}`}
      label={label}
      selects="single"
      selected={chosen === undefined ? [] : [chosen]}
      emphasized
      justified
      aria-describedby={describedBy}
      onchange={change}
    >
      {choices.map(({ value, name, disabled: impossible }) => (
        <sp-action-button
          key={value}
          value={value}
          disabled={disabled || impossible === true}
          data-testid={testId(value)}
        >
          {name}
        </sp-action-button>
      ))}
    </sp-action-group>
  );
}
