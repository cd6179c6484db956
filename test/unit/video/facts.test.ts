/** What files say, of files made here whose pictures are not pictures: no browser is needed to read it. */
import { describe, expect, test } from '@jest/globals';
import {
  ALL_FORMATS,
  BufferSource,
  BufferTarget,
  CustomSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Input,
  MkvOutputFormat,
  MovOutputFormat,
  Mp4OutputFormat,
  Output,
  type OutputFormat,
  type VideoCodec,
} from 'mediabunny';
import { LoupeError } from '../../../src/errors.ts';
import { Clip } from '../../../src/video/clip.ts';
import { codecNameOf, depthOfCodec } from '../../../src/video/codec-names.ts';
import { readFacts, type FileFacts } from '../../../src/video/facts.ts';
import { sequenceFacts } from '../../../src/video/parameter-sets.ts';
import { videoOfTransport } from '../../../src/video/transport.ts';
import type { RemoteMedia } from '../../../src/video/types.ts';

const hex = (digits: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(digits, 'hex'));

/** As x264 and x265 write them. */
const AVC = {
  fields: hex('01640015ffe1001767640015acd9464d0800000300080000030190f8a14cb001000668fba3cb22c0fdf8f800'),
  full: hex('0164000affe100176764000aacd946269b20000003002000000641e244b2c001000668ebe3cb22c0fdf8f800'),
  deep: hex('017a000affe10017677a000ab6cd94626840000003004000000c83c489658001000668ebe3cb22c0fefafa00'),
  colours: hex(
    '01f4000affe1001b67f4000a919b28c4d370202004000003000400000300c83c48965801000668ebe3cb22c0fff8f800',
  ),
  wide: hex(
    '0164000affe1001c6764000aacd94626ffc010000b44000003000400000300c83c48965801000668ebe3cb22c0fdf8f800',
  ),
};
const HEVC = hex(
  '0102200000009000000000001ef000fcfdfafa00000f02a00001001840010c01ffff02200000030090000003000003001e959809' +
    'a10001002c42010102200000030090000003000003001ea0308104d96566924cae6a12241208000003000800000300c840',
);

interface Made {
  readonly format?: OutputFormat;
  readonly codec?: VideoCodec;
  readonly config?: Partial<VideoDecoderConfig>;
  /** Seconds, in decoding order. */
  readonly times: readonly number[];
  readonly rotation?: 0 | 90 | 180 | 270;
  readonly frameRate?: number;
  /** Of every packet. */
  readonly data?: Uint8Array<ArrayBuffer>;
}

async function made({
  format,
  codec = 'avc',
  config,
  times,
  rotation,
  frameRate,
  data,
}: Made): Promise<Uint8Array<ArrayBuffer>> {
  const target = new BufferTarget();
  const output = new Output({ format: format ?? new Mp4OutputFormat(), target });
  const source = new EncodedVideoPacketSource(codec);
  output.addVideoTrack(source, {
    ...(rotation !== undefined && { rotation }),
    ...(frameRate !== undefined && { frameRate }),
  });
  await output.start();
  const decoderConfig = {
    codec: 'avc1.64000a',
    codedWidth: 96,
    codedHeight: 64,
    description: AVC.full,
    ...config,
  };
  const sorted = [...times].sort((a, b) => a - b);
  for (const [index, time] of times.entries()) {
    const next =
      sorted[sorted.indexOf(time) + 1] ?? time + (sorted.at(-1) ?? 0) / Math.max(sorted.length - 1, 1);
    const bytes = data ?? hex('00000002658800');
    await source.add(new EncodedPacket(bytes, index === 0 ? 'key' : 'delta', time, next - time), {
      decoderConfig,
    });
  }
  await output.finalize();
  return new Uint8Array(target.buffer ?? new ArrayBuffer(0));
}

function mediaOf(bytes: Uint8Array<ArrayBuffer>): RemoteMedia & { read: RemoteMedia['read']; total: number } {
  return {
    size: bytes.length,
    total: 0,
    read(start, end) {
      this.total += end - start;
      return Promise.resolve(bytes.slice(start, end));
    },
  };
}

