/** Loads the built plugin as UXP does: its manifest, its main script, its panel. */
import type { RunningPlugin } from '../uxp/plugin-host.ts';
import type { Application } from './application.ts';
import type { Manifest } from './manifest.ts';
import { runScript } from './script.ts';
import { UxpElement, uxpWindow, type UxpWindow } from './uxp-dom.ts';

/** The plugin's panel in the emulated window. */
export interface PanelDock {
  readonly id: string;
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

export interface RunOptions {
  readonly manifest: Manifest;
  /** What `require` gives, by name. */
  readonly modules: object;
  readonly application: Pick<Application, 'view' | 'onChange'>;
  readonly panel: PanelDock;
}

/** Runs the plugin's main script; what it puts into its panel is painted in the dock. */
export async function runPlugin({
  manifest,
  modules,
  application,
  panel,
}: RunOptions): Promise<RunningPlugin> {
  const themes = themeOf(application);
  const { window, document, end } = uxpWindow(
    manifest.id,
    manifest.requiredPermissions.webview,
    themes.theme,
  );
  const script = runScript(await readPluginText(manifest.main), manifest.main, {
    require: (name: string): unknown => {
      if (Object.hasOwn(modules, name)) return Reflect.get(modules, name);
      throw new Error(`There is no module “${name}” here.`);
    },
    window,
    document,
  });
  const { root } = panel;
  return {
    global: (name) => script.global(name),
    createRoot() {
      root.replaceChildren();
      root.removeAttribute('style');
      return new UxpElement(root);
    },
    clearRoot: () => root.replaceChildren(),
    showRoot: () => undefined,
    end() {
      script.end();
      themes.end();
      end();
    },
  };
}

function themeOf(application: RunOptions['application']): {
  theme: UxpWindow['document']['theme'];
  end: () => void;
} {
  const listening: (() => void)[] = [];
  return {
    theme: {
      getCurrent: () => application.view().theme,
      onUpdated: {
        addListener: (listener) => {
          let last = application.view().theme;
          const stop = application.onChange(() => {
            const { theme } = application.view();
            if (theme === last) return;
            last = theme;
            listener(theme);
          });
          listening.push(stop);
        },
      },
    },
    end: () => {
      for (const stop of listening) stop();
    },
  };
}
