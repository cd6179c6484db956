/** A project as it is kept: plain values that never change; every edit makes new ones, and Undo goes back to the old. */
import { makeEffect, MOTION_NAME, OPACITY_NAME, type StoredEffect } from './effects.ts';
import type { ClipView, FieldsOfFootage, MediaFacts, ProjectItemKind, TrackKind } from './interface.ts';
import { scaled, TICKS_PER_SECOND, ticksPerFrame } from './time.ts';

export interface Media {
  /** As the user's disk names it. */
  readonly path: string;
  readonly facts: MediaFacts;
  /** Start timecode. */
  readonly start: bigint;
  /** How many files a run of numbered stills has; null of anything else. */
  readonly stills: number | null;
}

export interface Interpretation {
  /** Null: as the file says. */
  readonly rate: number | null;
  readonly pixelAspect: number | null;
  readonly fields: FieldsOfFootage;
}

export interface Marks {
  readonly in: bigint | null;
  readonly out: bigint | null;
}

export interface Item {
  readonly id: string;
  readonly name: string;
  readonly kind: ProjectItemKind;
  readonly media: Media | null;
  readonly offline: boolean;
  readonly interpretation: Interpretation;
  readonly marks: Marks;
  readonly colorLabel: number;
  /** Of sequences and multicam sources. */
  readonly sequenceId: string | null;
  /** Of bins. */
  readonly children: readonly Item[] | null;
}

export interface Clip {
  readonly id: string;
  readonly name: string;
  readonly itemId: string | null;
  readonly kind: ClipView['kind'];
  readonly start: bigint;
  readonly end: bigint;
  readonly in: bigint;
  readonly out: bigint;
  readonly speed: number;
  readonly reversed: boolean;
  readonly disabled: boolean;
  /** Clips of one link are selected and moved together. */
  readonly link: string | null;
  readonly effects: readonly StoredEffect[];
}

export interface Track {
  readonly name: string;
  readonly muted: boolean;
  readonly locked: boolean;
  /** By start; they never overlap. */
  readonly clips: readonly Clip[];
}

export interface Sequence {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly ticksPerFrame: bigint;
  /** Bottom first. */
  readonly video: readonly Track[];
  readonly audio: readonly Track[];
}

export interface Contents {
  readonly root: Item;
  readonly sequences: readonly Sequence[];
  /** The number of the next id. */
  readonly next: number;
}

/** Length of a still on the timeline. [D] Preferences > Timeline > Still Image Default Duration */
const STILL_SECONDS = 5n;
/** [D] Preferences > Media > Indeterminate Media Timebase: what numbered stills are played by. */
export const STILLS_RATE = 30000 / 1001;

const AS_SHOT: Interpretation = { rate: null, pixelAspect: null, fields: 'default' };

export const makeItem = (
  id: string,
  name: string,
  kind: ProjectItemKind,
  more: Partial<Item> = {},
): Item => ({
  id,
  name,
  kind,
  media: null,
  offline: false,
  interpretation: AS_SHOT,
  marks: { in: null, out: null },
  colorLabel: 0,
  sequenceId: null,
  children: kind === 'bin' ? [] : null,
  ...more,
});

export const emptyContents = (): Contents => ({
  root: makeItem('root', 'Root', 'bin'),
  sequences: [],
  next: 1,
});

export const takeId = (contents: Contents, letter: string): [string, Contents] => [
  `${letter}${contents.next}`,
  { ...contents, next: contents.next + 1 },
];

export function* walk(item: Item): Generator<Item> {
  yield item;
  for (const child of item.children ?? []) yield* walk(child);
}

export const findItem = (contents: Contents, id: string): Item | undefined =>
  [...walk(contents.root)].find((item) => item.id === id);

export const parentOf = (contents: Contents, id: string): Item | undefined =>
  [...walk(contents.root)].find((item) => item.children?.some((child) => child.id === id));

/** With an item changed, or taken out where `change` answers null. */
export function replaceItem(contents: Contents, id: string, change: (item: Item) => Item | null): Contents {
  const within = (item: Item): Item | null => {
    const own = item.id === id ? change(item) : item;
    if (!own?.children || own.id === id) return own;
    return { ...own, children: own.children.flatMap((child) => within(child) ?? []) };
  };
  return { ...contents, root: within(contents.root) ?? contents.root };
}

export const addItem = (contents: Contents, binId: string, item: Item): Contents =>
  replaceItem(contents, binId, (bin) => ({ ...bin, children: [...(bin.children ?? []), item] }));

export const findSequence = (contents: Contents, id: string): Sequence | undefined =>
  contents.sequences.find((sequence) => sequence.id === id);

