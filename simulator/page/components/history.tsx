import type { DocumentView, Simulator } from '../../photoshop/index.ts';

export function History({ simulator, document }: { simulator: Simulator; document: DocumentView }) {
  const active = document.history.findIndex(({ id }) => id === document.activeHistoryStateId);
  return (
    <section className="pane history" aria-label="History">
      <h2>History</h2>
      <ol className="scroll">
        {document.history.map((state, index) => (
          <li key={state.id}>
            <button
              aria-current={index === active}
              data-undone={index > active}
              onClick={() => simulator.user.selectHistoryState(document.id, state.id)}
            >
              {state.name}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
