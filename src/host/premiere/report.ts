/** What is selected on the timeline, and what stands in the way of remastering it. Plain data: no handle leaves here. */
import type { ClipRef, ClipReport } from '../../bridge/premiere-calls.ts';
import { LoupeError } from '../../errors.ts';
import { activeProject, asClip } from './find.ts';
import {
  type ClipProjectItem,
  clipsOf,
  CROP,
  maybe,
  MOTION,
  OPACITY,
  plainPath,
  type Premiere,
  type Sequence,
  type VideoClipTrackItem,
} from './premiere.ts';
import { isNear, isOneToOne, isUnset, ticksOf } from './ticks.ts';

type Clip = NonNullable<ClipReport['clip']>;

export interface Seen extends Pick<ClipReport, 'project' | 'sequence' | 'clip' | 'refusal'> {
  /** Where the one selected clip lies, though it be refused. */
  readonly at: ClipPlace | null;
}

/** What a clip on a timeline is found again by. */
export type ClipPlace = Pick<ClipRef, 'sequenceId' | 'track' | 'startTicks' | 'itemId'>;

/** Of stills, which Premiere tells from clips by nothing that the API has. Layered and vector files are stills, too. */
const STILL =
  /\.(?:jpe?g|jpe|jfif|png|tiff?|psd|psb|bmp|dib|gif|webp|heic|heif|avif|tga|icb|vda|vst|exr|dpx|cin|hdr|ai|eps|svg|pcx|pict?|ptl|prtl|ico|dng|cr[23]|nef|arw|raf|orf|rw2)$/i;
/** Made by Premiere or After Effects while they play. */
const MADE = /\.(?:prproj|aep|aepx|aegraphic|mogrt|prtl|ptl)$/i;

/** Reads what is selected. What stands in the way is a refusal; what Premiere itself throws comes out. */
export async function report(ppro: Premiere): Promise<Seen> {
  const nothing: Seen = { project: null, sequence: null, clip: null, refusal: null, at: null };
  const project = await activeProject(ppro);
  if (!project) return { ...nothing, refusal: problem('no-project') };
  const known = { project: { name: project.name, path: plainPath(project.path) } };
  const sequence = await maybe(() => project.getActiveSequence());
  if (!sequence) return { ...nothing, ...known, refusal: problem('no-sequence') };
  const size = await sequence.getFrameSize();
  const ticksPerFrame = await sequence.getTimebase();
  const about = {
    ...known,
    sequence: {
      id: sequence.guid.toString(),
      name: sequence.name,
      width: Math.round(size.width),
      height: Math.round(size.height),
      ticksPerFrame,
    },
  };
  const clips = await selectedClips(ppro, sequence);
  const [only] = clips;
  if (!only) return { ...nothing, ...about, refusal: problem('no-clip') };
  if (clips.length > 1) {
    return { ...nothing, ...about, refusal: problem('several-clips', String(clips.length)) };
  }
  // Graphics have no item.
  const item = await maybe(() => only.getProjectItem());
  const at = item && {
    sequenceId: sequence.guid.toString(),
    track: await only.getTrackIndex(),
    startTicks: String(ticksOf(await only.getStartTime())),
    itemId: item.getId(),
  };
  try {
    if (await only.isAdjustmentLayer()) throw new LoupeError('clip-adjustment', await only.getName());
    const media = item && (await asClip(ppro, item));
    if (!at || !media) throw new LoupeError('clip-graphic', await only.getName());
    return {
      ...about,
      clip: await reportClip(ppro, only, media, { ...at, ticksPerFrame }),
      refusal: null,
      at,
    };
  } catch (thrown) {
    if (thrown instanceof LoupeError)
      return { ...about, clip: null, refusal: refusalOf(thrown), at: at ?? null };
    throw thrown;
  }
}

/** The video clips among what is selected: the sound that is linked to one is selected with it. */
async function selectedClips(ppro: Premiere, sequence: Sequence): Promise<VideoClipTrackItem[]> {
  const video = (await (await maybe(() => sequence.getVideoTrack(0)))?.getMediaType())?.toString();
  const selected = await maybe(async () => {
    const selection = await sequence.getSelection();
    return selection.getTrackItems();
  });
  // It is reported to fail at times.
  if (!selected) return clipsThatAreSelected(ppro, sequence);
  const clips: VideoClipTrackItem[] = [];
  for (const item of selected as readonly (VideoClipTrackItem | null)[]) {
    if (!item || (await item.getMediaType()).toString() !== video) continue;
    if ((await item.getType()) === ppro.Constants.TrackItemType.CLIP) clips.push(item);
  }
  return clips;
}

