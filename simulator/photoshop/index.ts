/** A small Photoshop: `createPhotoshop()` answers the modules a plugin requires and the hands of its user. */
import { MemoryBlocks } from '../uxp/block-store.ts';
import { Calls } from '../uxp/calls.ts';
import { createUxp, type UxpModules } from '../uxp/index.ts';
import { PluginHost } from '../uxp/plugin-host.ts';
import { pluginView } from '../uxp/plugin-view.ts';
import { readPsd } from '../psd/read.ts';
import { writePsd } from '../psd/write.ts';
import { Action } from './action.ts';
import { App } from './app.ts';
import { constants } from './constants.ts';
import { createCore } from './core.ts';
import { Desktop } from './desktop.ts';
import { Dom } from './dom.ts';
import { Imaging } from './imaging.ts';
import type { Faults, Photoshop, PhotoshopOptions, Simulator, Stats } from './interface.ts';
import { replaceLayer } from './model.ts';
import type { OpenDocument } from './open-document.ts';
import { Recorder } from './recorder.ts';
import { updateSmartObjects } from './smart-object.ts';
import { createUser } from './user.ts';
import { documentActions } from './user-documents.ts';
import { layerActions } from './user-layers.ts';
import { pluginActions } from './user-plugin.ts';
import { compositeView, selectionView, thumbnailView, viewOf } from './view.ts';

export type * from './interface.ts';

export interface PhotoshopModule {
  readonly app: App;
  readonly core: ReturnType<typeof createCore>;
  readonly action: Action;
  readonly imaging: Imaging;
  readonly constants: typeof constants;
}

export type Modules = UxpModules & { readonly photoshop: PhotoshopModule };

const NO_PLUGIN: NonNullable<PhotoshopOptions['plugin']> = {
  id: 'plugin',
  version: '0.0.0',
  entrypoints: [],
  readFile: () => Promise.resolve(null),
};

export function createPhotoshop(options: PhotoshopOptions = {}): Photoshop<Modules> {
  const plugin = options.plugin ?? NO_PLUGIN;
  const calls = new Calls();
  const desktop = new Desktop(
    {
      pluginName: plugin.id,
      version: options.version ?? '26.0.0',
      locale: options.locale ?? 'en_US',
      theme: options.theme ?? 'dark',
    },
    calls,
  );
  const uxp = createUxp({
    plugin,
    blocks: options.blocks ?? new MemoryBlocks(),
    diskBytes: options.diskBytes ?? Infinity,
    note: (call) => calls.note(call),
    consents: (path) => opened.push(path) > 0,
    host: () => ({ name: 'Photoshop', version: desktop.version, uiLocale: desktop.locale }),
    actions: {
      showPanel: (id) => host.show(id),
      invokeCommand: (id, ...args) => host.invoke(id, ...args),
    },
  });
  const host = new PluginHost({
    panels: plugin.entrypoints.filter(({ type }) => type === 'panel').map(({ id }) => id),
    entrypoints: () => uxp.modules.uxp.entrypoints,
    renew: () => {
      desktop.endPlugin();
      uxp.renewEntryPoints();
    },
    changed: () => desktop.changed(),
  });
  const recorder = new Recorder(() => desktop.changed());
  const opened: string[] = [];
  const save = (document: OpenDocument): Uint8Array => {
    const bytes = writePsd(document.contents);
    const parent = desktop.documents.find(({ id }) => id === document.embeddedIn?.documentId);
    if (parent && document.embeddedIn) {
      const { fileId } = document.embeddedIn;
      const updated = updateSmartObjects(parent.contents, fileId, document.contents);
      parent.change('Update Smart Object', updated);
    }
    document.markSaved();
    desktop.emit('save', { _obj: 'save', documentID: document.id });
    desktop.changed();
    return bytes;
  };
  const dom = new Dom(desktop, save);
  const action = new Action(desktop, recorder);
  const photoshop: PhotoshopModule = {
    app: new App(dom, action),
    core: createCore(desktop),
    action,
    imaging: new Imaging(desktop),
    constants,
  };

  const faults: Faults = {
    otherModal(milliseconds, name = 'com.example.other') {
      const release = desktop.modal.hold(name);
      const timer = milliseconds === Infinity ? undefined : setTimeout(release, milliseconds);
      return {
        release: () => {
          clearTimeout(timer);
          release();
        },
      };
    },
    failCall: (call, nth, error = new Error(`The call ${call} failed`)) =>
      calls.before(call, nth, () => {
        throw error;
      }),
    beforeCall: (call, nth, run) => calls.before(call, nth, run),
    diskFullAfter: (bytes) => uxp.disk.fullAfter(bytes),
    pretendKind: (documentId, layerId, kind) => {
      const document = desktop.document(documentId);
      const { contents } = document;
      const layers = replaceLayer(contents.layers, layerId, (layer) => [{ ...layer, kind }]);
      document.change('Layer Properties', { ...contents, layers });
      desktop.changed();
    },
    clear: () => {
      calls.clear();
      uxp.disk.fullAfter(Infinity);
    },
  };

  const stats: Stats = {
    get undisposed() {
      return desktop.memory.undisposed;
    },
    get undisposedBytes() {
      return desktop.memory.bytes;
    },
    get peakBytes() {
      return desktop.memory.peak;
    },
    calls: calls.counts,
    warnings: desktop.memory.warnings,
    get diskBytes() {
      return uxp.disk.bytes;
    },
  };

  const simulator: Simulator = {
    opened,
    putFile: async (path, bytes) => {
      const { fs } = uxp.modules;
      const folder = path.split('/').slice(0, -1).join('/');
      await fs.mkdir(`plugin-data:/${folder}`, { recursive: true });
      await fs.writeFile(`plugin-data:/${path}`, bytes);
    },
    openPsd: (bytes, name) => desktop.add(name, readPsd(bytes), 'Open').id,
    savePsd: (documentId) => save(desktop.document(documentId)),
    user: {
      ...createUser(desktop),
      ...layerActions(desktop),
      ...documentActions(desktop, save),
      ...pluginActions(desktop, host, recorder),
    },
    faults,
    stats,
    view: () => ({
      ...viewOf(desktop),
      plugin: pluginView(plugin, host, desktop.locale),
      actions: recorder.actions.map(({ name, steps }) => ({ name, steps: steps.map((step) => step.name) })),
      recording: recorder.recording,
    }),
    selectionMask: (documentId, maxSide) => selectionView(desktop.document(documentId), maxSide),
    composite: (documentId, wanted) => compositeView(desktop.document(documentId), wanted),
    thumbnail: (documentId, layerId, maxSide) =>
      thumbnailView(desktop.document(documentId), desktop.layer(documentId, layerId), maxSide),
    setTheme(theme) {
      desktop.theme = theme;
      desktop.changed();
    },
    setLocale(locale) {
      desktop.locale = locale;
      desktop.changed();
    },
    onChange: (listener) => desktop.onChange(listener),
  };
  return { modules: { ...uxp.modules, photoshop }, simulator, loadPlugin: (run) => host.load(run) };
}
