import type { ReactNode } from 'react';

interface Props {
  label: string;
  /** What stands inside, shown while it is closed. */
  brief?: string | undefined;
  testId: string;
  children: ReactNode;
}

/** A part of the panel that is folded away until it is wanted. */
export function More({ label, brief, testId, children }: Props) {
  return (
    <details className="more" data-testid={testId}>
      <summary>
        <span className="chevron" aria-hidden="true" />
        <span>{label}</span>
        {brief !== undefined && <span className="brief hint">{brief}</span>}
      </summary>
      <div className="folded">{children}</div>
    </details>
  );
}
