/** Loads the built plugin as UXP does: its manifest, its main script, its panel. */
import type { Manifest } from './manifest.ts';

/** The plugin's panel in the emulated window. */
export interface PanelDock {
  readonly id: string;
  readonly label: string;
  /** The panel's root node as painted; the plugin puts its webview there. */
  readonly root: HTMLElement;
  readonly minimumWidth: number;
  readonly maximumWidth: number;
  readonly preferredWidth: number;
}

/** A place for the manifest's first panel. Throws if the plugin has none. */
export function panelDock(manifest: Manifest): PanelDock {
  const panel = manifest.entrypoints.find((each) => each.type === 'panel');
  if (!panel) throw new Error(`${manifest.name} has no panel.`);
  return {
    id: panel.id,
    label: typeof panel.label === 'string' ? panel.label : panel.label.default,
    root: document.createElement('div'),
    minimumWidth: panel.minimumSize.width,
    maximumWidth: panel.maximumSize.width,
    preferredWidth: panel.preferredDockedSize.width,
  };
}

/** A file of the plugin's folder as it was built; null if there is none. */
export async function readPluginFile(path: string): Promise<Uint8Array | null> {
  const response = await fetch(`/plugin/${path}`);
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
}

/** As `readPluginFile`, as text; throws if there is none. */
export async function readPluginText(path: string): Promise<string> {
  const bytes = await readPluginFile(path);
  if (!bytes) throw new Error(`The plugin has no ${path}. Build it: npm run build`);
  return new TextDecoder().decode(bytes);
}
