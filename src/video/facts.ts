/** What a file says of its video track, without decoding any of it. */
import { EncodedPacketSink, type Input, type InputVideoTrack } from 'mediabunny';
import { LoupeError } from '../errors.ts';
import { codecNameOf, depthOfCodec } from './codec-names.ts';
import { readMovie, type Movie } from './movie.ts';
import { sequenceFacts, type SequenceFacts } from './parameter-sets.ts';
import { framesOfSecond } from './rate.ts';
import { readTiming, type Timing } from './timing.ts';
import type { ClipFacts, ColourTags, Fields, RemoteMedia } from './types.ts';

/** All but what a decoded frame tells. */
export type FileFacts = Omit<ClipFacts, 'combed' | 'converted'>;

const CONTAINERS: Readonly<Record<string, string>> = {
  'QuickTime File Format': 'QuickTime',
  'MPEG Transport Stream': 'MPEG-TS',
};
/** Up to here Premiere takes an untagged picture for BT.601, beyond for BT.709; as all video programs do. */
const SD_LINES = 576;
/**
 * The `fiel` atom by Apple's names for its values (QuickTime's ImageCompression.h): TemporalTopFirst and -BottomFirst of
 * fields apart, SpatialFirstLineEarly and -Late of woven ones. The words of “QuickTime File Format” on 9 and 14 are the
 * other way round; files are by the names.
 */
const FIELD_ORDERS: Readonly<Record<number, Fields>> = {
  1: 'upper-first',
  6: 'lower-first',
  9: 'upper-first',
  14: 'lower-first',
};
/** SMPTE RDD 36, table 7: `interlace_mode`. */
const PRORES_FIELDS: readonly Fields[] = ['progressive', 'upper-first', 'lower-first', 'progressive'];
/** In a ProRes packet: the size and name of the frame, then its header (§ 5.1), in which `frame_flags` is byte 12. */
const PRORES_FLAGS = 8 + 12;

export interface Read {
  readonly facts: FileFacts;
  readonly timing: Timing;
  /** As the file names it; null where mediabunny does not know it. */
  readonly codec: string | null;
}

export async function readFacts(input: Input, track: InputVideoTrack, media: RemoteMedia): Promise<Read> {
  const container = (await input.getFormat()).name;
  const isMovie = container === 'MP4' || container === 'QuickTime File Format';
  const movie = isMovie ? await readMovie(media, track.id) : undefined;
  const codec = await track.getCodec();
  const codecName = codecNameOf(codec, movie?.codec ?? (await track.getInternalCodecId()));
  const config = codec && (await track.getDecoderConfig());
  if (!codec || !config) throw new LoupeError('codec-undecodable', codecName);

  const timing = await readTiming(track, movie, media.size);
  // A track without frames is what is left of a file that breaks off.
  if (timing.frames === 0) throw new LoupeError('clip-truncated');
  const description = config.description && bytesOf(config.description);
  const needsPacket = codec === 'prores' || ((codec === 'avc' || codec === 'hevc') && !description);
  const packet = needsPacket ? (await new EncodedPacketSink(track).getFirstPacket())?.data : undefined;
  const sequence =
    codec === 'avc' || codec === 'hevc' ? sequenceFacts(codec, description || undefined, packet) : undefined;
  const height = await track.getCodedHeight();
  const { colour, assumed } = colourOf(sequence, await track.getColorSpace(), height);
  const own = sequence ?? depthOfCodec(config.codec);
  const { rate, variable, frames, seconds } = timing;
  const facts: FileFacts = {
    container: CONTAINERS[container] ?? container,
    codecName,
    width: await track.getCodedWidth(),
    height,
    pixelAspect: await aspectOf(track, movie, sequence),
    rotation: await track.getRotation(),
    rate,
    variable,
    frames,
    seconds: variable ? seconds : frames / framesOfSecond(rate),
    bitDepth: own.bitDepth,
    chroma: own.chroma,
    colour,
    assumed,
    dynamicRange: rangeOf(colour, movie),
    fields: fieldsOf(codec, movie, sequence, packet),
    sound: (await input.getAudioTracks()).length > 0,
  };
  return { facts, timing, codec };
}

/** By the container, then by the stream, as editors do; else as assumed for pictures of that height. */
function colourOf(
  sequence: SequenceFacts | undefined,
  container: VideoColorSpaceInit,
  height: number,
): { readonly colour: ColourTags; readonly assumed: readonly (keyof ColourTags)[] } {
  const usual = height <= SD_LINES ? 'smpte170m' : 'bt709';
  const other: ColourTags = { primaries: usual, transfer: usual, matrix: usual, fullRange: false };
  const said = container as Partial<Record<keyof ColourTags, unknown>>;
  const assumed: (keyof ColourTags)[] = [];
  const tag = <Key extends keyof ColourTags>(key: Key): ColourTags[Key] => {
    const value = (said[key] ?? sequence?.colour[key]) as ColourTags[Key] | undefined;
    if (value === undefined) assumed.push(key);
    return value ?? other[key];
  };
  const colour = {
    primaries: tag('primaries'),
    transfer: tag('transfer'),
    matrix: tag('matrix'),
    fullRange: tag('fullRange'),
  };
  return { colour, assumed };
}

async function aspectOf(
  track: InputVideoTrack,
  movie: Movie | undefined,
  sequence: SequenceFacts | undefined,
): Promise<ClipFacts['pixelAspect']> {
  const pasp = movie?.entry.get('pasp');
  if (pasp && pasp.length >= 8) {
    const view = new DataView(pasp.buffer, pasp.byteOffset);
    const [numerator, denominator] = [view.getUint32(0), view.getUint32(4)];
    if (numerator > 0 && denominator > 0) return { numerator, denominator };
  }
  if (!pasp && sequence?.pixelAspect) return sequence.pixelAspect;
  const { num, den } = await track.getPixelAspectRatio();
  return { numerator: num, denominator: den };
}

function rangeOf({ transfer }: ColourTags, movie: Movie | undefined): ClipFacts['dynamicRange'] {
  if (transfer === 'pq' || transfer === 'hlg') return transfer;
  return movie?.gamma?.includes('log') ? 'log' : 'sdr';
}

function fieldsOf(
  codec: string,
  movie: Movie | undefined,
  sequence: SequenceFacts | undefined,
  packet: Uint8Array | undefined,
): ClipFacts['fields'] {
  const fiel = movie?.entry.get('fiel');
  if (fiel?.[0] === 1) return 'progressive';
  if (fiel?.[0] === 2) return FIELD_ORDERS[fiel[1] ?? 0] ?? 'unknown';
  if (codec === 'prores') return PRORES_FIELDS[((packet?.[PRORES_FLAGS] ?? 0) >> 2) & 3] ?? 'unknown';
  if (codec === 'avc' || codec === 'hevc')
    return sequence?.mayHaveFields === false ? 'progressive' : 'unknown';
  // VP8, VP9 and AV1 know no fields.
  return 'progressive';
}

function bytesOf(source: AllowSharedBufferSource): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}
