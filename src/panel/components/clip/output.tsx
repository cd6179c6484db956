import type { Name } from '../../clip/ready.ts';
import { useTexts } from '../../use-texts.ts';

interface Props {
  /** Null where there is none, undefined until that is known. */
  folder: string | null | undefined;
  name: Name;
  /** Whether the name is the user's. */
  typed: boolean;
  /** With its dot; undefined until it is known what will be made. */
  extension: string | undefined;
  onChooseFolder: () => void;
  onName: (name: string | undefined) => void;
}

/** Where the render goes, and what it is called. */
export function Output({ folder, name, typed, extension, onChooseFolder, onName }: Props) {
  const texts = useTexts();
  const { output: words } = texts.clip;
  const problem =
    name.state === 'unfit'
      ? words.unfit
      : name.state === 'taken'
        ? texts.errors['render-exists'](name.base)
        : undefined;
  return (
    <div className="choice output" role="group" aria-label={words.label}>
      <sp-field-label aria-hidden="true">{words.folder}</sp-field-label>
      <div className="folder">
        <p className={folder === null ? 'reason hint' : 'path hint'} data-testid="folder">
          {folder === null ? words.unset : folder}
        </p>
        <sp-action-button
          size="s"
          label={`${words.folder}: ${words.choose}`}
          data-testid="choose-folder"
          onClick={onChooseFolder}
        >
          {words.choose}
        </sp-action-button>
      </div>
      <sp-field-label aria-hidden="true">{words.name}</sp-field-label>
      <div className="fields render-name">
        <sp-textfield
          label={words.name}
          size="m"
          className="number"
          value={name.shown}
          invalid={problem !== undefined}
          data-testid="render-name"
          oninput={({ currentTarget }) => onName((currentTarget as HTMLElement & { value: string }).value)}
        >
          {problem !== undefined && (
            <sp-help-text slot="negative-help-text" variant="negative" size="s" data-testid="name-problem">
              {problem}
            </sp-help-text>
          )}
        </sp-textfield>
        {extension !== undefined && <span>{extension}</span>}
      </div>
      {typed && (
        <sp-action-button
          size="s"
          className="own-name"
          data-testid="own-name"
          onClick={() => onName(undefined)}
        >
          {words.ownName}
        </sp-action-button>
      )}
    </div>
  );
}
