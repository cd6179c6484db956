import { useState } from 'react';
import type { PhotoshopView, Simulator } from '../../photoshop/index.ts';
import { Icon } from './icons.tsx';

/** The Actions panel: records what plugins add to an action, and plays it. */
export function Actions({ simulator, view }: { simulator: Simulator; view: PhotoshopView }) {
  const { user } = simulator;
  const { actions, recording, modal } = view;
  const [chosen, setChosen] = useState<string>();
  const current = actions.find(({ name }) => name === chosen) ?? actions.at(-1);
  return (
    <section className="pane actions" aria-label="Actions">
      <h2>Actions</h2>
      <ul className="scroll">
        {actions.map(({ name, steps }) => (
          <li key={name}>
            <button aria-current={name === current?.name} onClick={() => setChosen(name)}>
              {name}
              <small>{steps.length === 0 ? 'no steps' : steps.join(', ')}</small>
            </button>
          </li>
        ))}
      </ul>
      <footer>
        <button title="Stop" disabled={recording === null} onClick={() => user.stopRecording()}>
          <Icon name="stop" />
        </button>
        <button
          title="Record a new action"
          className="record"
          aria-pressed={recording !== null}
          disabled={recording !== null || modal !== null}
          onClick={() => user.recordAction(`Action ${actions.length + 1}`)}
        >
          <Icon name="record" />
        </button>
        <button
          title="Play"
          disabled={!current || recording !== null || modal !== null}
          onClick={() => current && user.playAction(current.name)}
        >
          <Icon name="play" />
        </button>
      </footer>
    </section>
  );
}
