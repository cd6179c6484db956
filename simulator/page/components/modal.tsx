import type { ModalView, Simulator } from '../../photoshop/index.ts';

/** Photoshop's progress window while a plugin holds it in a modal state. The plugins' panels stay usable. */
export function Modal({ simulator, modal }: { simulator: Simulator; modal: ModalView }) {
  return (
    <div className="modal" role="dialog" aria-modal="true" aria-label={modal.commandName}>
      <div className="box">
        <p>{modal.cancelled ? 'Cancelling…' : modal.commandName}</p>
        <progress max={1} value={modal.progress ?? undefined} />
        <button disabled={modal.cancelled} onClick={() => simulator.user.pressEscape()}>
          Cancel
        </button>
      </div>
    </div>
  );
}
