import { useTexts } from '../../use-texts.ts';

/** A render lies over the clip already, or is it; the way to take it off again. */
export function AlreadyPlaced({ track, onUndo }: { track: string; onUndo: () => void }) {
  const { clip } = useTexts();
  return (
    <div className="note placed">
      <p>{clip.placedAlready(track)}</p>
      <sp-action-button size="s" data-testid="undo-remaster" onClick={onUndo}>
        {clip.done.undo}
      </sp-action-button>
    </div>
  );
}
