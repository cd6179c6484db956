/** Finding again what was found before: by the ids it had, since handles go stale. */
import type { ClipRef } from '../../bridge/premiere-calls.ts';
import {
  type ClipProjectItem,
  clipsOf,
  type FolderItem,
  maybe,
  type Premiere,
  type Project,
  type ProjectItem,
  samePath,
  type Sequence,
  type VideoClipTrackItem,
} from './premiere.ts';
import { ticksOf } from './ticks.ts';

/** A project as it is found again, in this session and in a later one. */
export interface ProjectRef {
  readonly id: string;
  readonly path: string;
}

export async function activeProject(ppro: Premiere): Promise<Project | undefined> {
  return maybe(() => ppro.Project.getActiveProject());
}

/** The project, active or not; undefined when it is closed. */
export async function findProject(ppro: Premiere, { id, path }: ProjectRef): Promise<Project | undefined> {
  const active = await activeProject(ppro);
  if (active && (active.guid.toString() === id || (path !== '' && samePath(active.path, path))))
    return active;
  const other = await maybe(() => ppro.Project.getProject(ppro.Guid.fromString(id)));
  return other && other.guid.toString() === id ? other : undefined;
}

export async function findSequence(project: Project, id: string): Promise<Sequence | undefined> {
  const sequences = (await maybe(() => project.getSequences())) ?? [];
  return sequences.find((each) => each.guid.toString() === id);
}

/** The clips of one video track; none where there is no such track. */
export async function clipsOn(
  ppro: Premiere,
  sequence: Sequence,
  track: number,
): Promise<readonly VideoClipTrackItem[]> {
  if (track >= (await sequence.getVideoTrackCount())) return [];
  const found = await maybe(() => sequence.getVideoTrack(track));
  return found ? clipsOf(ppro, found) : [];
}

export async function itemIdOf(clip: VideoClipTrackItem): Promise<string | undefined> {
  return (await maybe(() => clip.getProjectItem()))?.getId();
}

/** The clip of that item which begins there. */
export async function findClip(
  ppro: Premiere,
  sequence: Sequence,
  { track, startTicks, itemId }: Pick<ClipRef, 'track' | 'startTicks' | 'itemId'>,
): Promise<VideoClipTrackItem | undefined> {
  for (const clip of await clipsOn(ppro, sequence, track)) {
    if (ticksOf(await clip.getStartTime()) !== BigInt(startTicks)) continue;
    if ((await itemIdOf(clip)) === itemId) return clip;
  }
  return undefined;
}

/** Whether it has some of those frames. */
export async function showsSomeOf(
  clip: VideoClipTrackItem,
  { inTicks, outTicks }: Pick<ClipRef, 'inTicks' | 'outTicks'>,
): Promise<boolean> {
  const begins = ticksOf(await clip.getInPoint());
  const ends = ticksOf(await clip.getOutPoint());
  return begins < BigInt(outTicks) && ends > BigInt(inTicks);
}

/** All of that item's clips, the lowest track first. */
export async function clipsOfItem(
  ppro: Premiere,
  sequence: Sequence,
  itemId: string,
): Promise<readonly VideoClipTrackItem[]> {
  const found: VideoClipTrackItem[] = [];
  const tracks = await sequence.getVideoTrackCount();
  for (let track = 0; track < tracks; track += 1) {
    for (const clip of await clipsOn(ppro, sequence, track)) {
      if ((await itemIdOf(clip)) === itemId) found.push(clip);
    }
  }
  return found;
}

/** What is cast to another kind than it is gives nothing, or throws. */
export function asClip(ppro: Premiere, item: ProjectItem): Promise<ClipProjectItem | undefined> {
  return maybe(() => ppro.ClipProjectItem.cast(item));
}

export async function asFolder(ppro: Premiere, item: ProjectItem): Promise<FolderItem | undefined> {
  const bins: readonly number[] = [ppro.ProjectItem.TYPE_BIN, ppro.ProjectItem.TYPE_ROOT];
  return bins.includes(item.type) ? maybe(() => ppro.FolderItem.cast(item)) : undefined;
}
