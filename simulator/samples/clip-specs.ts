/** The test clips, each for one thing that can be wrong or unusual about a file. */

/** As WebCodecs names them; TypeScript's own list ends before BT.2020. */
export interface Colour {
  readonly primaries: VideoColorPrimaries | 'bt2020';
  readonly transfer: VideoTransferCharacteristics | 'pq' | 'hlg';
  readonly matrix: VideoMatrixCoefficients | 'bt2020-ncl';
  readonly fullRange: boolean;
}

export interface ClipSpec {
  readonly container: 'mp4' | 'mov' | 'webm' | 'mkv';
  readonly codec: 'avc' | 'vp9' | 'av1';
  /** As coded, before rotation. */
  readonly width: number;
  readonly height: number;
  /** Frames a second, as a fraction. */
  readonly rate: readonly [numerator: number, denominator: number];
  readonly frames: number;
  /** Null: the file says nothing. */
  readonly colour: Colour | null;
  readonly bitDepth: 8 | 10;
  /** Clockwise, for the picture to be upright; the picture is drawn so that it then is. */
  readonly rotation: 0 | 90 | 180 | 270;
  /** Frames from one key frame to the next. */
  readonly keyEvery: number;
  /** When frame k is shown, in frames of the rate; evenly unless given. */
  readonly times?: readonly number[];
  /** Width of a pixel by its height. */
  readonly pixelAspect?: readonly [numerator: number, denominator: number];
  /** Each frame is woven of two fields, of which the later is half a frame later. */
  readonly fields?: 'upper' | 'lower';
  readonly sound?: boolean;
  /** How long the sound lasts, in frames of the picture; as long as the picture unless given. */
  readonly soundFrames?: number;
  /** No video track at all. */
  readonly soundOnly?: boolean;
  /** `moov` before the media. */
  readonly indexFirst?: boolean;
  readonly damage?: 'truncated' | 'overwritten' | 'unknown-codec';
  /** A PNG over which the picture moves, as base64, instead of the pattern with the frame's number. */
  readonly landscape?: string;
}

export const BT709: Colour = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false };
const BT601: Colour = {
  primaries: 'smpte170m',
  transfer: 'smpte170m',
  matrix: 'smpte170m',
  fullRange: false,
};

const usual: ClipSpec = {
  container: 'mp4',
  codec: 'avc',
  width: 96,
  height: 64,
  rate: [25, 1],
  frames: 12,
  colour: BT709,
  bitDepth: 8,
  rotation: 0,
  keyEvery: 5,
};

const deep: ClipSpec = { ...usual, codec: 'vp9', bitDepth: 10 };
const pq: Colour = { primaries: 'bt2020', transfer: 'pq', matrix: 'bt2020-ncl', fullRange: false };

/** Shown for one, two or three frames each of a rate of 60: 24 frames over 48. */
const uneven = Array.from({ length: 24 }, (_, k) => 2 * k + (k % 3 === 1 ? 1 : 0));

/** Every clip begins with frame 0, counts up by 1 a frame and is of H.264, 96 × 64, BT.709 limited, unless its name says otherwise. */
export const CLIPS = {
  'rate-23.976': { ...usual, rate: [24000, 1001] },
  'rate-24': { ...usual, rate: [24, 1] },
  'rate-25': usual,
  'rate-29.97': { ...usual, rate: [30000, 1001] },
  'rate-30': { ...usual, rate: [30, 1] },
  'rate-50': { ...usual, rate: [50, 1], frames: 25 },
  'rate-59.94': { ...usual, rate: [60000, 1001], frames: 30 },
  'rate-60': { ...usual, rate: [60, 1], frames: 30 },
  /** 24 frames over 0.8 s, at multiples of 1/60 s: variable. */
  variable: { ...usual, rate: [60, 1], frames: uneven.length, times: uneven },

  'bt709-limited': usual,
  'bt709-full': { ...usual, colour: { ...BT709, fullRange: true } },
  'bt601-limited': { ...usual, colour: BT601 },
  'bt601-full': { ...usual, colour: { ...BT601, fullRange: true } },
  /** Says nothing of its colours, in Matroska and VP9, where that can be. */
  untagged: { ...usual, container: 'mkv', codec: 'vp9', colour: null },
  'vp9-10bit': deep,
  'hdr-pq': { ...deep, colour: pq },
  'hdr-hlg': { ...deep, colour: { ...pq, transfer: 'hlg' } },

  'rotation-90': { ...usual, rotation: 90 },
  'rotation-180': { ...usual, rotation: 180 },
  'rotation-270': { ...usual, rotation: 270 },
  /** PAL's pixels of 16:9: 64:45. */
  'pixel-aspect': { ...usual, pixelAspect: [64, 45] },
  /** VP9, since H.264 has even sides only. */
  'odd-size': { ...usual, codec: 'vp9', width: 91, height: 67 },
  'interlaced-upper': { ...usual, container: 'mov', fields: 'upper' },
  'interlaced-lower': { ...usual, container: 'mov', fields: 'lower', rate: [30000, 1001] },

  'with-sound': { ...usual, frames: 25, sound: true },
  /** The clip ends 5 frames after its picture. */
  'sound-outlasts': { ...usual, sound: true, soundFrames: 17 },
  av1: { ...usual, codec: 'av1' },
  webm: { ...usual, container: 'webm', codec: 'vp9' },
  mkv: { ...usual, container: 'mkv' },
  'index-first': { ...usual, indexFirst: true },
  /** Three seconds: more than one segment of a render. */
  'seconds-3': { ...usual, frames: 75, width: 48, height: 32 },
  /** One frame. */
  single: { ...usual, frames: 1 },
  /** The first frame is shown at 0.4 s. */
  'late-start': { ...usual, times: Array.from({ length: 12 }, (_, k) => k + 10) },
  /** 10 minutes at 1 frame a second, 32 × 24. */
  long: { ...usual, width: 32, height: 24, rate: [1, 1], frames: 600, keyEvery: 60 },
  /** 10 minutes at 25 frames a second, 32 × 24. */
  'long-25': { ...usual, width: 32, height: 24, frames: 15_000, keyEvery: 250 },

  /** Its index promises more than is there. */
  truncated: { ...usual, frames: 50, indexFirst: true, damage: 'truncated' },
  /** Cut before its index, which should follow. */
  'no-index': { ...usual, frames: 50, damage: 'truncated' },
  /** Rubbish in the middle of its media. */
  damaged: { ...usual, frames: 50, keyEvery: 50, damage: 'overwritten' },
  'no-video': { ...usual, sound: true, soundOnly: true },
  /** Its sample entry is of a codec that does not exist, “zzzz”. */
  'unknown-codec': { ...usual, damage: 'unknown-codec' },
  /** Text in a file that ends in .mp4. */
  'not-media': null,
} satisfies Record<string, ClipSpec | null>;

export type ClipName = keyof typeof CLIPS;

export const clipSpec = (name: ClipName): ClipSpec | null => CLIPS[name];
