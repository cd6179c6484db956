import { useEffect, useRef, type ReactNode } from 'react';

interface Props {
  /** The outcome came in place of another, whose button the keyboard was on. */
  follows: boolean;
  children: ReactNode;
}

/**
 * The lower part of the panel. Where the button just pressed goes away with what it was on, the keyboard's
 * place would be lost: it is moved here, to the part and not to its button, so that a key held down does not
 * press that too.
 */
export function Outcome({ follows, children }: Props) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (follows && document.hasFocus() && document.activeElement === document.body) section.current?.focus();
  }, [follows]);
  return (
    <section ref={section} className="outcome" tabIndex={-1}>
      {children}
    </section>
  );
}
