/**
 * Premiere as the rest of the host sees it. The module is handed in, never imported: in Photoshop there is none. No handle
 * is kept: all go stale with every transaction and import, so whatever is needed is found again by its ids.
 */
import type {
  ClipProjectItem,
  FolderItem,
  premierepro,
  Project,
  ProjectItem,
  Sequence,
  VideoClipTrackItem,
  VideoTrack,
} from '@adobe/premierepro';
import { LoupeError } from '../../errors.ts';

export type Premiere = premierepro;
export type { ClipProjectItem, FolderItem, Project, ProjectItem, Sequence, VideoClipTrackItem, VideoTrack };

/** Names that do not change with the application's language, as an item's display name does. */
export const MOTION = 'AE.ADBE Motion';
export const OPACITY = 'AE.ADBE Opacity';
export const CROP = 'AE.ADBE AECrop';

/** “The script object is no longer valid.”, as Premiere says of what an edit has made stale (a public plugin's report). */
const STALE = /no longer valid/i;

/** A call whose answer may be missing whatever the types say: what throws, unless it is stale, is as good as nothing. */
export async function maybe<T>(call: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return (await call()) ?? undefined;
  } catch (thrown) {
    if (STALE.test(String(thrown))) throw thrown;
    return undefined;
  }
}

/** How often what the user's own editing has made stale is begun again. */
const TRIES = 5;

/**
 * Finds and reads until it was not disturbed. A transaction may be the last thing it does: what that throws is a
 * LoupeError, which is not tried again.
 */
export async function undisturbed<T>(read: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await read();
    } catch (thrown) {
      if (tries >= TRIES || thrown instanceof LoupeError || !STALE.test(String(thrown))) throw thrown;
    }
  }
}

/** A path as the user knows it: on Windows projects have theirs with the prefix of long paths. */
export function plainPath(path: string): string {
  return path.replace(/^\\\\\?\\(UNC\\)?/, (_, unc: string | undefined) => (unc ? '\\\\' : ''));
}

/** Whether two paths name the same file: Premiere gives some of them decomposed (NFD). */
export function samePath(one: string, other: string): boolean {
  return plainPath(one).normalize('NFC') === plainPath(other).normalize('NFC');
}

/** All clips of a track; what is no clip, as a transition, Premiere gives as null. */
export function clipsOf(ppro: Premiere, track: VideoTrack): VideoClipTrackItem[] {
  const items: readonly (VideoClipTrackItem | null)[] = track.getTrackItems(
    ppro.Constants.TrackItemType.CLIP,
    false,
  );
  return items.filter((item) => item !== null);
}
