/** Renders as the page makes them: begun, written, recorded, left, gone on with, discarded, finished. */
import type { ClipRef, UnfinishedRender } from '../../bridge/premiere-calls.ts';
import { decodeBase64 } from '../../bridge/base64.ts';
import type { PremiereApi } from '../../bridge/protocol.ts';
import { LoupeError } from '../../errors.ts';
import type { UxpFs } from '../uxp.ts';
import type { ProjectRef } from './find.ts';
import { continueJournal, createJournal, type Journal, readJournal } from './journal.ts';
import { join } from './paths.ts';
import type { UserPaths } from './probe.ts';
import type { RenderRecord, Records } from './records.ts';
import {
  areFrames,
  deleteRenderFile,
  exists,
  fileNameOf,
  finalOf,
  framesIn,
  openRenderFile,
  partOf,
  type RenderFile,
  writeError,
} from './render-file.ts';

type RenderCalls = Pick<
  PremiereApi,
  | 'freeName'
  | 'openRender'
  | 'continueRender'
  | 'writeRender'
  | 'recordRender'
  | 'leaveRender'
  | 'discardRender'
  | 'finishRender'
>;

export interface Renders extends RenderCalls {
  /** The one of this clip that was begun and not ended, wherever the clip lies by now. */
  unfinishedOf(ref: ClipRef): Promise<UnfinishedRender | null>;
  /** Closes all that a page has left open, and keeps what there is to go on with. */
  leave(): Promise<void>;
}

export interface RendersOptions {
  readonly fs: UxpFs;
  readonly paths: UserPaths;
  readonly records: Records;
  /** The project that has this sequence. Rejects with `no-project` or `sequence-gone`. */
  readonly projectOf: (sequenceId: string) => Promise<ProjectRef>;
}

interface Open {
  readonly record: RenderRecord;
  readonly file: RenderFile;
  readonly journal: Journal;
}

