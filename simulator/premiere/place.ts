/** Laying an item onto a sequence: picture and sound land together, linked. */
import type { TrackKind } from './interface.ts';
import {
  durationOf,
  hasPicture,
  hasSound,
  replaceSequence,
  takeId,
  type Clip,
  type Contents,
  type Item,
  type Sequence,
} from './model.ts';
import { nearestFrame } from './time.ts';
import { makeClip, makeRoom, overwrite, withTracks, type Ids } from './timeline.ts';

/** Which part of an item is laid. */
export interface Span {
  readonly in: bigint;
  readonly out: bigint;
}

/** By its marks where they are set, else all of it. */
export function spanOf(contents: Contents, item: Item): Span {
  return { in: item.marks.in ?? 0n, out: item.marks.out ?? durationOf(contents, item) };
}

export interface Placing {
  readonly sequenceId: string;
  readonly item: Item;
  readonly span: Span;
  readonly at: bigint;
  /** Null where there is no such part, or it goes nowhere. */
  readonly video: number | null;
  readonly audio: number | null;
  readonly how: 'overwrite' | 'insert' | 'insert-here';
}

/** Changes a sequence with ids of the project's. */
export function editSequence(
  contents: Contents,
  sequenceId: string,
  change: (sequence: Sequence, ids: Ids) => Sequence,
): Contents {
  let ids = contents;
  const next: Ids = () => {
    const [id, after] = takeId(ids, 'c');
    ids = after;
    return id;
  };
  const edited = replaceSequence(contents, sequenceId, (sequence) => change(sequence, next));
  return { ...edited, next: ids.next };
}

/** What of an item there is to lay. */
export const partsOf = (contents: Contents, item: Item): Record<TrackKind, boolean> => ({
  video: hasPicture(item),
  audio: hasSound(contents, item),
});

export function place(
  contents: Contents,
  { sequenceId, item, span, at, video, audio, how }: Placing,
): Contents {
  return editSequence(contents, sequenceId, (sequence, ids) => {
    const frame = sequence.ticksPerFrame;
    const start = nearestFrame(at, frame);
    const whole = nearestFrame(span.out - span.in, frame);
    const length = whole > 0n ? whole : frame;
    const link = video !== null && audio !== null ? ids() : null;
    const laid = (kind: TrackKind): Clip =>
      makeClip(ids(), kind, {
        name: item.name,
        itemId: item.id,
        kind: item.kind,
        start,
        end: start + length,
        in: span.in,
        out: span.in + length,
        link,
      });
    const tracks = [
      ...(video === null ? [] : [['video', video] as const]),
      ...(audio === null ? [] : [['audio', audio] as const]),
    ];
    let result = sequence;
    for (const [kind, index] of tracks) result = withTracks(result, kind, index);
    if (how !== 'overwrite') {
      const only = (kind: TrackKind, index: number): boolean =>
        tracks.some((each) => each[0] === kind && each[1] === index);
      result = makeRoom(result, start, length, ids, how === 'insert-here' ? only : undefined);
    }
    for (const [kind, index] of tracks) result = overwrite(result, kind, index, laid(kind), ids);
    return result;
  });
}
