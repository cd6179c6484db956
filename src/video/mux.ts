/**
 * The film's file. Packets lie in it one after the other from `head.length` on, whatever their number, and are written by
 * `segments.ts` as they come; here are the boxes before and behind them. mediabunny makes those of packets of the same
 * lengths without their contents, at the end, from what was recorded: so they do not depend on where a run was resumed.
 *
 * The box around the packets always has the long form of its size, so that they begin at the same place however many
 * there will be.
 */
import {
  EncodedPacket,
  EncodedVideoPacketSource,
  MovOutputFormat,
  Mp4OutputFormat,
  Output,
  StreamTarget,
  type StreamTargetChunk,
  type VideoCodec,
} from 'mediabunny';
import { withoutTimes } from './boxes.ts';
import type { FilmSegment } from './journal.ts';
import { colorSpaceOf } from './matrix.ts';
import type { Codec, ColourTags, Rate } from './types.ts';

type FilmCodec = Exclude<Codec, 'png' | 'tiff'>;

const muxCodecs: Readonly<Record<FilmCodec, VideoCodec>> = {
  prores: 'prores',
  h264: 'avc',
  hevc: 'hevc',
  av1: 'av1',
  vp9: 'vp9',
};

export interface Film {
  readonly codec: FilmCodec;
  readonly width: number;
  readonly height: number;
  readonly rate: Rate;
  readonly colour: ColourTags;
}

/** All that stands before the first packet, while there is none. */
export async function headOf(film: Film): Promise<Uint8Array<ArrayBuffer>> {
  const written: StreamTargetChunk[] = [];
  const { output } = start(film, (chunk) => void written.push(chunk));
  await output.start();
  await output.cancel();
  return joined(written, 0);
}

/** What is before and behind the packets once all are there. */
export async function boxesAround(
  film: Film,
  segments: readonly FilmSegment[],
): Promise<{ readonly head: Uint8Array<ArrayBuffer>; readonly tables: Uint8Array<ArrayBuffer> }> {
  const begin = (await headOf(film)).length;
  const end = segments.reduce((sum, { packets }) => packets.sizes.reduce((a, b) => a + b, sum), begin);

  const before: StreamTargetChunk[] = [];
  const behind: StreamTargetChunk[] = [];
  const { output, source } = start(film, ({ type, data, position }) => {
    if (position < begin) before.push({ type, data: data.subarray(0, begin - position), position });
    const past = Math.max(0, end - position);
    if (past < data.length) behind.push({ type, data: data.subarray(past), position: position + past });
  });
  await output.start();
  await addPackets(source, film, segments);
  await output.finalize();
  return { head: joined(before, 0), tables: withoutTimes(joined(behind, end)) };
}

function start(film: Film, onChunk: (chunk: StreamTargetChunk) => void) {
  const source = new EncodedVideoPacketSource(muxCodecs[film.codec]);
  const output = new Output({
    format:
      film.codec === 'prores'
        ? new MovOutputFormat({ fastStart: false })
        : new Mp4OutputFormat({ fastStart: false }),
    target: new StreamTarget(new WritableStream({ write: onChunk })),
  });
  output.addVideoTrack(source, { frameRate: film.rate.numerator / film.rate.denominator });
  return { output, source };
}

async function addPackets(
  source: EncodedVideoPacketSource,
  { width, height, rate, colour }: Film,
  segments: readonly FilmSegment[],
): Promise<void> {
  const seconds = (frame: number): number => (frame * rate.denominator) / rate.numerator;
  let zeros = new Uint8Array(1 << 16);
  let first = 0;
  for (const { frames, packets } of segments) {
    const { sizes, order, decoder } = packets;
    const keys = new Set(packets.keys);
    const meta: EncodedVideoChunkMetadata = {
      decoderConfig: {
        codec: decoder.codec,
        codedWidth: width,
        codedHeight: height,
        colorSpace: colorSpaceOf(colour),
        ...(decoder.description === undefined
          ? {}
          : { description: Uint8Array.from(atob(decoder.description), (sign) => sign.charCodeAt(0)) }),
      },
    };
    for (const [index, size] of sizes.entries()) {
      if (size > zeros.length) zeros = new Uint8Array(size * 2);
      const timestamp = seconds(first + (order?.[index] ?? index));
      const packet = new EncodedPacket(
        zeros.subarray(0, size),
        keys.has(index) ? 'key' : 'delta',
        timestamp,
        seconds(1),
      );
      await source.add(packet, meta);
    }
    first += frames;
  }
}

/** Pieces, later ones over earlier ones, that begin at `start` and leave no gap. */
function joined(chunks: readonly StreamTargetChunk[], start: number): Uint8Array<ArrayBuffer> {
  const end = Math.max(start, ...chunks.map(({ data, position }) => position + data.length));
  const whole = new Uint8Array(end - start);
  for (const { data, position } of chunks) whole.set(data, position - start);
  return whole;
}
