import type { PremiereSimulator, ProjectView } from '../../premiere/interface.ts';

/** What can be undone and redone, as Premiere's History panel lists it. */
export function UndoList({ simulator, project }: { simulator: PremiereSimulator; project: ProjectView }) {
  const { user } = simulator;
  const done = [...project.undo].reverse();
  const times = (count: number, act: () => boolean): void => {
    for (let step = 0; step < count; step += 1) act();
  };
  return (
    <section className="pane history" aria-label="History">
      <h2>History</h2>
      <ol className="scroll">
        {done.map((name, index) => (
          <li key={index}>
            <button
              aria-current={index === done.length - 1}
              onClick={() => times(done.length - 1 - index, () => user.undo())}
            >
              {name}
            </button>
          </li>
        ))}
        {project.redo.map((name, index) => (
          <li key={done.length + index}>
            <button data-undone="true" onClick={() => times(index + 1, () => user.redo())}>
              {name}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
