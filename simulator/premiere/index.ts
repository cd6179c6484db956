/** A small Premiere: `createPremiere()` answers the modules a plugin requires and the hands of its user. */
import { MemoryBlocks } from '../uxp/block-store.ts';
import { createUxp, type UxpModules } from '../uxp/index.ts';
import { PluginHost } from '../uxp/plugin-host.ts';
import { pluginView } from '../uxp/plugin-view.ts';
import { createModule, type PremiereModule } from './dom.ts';
import type {
  Faults,
  Premiere,
  PremiereOptions,
  PremiereSimulator,
  Stats,
  Ticks,
  User,
} from './interface.ts';
import { probeMedia } from './media.ts';
import { OpenProject } from './project.ts';
import { Studio } from './studio.ts';
import { userDisk } from './user-disk.ts';
import { effectHands } from './user-effects.ts';
import { itemHands } from './user-items.ts';
import { timelineHands } from './user-timeline.ts';
import { layersAt, projectView } from './view.ts';

export type * from './interface.ts';
export type { PremiereModule } from './dom.ts';

export type Modules = UxpModules & { readonly premierepro: PremiereModule };

/** [D] The first version of all that the types of 26.3 publish. */
const VERSION = '26.3.0';

const NO_PLUGIN: NonNullable<PremiereOptions['plugin']> = {
  id: 'plugin',
  version: '0.0.0',
  entrypoints: [],
  localFileSystem: 'fullAccess',
  readFile: () => Promise.resolve(null),
};

const PROJECT = { name: 'Archive.prproj', path: '/Users/user/Movies/Archive.prproj' };