async function factsOf(media: RemoteMedia): Promise<FileFacts> {
  const source = new CustomSource({
    getSize: () => media.size,
    read: (start, end) => media.read(start, end),
  });
  const input = new Input({ source, formats: ALL_FORMATS });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) throw new Error('no track');
    return (await readFacts(input, track, media)).facts;
  } finally {
    input.dispose();
  }
}

async function ticksOfSecond(bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  return track ? track.getTimeResolution() : NaN;
}

const facts = async (how: Made): Promise<FileFacts> => factsOf(mediaOf(await made(how)));
const even = (count: number, numerator: number, denominator = 1): number[] =>
  Array.from({ length: count }, (_, k) => (k * denominator) / numerator);

describe('the rate', () => {
  test.each([
    [24000, 1001],
    [24, 1],
    [25, 1],
    [30000, 1001],
    [50, 1],
    [60000, 1001],
    [15, 1],
  ])('of %d by %d is read exactly', async (numerator, denominator) => {
    const said = await facts({ times: even(40, numerator, denominator), frameRate: numerator / denominator });
    expect(said).toMatchObject({ rate: { numerator, denominator }, variable: false, frames: 40 });
    expect(said.seconds).toBeCloseTo((40 * denominator) / numerator, 9);
    // Matroska rounds times to milliseconds.
    const rounded = await facts({ times: even(40, numerator, denominator), format: new MkvOutputFormat() });
    expect(rounded).toMatchObject({
      rate: { numerator, denominator },
      variable: false,
      frames: 40,
      container: 'Matroska',
    });
  });

  test('with frames that are shown in another order than decoded, and begin later, is the same', async () => {
    const times = [0, 3, 1, 2, 6, 4, 5, 9, 7, 8].map((frame) => (frame + 2) / 25);
    expect(await facts({ times })).toMatchObject({
      rate: { numerator: 25, denominator: 1 },
      variable: false,
      frames: 10,
    });
  });

  test('that varies is said to, with its mean', async () => {
    const times = [0, 1, 2, 5, 6, 7, 12, 13, 14, 15].map((at) => at / 30);
    expect(await facts({ times })).toMatchObject({ variable: true, frames: 10 });
    expect(await facts({ times, format: new MkvOutputFormat() })).toMatchObject({
      variable: true,
      frames: 10,
    });
  });
});

/** An MP4 whose index is at its end, with an edit list that begins at `begins`, in the media's ticks (ISO/IEC 14496-12 § 8.6.6). */
function edited(bytes: Uint8Array<ArrayBuffer>, begins: number): Uint8Array<ArrayBuffer> {
  const file = Buffer.from(bytes);
  const box = Buffer.alloc(36);
  box.writeUInt32BE(36);
  box.write('edts', 4);
  box.writeUInt32BE(28, 8);
  box.write('elst', 12);
  box.writeUInt32BE(1, 20);
  box.writeUInt32BE(begins, 28);
  box.writeUInt32BE(0x10000, 32);
  for (const name of ['moov', 'trak']) {
    const at = file.indexOf(name) - 4;
    file.writeUInt32BE(file.readUInt32BE(at) + box.length, at);
  }
  const header = file.indexOf('tkhd') - 4;
  const after = header + file.readUInt32BE(header);
  return new Uint8Array(Buffer.concat([file.subarray(0, after), box, file.subarray(after)]));
}

test('what an edit list leaves out is no frame of the file', async () => {
  const times = [0, 3, 1, 2, 6, 4, 5, 9, 7, 8].map((frame) => frame / 25);
  const file = await made({ times, frameRate: 25, format: new Mp4OutputFormat({ fastStart: false }) });
  const media = mediaOf(edited(file, (4 * (await ticksOfSecond(file))) / 25));
  expect(await factsOf(media)).toMatchObject({ frames: 6, rate: { numerator: 25, denominator: 1 } });
});

test('a long file is not read for it', async () => {
  const media = mediaOf(await made({ times: even(3000, 25), data: new Uint8Array(2000) }));
  expect(await factsOf(media)).toMatchObject({ frames: 3000, seconds: 120, variable: false });
  expect(media.total).toBeLessThan(media.size / 20);
});

