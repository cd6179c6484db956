/** What a person does with sequences and on the timeline. */
import { EVENTS } from './constants.ts';
import type { ClipView, User } from './interface.ts';
import {
  addItem,
  durationOf,
  findItem,
  itemOfSequence,
  linkedTo,
  makeItem,
  makeTrack,
  rateOfItem,
  takeId,
  withoutItem,
  type Clip,
  type Contents,
  type Sequence,
} from './model.ts';
import { editSequence, partsOf, place, spanOf } from './place.ts';
import type { Studio } from './studio.ts';
import { nearestFrame, scaled, ticksPerFrame } from './time.ts';
import {
  cut,
  makeClip,
  moved,
  overwrite,
  trimmed,
  withClip,
  withTrack,
  withTracks,
  without,
} from './timeline.ts';
import { handsOn } from './user-hands.ts';

export type TimelineHands = Pick<
  User,
  | 'createSequence'
  | 'openSequence'
  | 'closeSequence'
  | 'deleteSequence'
  | 'movePlayhead'
  | 'setTrackLocked'
  | 'setTrackMuted'
  | 'placeItem'
  | 'addAdjustmentLayer'
  | 'addGraphic'
  | 'selectClip'
  | 'selectNothing'
  | 'moveClip'
  | 'trimClip'
  | 'cutClip'
  | 'deleteClip'
  | 'renameClip'
  | 'setClipDisabled'
  | 'setSpeed'
  | 'nest'
>;

const DEFAULT_TRACKS = 3;

