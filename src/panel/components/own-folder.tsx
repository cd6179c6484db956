import type { OwnModels } from '../own-models.ts';
import { useTexts } from '../use-texts.ts';
import { More } from './more.tsx';

interface Props {
  own: OwnModels;
  onShow: () => void;
  onLookAgain: () => void;
}

/** Where the user's own models are to be put, and the way there. */
export function OwnFolder({ own, onShow, onLookAgain }: Props) {
  const texts = useTexts();
  const { section, some, where, showFolder, lookAgain } = texts.own;
  const count = own.models.length;
  return (
    <More label={count > 0 ? some(count) : section} testId="own-models">
      <p className="hint">
        {where} <span className="path">{own.folder}</span>
      </p>
      <div className="actions">
        <sp-action-button size="s" onClick={onShow} data-testid="show-models-folder">
          {showFolder}
        </sp-action-button>
        <sp-action-button size="s" onClick={onLookAgain} data-testid="look-again">
          {lookAgain}
        </sp-action-button>
      </div>
    </More>
  );
}