test('colours are the container’s, else the stream’s, else those assumed for so many lines', async () => {
  const tags = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false } as const;
  const times = even(3, 25);
  expect(await facts({ times, config: { colorSpace: tags, description: AVC.colours } })).toMatchObject({
    colour: tags,
    assumed: [],
  });
  expect(await facts({ times, config: { description: AVC.colours } })).toMatchObject({
    colour: { matrix: 'rgb', fullRange: true, primaries: 'smpte170m', transfer: 'smpte170m' },
    assumed: ['primaries', 'transfer'],
    chroma: '444',
  });
  // H.264 § E.2.1: what does not say so is of limited range.
  const unsaid = ['primaries', 'transfer', 'matrix'];
  expect(await facts({ times, config: { description: AVC.fields } })).toMatchObject({
    colour: { primaries: 'smpte170m', transfer: 'smpte170m', matrix: 'smpte170m', fullRange: false },
    assumed: unsaid,
    fields: 'unknown',
  });
  expect(
    await facts({ times, config: { description: AVC.fields, codedWidth: 1280, codedHeight: 720 } }),
  ).toMatchObject({
    colour: tags,
    assumed: unsaid,
  });
});

test('rotation, pixel aspect, depth and containers are read', async () => {
  const times = even(3, 25);
  expect(await facts({ times, rotation: 90, format: new MovOutputFormat() })).toMatchObject({
    rotation: 90,
    container: 'QuickTime',
    codecName: 'H.264',
    width: 96,
    height: 64,
    fields: 'progressive',
    sound: false,
  });
  expect(await facts({ times, config: { description: AVC.wide } })).toMatchObject({
    pixelAspect: { numerator: 64, denominator: 45 },
  });
  expect(await facts({ times, config: { description: AVC.deep } })).toMatchObject({
    bitDepth: 10,
    chroma: '422',
  });
  const prores = hex(`00000100${Buffer.from('icpf').toString('hex')}0094000000000000006000408c000000`);
  expect(
    await facts({
      times,
      codec: 'prores',
      config: { codec: 'apch' },
      format: new MovOutputFormat(),
      data: prores,
    }),
  ).toMatchObject({ codecName: 'ProRes 422 HQ', bitDepth: 10, chroma: '422', fields: 'progressive' });
  // Bits 2 and 3 of the frame's flags: 2, the bottom field first.
  prores[20] = 0x88;
  expect(
    await facts({
      times,
      codec: 'prores',
      config: { codec: 'apcn' },
      format: new MovOutputFormat(),
      data: prores,
    }),
  ).toMatchObject({ codecName: 'ProRes 422', fields: 'lower-first' });
});

test('a camera that writes a log curve says so in its metadata', async () => {
  const xml = '<Group><Item name="CaptureGammaEquation" value="s-log3-cine"/></Group>';
  const box = Buffer.concat([Buffer.from([0, 0, 0, 8 + xml.length]), Buffer.from(`meta${xml}`)]);
  const file = await made({ times: even(3, 25) });
  expect(await factsOf(mediaOf(new Uint8Array([...file, ...box])))).toMatchObject({ dynamicRange: 'log' });
  expect(await factsOf(mediaOf(file))).toMatchObject({ dynamicRange: 'sdr' });
});

test('parameter sets of H.264 and HEVC are understood, in descriptions and in streams', () => {
  expect(sequenceFacts('avc', AVC.fields, undefined)).toEqual({
    bitDepth: 8,
    chroma: '420',
    mayHaveFields: true,
    colour: {},
    pixelAspect: undefined,
  });
  expect(sequenceFacts('avc', AVC.full, undefined)).toMatchObject({
    colour: { fullRange: true },
    mayHaveFields: false,
  });
  const hlg = { primaries: 'bt2020', transfer: 'hlg', matrix: 'bt2020-ncl', fullRange: false };
  expect(sequenceFacts('hevc', HEVC, undefined)).toMatchObject({
    bitDepth: 10,
    chroma: '420',
    mayHaveFields: false,
    colour: hlg,
  });
  const packet = new Uint8Array([0, 0, 0, 1, 9, 16, 0, 0, 1, ...AVC.deep.subarray(8, 31)]);
  expect(sequenceFacts('avc', undefined, packet)).toMatchObject({ bitDepth: 10, chroma: '422' });
  expect(sequenceFacts('avc', AVC.deep.subarray(0, 14), undefined)).toBeUndefined();
  expect(sequenceFacts('avc', undefined, new Uint8Array(8))).toBeUndefined();
});

