import type { ReactNode } from 'react';
import { useTexts } from '../use-texts.ts';

interface Props {
  heading: string;
  /** What to do about it. */
  children: ReactNode;
}

/** Nothing to enhance: says what is missing. */
export function Empty({ heading, children }: Props) {
  return (
    <sp-illustrated-message className="empty">
      <Illustration />
      <h1 slot="heading">{heading}</h1>
      <span slot="description" role="status" data-testid="message">
        {children}
      </span>
    </sp-illustrated-message>
  );
}

/** No document, or no layer. */
export function NoLayer({ reason }: { reason: 'no-document' | 'no-layer' }) {
  const texts = useTexts();
  const { noDocument, noLayer } = texts.empty;
  return (
    <Empty heading={{ 'no-document': noDocument, 'no-layer': noLayer }[reason]}>
      {texts.errors[reason]('')}
    </Empty>
  );
}

/** A loupe over a sheet whose grain is finer under the glass. */
function Illustration() {
  return (
    <svg viewBox="0 0 120 96" width="120" height="96" fill="none" aria-hidden="true">
      <rect x="14" y="10" width="72" height="72" rx="4" stroke="currentColor" strokeWidth="2" />
      <g fill="currentColor" opacity="0.25">
        <rect x="22" y="18" width="14" height="14" />
        <rect x="50" y="18" width="14" height="14" />
        <rect x="36" y="32" width="14" height="14" />
        <rect x="22" y="46" width="14" height="14" />
        <rect x="36" y="60" width="14" height="14" />
      </g>
      <circle cx="72" cy="54" r="22" fill="var(--panel-surface)" stroke="currentColor" strokeWidth="2" />
      <path d="M88 70 L106 88" stroke="currentColor" strokeWidth="5" strokeLinecap="round" />
      <path d="M58 62 l9 -11 7 8 5 -5 8 9" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" />
      <circle cx="80" cy="46" r="3" fill="currentColor" />
    </svg>
  );
}
