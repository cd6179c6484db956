/**
 * The film's file: type, packets one after the other, tables. `film.ts` writes the packets as they come; mediabunny makes
 * the boxes, the tables at the end from what was recorded. It is given packets of the same lengths without contents and
 * writes them nowhere, so that it makes no difference in how many goes a film was made, nor how large it is.
 */
import {
  EncodedPacket,
  EncodedVideoPacketSource,
  MovOutputFormat,
  Mp4OutputFormat,
  NullTarget,
  Output,
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

/** All that stands before the packets, which take `bytes`: as long for any number of them. */
export async function headOf(film: Film, bytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const { output, boxes } = start(film);
  await output.start();
  await output.cancel();
  const type = boxes.fileType;
  const head = new Uint8Array(type.length + PACKETS_HEADER);
  head.set(type);
  head.set(packetsHeader(bytes), type.length);
  return head;
}

/** All that stands behind them. */
export async function tablesOf(
  film: Film,
  segments: readonly FilmSegment[],
): Promise<Uint8Array<ArrayBuffer>> {
  const { output, source, boxes } = start(film);
  await output.start();
  await addPackets(source, film, segments);
  await output.finalize();
  return withoutTimes(boxes.tables);
}

const PACKETS_HEADER = 16;

/** Of the box around the packets, in the long form, which holds any size (ISO/IEC 14496-12, § 4.2). */
function packetsHeader(bytes: number): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(PACKETS_HEADER);
  const view = new DataView(header.buffer);
  view.setUint32(0, 1);
  header.set([0x6d, 0x64, 0x61, 0x74], 4); // mdat
  view.setBigUint64(8, BigInt(PACKETS_HEADER + bytes));
  return header;
}

function start({ codec, rate }: Film) {
  const boxes = { fileType: new Uint8Array(), tables: new Uint8Array() };
  const options = {
    // The tables behind the packets, which begin 16 bytes behind the file's type then.
    fastStart: false as const,
    onFtyp: (data: Uint8Array) => {
      boxes.fileType = new Uint8Array(data);
    },
    onMoov: (data: Uint8Array) => {
      boxes.tables = new Uint8Array(data);
    },
  };
  const source = new EncodedVideoPacketSource(muxCodecs[codec]);
  const output = new Output({
    format: codec === 'prores' ? new MovOutputFormat(options) : new Mp4OutputFormat(options),
    target: new NullTarget(),
  });
  output.addVideoTrack(source, { frameRate: rate.numerator / rate.denominator });
  return { output, source, boxes };
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
