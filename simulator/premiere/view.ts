/** What the windows of Premiere show, as plain values. */
import { CROP_NAME, isPoint, MOTION, MOTION_NAME, OPACITY_NAME, valueAt } from './effects.ts';
import type {
  ClipView,
  EffectView,
  FrameLayer,
  ParamValue,
  ProjectItemView,
  ProjectView,
  SequenceView,
  TrackKind,
  TrackView,
} from './interface.ts';
import {
  durationOf,
  endOf,
  findItem,
  findSequence,
  itemOfSequence,
  linkedTo,
  rateOfItem,
  type Clip,
  type Item,
  type Sequence,
} from './model.ts';
import type { OpenProject } from './project.ts';
import type { Studio } from './studio.ts';
import { scaled } from './time.ts';

export function projectView(studio: Studio, project: OpenProject): ProjectView {
  const { guid: id, name, path, saved, activeSequenceId, undoNames: undo, redoNames: redo } = project;
  const { root, sequences } = project.contents;
  return {
    id,
    name,
    path,
    saved,
    activeSequenceId,
    undo,
    redo,
    items: (root.children ?? []).map((item) => itemView(studio, project, item)),
    sequences: sequences.map((sequence) => sequenceView(project, sequence)),
  };
}

/** Pixels of what an item shows; 0 without a picture. */
function sizeOf({ contents }: OpenProject, { media, sequenceId }: Item): { width: number; height: number } {
  const shown = sequenceId === null ? media?.facts.video : findSequence(contents, sequenceId);
  return { width: shown?.width ?? 0, height: shown?.height ?? 0 };
}

function itemView(studio: Studio, project: OpenProject, item: Item): ProjectItemView {
  const { id, name, kind, media, marks, sequenceId, interpretation, children } = item;
  const { contents } = project;
  return {
    id,
    name,
    kind,
    path: media?.path ?? null,
    offline: studio.isOffline(item),
    ...sizeOf(project, item),
    interpretation: {
      rate: rateOfItem(contents, item),
      pixelAspect: interpretation.pixelAspect ?? media?.facts.video?.pixelAspect ?? 1,
      fields: interpretation.fields,
    },
    audioChannels: media?.facts.audioChannels ?? 0,
    mediaStartTicks: String(media?.start ?? 0n),
    durationTicks: String(kind === 'bin' ? 0n : durationOf(contents, item)),
    inTicks: marks.in === null ? null : String(marks.in),
    outTicks: marks.out === null ? null : String(marks.out),
    sequenceId,
    selected: project.selectedItems.has(id),
    children: children?.map((child) => itemView(studio, project, child)) ?? null,
  };
}

function sequenceView(project: OpenProject, sequence: Sequence): SequenceView {
  const { id, width, height, ticksPerFrame } = sequence;
  const item = itemOfSequence(project.contents, id);
  const tracks = (kind: TrackKind): TrackView[] =>
    sequence[kind].map(({ name, muted, locked, clips }, index) => ({
      kind,
      index,
      name,
      muted,
      locked,
      clips: clips.map((clip) => clipView(project, sequence, clip)),
    }));
  return {
    id,
    itemId: item?.id ?? '',
    name: item?.name ?? '',
    width,
    height,
    ticksPerFrame: String(ticksPerFrame),
    playheadTicks: String(project.playheads.get(id) ?? 0n),
    endTicks: String(endOf(sequence)),
    open: project.openSequences.has(id),
    videoTracks: tracks('video'),
    audioTracks: tracks('audio'),
  };
}

function clipView(project: OpenProject, sequence: Sequence, clip: Clip): ClipView {
  const { id, name, itemId, kind, speed, reversed, disabled, effects } = clip;
  return {
    id,
    name,
    itemId,
    kind,
    startTicks: String(clip.start),
    endTicks: String(clip.end),
    inTicks: String(clip.in),
    outTicks: String(clip.out),
    speed,
    reversed,
    disabled,
    selected: project.selectedIn(sequence.id).includes(id),
    linkedIds: linkedTo(sequence, id)
      .slice(1)
      .map((linked) => linked.id),
    effects: effects.map(({ matchName, name: shown, params }): EffectView => ({
      matchName,
      name: shown,
      params: params.map(({ name: label, value, keyframes }) => ({
        name: label,
        value,
        keyframes: keyframes?.map(({ ticks, ...rest }) => ({ ticks: String(ticks), ...rest })) ?? null,
      })),
    })),
  };
}

/** What a sequence shows at a time, lowest first. */
export function layersAt(studio: Studio, project: OpenProject, sequence: Sequence, at: bigint): FrameLayer[] {
  return sequence.video.flatMap(({ muted, clips }) => {
    const clip = muted ? undefined : clips.find(({ start, end }) => start <= at && at < end);
    return clip && !clip.disabled ? [layerOf(studio, project, clip, at)] : [];
  });
}

function layerOf(studio: Studio, project: OpenProject, clip: Clip, at: bigint): FrameLayer {
  const run = scaled(at - clip.start, clip.speed);
  const source = clip.reversed ? clip.out - run : clip.in + run;
  const value = (matchName: string, index: number): ParamValue | undefined => {
    const param = clip.effects.find((effect) => effect.matchName === matchName)?.params[index];
    return param && valueAt(param, source);
  };
  const number = (matchName: string, index: number, without: number): number => {
    const found = value(matchName, index);
    return typeof found === 'number' ? found : without;
  };
  const point = (index: number): readonly [number, number] => {
    const found = value(MOTION_NAME, index);
    return isPoint(found) ? found : [0.5, 0.5];
  };
  const crop = (side: number): number =>
    Math.max(number(MOTION_NAME, MOTION.cropLeft + side, 0), number(CROP_NAME, side, 0));
  const item = clip.itemId === null ? undefined : findItem(project.contents, clip.itemId);
  const scale = number(MOTION_NAME, MOTION.scale, 100);
  const uniform = value(MOTION_NAME, MOTION.uniformScale) !== false;
  return {
    clipId: clip.id,
    path: item && !studio.isOffline(item) ? (item.media?.path ?? null) : null,
    sequenceId: item?.sequenceId ?? null,
    sourceTicks: String(source),
    ...(item ? sizeOf(project, item) : { width: 0, height: 0 }),
    pixelAspect: item?.interpretation.pixelAspect ?? item?.media?.facts.video?.pixelAspect ?? 1,
    rate: item ? rateOfItem(project.contents, item) : 0,
    opacity: number(OPACITY_NAME, 0, 100),
    position: point(MOTION.position),
    scale,
    scaleWidth: uniform ? scale : number(MOTION_NAME, MOTION.scaleWidth, 100),
    rotation: number(MOTION_NAME, MOTION.rotation, 0),
    anchor: point(MOTION.anchor),
    crop: [crop(0), crop(1), crop(2), crop(3)],
  };
}