export function createPremiere(options: PremiereOptions = {}): Premiere<Modules> {
  const plugin = options.plugin ?? NO_PLUGIN;
  const studio = new Studio({
    version: options.version ?? VERSION,
    locale: options.locale ?? 'en_US',
    theme: options.theme ?? 'darkest',
    probe: options.probe ?? probeMedia,
    importDelay: options.importDelay ?? 0,
    pointsReadAs: options.pointsReadAs ?? 'array',
    pointsIn: options.pointsIn ?? 'fractions',
  });
  const opened: string[] = [];
  const picker = new FolderPicker(() => studio.changed());
  const uxp = createUxp({
    plugin,
    blocks: options.blocks ?? new MemoryBlocks(),
    diskBytes: options.diskBytes ?? Infinity,
    note: (call) => studio.calls.note(call),
    consents: (path) => opened.push(path) > 0,
    pickFolder: () => picker.ask(),
    host: () => ({ name: 'premierepro', version: studio.options.version, uiLocale: studio.locale }),
    actions: {
      showPanel: (id) => host.show(id),
      invokeCommand: (id, ...args) => host.invoke(id, ...args),
    },
  });
  uxp.places.nativePaths = options.nativePaths ?? 'both';
  studio.disk = uxp.disk;
  const host = new PluginHost({
    panels: plugin.entrypoints.filter(({ type }) => type === 'panel').map(({ id }) => id),
    entrypoints: () => uxp.modules.uxp.entrypoints,
    renew: () => {
      studio.events.clear();
      uxp.modules.fs.closeAll();
      uxp.renewEntryPoints();
    },
    changed: () => studio.changed(),
    tellsLeaving: () => tellsLeaving,
  });
  let tellsLeaving = true;
  const first = options.project === undefined ? PROJECT : options.project;
  if (first) studio.project = OpenProject.empty(first.name, first.path);

  const faults: Faults = {
    failCall: (call, nth, error = new Error(`The call ${call} failed`)) =>
      studio.calls.before(call, nth, () => {
        throw error;
      }),
    beforeCall: (call, nth, action) => studio.calls.before(call, nth, action),
    refuseTransaction: (nth) => studio.refusals.add(studio.transactionsBegun + nth),
    refuseImport: (nth) => studio.importFaults.set(studio.importsBegun + nth, 'refuse'),
    loseImport: (nth) => studio.importFaults.set(studio.importsBegun + nth, 'lose'),
    silence: (events) => studio.events.silence(events),
    leavingHooks: (told) => {
      tellsLeaving = told;
    },
    diskFullAfter: (bytes) => uxp.disk.fullAfter(bytes),
    nativePaths: (which) => {
      uxp.places.nativePaths = which;
    },
    clear: () => {
      studio.calls.clear();
      studio.refusals.clear();
      studio.importFaults.clear();
      studio.events.silence([]);
      tellsLeaving = true;
      uxp.disk.fullAfter(Infinity);
      uxp.places.nativePaths = options.nativePaths ?? 'both';
    },
  };

  const stats: Stats = {
    calls: studio.calls.counts,
    transactions: studio.transactions,
    get diskBytes() {
      return uxp.disk.bytes;
    },
    get openFiles() {
      return uxp.modules.fs.openFiles;
    },
  };

  const simulator: PremiereSimulator = {
    user: {
      ...itemHands(studio),
      ...timelineHands(studio),
      ...effectHands(studio),
      ...pluginHands(host),
      chooseFolder: (path) => picker.answer(path),
    },
    disk: userDisk(uxp.disk, () => studio.changed()),
    opened,
    faults,
    stats,
    view: () => ({
      project: studio.project && projectView(studio, studio.project),
      theme: studio.theme,
      locale: studio.locale,
      folderPicker: picker.open,
      plugin: pluginView(plugin, host, studio.locale),
      revision: studio.revision,
    }),
    frameAt: (sequenceId: string, ticks: Ticks) => {
      const { project } = studio;
      const sequence = project?.sequence(sequenceId);
      return project && sequence ? layersAt(studio, project, sequence, BigInt(ticks)) : [];
    },
    putFile: async (path, bytes) => {
      const { fs } = uxp.modules;
      const folder = path.split('/').slice(0, -1).join('/');
      await fs.mkdir(`plugin-data:/${folder}`, { recursive: true });
      await fs.writeFile(`plugin-data:/${path}`, bytes);
    },
    setTheme(theme) {
      studio.theme = theme;
      studio.changed();
    },
    setLocale(locale) {
      studio.locale = locale;
      studio.changed();
    },
    onChange: (listener) => studio.onChange(listener),
  };
  const modules = { ...uxp.modules, premierepro: createModule(studio) };
  return { modules, simulator, loadPlugin: (run) => host.load(run) };
}

/** The dialogue in which a user picks a folder. Answers may be given before it opens. */
class FolderPicker {
  readonly #changed: () => void;
  readonly #answers: (string | null)[] = [];
  readonly #waiting: ((path: string | null) => void)[] = [];

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get open(): boolean {
    return this.#waiting.length > 0;
  }

  ask(): Promise<string | null> {
    const ready = this.#answers.shift();
    if (ready !== undefined) return Promise.resolve(ready);
    const answer = new Promise<string | null>((resolve) => this.#waiting.push(resolve));
    this.#changed();
    return answer;
  }

  answer(path: string | null): boolean {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(path);
    else this.#answers.push(path);
    this.#changed();
    return true;
  }
}

/** Menus and windows of the plugin's. Nothing of Premiere's holds them up. */
function pluginHands(
  host: PluginHost,
): Pick<User, 'chooseCommand' | 'showPanel' | 'hidePanel' | 'closePanel' | 'reloadPlugin'> {
  const panel = (id: string, work: () => Promise<void>): boolean => {
    if (!host.panels.has(id)) return false;
    void host.attempt(work);
    return true;
  };
  return {
    chooseCommand: (commandId) => {
      void host.attempt(() => host.invoke(commandId));
      return true;
    },
    showPanel: (id) => panel(id, () => host.show(id)),
    hidePanel: (id) => panel(id, () => host.hide(id)),
    closePanel: (id) => panel(id, () => host.close(id)),
    reloadPlugin: () => {
      void host.attempt(() => host.reload());
      return true;
    },
  };
}
