/**
 * The emulated Premiere in a web page. `?media=none` opens it with an empty project, `?project=none` without any;
 * `locale=de_DE` and `theme=light` say how Premiere was started.
 *
 * It loads the plugin as it was built, the same files as the emulated Photoshop.
 */
import { createRoot } from 'react-dom/client';
import { createPremiere } from '../premiere/index.ts';
import type { PremiereSimulator } from '../premiere/interface.ts';
import { askedAppearance } from './application.ts';
import { parseManifest, uxpPlugin } from './manifest.ts';
import { panelDock, readPluginFile, readPluginText, runPlugin } from './plugin.ts';
import { App } from './premiere/app.tsx';
import { MOVIES } from './premiere/media.ts';
import { ticksAt, TICKS_A_SECOND } from './premiere/time.ts';
import './style.css';
import './premiere/premiere.css';
import { viewStore } from './view.ts';

declare global {
  interface Window {
    /** The hands of the user and the disturbances of tests. */
    premiere: PremiereSimulator;
  }
}

/** The oldest Premiere the plugin is for: what works there works later. */
const VERSION = '25.6.0';

async function start(): Promise<void> {
  const manifest = parseManifest(JSON.parse(await readPluginText('manifest.json')), 'premierepro', VERSION);
  const asked = new URLSearchParams(location.search);
  const { modules, simulator, loadPlugin } = createPremiere({
    version: VERSION,
    ...askedAppearance(asked),
    plugin: uxpPlugin(manifest, readPluginFile),
    project: asked.get('project') === 'none' ? null : { name: 'Archive', path: `${MOVIES}/Archive.prproj` },
  });
  simulator.disk.makeFolder(MOVIES);
  if (asked.get('project') !== 'none' && asked.get('media') !== 'none') await openSample(simulator);

  const panel = panelDock(manifest);
  const root = createRoot(document.getElementById('window') ?? document.body);
  const store = viewStore(simulator);
  const render = (pluginError?: string): void =>
    root.render(<App simulator={simulator} store={store} panel={panel} pluginError={pluginError} />);
  render();
  window.premiere = simulator;
  await loadPlugin(() => runPlugin({ manifest, modules, application: simulator, panel })).catch(
    (reason: unknown) => {
      render(`The plugin could not be loaded. ${String(reason)}`);
    },
  );
}

/** The sample on a sequence of four times its size, enlarged by Motion to fill it, as an archive clip would be. */
async function openSample(simulator: PremiereSimulator): Promise<void> {
  const { user, disk } = simulator;
  const path = `${MOVIES}/sample.mp4`;
  const response = await fetch('sample.mp4');
  await disk.write(path, await response.blob());
  const item = await user.importMedia(path);
  if (item === null) throw new Error('The sample cannot be imported.');
  const sequence = user.createSequence({ name: 'Documentary', width: 1024, height: 576, rate: 25 });
  const clip = user.placeItem(sequence, item, { at: ticksAt(0.4, String(TICKS_A_SECOND / 25n)) });
  if (clip === null) throw new Error('The sample cannot be laid on the timeline.');
  user.setMotion(sequence, clip, { scale: 400 });
  user.movePlayhead(sequence, ticksAt(1.2, String(TICKS_A_SECOND / 25n)));
  user.selectClip(sequence, clip);
}

start().catch((reason: unknown) => {
  document.body.textContent = `The emulated Premiere could not be started. ${String(reason)}`;
});
