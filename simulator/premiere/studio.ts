/** The running program. The plugin's modules and the user's hands both work on it. */
import { Calls } from '../uxp/calls.ts';
import type { Disk } from '../uxp/disk.ts';
import { userPlace } from '../uxp/places.ts';
import type { Compound } from './compound.ts';
import { EVENTS } from './constants.ts';
import { Events } from './events.ts';
import type { MediaFacts, MediaFile, Stats, Theme } from './interface.ts';
import type { Item, Media } from './model.ts';
import type { OpenProject } from './project.ts';
import { asText } from './saved.ts';

export interface StudioOptions {
  readonly version: string;
  readonly locale: string;
  readonly theme: Theme;
  readonly probe: (file: MediaFile) => Promise<MediaFacts | null>;
  readonly importDelay: number;
  readonly pointsReadAs: 'array' | 'point';
  readonly pointsIn: 'fractions' | 'pixels';
}

/** What a test planned for imports: 'refuse' answers false, 'lose' true, and both import nothing. */
export type ImportFault = 'refuse' | 'lose';

export class Studio {
  readonly calls = new Calls();
  readonly events = new Events();
  readonly options: StudioOptions;
  readonly transactions: Stats['transactions'][number][] = [];
  locale: string;
  theme: Theme;
  project: OpenProject | null = null;
  revision = 0;
  /** How deep in `lockedAccess` the plugin is. */
  locks = 0;
  /** The transaction whose callback runs. */
  compound: Compound | null = null;
  /** Transactions and imports from now on that a test disturbs, by their number. */
  readonly refusals = new Set<number>();
  readonly importFaults = new Map<number, ImportFault>();
  transactionsBegun = 0;
  importsBegun = 0;
  #disk: Disk | null = null;
  #saved = true;
  readonly #listeners = new Set<() => void>();

  constructor(options: StudioOptions) {
    this.options = options;
    this.locale = options.locale;
    this.theme = options.theme;
  }

  get disk(): Disk {
    if (!this.#disk) throw new Error('There is no disk yet');
    return this.#disk;
  }

  set disk(disk: Disk) {
    this.#disk = disk;
  }

  open(project: OpenProject): void {
    this.close();
    this.project = project;
    this.tellProject(EVENTS.project.OPENED);
    this.tellProject(EVENTS.project.ACTIVATED);
    this.changed();
  }

  close(): boolean {
    const { project } = this;
    if (!project) return false;
    this.tellProject(EVENTS.project.CLOSED);
    project.closed = true;
    this.project = null;
    this.changed();
    return true;
  }

  /** What lies at a path of the user's; null where nothing does that can be imported. */
  async mediaAt(path: string): Promise<Media | null> {
    const found = await this.mediaFile(path).catch(() => null);
    const facts = found && (await this.options.probe(found).catch(() => null));
    return facts && { path: path.normalize('NFC'), facts, start: 0n, stills: null };
  }

  /** Rejects where there is no such file, or no right to it. */
  async mediaFile(path: string): Promise<MediaFile> {
    const { disk } = this;
    const file = await disk.open(userPlace(path), { create: false, truncate: false, exclusive: false });
    return {
      path,
      size: disk.sizeOf(file),
      read: async (position, length) => {
        const bytes = new Uint8Array(length);
        return bytes.subarray(0, await disk.read(file, bytes, position));
      },
    };
  }

  /** Whether an item's file is gone, or was taken offline. */
  isOffline({ media, offline }: Item): boolean {
    return offline || (media !== null && !this.disk.exists(userPlace(media.path)));
  }

  /** Writes the project; false where it has no path, or the disk refuses. */
  async save(project: OpenProject, path: string): Promise<boolean> {
    if (path === '') return false;
    try {
      const how = { create: true, truncate: true, exclusive: false };
      const file = await this.disk.open(userPlace(path), how);
      await this.disk.write(file, new TextEncoder().encode(asText({ ...project.state, path })), 0);
    } catch {
      return false;
    }
    project.path = path;
    project.saved = true;
    this.changed();
    return true;
  }

  tellProject(event: string): void {
    const { project } = this;
    if (!project) return;
    this.events.tell(event, project.guid, { name: project.name, path: project.path, id: project.guid });
  }

  /** Opens a sequence's tab, or comes back to it. Handles of the one before go stale with it. */
  activate(project: OpenProject, sequenceId: string | null): void {
    if (sequenceId !== null) project.openSequences.add(sequenceId);
    if (project.activeSequenceId !== sequenceId) {
      project.activeSequenceId = sequenceId;
      project.epoch++;
      this.events.tell(EVENTS.sequence.ACTIVATED, sequenceId ?? project.guid, {});
    }
    this.changed();
  }

  selectionChanged(sequenceId: string): void {
    this.events.tell(EVENTS.sequence.SELECTION_CHANGED, sequenceId, {}, true);
    this.changed();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(): void {
    const saved = this.project?.saved ?? true;
    if (this.#saved !== saved) this.tellProject(EVENTS.project.DIRTY);
    this.#saved = saved;
    this.revision++;
    for (const listener of this.#listeners) listener();
  }
}
