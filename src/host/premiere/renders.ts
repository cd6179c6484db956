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
  /**
   * One of the same item in the same sequence, with its own reference: the clip was trimmed since, or cannot be
   * remastered any more.
   *
   * @param isOrphan whether its clip is not on the timeline but as this one
   */
  orphanOf(
    at: Pick<ClipRef, 'sequenceId' | 'itemId'>,
    isOrphan: (ref: ClipRef) => Promise<boolean>,
  ): Promise<UnfinishedRender | null>;
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
  /** Raised when a page goes: what it was opening is not for the next. */
  let page = 0;
  /** What crashed before there was anything to go on with goes first of all. */
  const ready = removeHopeless();

  async function removeHopeless(): Promise<void> {
    for (const record of await records.all()) {
      if (record.path !== null) continue;
      // What cannot be told is left for the next time, as where the drive is away.
      try {
        if (await isFinished(record)) await records.put({ ...record, path: finalOf(record) });
        else if ((await readJournal(fs, records.journalOf(record.render))).length > 0) continue;
        else if (await exists(fs, paths, record.folder)) await remove(record);
      } catch {
        continue;
      }
    }
  }
  /** It got its name, and then the plugin stopped. */
  async function isFinished(record: RenderRecord): Promise<boolean> {
    if (record.finishing !== true || areFrames(record)) return false;
    if (await exists(fs, paths, partOf(record))) return false;
    return exists(fs, paths, finalOf(record));
  }
  /** With its files, unless they are another render's; it stays known where they cannot be deleted. */
  async function remove(record: RenderRecord): Promise<void> {
    if (!(await isTakenOver(record)) && (await exists(fs, paths, partOf(record)).catch(() => true))) {
      await paths.prove(record.folder).catch(() => undefined);
      await deleteRenderFile(fs, paths, record);
      if (await isLeft(record)) return;
    }
    await records.forget(record.render);
  }
  /** Whether anything of it could not be deleted; a folder with the user's own files is none of it. */
  async function isLeft(record: RenderRecord): Promise<boolean> {
    if (areFrames(record)) return (await framesIn(fs, paths, record)).length > 0;
    return exists(fs, paths, partOf(record)).catch(() => true);
  }
  /** Its files were deleted, and a later render has their place. */
  async function isTakenOver({ render, time, ...where }: RenderRecord): Promise<boolean> {
    return (await records.all()).some(
      (other) =>
        other.render !== render && other.time >= time && placesOf(other).includes(placeOf(partOf(where))),
    );
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
  /** Rejects with `cancelled` where the page that asked for it is gone. */
  const keep = async (opened: Open, asked: number): Promise<void> => {
    if (asked === page) {
      open.set(opened.record.render, opened);
      return;
    }
    await opened.journal.close();
    throw new LoupeError('cancelled');
  };
  /** What a page before this one has left is closed before anything of it is asked for. */
  let leaving: Promise<unknown> = ready;
  /** By something on the disk, or by an unfinished render, though its files be away. */
  const isTaken = async (names: readonly string[], but?: string): Promise<boolean> => {
    const claimed = (await records.all())
      .filter(({ path, render }) => path === null && render !== but)
      .flatMap(placesOf);
    if (names.some((name) => claimed.includes(placeOf(name)))) return true;
    const found = await Promise.all(names.map((name) => exists(fs, paths, name)));
    return found.includes(true);
  };
  const freeName: RenderCalls['freeName'] = async ({ folder, base, extension }) => {
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? base : `${base} ${number}`;
      const file = join(folder, `${name}.${extension}`);
      // A folder of frames has the name alone.
      if (!(await isTaken([file, `${file}.part`, join(folder, name)]))) return { name };
    }
  };
  const unfinished = async (): Promise<RenderRecord[]> => {
    await leaving;
    return (await records.all())
      .filter(({ path, render }) => path === null && !open.has(render))
      .sort((one, other) => other.time - one.time);
  };
  const told = async (record: RenderRecord, ref: ClipRef): Promise<UnfinishedRender> => {
    const { render, clipName, folder, note } = record;
    const lines = await readJournal(fs, records.journalOf(render)).catch(() => []);
    return {
      ...{ render, ref, clipName, folder, note },
      fileName: fileNameOf(record),
      last: lines.at(-1) ?? null,
    };
  };

  return {
    freeName,

    async openRender({ render, ref, clipName, folder, name, extension, note }) {
      const asked = page;
      await leaving;
      if (open.has(render)) throw new LoupeError('run-under-way');
      const project = await projectOf(ref.sequenceId);
      const where = { folder, name, extension };
      await paths.probe(folder);
      if (await isTaken([finalOf(where), partOf(where)]))
        throw new LoupeError('render-exists', fileNameOf(where));
      const record: RenderRecord = {
        ...{ version: 1, render, time: Date.now(), project, ref, clipName, note, path: null, placed: null },
        ...where,
      };
      let file: RenderFile | undefined;
      try {
        await records.put(record);
        file = await openRenderFile(fs, paths, where, 'w+');
        const journal = await createJournal(fs, records.journalOf(render));
        await keep({ record, file, journal }, asked);
      } catch (thrown) {
        await file?.close();
        // What was not made by this is not deleted.
        if (file) await remove(record);
        else await records.forget(render);
        throw writeError(thrown, partOf(where));
      }
      return null;
    },

    async continueRender({ render }) {
      const asked = page;
      await leaving;
      await close(render);
      const found = await records.get(render);
      if (!found || found.path !== null) throw new LoupeError('render-gone', render);
      const record = { ...found, ref: seen.get(render) ?? found.ref, finishing: false };
      if (await isTakenOver(record)) {
        await records.forget(render);
        throw new LoupeError('render-gone', fileNameOf(record));
      }
      let file: RenderFile | undefined;
      try {
        // Also finds the spelling of paths.
        await paths.probe(record.folder);
        file = await openRenderFile(fs, paths, record, 'r+');
        const { journal, lines } = await continueJournal(
          fs,
          records.journalOf(render),
          areFrames(record) ? Infinity : file.bytes,
        );
        await records.put(record);
        await keep({ record, file, journal }, asked);
        return { note: record.note, journal: [...lines] };
      } catch (thrown) {
        await file?.close();
        if (thrown instanceof LoupeError) throw thrown;
        // The folder is there, and it is not in it.
        if (!(await exists(fs, paths, partOf(record)).catch(() => true))) await records.forget(render);
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
      await journal.add(line, file.bytes).catch((thrown: unknown) => {
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
      await close(render);
      let named = record;
      let path = finalOf(record);
      if (areFrames(record)) {
        const [first] = await framesIn(fs, paths, record);
        if (first === undefined) throw new LoupeError('render-gone', fileNameOf(record));
        path = join(path, first);
      } else {
        // Somebody took its name meanwhile: there is nothing that replaces no file.
        if (await exists(fs, paths, path)) {
          const { folder, name: base, extension } = record;
          named = { ...record, ...(await freeName({ folder, base, extension })) };
          path = finalOf(named);
        }
        // Told by this after a crash from one that the user has deleted.
        else await records.put({ ...record, finishing: true });
        await fs.rename(paths.spell(partOf(record)), paths.spell(path)).catch((thrown: unknown) => {
          throw writeError(thrown, path);
        });
      }
      await records.put({ ...named, path, finishing: false });
      await fs.unlink(records.journalOf(render)).catch(() => undefined);
      return { path };
    },

    async unfinishedOf(ref) {
      const mine = (await unfinished()).filter(({ ref: its }) => isSameClip(its, ref));
      const record = mine.find(({ ref: its }) => isAt(its, ref)) ?? mine[0];
      if (!record) return null;
      seen.set(record.render, ref);
      return told(record, ref);
    },

    async orphanOf({ sequenceId, itemId }, isOrphan) {
      for (const record of await unfinished()) {
        const { ref } = record;
        if (ref.sequenceId !== sequenceId || ref.itemId !== itemId) continue;
        if (await isOrphan(ref)) return told(record, ref);
      }
      return null;
    },

    leave() {
      page += 1;
      const left = Promise.all([...open.keys()].map(leaveOne));
      leaving = Promise.allSettled([leaving, left]);
      return left.then(() => undefined);
    },
  };
}

/** A place on the disk, however its letters are composed. */
const placeOf = (path: string): string => path.normalize('NFC');

/** What a render has on the disk, or will have. */
const placesOf = (record: RenderRecord): string[] =>
  (record.path === null ? [partOf(record), finalOf(record)] : [finalOf(record)]).map(placeOf);

/** The same frames of the same item in the same sequence; it may lie elsewhere by now. */
export function isSameClip(one: ClipRef, other: ClipRef): boolean {
  return (['sequenceId', 'itemId', 'inTicks', 'outTicks'] as const).every((key) => one[key] === other[key]);
}

export function isAt(one: ClipRef, other: ClipRef): boolean {
  return one.track === other.track && one.startTicks === other.startTicks;
}
