/**
 * The jobs under way, by id. A job can be discarded at any moment: while it is read, waits, or is written. The page may
 * go away at any moment too; what it had begun stays for the next one.
 */
import { decodeBase64, encodeBase64 } from '../../bridge/base64.ts';
import { CHUNK_BYTES, type HostApi, type LayerSettings, type Unfinished } from '../../bridge/protocol.ts';
import { LoupeError } from '../../errors.ts';
import type { UxpFs } from '../uxp.ts';
import { commitRun } from './commit.ts';
import { checkRows, type Discardable, type Job, resultFormat, rowBytes, sourceFormat } from './job.ts';
import type { Modal } from './modal.ts';
import type { Photoshop } from './photoshop.ts';
import { readLayer } from './read.ts';
import { openSpool, type Spool } from './spool.ts';

interface Entry {
  discarded: boolean;
  /** What keeps Photoshop busy for this job: the reading or the writing. */
  working: Promise<unknown>;
  /** Given back to the page that goes on with the job; empty where the layer is only looked at, and nothing is written. */
  readonly note: string;
  /** True once the page that opened it is gone, until another takes it over. */
  orphan: boolean;
  spool?: Spool;
  /** There once the layer is read. */
  job?: Job;
  /** Rows of the result that have come, from the top. */
  rowsCome: number;
  /** Of those, where the ones begin that are not on disk, and may never be. */
  readonly unstored: Set<number>;
  writes: Promise<unknown>;
  /** The commit that it is part of. */
  commit?: Discardable;
}

export type Jobs = Pick<
  HostApi,
  'openJob' | 'readRows' | 'writeRows' | 'commit' | 'discard' | 'unfinished'
> & {
  /** For a page that went away, or another that came: what was begun waits for `unfinished`. */
  leave(): void;
  /** Whether a page has jobs of a run open. */
  underWay(): boolean;
  /** Discards every job of whatever page. */
  cancel(): Promise<void>;
};

export interface JobsOptions {
  readonly ps: Photoshop;
  readonly fs: UxpFs;
  readonly modal: Modal;
  /** Awaited before the first spool is opened: the clearing of what a crash or a reload left behind. */
  readonly ready: Promise<void>;
  readonly onCommitProgress: (fraction: number) => void;
  /** A job was opened with such settings: the run's first, or another of it. */
  readonly onBegun: (settings: LayerSettings, first: boolean) => void;
  /** A run's jobs were all closed: written, or discarded. */
  readonly onEnded: (settings: LayerSettings | undefined) => void;
  /** A run could not be written; its jobs are still open. */
  readonly onFailed: (why: unknown) => void;
}

