/** What a render can be encoded as: names, levels, what is asked of an encoder and what it takes. */
import { LoupeError } from '../errors.ts';
import { levelOf, type LeveledCodec } from './levels.ts';
import { renderColour } from './matrix.ts';
import type { OutFormat } from './rows-out.ts';
import type { Codec, CodecReport, Rate, RemasterJob } from './types.ts';

interface Wanted {
  /** The best first. */
  readonly depths: readonly (8 | 10)[];
  /** Of constant quality what it takes about, where the picture has grain; else what is asked for. */
  readonly bitsPerPixel: number;
  /** To 51 of H.264 and HEVC, to 63 of the others (W3C, WebCodecs' codec registrations). */
  readonly quantizer: number;
}

/** Those that WebCodecs encodes: what each is asked for. */
const webCodecs: Readonly<Record<LeveledCodec, Wanted>> = {
  h264: { depths: [8], bitsPerPixel: 0.6, quantizer: 16 },
  hevc: { depths: [10, 8], bitsPerPixel: 0.5, quantizer: 18 },
  vp9: { depths: [10, 8], bitsPerPixel: 0.8, quantizer: 12 },
  av1: { depths: [10, 8], bitsPerPixel: 0.8, quantizer: 12 },
};

/** Bits a pixel of ProRes 422 HQ: 220 Mb/s at 1920 × 1080 and 29.97 frames a second (Apple ProRes White Paper). */
const PRORES_BITS = 3.54;

/** For the user. */
const names: Readonly<Record<Codec, string>> = {
  prores: 'ProRes 422 HQ',
  h264: 'H.264',
  hevc: 'HEVC',
  av1: 'AV1',
  vp9: 'VP9',
  png: 'PNG',
  tiff: 'TIFF',
};

export const codecName = (codec: Codec): string => names[codec];

/** Of the file, or of each frame's. */
export function extensionOf(codec: Codec): 'mov' | 'mp4' | 'png' | 'tif' {
  if (codec === 'prores') return 'mov';
  if (codec === 'png') return 'png';
  return codec === 'tiff' ? 'tif' : 'mp4';
}

/** How a frame must be given to a job's codec. */
export function outFormat({ codec, bitDepth, colour: source }: RemasterJob): OutFormat {
  // QuickTime has no flag for the range, and ProRes is limited (SMPTE RDD 36).
  const colour = renderColour(source, codec === 'prores');
  if (codec === 'prores') return { format: 'yuv422', depth: 10, colour };
  if (codec === 'png') return { format: 'rgb', depth: bitDepth === 8 ? 8 : 16, colour };
  if (codec === 'tiff') return { format: 'rgb', depth: 16, colour };
  return { format: 'yuv420', depth: bitDepth === 8 ? 8 : 10, colour };
}

/** Frames of a segment: two seconds of them. */
export function segmentFrames({ numerator, denominator }: Rate): number {
  return Math.min(120, Math.max(1, Math.round((2 * numerator) / denominator)));
}

/** Options of a frame; TypeScript's own know H.264's only. */
export interface FrameOptions extends VideoEncoderEncodeOptions {
  vp9?: { quantizer: number };
  av1?: { quantizer: number };
  hevc?: { quantizer: number };
}

/** What an encoder is told. */
export interface EncoderSetup {
  readonly config: VideoEncoderConfig;
  /** With each frame, for constant quality. */
  readonly options: FrameOptions;
}

/** Constant quality where the encoder has it, else a high bitrate; undefined where it cannot encode that. */
export async function encoderSetup(
  codec: LeveledCodec,
  bitDepth: 8 | 10,
  width: number,
  height: number,
  rate: Rate,
): Promise<EncoderSetup | undefined> {
  const { bitsPerPixel, quantizer } = webCodecs[codec];
  const framerate = rate.numerator / rate.denominator;
  const level = levelOf(codec, bitDepth, width, height, framerate, bitsPerPixel * width * height * framerate);
  if (!level) return undefined;
  const base: VideoEncoderConfig = {
    codec: level.codec,
    width,
    height,
    framerate,
    latencyMode: 'quality',
    ...(codec === 'h264' ? { avc: { format: 'avc' } } : {}),
    ...(codec === 'hevc' ? { hevc: { format: 'hevc' } } : {}),
  };
  const constant: VideoEncoderConfig = { ...base, bitrateMode: 'quantizer' };
  if (await isSupported(constant)) {
    return { config: constant, options: { [codec === 'h264' ? 'avc' : codec]: { quantizer } } };
  }
  for (const share of BITRATE_SHARES) {
    const bitrate = Math.round(level.bitrate * share);
    const variable: VideoEncoderConfig = { ...base, bitrateMode: 'variable', bitrate };
    if (await isSupported(variable)) return { config: variable, options: {} };
  }
  return undefined;
}

/** Of the bitrate that is wanted: an encoder may have a bound of its own. */
const BITRATE_SHARES = [1, 0.75, 0.5];

async function isSupported(config: VideoEncoderConfig): Promise<boolean> {
  if (typeof VideoEncoder === 'undefined') return false;
  try {
    return (await VideoEncoder.isConfigSupported(config)).supported === true;
  } catch {
    // A codec's name that it has never heard of is a TypeError instead.
    return false;
  }
}

export function isWebCodec(codec: Codec): codec is LeveledCodec {
  return Object.hasOwn(webCodecs, codec);
}

/** The encoder for a job; rejects with `codec-unencodable`. */
export async function setupOf({ codec, bitDepth, target, rate }: RemasterJob): Promise<EncoderSetup> {
  const setup =
    isWebCodec(codec) &&
    (await encoderSetup(codec, bitDepth === 8 ? 8 : 10, target.width, target.height, rate));
  if (!setup) throw new LoupeError('codec-unencodable', codecName(codec));
  return setup;
}

/** A rate that most clips do not exceed, where levels must be asked for before there is a clip. */
const ASSUMED_RATE: Rate = { numerator: 60, denominator: 1 };

/** What can be encoded here at that size. */
export async function codecReports(width: number, height: number): Promise<readonly CodecReport[]> {
  const pixels = width * height;
  const web = await Promise.all(
    (Object.keys(webCodecs) as LeveledCodec[]).map((codec) => report(codec, width, height)),
  );
  const own: readonly CodecReport[] = [
    {
      codec: 'prores',
      bitDepth: 10,
      constantQuality: true,
      frameBytes: Math.ceil((PRORES_BITS * pixels) / 8),
    },
    // Three channels of 16 bits; PNG packs them as well as its picture lets it.
    { codec: 'png', bitDepth: 16, constantQuality: true, frameBytes: pixels * 5 },
    { codec: 'tiff', bitDepth: 16, constantQuality: true, frameBytes: pixels * 6 },
  ];
  return [...own, ...web.filter((each) => each !== undefined)];
}

async function report(codec: LeveledCodec, width: number, height: number): Promise<CodecReport | undefined> {
  const { depths, bitsPerPixel } = webCodecs[codec];
  for (const bitDepth of depths) {
    const setup = await encoderSetup(codec, bitDepth, width, height, ASSUMED_RATE);
    if (!setup) continue;
    return {
      codec,
      bitDepth,
      constantQuality: setup.config.bitrateMode === 'quantizer',
      frameBytes: Math.ceil((bitsPerPixel * width * height) / 8),
    };
  }
  return undefined;
}