export const replaceSequence = (
  contents: Contents,
  id: string,
  change: (sequence: Sequence) => Sequence,
): Contents => ({
  ...contents,
  sequences: contents.sequences.map((sequence) => (sequence.id === id ? change(sequence) : sequence)),
});

export const itemOfSequence = (contents: Contents, sequenceId: string): Item | undefined =>
  [...walk(contents.root)].find((item) => item.kind === 'sequence' && item.sequenceId === sequenceId);

export const tracksOf = (sequence: Sequence, kind: TrackKind): readonly Track[] => sequence[kind];

export interface FoundClip {
  readonly clip: Clip;
  readonly kind: TrackKind;
  readonly track: number;
}

export function findClip(sequence: Sequence, id: string): FoundClip | undefined {
  for (const kind of ['video', 'audio'] as const) {
    for (const [track, { clips }] of sequence[kind].entries()) {
      const clip = clips.find((each) => each.id === id);
      if (clip) return { clip, kind, track };
    }
  }
  return undefined;
}

export const allClips = (sequence: Sequence): Clip[] =>
  [...sequence.video, ...sequence.audio].flatMap(({ clips }) => clips);

/** The clips that are selected and moved together with one, itself first. */
export function linkedTo(sequence: Sequence, id: string): Clip[] {
  const found = findClip(sequence, id)?.clip;
  if (!found) return [];
  const others = allClips(sequence).filter(
    (clip) => clip.id !== id && clip.link !== null && clip.link === found.link,
  );
  return [found, ...others];
}

export function endOf(sequence: Sequence): bigint {
  return allClips(sequence).reduce((last, { end }) => (end > last ? end : last), 0n);
}

/** Frames a second as interpreted; 0 of stills and of sound. */
export function rateOfItem(contents: Contents, item: Item): number {
  if (item.interpretation.rate !== null) return item.interpretation.rate;
  if (item.media?.stills !== null && item.media) return STILLS_RATE;
  const sequence = item.sequenceId === null ? undefined : findSequence(contents, item.sequenceId);
  if (sequence) return Number(TICKS_PER_SECOND) / Number(sequence.ticksPerFrame);
  return item.media?.facts.video?.rate ?? 0;
}

/** How long an item is, as interpreted: the frames of the file are counted, and played at the rate it is given. */
export function durationOf(contents: Contents, item: Item): bigint {
  const { media } = item;
  const sequence = item.sequenceId === null ? undefined : findSequence(contents, item.sequenceId);
  if (sequence) return endOf(sequence);
  if (!media) return STILL_SECONDS * TICKS_PER_SECOND;
  const rate = rateOfItem(contents, item);
  if (media.stills !== null) return BigInt(media.stills) * ticksPerFrame(rate);
  const { video, seconds } = media.facts;
  if (video?.rate === 0) return STILL_SECONDS * TICKS_PER_SECOND;
  if (!video) return scaled(TICKS_PER_SECOND, seconds);
  return BigInt(Math.round(seconds * video.rate)) * ticksPerFrame(rate);
}

export const hasPicture = (item: Item): boolean =>
  item.kind !== 'audio' && item.kind !== 'bin' && (item.media === null || item.media.facts.video !== null);

export function hasSound(contents: Contents, item: Item): boolean {
  if (item.media) return item.media.facts.audioChannels > 0;
  const sequence = item.sequenceId === null ? undefined : findSequence(contents, item.sequenceId);
  return sequence?.audio.some(({ clips }) => clips.length > 0) ?? false;
}

export const makeTrack = (kind: TrackKind, index: number): Track => ({
  name: `${kind === 'video' ? 'Video' : 'Audio'} ${index + 1}`,
  muted: false,
  locked: false,
  clips: [],
});

/** What every clip with a picture has. */
export const fixedEffects = (clipId: string): StoredEffect[] =>
  [OPACITY_NAME, MOTION_NAME].flatMap((name, index) => makeEffect(`${clipId}.${index}`, name) ?? []);

/** Without an item and what is in it, in the project panel and on all timelines. */
export function withoutItem(contents: Contents, id: string): Contents {
  const item = findItem(contents, id);
  if (!item) return contents;
  const gone = [...walk(item)];
  const stays = (itemId: string | null): boolean => !gone.some((each) => each.id === itemId);
  const sequences = contents.sequences
    .filter((sequence) => !gone.some((each) => each.kind === 'sequence' && each.sequenceId === sequence.id))
    .map((sequence) => {
      const left = (tracks: typeof sequence.video): typeof sequence.video =>
        tracks.map((track) => ({ ...track, clips: track.clips.filter((clip) => stays(clip.itemId)) }));
      return { ...sequence, video: left(sequence.video), audio: left(sequence.audio) };
    });
  return { ...replaceItem(contents, id, () => null), sequences };
}