test('codecs have the names that editors know', () => {
  expect(codecNameOf('hevc', 'hvc1')).toBe('HEVC');
  expect(codecNameOf('prores', 'ap4h')).toBe('ProRes 4444');
  expect(codecNameOf(null, 'AVdn')).toBe('DNxHD');
  expect(codecNameOf(null, 'xdv7')).toBe('MPEG-2');
  expect(codecNameOf(null, 'dvcp')).toBe('DV');
  expect(codecNameOf(null, 'V_MPEG2')).toBe('MPEG-2');
  expect(codecNameOf(null, 'zzzz')).toBe('“zzzz”');
  expect(codecNameOf(null, null)).toBe('an unknown codec');
  expect(depthOfCodec('vp09.02.10.10.01.09.16.09.00')).toEqual({ bitDepth: 10, chroma: '420' });
  expect(depthOfCodec('vp09.01.10.08.03')).toEqual({ bitDepth: 8, chroma: '444' });
  expect(depthOfCodec('av01.0.04M.10')).toEqual({ bitDepth: 10, chroma: '420' });
  expect(depthOfCodec('av01.2.04M.12.0.100')).toEqual({ bitDepth: 12, chroma: '422' });
});

describe('bad files', () => {
  const codeOf = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
    factsOf(mediaOf(bytes)).then(
      () => 'none',
      (thrown: unknown) =>
        thrown instanceof LoupeError ? `${thrown.code} ${thrown.detail}`.trim() : String(thrown),
    );

  test('a file that is cut short is known by its boxes, wherever it is cut', async () => {
    const first = await made({
      times: even(20, 25),
      data: new Uint8Array(500),
      format: new Mp4OutputFormat({ fastStart: 'in-memory' }),
    });
    expect(await codeOf(first)).toBe('none');
    expect(await codeOf(first.slice(0, first.length - 1))).toBe('clip-truncated');
    expect(await codeOf(first.slice(0, 3000))).toBe('clip-truncated');
  });

  test('what the host says of a file that it cannot read is what is said', async () => {
    const bytes = await made({ times: even(20, 25) });
    for (const readable of [0, 100, bytes.length - 200]) {
      const media: RemoteMedia = {
        size: bytes.length,
        read: (start, end) =>
          end > readable
            ? Promise.reject(new LoupeError('file-unreadable', 'clip.mp4'))
            : Promise.resolve(bytes.slice(start, end)),
      };
      await expect(Clip.open(media)).rejects.toMatchObject({ code: 'file-unreadable', detail: 'clip.mp4' });
    }
    await expect(Clip.open(mediaOf(new Uint8Array(0)))).rejects.toMatchObject({ code: 'clip-truncated' });
    await expect(Clip.open(mediaOf(new Uint8Array(5000)))).rejects.toMatchObject({ code: 'clip-not-media' });
  });

  test('an MPEG transport stream of a codec that is not known here has its name', async () => {
    const packet = (program: number, table: readonly number[]): number[] => {
      const head = [0x47, 0x40 | (program >> 8), program & 0xff, 0x10, 0];
      return [...head, ...table, ...new Array<number>(188 - head.length - table.length).fill(0xff)];
    };
    const programs = [0, 0xb0, 13, 0, 1, 0xc1, 0, 0, 0, 1, 0xe1, 0x00, 0, 0, 0, 0];
    const map = [2, 0xb0, 18, 0, 1, 0xc1, 0, 0, 0xe1, 0x01, 0xf0, 0, 2, 0xe1, 0x01, 0xf0, 0, 0, 0, 0, 0];
    const stream = [...packet(0, programs), ...packet(0x100, map), ...packet(0x101, [])];
    expect(await videoOfTransport(mediaOf(new Uint8Array(stream)))).toBe('MPEG-2');
    const timed = [0, 1, 2].flatMap((k) => [0, 0, 0, 0, ...stream.slice(188 * k, 188 * k + 188)]);
    expect(await videoOfTransport(mediaOf(new Uint8Array(timed)))).toBe('MPEG-2');
    expect(await videoOfTransport(mediaOf(new Uint8Array(1000)))).toBeUndefined();
  });
});
