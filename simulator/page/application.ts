/** What a window's shared parts need of the application in it, the emulated Photoshop or the emulated Premiere. */
import type { PluginView } from '../uxp/plugin-view.ts';

export type Theme = 'lightest' | 'light' | 'dark' | 'darkest';

export const THEMES: readonly Theme[] = ['darkest', 'dark', 'light', 'lightest'];

export interface ApplicationView {
  readonly theme: Theme;
  readonly locale: string;
  readonly plugin: PluginView;
}

export interface Application {
  readonly user: {
    chooseCommand(commandId: string): boolean;
    showPanel(panelId: string): boolean;
    hidePanel(panelId: string): boolean;
    closePanel(panelId: string): boolean;
    reloadPlugin(): boolean;
  };
  view(): ApplicationView;
  setTheme(theme: Theme): void;
  setLocale(locale: string): void;
  /** Called after every change of what `view()` answers. Returns the function that stops it. */
  onChange(listener: () => void): () => void;
}

/** What the page's address asks for: `locale=de_DE`, `theme=light`. */
export function askedAppearance(query: URLSearchParams): { locale?: string; theme?: Theme } {
  const locale = query.get('locale');
  const theme = THEMES.find((each) => each === query.get('theme'));
  return { ...(locale === null ? {} : { locale }), ...(theme === undefined ? {} : { theme }) };
}