async function clipsThatAreSelected(ppro: Premiere, sequence: Sequence): Promise<VideoClipTrackItem[]> {
  const clips: VideoClipTrackItem[] = [];
  const tracks = await sequence.getVideoTrackCount();
  for (let track = 0; track < tracks; track += 1) {
    for (const clip of clipsOf(ppro, await sequence.getVideoTrack(track))) {
      if (await clip.getIsSelected()) clips.push(clip);
    }
  }
  return clips;
}

/** Throws a LoupeError that says why it cannot be remastered. */
async function reportClip(
  ppro: Premiere,
  clip: VideoClipTrackItem,
  media: ClipProjectItem,
  { ticksPerFrame, ...at }: ClipPlace & { readonly ticksPerFrame: string },
): Promise<Clip> {
  const name = await clip.getName();
  const path = await pathOf(ppro, media, name);

  const speed = await clip.getSpeed();
  if (await clip.isSpeedReversed()) throw new LoupeError('clip-reversed');
  if (!isOneToOne(speed)) throw new LoupeError('clip-speed', percentOf(speed));
  const from = ticksOf(await clip.getInPoint());
  const to = ticksOf(await clip.getOutPoint());
  if (to <= from || isUnset(from) || isUnset(to)) throw new LoupeError('clip-empty-range');
  // Stretched all the same, as by time remapping, which the speed does not tell.
  const length = ticksOf(await clip.getEndTime()) - BigInt(at.startTicks);
  if (length > 0n && !isNear(length, to - from, BigInt(ticksPerFrame))) {
    throw new LoupeError('clip-speed', percentOf(Number(to - from) / Number(length)));
  }

  const footage = await media.getFootageInterpretation();
  const fields = footage.getFieldType();
  return {
    ref: { ...at, inTicks: String(from), outTicks: String(to), path },
    name,
    interpretation: {
      rate: footage.getFrameRate(),
      pixelAspect: footage.getPixelAspectRatio(),
      fields:
        fields === footage.FIELD_TYPE_UPPERFIRST
          ? 'upper-first'
          : fields === footage.FIELD_TYPE_LOWERFIRST
            ? 'lower-first'
            : fields === footage.FIELD_TYPE_PROGRESSIVE
              ? 'progressive'
              : 'default',
    },
    mediaStartTicks: String(ticksOf((await media.getMedia()).start)),
    effects: await effectsOf(clip),
  };
}

/** The file of an item that has one with a moving picture. */
async function pathOf(ppro: Premiere, media: ClipProjectItem, name: string): Promise<string> {
  // A multicamera clip is a sequence, too.
  if (await media.isMulticamClip()) throw new LoupeError('clip-multicam', name);
  if (await media.isMergedClip()) throw new LoupeError('clip-merged', name);
  const content = await media.getContentType();
  if ((await media.isSequence()) || content === ppro.Constants.ContentType.SEQUENCE) {
    throw new LoupeError('clip-nested', name);
  }
  const path = plainPath((await maybe(() => media.getMediaFilePath())) ?? '');
  if (await media.isOffline()) throw new LoupeError('clip-offline', path || name);
  if (path === '' || MADE.test(path)) throw new LoupeError('clip-graphic', name);
  // Numbered stills too: there is no file to decode.
  if (STILL.test(path)) throw new LoupeError('clip-still', name);
  return path;
}

/** Names of what stays on the original: Motion, Opacity and Crop go along. */
async function effectsOf(clip: VideoClipTrackItem): Promise<string[]> {
  const chain = await clip.getComponentChain();
  const names: string[] = [];
  for (let i = 0; i < chain.getComponentCount(); i += 1) {
    const component = chain.getComponentAtIndex(i);
    if ([MOTION, OPACITY, CROP].includes(await component.getMatchName())) continue;
    names.push(await component.getDisplayName());
  }
  return names;
}

function percentOf(speed: number): string {
  return String(Math.round(speed * 10_000) / 100);
}

function problem(...[code, detail = '']: ConstructorParameters<typeof LoupeError>): Seen['refusal'] {
  return { code, detail };
}

function refusalOf({ code, detail }: LoupeError): Seen['refusal'] {
  return { code, detail };
}
