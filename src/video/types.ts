/** What passes between the page, the video worker and the engine. Plain data, but for the ends of streams. */
import type { PictureFormat, Samples } from '../engine/types.ts';

/** Exact frames a second: 24000/1001, never 23.976. In lowest terms. */
export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
}

/** As WebCodecs names them (W3C, § 9.8 and on); TypeScript's own lists lack those of high dynamic range. */
export type ColourPrimaries = 'bt709' | 'bt470bg' | 'smpte170m' | 'bt2020' | 'smpte432';
export type ColourTransfer = 'bt709' | 'smpte170m' | 'iec61966-2-1' | 'linear' | 'pq' | 'hlg';
export type ColourMatrix = 'rgb' | 'bt709' | 'bt470bg' | 'smpte170m' | 'bt2020-ncl';
export interface ColourTags {
  readonly primaries: ColourPrimaries;
  readonly transfer: ColourTransfer;
  readonly matrix: ColourMatrix;
  readonly fullRange: boolean;
}

export type Fields = 'progressive' | 'upper-first' | 'lower-first';
export type Rotation = 0 | 90 | 180 | 270;
export type BitDepth = 8 | 10 | 12;
export type Codec = 'prores' | 'h264' | 'hevc' | 'av1' | 'vp9' | 'png' | 'tiff';

/** What a file's video track is, as the file says. */
export interface ClipFacts {
  /** For the user: “MP4”, “QuickTime”. */
  readonly container: string;
  /** For the user: “H.264”. */
  readonly codecName: string;
  /** Pixels as coded and visible, before rotation and with whatever shape they have. */
  readonly width: number;
  readonly height: number;
  /** Width of a pixel by its height. */
  readonly pixelAspect: { readonly numerator: number; readonly denominator: number };
  /** Clockwise, for the picture to be upright. */
  readonly rotation: Rotation;
  /** The one rate of all frames, or of a variable one the mean. */
  readonly rate: Rate;
  readonly variable: boolean;
  readonly frames: number;
  /** Of the video track. */
  readonly seconds: number;
  readonly bitDepth: BitDepth;
  readonly chroma: '420' | '422' | '444';
  readonly colour: ColourTags;
  /** Which of them the file does not say; assumed by the picture's height, as Premiere does. */
  readonly assumed: readonly (keyof ColourTags)[];
  readonly dynamicRange: 'sdr' | 'pq' | 'hlg' | 'log';
  /** 'unknown' where the file does not say. */
  readonly fields: Fields | 'unknown';
  /** Whether its first frame shows the teeth of two fields woven together. */
  readonly combed: boolean;
  /** Whether this browser gives its frames as 8 bits of sRGB, whatever the file's depth; `colour` then says how. */
  readonly converted: boolean;
  readonly sound: boolean;
}

/** An encoder here at a size: which depth it holds at most, and whether by constant quality. */
export interface CodecReport {
  readonly codec: Codec;
  readonly bitDepth: 8 | 10 | 16;
  readonly constantQuality: boolean;
  /** Bytes a frame at that size takes, estimated. */
  readonly frameBytes: number;
}

/** All that decides what a render becomes; kept with an unfinished one, since the same job gives the same file. */
export interface RemasterJob {
  /** Of the source, at `rate`; `end` is exclusive. */
  readonly first: number;
  readonly end: number;
  /** As Premiere interprets the footage, and of the render. */
  readonly rate: Rate;
  /** Where the file's own times are followed instead of its frames one by one: a variable rate. */
  readonly resampled: boolean;
  /** Upright, square pixels, even. */
  readonly target: { readonly width: number; readonly height: number };
  readonly pixelAspect: { readonly numerator: number; readonly denominator: number };
  readonly rotation: Rotation;
  readonly fields: Fields;
  readonly colour: ColourTags;
  readonly codec: Codec;
  /** Of the render. */
  readonly bitDepth: 8 | 10 | 16;
}

/** A file's bytes, through the bridge. */
export interface RemoteMedia {
  readonly size: number;
  /** `end` is exclusive and at most `size`. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** Where a render's bytes go. */
export interface RemoteRender {
  /** Its file's name without extension; of single frames their folder's, and the beginning of each one's. */
  readonly name: string;
  /** Lines that a former run of the same job has left. */
  readonly journal: readonly string[];
  /** At a position of the part file, or with a name of one frame's file. Resolves when few enough are under way. */
  write(file: string | null, position: number, bytes: Uint8Array): Promise<void>;
  /** Adds a line to the journal when all that was written is on the disk. */
  record(line: string): Promise<void>;
}

/** A frame before the engine: planar turned into rows of RGB. */
export interface FrameSource {
  readonly format: PictureFormat;
  read(rows: number): Promise<Samples>;
}
export interface FrameSink {
  open(format: PictureFormat): Promise<void>;
  write(rows: number, samples: Samples): Promise<void>;
}

/** The engine, held for one clip: every frame has the same format, target and settings. */
export interface FrameEngine {
  /** Two may be under way. Rejects with a LoupeError. */
  enhance(source: FrameSource, sink: FrameSink): Promise<void>;
}

/** Interleaved 8-bit RGBA. */
export interface FramePicture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

export interface RemasterProgress {
  readonly framesDone: number;
  readonly frames: number;
  /** Of the last frames; undefined until it can be told. */
  readonly framesPerSecond: number | undefined;
  readonly remainingMs: number | undefined;
  /** A small copy of the newest frame, at most one a second. */
  readonly picture?: FramePicture;
}

/** Milliseconds in which each was at work; they overlap. */
export interface Shares {
  readonly decode: number;
  readonly model: number;
  /** Both steadying and measuring how steady it is. */
  readonly steady: number;
  readonly encode: number;
  readonly bridge: number;
}

export interface RemasterResult {
  readonly frames: number;
  readonly width: number;
  readonly height: number;
  readonly ms: number;
  readonly shares: Shares;
  /** Of successive frames: the render's difference by the source's, both at the source's size; 1 is as steady. */
  readonly flicker: number;
}

/** The video worker's side, over Comlink. What takes an `id` can be cancelled by it. */
export interface VideoWorker {
  /** Rejects with `clip-not-media`, `clip-no-video`, `clip-truncated`, `codec-undecodable`. */
  probe(id: number, media: RemoteMedia): Promise<ClipFacts>;
  /** What can be encoded here at that size. */
  codecs(width: number, height: number): Promise<readonly CodecReport[]>;
  /** One frame of the job as the engine would be given it, upright with square pixels, at the source's size. */
  picture(id: number, media: RemoteMedia, job: RemasterJob, frame: number): Promise<FramePicture>;
  /**
   * Makes the render. `engine` is a port to a `FrameEngine`. On abort rejects with `cancelled` within one tile; what
   * was recorded stays good for going on.
   */
  remaster(
    id: number,
    job: RemasterJob,
    media: RemoteMedia,
    render: RemoteRender,
    engine: MessagePort,
    onProgress: (progress: RemasterProgress) => void,
  ): Promise<RemasterResult>;
  /** No further frame is begun until it is called with false. */
  pause(id: number, paused: boolean): void;
  cancel(id: number): void;
}
