/**
 * The emulated Photoshop in a web page. `?document=none` opens it without the sample document; `locale=de_DE` and
 * `theme=light` say how Photoshop was started.
 *
 * It loads the plugin as it was built: manifest.json, the main script, and through it the panel's page.
 */
import { createRoot } from 'react-dom/client';
import { createPhotoshop, type Simulator } from '../photoshop/index.ts';
import { askedAppearance } from './application.ts';
import { App } from './components/app.tsx';
import { parseManifest, uxpPlugin } from './manifest.ts';
import { panelDock, readPluginFile, readPluginText, runPlugin } from './plugin.ts';
import './style.css';
import { viewStore } from './view.ts';

declare global {
  interface Window {
    /** The hands of the user and the disturbances of tests. */
    simulator: Simulator;
  }
}

/** The oldest Photoshop the plugin is for: what works there works later. */
const VERSION = '26.0.0';

async function start(): Promise<void> {
  const manifest = parseManifest(JSON.parse(await readPluginText('manifest.json')), 'PS', VERSION);
  const asked = new URLSearchParams(location.search);
  const { modules, simulator, loadPlugin } = createPhotoshop({
    version: VERSION,
    ...askedAppearance(asked),
    plugin: uxpPlugin(manifest, readPluginFile),
  });
  if (asked.get('document') !== 'none') {
    const sample = await fetch('sample.psd');
    simulator.openPsd(new Uint8Array(await sample.arrayBuffer()), 'sample.psd');
  }

  const panel = panelDock(manifest);
  const root = createRoot(document.getElementById('window') ?? document.body);
  const store = viewStore(simulator);
  const render = (pluginError?: string): void =>
    root.render(<App simulator={simulator} store={store} panel={panel} pluginError={pluginError} />);
  render();
  window.simulator = simulator;
  await loadPlugin(() => runPlugin({ manifest, modules, application: simulator, panel })).catch(
    (reason: unknown) => {
      render(`The plugin could not be loaded. ${String(reason)}`);
    },
  );
}

start().catch((reason: unknown) => {
  document.body.textContent = `The emulated Photoshop could not be started. ${String(reason)}`;
});
