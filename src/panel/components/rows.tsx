import type { ReactNode } from 'react';
import type { RowState } from '../running.ts';
import { useTexts } from '../use-texts.ts';

export interface RowProps {
  layerId: number;
  name: string;
  /** How far it is in a run; undefined before one. */
  state?: RowState | undefined;
  /** What is set for it, or what came of it. */
  brief?: string | undefined;
  /** Why it is left out, or failed. */
  problem?: string | undefined;
  /** What can be done with it. */
  children?: ReactNode;
}

/** Several layers, one row each. */
export function Rows({ children }: { children: ReactNode }) {
  const { rows: words } = useTexts();
  return (
    <ul className="rows" aria-label={words.label} data-testid="rows">
      {children}
    </ul>
  );
}

export function Row({ layerId, name, state, brief, problem, children }: RowProps) {
  const { rows: words } = useTexts();
  return (
    <li className="row" data-testid="row" data-layer={layerId} data-row-state={state?.kind}>
      <div className="row-line">
        <span className="row-name" data-testid="row-name">
          {name}
        </span>
        {state && (
          <span className={`row-state ${state.kind}`} data-testid="row-state">
            {words.states[state.kind]}
          </span>
        )}
      </div>
      {brief !== undefined && <p className="hint">{brief}</p>}
      {problem !== undefined && <p className="reason hint">{problem}</p>}
      {children}
    </li>
  );
}
