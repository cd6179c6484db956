/** The words for clips, in English. Its type is what every other language must have. */
import { MODEL_LABELS } from '../../catalog.ts';
import type { Dimensions, NumberWords, TimeWords } from '../format.ts';
import type { AutoAnswer, ClipCodec, ClipTargetName } from '../words.ts';

function autoText(auto: AutoAnswer | undefined): string {
  if (auto?.kind === 'failed') return `The middle frame could not be looked at: ${MODEL_LABELS.landscape}.`;
  if (auto?.kind !== 'proposed') return 'Looking at the middle frame…';
  const name = MODEL_LABELS[auto.model];
  switch (auto.reason) {
    case 'faces':
      return `The middle frame shows faces, but more of other things: ${name}.`;
    case 'portrait':
      return `The middle frame is a portrait: ${name}.`;
    case 'photo':
      return `No faces in the middle frame: ${name}.`;
    case 'drawing':
      return `The middle frame is a drawing: ${name}.`;
    case 'too-small':
      return `Too small to tell: ${name}.`;
  }
}

export const englishClip = (numbers: NumberWords, times: TimeWords) => ({
  section: 'Clip',
  reading: (name: string) => `Reading “${name}”…`,
  /** What stands in the way where no clip can be spoken of. */
  empty: { project: 'No project open', sequence: 'No sequence open', clip: 'No clip selected' },
  auto: autoText,
  autoIdle: 'Looks at the clip’s middle frame and proposes one.',

  facts: {
    size: 'Size',
    rate: 'Frame rate',
    range: 'In – out',
    duration: 'Duration',
    file: 'File',
    pixels: (size: Dimensions) => `${numbers.size(size)}\u00a0px`,
    fps: (rate: number) => `${numbers.rounded(rate, 3)}\u00a0fps`,
    span: (from: string, to: string) => `${from} – ${to}`,
    frames: (time: string, count: number) =>
      `${time} · ${count === 1 ? '1 frame' : `${numbers.whole(count)} frames`}`,
  },

  notes: {
    label: 'What is unusual about this clip',
    interlaced: {
      'upper-first': 'Interlaced, upper field first. It will be deinterlaced: the render is progressive.',
      'lower-first': 'Interlaced, lower field first. It will be deinterlaced: the render is progressive.',
    },
    guessed:
      'The file does not say which field comes first. If motion judders, set it under Clip › Modify › Interpret Footage.',
    combed:
      'It looks interlaced, but is said to be progressive. If so, set its fields under Clip › Modify › Interpret Footage.',
    variable: (rate: number) =>
      `Its frame rate varies. It will be resampled to ${numbers.rounded(rate, 3)}\u00a0fps, as Premiere shows it.`,
    reinterpreted: (rate: number, own: number) =>
      `Premiere plays it at ${numbers.rounded(rate, 3)} instead of ${numbers.rounded(own, 3)}\u00a0fps; so will the render.`,
    range: {
      pq: 'HDR (PQ): Loupe’s models know standard range only, so highlights may be lost.',
      hlg: 'HDR (HLG): Loupe’s models know standard range only, so highlights may be lost.',
      log: 'Log footage: Loupe’s models know standard range only, so tones may suffer. Better convert it first.',
    },
    converted: 'This computer gives Loupe this video as 8 bits of sRGB; finer shades are lost.',
    depthKept: (bits: number) => `${String(bits)} bits per channel, which the render keeps.`,
    depthLost: (bits: number, kept: number) =>
      `${String(bits)} bits per channel; with this codec the render has ${String(kept)}.`,
    assumed: (matrix: string) => `The file does not say its colours; ${matrix} is assumed, as Premiere does.`,
    rotated: (degrees: number) => `Rotated by ${String(degrees)}°. The render is upright by itself.`,
    aspect: (aspect: number, size: Dimensions) =>
      `Its pixels are not square (${numbers.rounded(aspect, 4)}); Premiere shows it at ${numbers.size(size)}. The render has square pixels.`,
    ends: (frames: number) =>
      `The clip goes on for ${frames === 1 ? '1 frame' : `${numbers.whole(frames)} frames`} after its picture, as where its sound is longer. The render ends with the picture.`,
    effects: (names: readonly string[]) =>
      `${names.join(', ')}: ${names.length === 1 ? 'this effect stays' : 'these effects stay'} on the original. Copy what the render needs to it afterwards.`,
  },
  confirm: 'Remaster it all the same',
  confirmFirst: 'Confirm above that highlights may be lost.',

  placedAlready: (track: string) => `A remaster lies over this clip on ${track}.`,

  target: {
    label: 'Target',
    names: { '2x': '2×', '4x': '4×', sequence: 'Sequence', uhd: 'UHD', '8k': '8K' } as Record<
      ClipTargetName,
      string
    >,
    words: (size: Dimensions, factor: number) =>
      `${numbers.size(size)}\u00a0px · ${numbers.rounded(factor, 2)}×`,
    cleaned: 'The same size: the clip is only cleaned.',
    /** Why some cannot be chosen. */
    tooLarge: (names: readonly string[]) => `${names.join(', ')}: more than 16 times the clip’s size.`,
    tooSmall: (names: readonly string[]) => `${names.join(', ')}: smaller than the clip.`,
    smaller: 'That is smaller than the clip. Choose a larger target.',
    beyond: 'That is more than 16 times the clip’s size. Choose a smaller target.',
    first: 'Choose another target first.',
  },

  handles: {
    label: 'Handles',
    unit: 'frames on each side',
    fewer: (before: number, after: number) =>
      `The file has fewer frames beyond the in and out points: ${numbers.whole(before)} before, ${numbers.whole(after)} after.`,
    mistyped: 'The handles are not a number that can be used. Correct it first.',
  },

  codec: {
    label: 'Codec',
    /** What each is good for. */
    words: {
      prores: 'For editing on: no visible loss. Large.',
      h264: 'For delivery: small, plays everywhere.',
      hevc: 'For delivery: smaller than H.264, slower to decode.',
      av1: 'For the web: smallest, slow to encode.',
      vp9: 'For the web: small.',
      png: 'Single frames without any loss. Very large.',
      tiff: 'Single frames of 16 bits without any loss. Largest.',
    } as Record<ClipCodec, string>,
    frames: (name: string) => `${name} frames`,
    bits: (bits: number) => `${String(bits)} bits per channel.`,
    looking: 'Looking for encoders…',
    none: 'Nothing can be encoded here at this size. Choose a smaller target.',
    other: (wanted: string, used: string) =>
      `${wanted} cannot be encoded here at this size: ${used} instead.`,
  },

  output: {
    label: 'Output',
    folder: 'Folder',
    unset: 'No folder yet: choose one, or save the project.',
    choose: 'Choose…',
    name: 'File name',
    unfit: 'No file can have this name. Use letters, digits, spaces and hyphens.',
    unfitFirst: 'Correct the file name first.',
    ownName: 'Let Loupe name it',
  },

  needs: {
    disk: (bytes: number) => `Takes about ${numbers.bytes(bytes)} of disk space.`,
    time: (frames: number) =>
      `The times are for ${frames === 1 ? '1 frame' : `${numbers.whole(frames)} frames`}, reckoned from one measured here.`,
    tooMuch: (memory: number, most: number) =>
      `This takes about ${numbers.bytes(memory)} of memory, more than the ${numbers.bytes(most)} that Loupe can have here. Choose a smaller target.`,
  },

  preview: {
    frame: 'Frame of the preview',
    at: (timecode: string) => `Frame at ${timecode}`,
    unreadable: 'No preview: this frame cannot be read just now.',
  },

  remaster: 'Remaster clip',
  pause: 'Pause',
  resume: 'Go on',

  run: {
    phases: {
      preparing: 'Preparing',
      remastering: 'Remastering',
      finishing: 'Finishing the file',
      placing: 'Placing on the timeline',
    },
    paused: 'Paused',
    picture: 'The newest frame',
    frames: (done: number, frames: number) => `${numbers.whole(done)} of ${numbers.whole(frames)} frames`,
    perSecond: (rate: number) =>
      rate >= 1
        ? `${numbers.rounded(rate, 1)} frames a second`
        : `${numbers.rounded(1 / Math.max(rate, 1e-4), 1)} seconds a frame`,
    bound: (name: string) =>
      `Remastering “${name}”. You can go on editing; please leave this clip where it is.`,
    closing: 'If you close the panel, you can go on later where it stopped.',
  },

  done: {
    placed: (name: string, track: string) => `“${name}” lies on ${track}, over the original.`,
    hidden: 'The original is switched off, since its opacity would let it show through.',
    facts: (size: Dimensions, frames: number, ms: number) => [
      `${numbers.size(size)}\u00a0px`,
      frames === 1 ? '1 frame' : `${numbers.whole(frames)} frames`,
      times.exactly(ms),
    ],
    where: 'The render lies at',
    undo: 'Undo remaster',
    undoWords: 'Takes the render off the timeline; the file stays.',
    another: 'Remaster another clip',
  },

  left: {
    heading: 'Not on the timeline yet',
    place: 'Place on the timeline',
    placing: 'Placing on the timeline…',
  },

  unfinished: {
    heading: 'An unfinished remaster',
    words: (name: string, done: number, frames: number) =>
      `“${name}” was not finished: ${numbers.whole(done)} of ${numbers.whole(frames)} frames are done.`,
    lies: 'It will lie in',
  },

  failed: {
    kept: (frames: number) =>
      frames === 1
        ? '1 frame is done and kept. Go on makes the rest.'
        : `${numbers.whole(frames)} frames are done and kept. Go on makes the rest.`,
    nothing: 'Nothing is left of it; the project is as it was.',
  },

  /** What Edit › Undo calls it. */
  undoName: (name: string) => `Remaster “${name}”`,
  undo: 'Undo remaster',
});

export type ClipTexts = ReturnType<typeof englishClip>;
