/** The jobs under way, by id. A job can be discarded at any moment: while it is read, waits, or is written. */
import { decodeBase64, encodeBase64 } from '../../bridge/base64.ts';
import { CHUNK_BYTES, type HostApi } from '../../bridge/protocol.ts';
import { LoupeError } from '../../errors.ts';
import type { UxpFs } from '../uxp.ts';
import { commitJob } from './commit.ts';
import { checkRows, type Job, resultFormat, rowBytes, sourceFormat } from './job.ts';
import type { Modal } from './modal.ts';
import type { Photoshop } from './photoshop.ts';
import { readLayer } from './read.ts';
import { openSpool, type Spool } from './spool.ts';

interface Entry {
  discarded: boolean;
  /** What keeps Photoshop busy for this job: the reading or the writing. */
  working: Promise<unknown>;
  spool?: Spool;
  /** There once the layer is read. */
  job?: Job;
  /** Rows of the result that have come, and of those the ones on disk. */
  rowsCome: number;
  rowsStored: number;
  committing: boolean;
}

export type Jobs = Pick<HostApi, 'openJob' | 'readRows' | 'writeRows' | 'commit' | 'discard'> & {
  /** For a panel that goes away or starts anew. */
  discardAll(): Promise<void>;
};

export interface JobsOptions {
  readonly ps: Photoshop;
  readonly fs: UxpFs;
  readonly modal: Modal;
  /** Awaited before the first spool is opened: the clearing of what a crash left behind. */
  readonly ready: Promise<void>;
  readonly onCommitProgress: (job: string, fraction: number) => void;
}

export function createJobs({ ps, fs, modal, ready, onCommitProgress }: JobsOptions): Jobs {
  const entries = new Map<string, Entry>();
  let opened = 0;

  const need = (id: string): Entry & { job: Job } => {
    const entry = entries.get(id);
    if (!entry?.job) throw new LoupeError('bad-message', `unknown job ${id}`);
    if (entry.discarded) throw new LoupeError('cancelled');
    return entry as Entry & { job: Job };
  };
  const close = async (id: string, entry: Entry): Promise<void> => {
    await entry.spool?.remove();
    entries.delete(id);
  };
  const discard = async (id: string): Promise<void> => {
    const entry = entries.get(id);
    if (!entry) return;
    entry.discarded = true;
    await entry.working.catch(() => undefined);
    await close(id, entry);
  };

  return {
    async openJob({ job: wanted, ...request }) {
      // The time keeps the folder apart from one that a former run of the plugin could not delete.
      const id = wanted ?? `job-${Date.now().toString(36)}-${opened}`;
      opened += 1;
      if (entries.has(id)) throw new LoupeError('bad-message', `job ${id} is open already`);
      const entry: Entry = {
        discarded: false,
        working: Promise.resolve(),
        rowsCome: 0,
        rowsStored: 0,
        committing: false,
      };
      entries.set(id, entry);
      const open = async (): Promise<Job> => {
        await ready;
        entry.spool = await openSpool(fs, id);
        return readLayer(ps, modal, request, entry.spool, entry);
      };
      const reading = open();
      entry.working = reading;
      try {
        const job = await reading;
        if (entry.discarded) throw new LoupeError('cancelled');
        entry.job = job;
        return { job: id, source: sourceFormat(job.pixels) };
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
      await entry.job.spool.write('result', y * rowBytes(format), bytes);
      entry.rowsStored += rows;
      return null;
    },

    async commit({ job: id, layerName }) {
      const entry = need(id);
      const { height } = resultFormat(entry.job);
      if (entry.rowsStored !== height) {
        throw new LoupeError('bad-message', `commit after ${entry.rowsStored} of ${height} rows`);
      }
      if (entry.committing) throw new LoupeError('bad-message', `job ${id} is being written already`);
      entry.committing = true;
      const onProgress = (fraction: number): void => onCommitProgress(id, fraction);
      const writing = commitJob(ps, modal, entry.job, entry, { layerName, onProgress });
      entry.working = writing;
      try {
        const committed = await writing;
        await close(id, entry);
        return committed;
      } finally {
        entry.committing = false;
      }
    },

    async discard({ job }) {
      await discard(job);
      return null;
    },

    async discardAll() {
      await Promise.all([...entries.keys()].map(discard));
    },
  };
}
