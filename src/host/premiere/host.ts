/** The page's calls, answered by Premiere. */
import type { ClipRef, ClipReport } from '../../bridge/premiere-calls.ts';
import type { PremiereApi } from '../../bridge/protocol.ts';
import { LoupeError } from '../../errors.ts';
import { ownModels } from '../own-models.ts';
import type { Uxp, UxpFs } from '../uxp.ts';
import { clipEvents } from './events.ts';
import { activeProject, clipsOfItem, findClip, findProject, findSequence, type ProjectRef } from './find.ts';
import { createMedia } from './media.ts';
import { openClipMemory } from './memory.ts';
import { folderOf } from './paths.ts';
import { placeRender } from './place.ts';
import type { Finished } from './placing.ts';
import { plainPath, type Premiere, undisturbed } from './premiere.ts';
import { userPaths } from './probe.ts';
import { openRecords, type RenderRecord } from './records.ts';
import { createRenders, isAt, isSameClip } from './renders.ts';
import { type ClipPlace, report } from './report.ts';
import { ticksOf } from './ticks.ts';
import { undoRemaster } from './undo.ts';

/** The bin that renders are imported into, in every language: a user may have renders of before in it. */
const BIN = 'Remastered';

export type PremiereHost = Omit<PremiereApi, 'hello'> & {
  /** Closes the files that a page has left open; its renders are kept for the next. */
  leave(): Promise<void>;
  /** Whether there is a page that is shown. */
  watch(watching: boolean): void;
};

export interface PremiereHostOptions {
  readonly ppro: Premiere;
  readonly fs: UxpFs;
  readonly uxp: Pick<Uxp, 'storage' | 'shell'>;
  readonly words: { readonly whyFolder: string };
  readonly onClipChanged: () => void;
}

export function premiereHost({ ppro, fs, uxp, words, onClipChanged }: PremiereHostOptions): PremiereHost {
  const paths = userPaths(fs);
  const memory = openClipMemory(fs);
  const records = openRecords(fs);
  const media = createMedia(fs, paths);
  const events = clipEvents(ppro, onClipChanged);
  const projectOf = async (sequenceId: string): Promise<ProjectRef> => {
    const project = await activeProject(ppro);
    if (!project) throw new LoupeError('no-project');
    if (!(await findSequence(project, sequenceId))) throw new LoupeError('sequence-gone');
    return { id: project.guid.toString(), path: project.path };
  };
  const renders = createRenders({ fs, paths, records, projectOf });

  const projectName = async (): Promise<string | undefined> => {
    const project = await activeProject(ppro);
    return project && (plainPath(project.path) || project.name);
  };
  const finished = async (render: string): Promise<Finished> => {
    const record = await records.get(render);
    if (!record || record.path === null) throw new LoupeError('render-gone', render);
    return { ...record, path: record.path };
  };
  /** Writes to the project follow one another. */
  let writing: Promise<unknown> = Promise.resolve();
  const alone = <T>(write: () => Promise<T>): Promise<T> => {
    const done = writing.then(write).finally(events.changed);
    writing = done.catch(() => undefined);
    return done;
  };

  return {
    activeClip: () =>
      undisturbed(async () => {
        const { at, ...seen } = await report(ppro);
        const { clip } = seen;
        const project = await projectName();
        return {
          ...seen,
          remembered: clip && project !== undefined ? await memory.recall(project, clip.ref) : null,
          last: await memory.last(),
          unfinished:
            (clip && (await renders.unfinishedOf(clip.ref))) ??
            (at && (await renders.orphanOf(at, (ref) => isOrphan(ppro, ref, at)))),
          placed: at && (await placedAt(ppro, await records.all(), at, clip)),
        };
      }),
    async rememberClip({ ref, settings }) {
      const project = await projectName();
      if (project === undefined) throw new LoupeError('no-project');
      await memory.remember(project, ref, settings);
      return null;
    },

    openMedia: media.openMedia,
    readMedia: media.readMedia,
    closeMedia: media.closeMedia,

    async chooseFolder() {
      const folder = await uxp.storage.localFileSystem.getFolder();
      return { folder: folder && plainPath(folder.nativePath) };
    },
    async defaultFolder() {
      const project = await activeProject(ppro);
      return { folder: project ? folderOf(plainPath(project.path)) : null };
    },

    freeName: renders.freeName,
    async openRender(args) {
      await renders.openRender(args);
      await memory.begin(args.settings);
      return null;
    },
    continueRender: renders.continueRender,
    writeRender: renders.writeRender,
    recordRender: renders.recordRender,
    leaveRender: renders.leaveRender,
    discardRender: renders.discardRender,
    finishRender: renders.finishRender,

    placeRender: (args) =>
      alone(async () => {
        const record = await finished(args.render);
        const there = await stillPlaced(ppro, record);
        const placed = there ?? (await placeRender({ ppro, record, args, binName: BIN }));
        if (placed instanceof LoupeError) {
          return { kind: 'left' as const, problem: { code: placed.code, detail: placed.detail } };
        }
        await records.put({ ...record, placed });
        const { trackName, newTrack, originalHidden } = placed;
        return { kind: 'placed' as const, trackName, newTrack, originalHidden };
      }),
    undoRemaster: ({ render, undoName }) =>
      alone(async () => {
        const record = await finished(render);
        await undoRemaster(ppro, record, { undoName });
        await records.put({ ...record, placed: null });
        return null;
      }),

    ...ownModels({ fs, uxp, why: words.whyFolder }),
    watch: events.watch,
    async leave() {
      // Both at once, so that what the next page opens is not among it.
      await Promise.all([media.leave(), renders.leave()]);
    },
  };
}

async function stillPlaced(
  ppro: Premiere,
  { project, placed }: RenderRecord,
): Promise<RenderRecord['placed']> {
  const found = placed && (await findProject(ppro, project));
  const sequence = found && (await findSequence(found, placed.sequenceId));
  return sequence && (await findClip(ppro, sequence, placed)) ? placed : null;
}

/** Whether no clip but the one that lies there has those frames. */
async function isOrphan(ppro: Premiere, ref: ClipRef, at: ClipPlace): Promise<boolean> {
  const project = await activeProject(ppro);
  const sequence = project && (await findSequence(project, at.sequenceId));
  for (const clip of sequence ? await clipsOfItem(ppro, sequence, at.itemId) : []) {
    if (ticksOf(await clip.getInPoint()) !== BigInt(ref.inTicks)) continue;
    if (ticksOf(await clip.getOutPoint()) !== BigInt(ref.outTicks)) continue;
    const itself =
      ticksOf(await clip.getStartTime()) === BigInt(at.startTicks) &&
      (await clip.getTrackIndex()) === at.track;
    if (!itself) return false;
  }
  return true;
}

/** The render that lies over the selected clip, or is it. */
async function placedAt(
  ppro: Premiere,
  records: readonly RenderRecord[],
  at: ClipPlace,
  clip: ClipReport['clip'],
): Promise<ClipReport['placed']> {
  for (const record of [...records].sort((one, other) => other.time - one.time)) {
    const { ref, placed, path, render } = record;
    if (!placed || path === null || placed.sequenceId !== at.sequenceId) continue;
    const over = clip !== null && isSameClip(ref, clip.ref) && isAt(ref, clip.ref);
    const itself = placed.itemId === at.itemId;
    if (!over && !itself) continue;
    if (itself || (await stillPlaced(ppro, record))) return { render, path, trackName: placed.trackName };
  }
  return null;
}
