/** Loads the built plugin as UXP does: its manifest, its main script, its panel. */
import type { Modules, Simulator } from '../photoshop/index.ts';
import type { Manifest } from './manifest.ts';
import { runScript } from './script.ts';
import { UxpElement, uxpWindow, type UxpWindow } from './uxp-dom.ts';

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

export interface StartOptions {
  readonly manifest: Manifest;
  readonly modules: Modules;
  readonly simulator: Simulator;
  readonly panel: PanelDock;
}

/** Runs the plugin's main script and opens its panel. Rejects where UXP would not load it. */
export async function startPlugin({ manifest, modules, simulator, panel }: StartOptions): Promise<void> {
  const { window, document } = uxpWindow(
    manifest.id,
    manifest.requiredPermissions.webview,
    themeOf(simulator),
  );
  runScript(await readPluginText(manifest.main), manifest.main, {
    require: (name: string): unknown => {
      if (Object.hasOwn(modules, name)) return modules[name as keyof Modules];
      throw new Error(`There is no module “${name}” here.`);
    },
    window,
    document,
  });
  const { entrypoints } = modules.uxp;
  if (!entrypoints.ready) throw new Error(`${manifest.main} did not call entrypoints.setup.`);
  const root = new UxpElement(panel.root);
  await entrypoints.createPlugin();
  await entrypoints.panel(panel.id, 'create', root);
  await entrypoints.panel(panel.id, 'show', root);
}

function themeOf(simulator: Simulator): UxpWindow['document']['theme'] {
  return {
    getCurrent: () => simulator.view().theme,
    onUpdated: {
      addListener: (listener) => {
        let last = simulator.view().theme;
        simulator.onChange(() => {
          const { theme } = simulator.view();
          if (theme === last) return;
          last = theme;
          listener(theme);
        });
      },
    },
  };
}
