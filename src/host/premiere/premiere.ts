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

export type Premiere = premierepro;
export type { ClipProjectItem, FolderItem, Project, ProjectItem, Sequence, VideoClipTrackItem, VideoTrack };

/** Names that do not change with the application's language, as an item's display name does. */
export const MOTION = 'AE.ADBE Motion';
export const OPACITY = 'AE.ADBE Opacity';
export const CROP = 'AE.ADBE AECrop';

/** A call whose answer may be missing whatever the types say: what throws is as good as nothing. */
export async function maybe<T>(call: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return (await call()) ?? undefined;
  } catch {
    return undefined;
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
