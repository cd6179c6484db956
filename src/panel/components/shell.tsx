import { useEffect, type ReactNode } from 'react';
import type { Theme } from '../../bridge/protocol.ts';
import { textsFor } from '../../texts/index.ts';
import { TextsContext } from '../use-texts.ts';

interface Props {
  theme: Theme;
  /** As the host names it. */
  locale: string;
  /** What is shown, for tests and for the style. */
  kind: string;
  children: ReactNode;
}

/** What is around every view: colours and words. */
export function Shell({ theme, locale, kind, children }: Props) {
  const texts = textsFor(locale);
  useEffect(() => {
    document.documentElement.lang = texts.language;
  }, [texts]);
  return (
    <TextsContext value={texts}>
      <sp-theme
        system="spectrum"
        color={theme === 'dark' || theme === 'darkest' ? 'dark' : 'light'}
        scale="medium"
        lang={texts.language}
        className="theme"
        data-theme={theme}
      >
        <main className="panel" aria-label={texts.panel} data-state={kind}>
          {children}
        </main>
      </sp-theme>
    </TextsContext>
  );
}
