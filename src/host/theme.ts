/** The host application's theme, and its changes. */
import type { Theme } from '../bridge/protocol.ts';
import type { UxpDocument } from './uxp.ts';

const THEMES: readonly Theme[] = ['lightest', 'light', 'dark', 'darkest'];

/** Photoshop's own at first start, for where UXP does not tell. */
const FALLBACK: Theme = 'dark';

export function currentTheme(document: UxpDocument): Theme {
  return known(document.theme?.getCurrent()) ?? FALLBACK;
}

export function onThemeChanged(document: UxpDocument, listener: (theme: Theme) => void): void {
  document.theme?.onUpdated.addListener((name) => listener(known(name) ?? currentTheme(document)));
}

function known(name: string | undefined): Theme | undefined {
  return THEMES.find((theme) => theme === name);
}