export function timelineHands(studio: Studio): TimelineHands {
  const { onProject, onSequence, onClip, edit, editClip, editTimeline } = handsOn(studio);

  /** Something without a file, of any length. */
  const lay = (
    kind: ClipView['kind'],
    name: string,
    sequenceId: string,
    track: number,
    at: bigint,
    duration: bigint,
  ): string | null =>
    onSequence<string | null>(null, sequenceId, (project) => {
      const [itemId, after] = takeId(project.contents, 'i');
      const [clipId, ready] = takeId(after, 'c');
      const itemless = kind === 'graphic';
      const contents = itemless ? ready : addItem(ready, 'root', makeItem(itemId, name, kind));
      const clip = makeClip(clipId, 'video', {
        name,
        itemId: itemless ? null : itemId,
        kind,
        start: at,
        end: at + duration,
        in: 0n,
        out: duration,
        link: null,
      });
      const laid = editSequence(contents, sequenceId, (sequence, ids) =>
        overwrite(withTracks(sequence, 'video', track), 'video', track, clip, ids),
      );
      project.change(`Add ${name}`, laid);
      return clipId;
    });

  return {
    createSequence: ({ name, width, height, rate, videoTracks, audioTracks }) =>
      onProject('', (project) => {
        const id = crypto.randomUUID();
        const [itemId, after] = takeId(project.contents, 'i');
        const tracks = (kind: 'video' | 'audio', count = DEFAULT_TRACKS) =>
          Array.from({ length: count }, (_, index) => makeTrack(kind, index));
        const sequence: Sequence = {
          id,
          width,
          height,
          ticksPerFrame: ticksPerFrame(rate),
          video: tracks('video', videoTracks),
          audio: tracks('audio', audioTracks),
        };
        const item = makeItem(itemId, name, 'sequence', { sequenceId: id });
        const made: Contents = { ...after, sequences: [...after.sequences, sequence] };
        project.change('New Sequence', addItem(made, 'root', item));
        studio.activate(project, id);
        return id;
      }),

    openSequence: (sequenceId) =>
      onSequence(false, sequenceId, (project) => {
        studio.activate(project, sequenceId);
        return true;
      }),

    closeSequence: (sequenceId) =>
      onProject(false, (project) => {
        if (!project.openSequences.delete(sequenceId)) return false;
        studio.events.tell(EVENTS.sequence.CLOSED, sequenceId, {});
        if (project.activeSequenceId === sequenceId) {
          studio.activate(project, [...project.openSequences].at(-1) ?? null);
        }
        return true;
      }),

    deleteSequence: (sequenceId) =>
      onSequence(false, sequenceId, (project) => {
        const item = itemOfSequence(project.contents, sequenceId);
        return edit(project, 'Delete Sequence', item ? withoutItem(project.contents, item.id) : null);
      }),

    movePlayhead: (sequenceId, ticks) =>
      onSequence(false, sequenceId, (project) => {
        project.playheads.set(sequenceId, BigInt(ticks));
        return true;
      }),

    setTrackLocked: (sequenceId, kind, index, locked) =>
      onSequence(false, sequenceId, (project, sequence) => {
        if (!sequence[kind][index]) return false;
        return editTimeline(project, 'Lock Track', sequenceId, (each) =>
          withTrack(each, kind, index, (track) => ({ ...track, locked })),
        );
      }),

    setTrackMuted: (sequenceId, kind, index, muted) =>
      onSequence(false, sequenceId, (project, sequence) => {
        if (!sequence[kind][index]) return false;
        return editTimeline(project, 'Mute Track', sequenceId, (each) =>
          withTrack(each, kind, index, (track) => ({ ...track, muted })),
        );
      }),

    placeItem: (sequenceId, itemId, { at = '0', videoTrack = 0, audioTrack = 0, inTicks, outTicks } = {}) =>
      onSequence<string | null>(null, sequenceId, (project, sequence) => {
        const { contents } = project;
        const item = findItem(contents, itemId);
        if (!item || item.kind === 'bin' || item.sequenceId === sequenceId) return null;
        const all = spanOf(contents, item);
        const span = {
          in: inTicks === undefined ? all.in : BigInt(inTicks),
          out: outTicks === undefined ? all.out : BigInt(outTicks),
        };
        if (span.in < 0n || span.out <= span.in) return null;
        const parts = partsOf(contents, item);
        const video = parts.video ? videoTrack : null;
        const audio = parts.audio ? audioTrack : null;
        const before = new Set(
          [...sequence.video, ...sequence.audio].flatMap(({ clips }) => clips.map(({ id }) => id)),
        );
        const placing = { sequenceId, item, span, at: BigInt(at), video, audio, how: 'overwrite' } as const;
        project.change('Overwrite', place(contents, placing));
        const after = project.sequence(sequenceId);
        const laid = [...(after?.video ?? []), ...(after?.audio ?? [])]
          .flatMap(({ clips }) => clips)
          .filter((clip) => !before.has(clip.id) && clip.itemId === itemId && clip.in === span.in);
        return laid[0]?.id ?? null;
      }),

    addAdjustmentLayer: (sequenceId, track, at, duration) =>
      lay('adjustment', 'Adjustment Layer', sequenceId, track, BigInt(at), BigInt(duration)),
    addGraphic: (sequenceId, track, at, duration) =>
      lay('graphic', 'Graphic', sequenceId, track, BigInt(at), BigInt(duration)),

    selectClip: (sequenceId, clipId, how = 'only') =>
      onClip(false, sequenceId, clipId, ({ project, sequence }) => {
        const old = project.selectedIn(sequenceId);
        const ids = linkedTo(sequence, clipId).map(({ id }) => id);
        if (how === 'only') project.select(sequenceId, [clipId]);
        else if (!old.includes(clipId)) project.select(sequenceId, [...old, clipId]);
        else
          project.selectExactly(
            sequenceId,
            old.filter((id) => !ids.includes(id)),
          );
        studio.selectionChanged(sequenceId);
        return true;
      }),

    selectNothing: (sequenceId) =>
      onSequence(false, sequenceId, (project) => {
        project.selectExactly(sequenceId, []);
        studio.selectionChanged(sequenceId);
        return true;
      }),

    moveClip: (sequenceId, clipId, to, track) =>
      onClip(false, sequenceId, clipId, ({ project, sequence, clip, kind }) => {
        const by = nearestFrame(BigInt(to), sequence.ticksPerFrame) - clip.start;
        const linked = linkedTo(sequence, clipId);
        if (linked.some(({ start }) => start + by < 0n)) return false;
        return editTimeline(project, 'Move', sequenceId, (each, ids) =>
          linked.reduce(
            (result, { id }) =>
              moved(
                track === undefined || id !== clipId ? result : withTracks(result, kind, track),
                id,
                by,
                ids,
                id === clipId ? track : undefined,
              ),
            each,
          ),
        );
      }),

    trimClip: (sequenceId, clipId, { inTicks, outTicks }) =>
      onClip(false, sequenceId, clipId, ({ project, sequence, clip }) => {
        const { contents } = project;
        const item = clip.itemId === null ? undefined : findItem(contents, clip.itemId);
        const endless = !item?.media || rateOfItem(contents, item) === 0;
        const bounds = { start: 0n, end: endless ? 1n << 62n : durationOf(contents, item) };
        const to = {
          ...(inTicks === undefined ? {} : { in: BigInt(inTicks) }),
          ...(outTicks === undefined ? {} : { out: BigInt(outTicks) }),
        };
        const next = linkedTo(sequence, clipId).reduce<Sequence | null>(
          (result, { id }) => result && trimmed(result, id, to, bounds),
          sequence,
        );
        return next !== null && editTimeline(project, 'Trim', sequenceId, () => next);
      }),

    cutClip: (sequenceId, clipId, at) =>
      onClip(false, sequenceId, clipId, ({ project, sequence, clip }) => {
        const time = nearestFrame(BigInt(at), sequence.ticksPerFrame);
        if (time <= clip.start || time >= clip.end) return false;
        return editTimeline(project, 'Razor', sequenceId, (each, ids) => cut(each, clipId, time, ids));
      }),

    deleteClip: (sequenceId, clipId) =>
      onClip(false, sequenceId, clipId, ({ project, sequence }) => {
        const ids = linkedTo(sequence, clipId).map(({ id }) => id);
        return editTimeline(project, 'Clear', sequenceId, (each) => without(each, ids, false));
      }),

    renameClip: (sequenceId, clipId, name) =>
      editClip('Rename', sequenceId, clipId, (clip) => ({ ...clip, name })),

    setClipDisabled: (sequenceId, clipId, disabled) =>
      editClip('Enable', sequenceId, clipId, (clip) => ({ ...clip, disabled })),

    setSpeed: (sequenceId, clipId, speed, reversed = false) =>
      onClip(false, sequenceId, clipId, ({ project, sequence }) => {
        if (!(speed > 0)) return false;
        const linked = linkedTo(sequence, clipId);
        const changed = (clip: Clip): Clip => ({
          ...clip,
          speed,
          reversed,
          end: clip.start + nearestFrame(scaled(clip.out - clip.in, 1 / speed), sequence.ticksPerFrame),
        });
        return editTimeline(project, 'Speed', sequenceId, (each) =>
          linked.reduce((result, { id }) => withClip(result, id, changed), each),
        );
      }),

    nest: (sequenceId, clipId, name) =>
      onClip<string | null>(null, sequenceId, clipId, ({ project, sequence, clip, track }) => {
        const id = crypto.randomUUID();
        const [itemId, after] = takeId(project.contents, 'i');
        const inner: Sequence = {
          ...sequence,
          id,
          video: [{ ...makeTrack('video', 0), clips: [{ ...clip, start: 0n, end: clip.end - clip.start }] }],
          audio: [makeTrack('audio', 0)],
        };
        const item = makeItem(itemId, name, 'sequence', { sequenceId: id });
        const made = addItem({ ...after, sequences: [...after.sequences, inner] }, 'root', item);
        const nested = editSequence(made, sequenceId, (each, ids) =>
          overwrite(
            each,
            'video',
            track,
            makeClip(ids(), 'video', {
              name,
              itemId,
              kind: 'sequence',
              start: clip.start,
              end: clip.end,
              in: 0n,
              out: clip.end - clip.start,
              link: null,
            }),
            ids,
          ),
        );
        project.change('Nest', nested);
        return id;
      }),
  };
}