export function createRenders({ fs, paths, records, projectOf }: RendersOptions): Renders {
  const open = new Map<string, Open>();
  /** Where the clips of unfinished renders lie now, as last seen. */
  const seen = new Map<string, ClipRef>();
  /** What crashed before there was anything to go on with goes first of all. */
  const ready = removeHopeless();

  async function removeHopeless(): Promise<void> {
    for (const record of await records.all()) {
      if (record.path !== null) continue;
      if ((await readJournal(fs, records.journalOf(record.render))).length === 0) await remove(record);
    }
  }
  async function remove(record: RenderRecord): Promise<void> {
    await deleteRenderFile(fs, paths, record);
    await records.forget(record.render);
  }
  const need = (render: string): Open => {
    const found = open.get(render);
    if (!found) throw new LoupeError('cancelled');
    return found;
  };
  const close = async (render: string): Promise<Open | undefined> => {
    const found = open.get(render);
    open.delete(render);
    await found?.file.close();
    await found?.journal.close();
    return found;
  };
  const leaveOne = async (render: string): Promise<void> => {
    const left = await close(render);
    // Without a line there is nothing to go on with.
    if (left?.journal.lines === 0) await remove(left.record);
  };
  /** What a page before this one has left is closed before anything of it is asked for. */
  let leaving: Promise<unknown> = ready;
  const taken = async (where: Pick<RenderRecord, 'folder' | 'name' | 'extension'>): Promise<boolean> =>
    (await exists(fs, paths, finalOf(where))) || (await exists(fs, paths, partOf(where)));

  return {
    async freeName({ folder, base, extension }) {
      for (let number = 1; ; number += 1) {
        const name = number === 1 ? base : `${base} ${number}`;
        const file = join(folder, `${name}.${extension}`);
        // A folder of frames has the name alone.
        const names = [file, `${file}.part`, join(folder, name)];
        const found = await Promise.all(names.map((path) => exists(fs, paths, path)));
        if (!found.includes(true)) return { name };
      }
    },

    async openRender({ render, ref, clipName, folder, name, extension, note }) {
      await leaving;
      if (open.has(render)) throw new LoupeError('run-under-way');
      const project = await projectOf(ref.sequenceId);
      const where = { folder, name, extension };
      await paths.probe(folder);
      if (await taken(where)) throw new LoupeError('render-exists', fileNameOf(where));
      const record: RenderRecord = {
        ...{ version: 1, render, time: Date.now(), project, ref, clipName, note, path: null, placed: null },
        ...where,
      };
      let file: RenderFile | undefined;
      try {
        await records.put(record);
        file = await openRenderFile(fs, paths, where, 'w+');
        open.set(render, { record, file, journal: await createJournal(fs, records.journalOf(render)) });
      } catch (thrown) {
        await file?.close();
        await remove(record);
        throw writeError(thrown, partOf(where));
      }
      return null;
    },

    async continueRender({ render }) {
      await leaving;
      await close(render);
      const found = await records.get(render);
      if (!found || found.path !== null) throw new LoupeError('render-gone', render);
      const record = { ...found, ref: seen.get(render) ?? found.ref };
      let file: RenderFile | undefined;
      try {
        // Also finds the spelling of paths.
        await paths.probe(record.folder);
        file = await openRenderFile(fs, paths, record, 'r+');
        const { journal, lines } = await continueJournal(fs, records.journalOf(render));
        await records.put(record);
        open.set(render, { record, file, journal });
        return { note: record.note, journal: [...lines] };
      } catch (thrown) {
        await file?.close();
        if (thrown instanceof LoupeError) throw thrown;
        // The folder is there, and it is not in it.
        if (!(await exists(fs, paths, partOf(record)))) await records.forget(render);
        throw new LoupeError('render-gone', fileNameOf(record), { cause: thrown });
      }
    },

    async writeRender({ render, file, position, bytes }) {
      await need(render).file.write(file, position, decodeBase64(bytes));
      return null;
    },

    async recordRender({ render, line }) {
      const { file, journal, record } = need(render);
      await file.flush();
      await journal.add(line).catch((thrown: unknown) => {
        throw writeError(thrown, fileNameOf(record));
      });
      return null;
    },

    async leaveRender({ render }) {
      await leaveOne(render);
      return null;
    },

    async discardRender({ render }) {
      await leaving;
      await close(render);
      const record = await records.get(render);
      // A finished one is the user's file.
      if (record?.path === null) await remove(record);
      return null;
    },

    async finishRender({ render }) {
      const { record, file } = need(render);
      await file.settled();
      if (!areFrames(record) && (await exists(fs, paths, finalOf(record)))) {
        throw new LoupeError('render-exists', fileNameOf(record));
      }
      await close(render);
      let path = finalOf(record);
      if (areFrames(record)) {
        const [first] = await framesIn(fs, paths, record);
        if (first === undefined) throw new LoupeError('render-gone', fileNameOf(record));
        path = join(path, first);
      } else {
        await fs.rename(paths.spell(partOf(record)), paths.spell(path)).catch((thrown: unknown) => {
          throw writeError(thrown, path);
        });
      }
      await records.put({ ...record, path });
      await fs.unlink(records.journalOf(render)).catch(() => undefined);
      return { path };
    },

    async unfinishedOf(ref) {
      await leaving;
      const mine = (await records.all())
        .filter(({ path, render }) => path === null && !open.has(render))
        .filter(({ ref: its }) => isSameClip(its, ref))
        .sort((one, other) => other.time - one.time);
      const record = mine.find(({ ref: its }) => isAt(its, ref)) ?? mine[0];
      if (!record) return null;
      const { render, clipName, folder, note } = record;
      seen.set(render, ref);
      const lines = await readJournal(fs, records.journalOf(render));
      return {
        ...{ render, ref, clipName, folder, note },
        fileName: fileNameOf(record),
        last: lines.at(-1) ?? null,
      };
    },

    leave() {
      const left = Promise.all([...open.keys()].map(leaveOne));
      leaving = Promise.allSettled([leaving, left]);
      return left.then(() => undefined);
    },
  };
}

/** The same frames of the same item in the same sequence; it may lie elsewhere by now. */
export function isSameClip(one: ClipRef, other: ClipRef): boolean {
  return (['sequenceId', 'itemId', 'inTicks', 'outTicks'] as const).every((key) => one[key] === other[key]);
}

export function isAt(one: ClipRef, other: ClipRef): boolean {
  return one.track === other.track && one.startTicks === other.startTicks;
}
