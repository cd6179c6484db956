/** Edits of a sequence: what an overwrite, an insert, a trim or a removal leaves. */
import {
  fixedEffects,
  findClip,
  linkedTo,
  makeTrack,
  type Clip,
  type Sequence,
  type Track,
} from './model.ts';
import type { TrackKind } from './interface.ts';
import { scaled } from './time.ts';

/** Gives ids, in order. */
export type Ids = () => string;

const byStart = (a: Clip, b: Clip): number => (a.start < b.start ? -1 : 1);

export const withTrack = (
  sequence: Sequence,
  kind: TrackKind,
  index: number,
  change: (track: Track) => Track,
): Sequence => ({
  ...sequence,
  [kind]: sequence[kind].map((track, at) => (at === index ? change(track) : track)),
});

export function withClip(sequence: Sequence, id: string, change: (clip: Clip) => Clip): Sequence {
  const found = findClip(sequence, id);
  if (!found) return sequence;
  return withTrack(sequence, found.kind, found.track, (track) => ({
    ...track,
    clips: track.clips.map((clip) => (clip.id === id ? change(clip) : clip)).sort(byStart),
  }));
}

/** The clip's part before a time of the sequence. */
export function head(clip: Clip, at: bigint): Clip {
  const source = scaled(at - clip.start, clip.speed);
  return clip.reversed
    ? { ...clip, end: at, in: clip.out - source }
    : { ...clip, end: at, out: clip.in + source };
}

/** The clip's part from a time of the sequence on. */
export function tail(clip: Clip, at: bigint): Clip {
  const source = scaled(clip.end - at, clip.speed);
  return clip.reversed
    ? { ...clip, start: at, out: clip.in + source }
    : { ...clip, start: at, in: clip.out - source };
}

/** Frees a span of a track: what it covers goes, what it meets is cut, and both sides stay. */
function freed({ clips }: Track, start: bigint, end: bigint, ids: Ids): Clip[] {
  return clips.flatMap((clip) => {
    if (clip.end <= start || clip.start >= end) return [clip];
    const left = clip.start < start ? [head(clip, start)] : [];
    const right = clip.end > end ? [{ ...tail(clip, end), id: left.length > 0 ? ids() : clip.id }] : [];
    return [...left, ...right];
  });
}

/** Lays a clip over what is there. A locked track stays as it is. */
export const overwrite = (
  sequence: Sequence,
  kind: TrackKind,
  index: number,
  laid: Clip,
  ids: Ids,
): Sequence =>
  withTrack(sequence, kind, index, (track) =>
    track.locked
      ? track
      : { ...track, clips: [...freed(track, laid.start, laid.end, ids), laid].sort(byStart) },
  );

/** Cuts what lies across a time and moves what comes after; on all tracks that are not locked, or on those named. */
export function makeRoom(
  sequence: Sequence,
  at: bigint,
  length: bigint,
  ids: Ids,
  only?: (kind: TrackKind, index: number) => boolean,
): Sequence {
  const moved = (kind: TrackKind, track: Track, index: number): Track => {
    if (track.locked || (only && !only(kind, index))) return track;
    const clips = track.clips.flatMap((clip) => {
      if (clip.end <= at) return [clip];
      const whole = clip.start >= at;
      const later = whole ? clip : { ...tail(clip, at), id: ids() };
      const right = { ...later, start: later.start + length, end: later.end + length };
      return whole ? [right] : [head(clip, at), right];
    });
    return { ...track, clips };
  };
  return {
    ...sequence,
    video: sequence.video.map((track, index) => moved('video', track, index)),
    audio: sequence.audio.map((track, index) => moved('audio', track, index)),
  };
}

/** Takes clips off; with `ripple` the rest of their tracks moves up. */
export function without(sequence: Sequence, clipIds: readonly string[], ripple: boolean): Sequence {
  const left = (track: Track): Track => {
    if (track.locked) return track;
    let gap = 0n;
    const clips = track.clips.flatMap((clip) => {
      if (clipIds.includes(clip.id)) {
        gap += clip.end - clip.start;
        return [];
      }
      return ripple ? [{ ...clip, start: clip.start - gap, end: clip.end - gap }] : [clip];
    });
    return { ...track, clips };
  };
  return { ...sequence, video: sequence.video.map(left), audio: sequence.audio.map(left) };
}

/** Adds empty tracks until there is one of that index. */
export function withTracks(sequence: Sequence, kind: TrackKind, index: number): Sequence {
  const tracks = [...sequence[kind]];
  while (tracks.length <= index) tracks.push(makeTrack(kind, tracks.length));
  return { ...sequence, [kind]: tracks };
}

/** Moves a clip within its track, over what is there. */
export function moved(sequence: Sequence, clipId: string, by: bigint, ids: Ids, toTrack?: number): Sequence {
  const found = findClip(sequence, clipId);
  if (!found) return sequence;
  const { clip, kind, track } = found;
  const lifted = without(sequence, [clipId], false);
  const there = { ...clip, start: clip.start + by, end: clip.end + by };
  return overwrite(lifted, kind, toTrack ?? track, there, ids);
}

/** Drags a clip's edges to times of the source; nothing where that leaves no frame or meets a neighbour. */
export function trimmed(
  sequence: Sequence,
  clipId: string,
  to: { readonly in?: bigint; readonly out?: bigint },
  bounds: { readonly start: bigint; readonly end: bigint },
): Sequence | null {
  const found = findClip(sequence, clipId);
  if (!found || found.clip.reversed) return null;
  const { clip, kind, track } = found;
  const next: Clip = {
    ...clip,
    in: to.in ?? clip.in,
    out: to.out ?? clip.out,
    start: clip.start + scaled((to.in ?? clip.in) - clip.in, 1 / clip.speed),
    end: clip.end + scaled((to.out ?? clip.out) - clip.out, 1 / clip.speed),
  };
  const others = sequence[kind][track]?.clips.filter(({ id }) => id !== clipId) ?? [];
  const meets = others.some((other) => other.start < next.end && other.end > next.start);
  const beyond = next.in < bounds.start || next.out > bounds.end || next.start < 0n;
  if (meets || beyond || next.end <= next.start) return null;
  return withClip(sequence, clipId, () => next);
}

/** Cuts a clip and those linked to it at a time of the sequence; the right parts are linked to one another. */
export function cut(sequence: Sequence, clipId: string, at: bigint, ids: Ids): Sequence {
  const link = ids();
  let result = sequence;
  for (const clip of linkedTo(sequence, clipId)) {
    const found = findClip(result, clip.id);
    if (!found || clip.start >= at || clip.end <= at) continue;
    const right = { ...tail(clip, at), id: ids(), link: clip.link === null ? null : link };
    result = withTrack(result, found.kind, found.track, (track) => ({
      ...track,
      clips: track.clips.flatMap((each) => (each.id === clip.id ? [head(clip, at), right] : [each])),
    }));
  }
  return result;
}

export const makeClip = (
  id: string,
  kind: TrackKind,
  what: Omit<Clip, 'id' | 'effects' | 'speed' | 'reversed' | 'disabled'>,
): Clip => ({
  id,
  speed: 1,
  reversed: false,
  disabled: false,
  effects: kind === 'video' ? fixedEffects(id) : [],
  ...what,
});