export function createJobs(options: JobsOptions): Jobs {
  const { ps, fs, modal, ready, onCommitProgress, onBegun, onEnded, onFailed } = options;
  const entries = new Map<string, Entry>();
  /** Whether any job was opened since all were closed. */
  let begun = false;
  /** What was discarded without its page's asking: the page is told so when it comes with the next rows. */
  const cancelled = new Set<string>();

  const need = (id: string): Entry & { job: Job } => {
    const entry = entries.get(id);
    if (cancelled.has(id)) throw new LoupeError('cancelled');
    if (!entry?.job) throw new LoupeError('bad-message', `unknown job ${id}`);
    if (entry.discarded) throw new LoupeError('cancelled');
    return entry as Entry & { job: Job };
  };
  const close = async (id: string, entry: Entry, written?: LayerSettings): Promise<void> => {
    await entry.spool?.remove();
    if (!entries.delete(id) || entries.size > 0 || !begun) return;
    begun = false;
    onEnded(written);
  };
  const discard = async (id: string): Promise<void> => {
    const entry = entries.get(id);
    if (!entry) return;
    entry.discarded = true;
    if (entry.commit) entry.commit.discarded = true;
    await entry.working.catch(() => undefined);
    await close(id, entry);
  };
  const orphans = (): [string, Entry][] => [...entries].filter(([, entry]) => entry.orphan);

  return {
    async openJob({ note, ...request }) {
      const { job: id, settings } = request;
      // A page that begins something new has no wish to go on with what a former one left.
      await Promise.all(orphans().map(([orphan]) => discard(orphan)));
      if (entries.has(id)) throw new LoupeError('bad-message', `job ${id} is open already`);
      const entry: Entry = {
        discarded: false,
        working: Promise.resolve(),
        note,
        orphan: false,
        rowsCome: 0,
        unstored: new Set(),
        writes: Promise.resolve(),
      };
      entries.set(id, entry);
      const open = async (): Promise<Job> => {
        await ready;
        entry.spool = await openSpool(fs, id);
        return readLayer(ps, modal, { ...request, lookOnly: note === '' }, entry.spool, entry);
      };
      const reading = open();
      entry.working = reading;
      try {
        const job = await reading;
        if (entry.discarded) throw new LoupeError('cancelled');
        entry.job = job;
        if (note !== '') {
          onBegun(settings, !begun);
          begun = true;
        }
        return { job: id, source: sourceOf(job), begins: beginsOf(job), target: job.target };
      } catch (thrown) {
        await close(id, entry);
        throw thrown;
      }
    },

    async readRows({ job: id, y, rows }) {
      const { job } = need(id);
      const format = sourceFormat(job.pixels);
      checkRows(format, y, rows, CHUNK_BYTES);
      const bytes = await job.spool.read('input', y * rowBytes(format), rows * rowBytes(format));
      return { samples: encodeBase64(new Uint8Array(bytes)) };
    },

    async writeRows({ job: id, y, rows, samples }) {
      const entry = need(id);
      const format = resultFormat(entry.job);
      checkRows(format, y, rows, CHUNK_BYTES);
      if (y !== entry.rowsCome) throw new LoupeError('bad-message', `row ${y} instead of ${entry.rowsCome}`);
      const bytes = decodeBase64(samples);
      if (bytes.length !== rows * rowBytes(format)) {
        throw new LoupeError('bad-message', `${bytes.length} bytes for ${rows} rows of ${rowBytes(format)}`);
      }
      entry.rowsCome += rows;
      entry.unstored.add(y);
      const write = entry.job.spool.write('result', y * rowBytes(format), bytes);
      entry.writes = Promise.allSettled([entry.writes, write]).then(() => undefined);
      await write;
      entry.unstored.delete(y);
      return null;
    },

    async commit({ jobs: wanted, historyName }) {
      const run = wanted.map(({ job: id, layerName }) => ({ id, layerName, entry: need(id) }));
      for (const { id, entry } of run) {
        const { height } = resultFormat(entry.job);
        const rows = rowsDone(entry);
        if (rows !== height) throw new LoupeError('bad-message', `commit after ${rows} of ${height} rows`);
        if (entry.commit) throw new LoupeError('bad-message', `job ${id} is being written already`);
      }
      const wish: Discardable = { discarded: false };
      const jobs = run.map(({ id, entry, layerName }) => ({ id, job: entry.job, layerName }));
      const writing = commitRun(ps, modal, jobs, wish, { historyName, onProgress: onCommitProgress });
      for (const { entry } of run) {
        entry.commit = wish;
        entry.working = writing;
      }
      try {
        const results = await writing;
        const settings = run[0]?.entry.job.settings;
        for (const { id, entry } of run) await close(id, entry, settings);
        return { results: [...results] };
      } catch (thrown) {
        onFailed(thrown);
        throw thrown;
      } finally {
        for (const { entry } of run) delete entry.commit;
      }
    },

    async discard({ job }) {
      await discard(job);
      return null;
    },

    async unfinished() {
      // A commit that was under way goes on without its page; only what is left then is unfinished.
      const left = orphans();
      await Promise.allSettled(left.flatMap(([, { working, writes }]) => [working, writes]));
      const found: Unfinished['jobs'] = [];
      let documentId: number | undefined;
      for (const [id, entry] of left) {
        const { job } = entry;
        if (!job || entry.discarded || !entries.has(id)) continue;
        documentId ??= job.documentId;
        entry.orphan = false;
        entry.rowsCome = rowsDone(entry);
        entry.unstored.clear();
        const { layerId, layerName, target } = job;
        const { rowsCome, note } = entry;
        const source = sourceOf(job);
        const begins = beginsOf(job);
        found.push({ job: id, layerId, layerName, source, begins, target, rowsDone: rowsCome, note });
      }
      return documentId === undefined ? null : { documentId, jobs: found };
    },

    leave() {
      for (const [id, entry] of entries) {
        entry.orphan = true;
        // No page was told of this job, or none would go on with it.
        if (!entry.job || entry.note === '') void discard(id);
      }
    },

    async cancel() {
      for (const id of entries.keys()) cancelled.add(id);
      await Promise.all([...entries.keys()].map(discard));
    },

    underWay: () => [...entries.values()].some(({ orphan, note }) => !orphan && note !== ''),
  };
}

/** Rows that are on disk, from the top. */
function rowsDone({ rowsCome, unstored }: Entry): number {
  return Math.min(rowsCome, ...unstored);
}

/** Where what was read begins in the layer. */
function beginsOf({ pixels: { bounds, whole } }: Job): { left: number; top: number } {
  return { left: bounds.left - whole.left, top: bounds.top - whole.top };
}

function sourceOf({ pixels, range }: Job) {
  return { ...sourceFormat(pixels), ...(range && { range }) };
}
