/** Films: what is written, wherever a run was cut off, and what two readers that did not write it find in it. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { assert, asyncProperty, constantFrom, integer, record } from 'fast-check';
import { createFile, MP4BoxBuffer, type Sample } from 'mp4box';
import { segmentFrames } from '../../../src/video/codecs.ts';
import { openFilm } from '../../../src/video/film.ts';
import { recordedFilm, recordedFrames } from '../../../src/video/journal.ts';
import { headOf, tablesOf, type Film } from '../../../src/video/mux.ts';
import type { ColourTags, Rate } from '../../../src/video/types.ts';
import { bytesOf, Disk, fakeEncoder, picture, type FakeOptions } from './film-fakes.ts';

const bt709: ColourTags = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false };
const bt601: ColourTags = {
  primaries: 'bt470bg',
  transfer: 'smpte170m',
  matrix: 'smpte170m',
  fullRange: true,
};

/** Version 1, High, level 3, lengths of 4 bytes, no parameter sets. */
const AVCC = btoa(String.fromCharCode(1, 0x64, 0, 0x1e, 0xff, 0xe0, 0));

/** Main, level 3, lengths of 4 bytes, no parameter sets. */
const HVCC = btoa(
  String.fromCharCode(
    1,
    1,
    0x60,
    0,
    0,
    0,
    0x90,
    0,
    0,
    0,
    0,
    0,
    90,
    0xf0,
    0,
    0xfc,
    0xfd,
    0xf8,
    0xf8,
    0,
    0,
    0x0f,
    0,
  ),
);

type Kind = Pick<FakeOptions, 'decoder' | 'keyEvery' | 'lag' | 'swapped'> & Pick<Film, 'codec'>;
const kinds: Readonly<Record<'prores' | 'h264' | 'hevc' | 'vp9' | 'av1', Kind>> = {
  prores: { codec: 'prores', decoder: { codec: 'apch' } },
  h264: { codec: 'h264', decoder: { codec: 'avc1.64001e', description: AVCC }, keyEvery: 4, lag: 1 },
  hevc: {
    codec: 'hevc',
    decoder: { codec: 'hvc1.1.6.L90.B0', description: HVCC },
    keyEvery: 5,
    lag: 3,
    swapped: true,
  },
  vp9: { codec: 'vp9', decoder: { codec: 'vp09.02.10.10' }, keyEvery: 3 },
  av1: { codec: 'av1', decoder: { codec: 'av01.0.00M.08' }, keyEvery: 7, lag: 2 },
};

const slow: Rate = { numerator: 2, denominator: 1 };
const filmOf = ({ codec }: Kind, rate: Rate, colour = bt709): Film => ({
  codec,
  width: 64,
  height: 48,
  rate,
  colour,
});

async function run(kind: Kind, film: Film, frames: number, seed: number, disk: Disk): Promise<void> {
  const from = await openFilm(film, frames, new Disk(disk.journal), fakeEncoder({ ...kind, from: 0, seed }));
  const output = await openFilm(film, frames, disk, fakeEncoder({ ...kind, from: from.nextFrame, seed }));
  try {
    for (let frame = output.nextFrame; frame < frames; frame++) await output.add(picture);
    await output.finish();
  } finally {
    output.close();
  }
}

/** By mp4box. */
async function samplesOf(file: Uint8Array<ArrayBuffer>): Promise<{
  readonly samples: readonly Sample[];
  readonly timescale: number;
  readonly codec: string;
  readonly duration: number;
}> {
  const reader = createFile();
  const info = new Promise<Parameters<NonNullable<typeof reader.onReady>>[0]>((resolve, reject) => {
    reader.onReady = resolve;
    reader.onError = (_, message) => {
      reject(new Error(message));
    };
  });
  reader.appendBuffer(MP4BoxBuffer.fromArrayBuffer(file.slice().buffer, 0));
  reader.flush();
  const [track] = (await info).tracks;
  if (!track) throw new Error('no track');
  const { timescale, codec, samples_duration: duration } = track;
  return { samples: reader.getTrackSamplesInfo(track.id), timescale, codec, duration };
}

describe('a film that was cut off', () => {
  test('is byte by byte the same once it was gone on with, wherever that was', async () => {
    await assert(
      asyncProperty(
        record({
          kind: constantFrom(...Object.values(kinds)),
          frames: integer({ min: 1, max: 14 }),
          seed: integer({ min: 0, max: 1000 }),
          cut: integer({ min: 0, max: 1 << 20 }),
          again: integer({ min: 0, max: 1 << 20 }),
        }),
        async ({ kind, frames, seed, cut, again }) => {
          const film = filmOf(kind, slow);
          const whole = new Disk();
          await run(kind, film, frames, seed, whole);

          let disk = new Disk();
          for (const which of [cut, again]) {
            disk.callsLeft = which % whole.calls;
            // The second may have less to do than it is let.
            await run(kind, film, frames, seed, disk).catch((error: unknown) => {
              expect(error).toEqual(new Error('disk'));
            });
            disk = disk.restarted();
          }
          await run(kind, film, frames, seed, disk);
          expect(Buffer.compare(disk.file, whole.file)).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('is the same after every single call that can fail, and writes nothing of what was recorded again', async () => {
    const kind = kinds.h264;
    const film = filmOf(kind, slow);
    const frames = 2 * segmentFrames(slow) + 1;
    const whole = new Disk();
    await run(kind, film, frames, 1, whole);
    const recordedAt = new Set<number>();
    for (let calls = 0; calls < whole.calls; calls++) {
      const cut = new Disk();
      cut.callsLeft = calls;
      await expect(run(kind, film, frames, 1, cut)).rejects.toThrow('disk');
      const next = cut.restarted();
      const { nextFrame } = await openFilm(
        film,
        frames,
        new Disk(next.journal),
        fakeEncoder({ ...kind, from: 0, seed: 1 }),
      );
      recordedAt.add(nextFrame);
      await run(kind, film, frames, 1, next);
      expect(Buffer.compare(next.file, whole.file)).toBe(0);
      const packets = next.writes.filter(({ position }) => position > 0).length - 1;
      expect(packets).toBe(frames - nextFrame);
    }
    expect([...recordedAt]).toEqual([0, 4, 8, 9]);
  });

  test('is the same when it is finished on another day', async () => {
    const kind = kinds.prores;
    const film = filmOf(kind, slow);
    const whole = new Disk();
    const later = new Disk();
    await run(kind, film, 3, 1, whole);
    const now = Date.now;
    try {
      Date.now = () => 2e12;
      await run(kind, film, 3, 1, later);
    } finally {
      Date.now = now;
    }
    expect(Buffer.compare(later.file, whole.file)).toBe(0);
  });

  test('is not gone on with by an encoder whose stream differs', async () => {
    const kind = kinds.h264;
    const film = filmOf(kind, slow);
    const disk = new Disk();
    disk.callsLeft = 8;
    await expect(run(kind, film, 9, 1, disk)).rejects.toThrow('disk');
    const other = { ...kind, decoder: { ...kind.decoder, codec: 'avc1.640028' } };
    await expect(run(other, film, 9, 1, disk.restarted())).rejects.toMatchObject({ code: 'render-other' });
  });
});

describe('a film', () => {
  test.each(Object.entries(kinds))(
    'of %s holds every packet at its time, for another reader',
    async (_, kind) => {
      const rate = { numerator: 30_000, denominator: 1001 };
      const disk = new Disk();
      const frames = segmentFrames(rate) + 13;
      await run(kind, filmOf(kind, rate), frames, 7, disk);
      const { samples, timescale, codec, duration } = await samplesOf(disk.file);
      expect(timescale).toBe(30_000);
      expect(duration).toBe(frames * 1001);
      expect(codec.slice(0, 4)).toBe(kind.decoder.codec.slice(0, 4));
      const inOrder = samples.toSorted((a, b) => a.cts - b.cts);
      expect(inOrder.map(({ cts }) => cts)).toEqual(
        Array.from({ length: frames }, (_, frame) => frame * 1001),
      );
      for (const [frame, { offset, size }] of inOrder.entries()) {
        expect(Buffer.compare(disk.file.subarray(offset, offset + size), bytesOf(7, frame))).toBe(0);
      }
      const { keyEvery = 1 } = kind;
      const inSegment = (frame: number): number => frame % segmentFrames(rate);
      expect(inOrder.map(({ is_sync }) => is_sync)).toEqual(
        inOrder.map((_, frame) => inSegment(frame) % keyEvery === 0),
      );
      expect(samples.every(({ duration }) => duration === 1001)).toBe(true);
    },
  );

  test.each([
    [24_000, 1001],
    [24, 1],
    [25, 1],
    [30_000, 1001],
    [50, 1],
    [60_000, 1001],
    [60, 1],
    [120_000, 1001],
    [15, 2],
    [12_345, 678],
    [999_983, 40_009],
  ])('at %d/%d frames a second has that rate exactly', async (numerator, denominator) => {
    const rate = { numerator, denominator };
    const disk = new Disk();
    await run(kinds.prores, filmOf(kinds.prores, rate), 7, 3, disk);
    const { samples, timescale } = await samplesOf(disk.file);
    for (const [frame, { cts }] of samples.entries()) {
      // k · denominator / numerator seconds, without rounding.
      expect(cts * numerator).toBe(frame * denominator * timescale);
    }
  });

  test('keeps its tags, has no rotation and no time of day', async () => {
    const mp4 = new Disk();
    await run(kinds.vp9, filmOf(kinds.vp9, slow, bt601), 2, 1, mp4);
    const nclx = Buffer.from(mp4.file).indexOf('colrnclx');
    expect([...mp4.file.subarray(nclx + 8, nclx + 15)]).toEqual([0, 5, 0, 6, 0, 6, 0x80]);

    const mov = new Disk();
    await run(kinds.prores, filmOf(kinds.prores, slow), 2, 1, mov);
    const bytes = Buffer.from(mov.file);
    const nclc = bytes.indexOf('colrnclc');
    expect([...mov.file.subarray(nclc + 8, nclc + 14)]).toEqual([0, 1, 0, 1, 0, 1]);
    expect(bytes.subarray(4, 12).toString('latin1')).toBe('ftypqt  ');
    expect(bytes.includes('apch')).toBe(true);
    for (const box of ['mvhd', 'tkhd', 'mdhd']) {
      expect(bytes.readBigUInt64BE(bytes.indexOf(box) + 8)).toBe(0n);
    }
    const unity = '0001000000000000000000000000000000010000000000000000000000000000';
    expect(bytes.toString('hex')).toContain(unity);
  });

  test('of more than 4 GiB is found at 64-bit places, and its tables are made without its contents', async () => {
    const sizes = Array<number>(50).fill(4_000_000);
    const segments = Array.from({ length: 24 }, (_, segment) => ({
      segment,
      frames: 50,
      framesDone: 50 * (segment + 1),
      packets: { sizes, keys: sizes.map((_, index) => index), decoder: kinds.prores.decoder },
    }));
    const film = filmOf(kinds.prores, { numerator: 25, denominator: 1 });
    const tables = Buffer.from(await tablesOf(film, segments));
    const places = tables.indexOf('co64');
    const chunks = tables.readUInt32BE(places + 8);
    const head = await headOf(film, 24 * 50 * 4_000_000);
    expect(Number(tables.readBigUInt64BE(places + 12))).toBe(head.length);
    // Half a second, 13 frames, in each; the last begins where so many are before it.
    const before = 13 * (chunks - 1);
    expect(Number(tables.readBigUInt64BE(places + 12 + 8 * (chunks - 1)))).toBe(
      head.length + before * 4_000_000,
    );
    expect(Number(Buffer.from(head).readBigUInt64BE(head.length - 8))).toBe(16 + 24 * 50 * 4_000_000);
  });

  test('rejects with the disk’s error at once, and lets nothing be written after it was closed', async () => {
    const kind = kinds.prores;
    const disk = new Disk();
    disk.callsLeft = 2;
    const output = await openFilm(filmOf(kind, slow), 9, disk, fakeEncoder({ ...kind, from: 0, seed: 1 }));
    await output.add(picture);
    await expect(output.add(picture)).rejects.toThrow('disk');
    output.close();
    const { calls } = disk;
    await expect(output.add(picture)).rejects.toMatchObject({ code: 'cancelled' });
    expect(disk.calls).toBe(calls);
  });

  test('is not finished before its last bytes are on the disk', async () => {
    const kind = kinds.prores;
    const disk = new Disk();
    const output = await openFilm(filmOf(kind, slow), 1, disk, fakeEncoder({ ...kind, from: 0, seed: 1 }));
    await output.add(picture);
    disk.late = new Error('full');
    await expect(output.finish()).rejects.toThrow('full');
    disk.late = undefined;
    await output.finish();
    expect(recordedFrames(disk.journal.at(-1) ?? '')).toBe(1);
    expect(recordedFilm(disk.journal)).toHaveLength(1);
  });

  test('is refused where an encoder has left a frame out', async () => {
    const kind = kinds.prores;
    const make = fakeEncoder({ ...kind, from: 0, seed: 1 });
    const output = await openFilm(filmOf(kind, slow), 4, new Disk(), () => {
      const encoder = make();
      let taken = 0;
      return { ...encoder, encode: async (p) => (taken++ === 2 ? [] : encoder.encode(p)) };
    });
    const all = async (): Promise<void> => {
      for (let frame = 0; frame < 4; frame++) await output.add(picture);
    };
    await expect(all()).rejects.toMatchObject({ code: 'codec-unencodable', detail: 'ProRes 422 HQ' });
  });
});

const hasFfprobe = spawnSync('ffprobe', ['-version']).status === 0;

(hasFfprobe ? describe : describe.skip)('for ffprobe', () => {
  test('a film has its frames, times and tags', async () => {
    const rate = { numerator: 24_000, denominator: 1001 };
    const disk = new Disk();
    await run(kinds.prores, filmOf(kinds.prores, rate), 50, 5, disk);
    const folder = await mkdtemp(join(tmpdir(), 'loupe-film-'));
    try {
      const path = join(folder, 'film.mov');
      await writeFile(path, disk.file);
      const { stdout } = spawnSync(
        'ffprobe',
        ['-v', 'quiet', '-of', 'json', '-show_streams', '-show_packets', path],
        { encoding: 'utf8' },
      );
      const { streams, packets } = JSON.parse(stdout) as {
        streams: Record<string, unknown>[];
        packets: { pts: number; duration: number; size: string }[];
      };
      expect(streams).toHaveLength(1);
      expect(streams[0]).toMatchObject({
        codec_tag_string: 'apch',
        time_base: '1/24000',
        r_frame_rate: '24000/1001',
        avg_frame_rate: '24000/1001',
        nb_frames: '50',
        color_primaries: 'bt709',
        color_transfer: 'bt709',
        color_space: 'bt709',
      });
      expect(packets.map(({ pts }) => pts)).toEqual(Array.from({ length: 50 }, (_, frame) => frame * 1001));
      expect(packets.map(({ size }) => Number(size))).toEqual(
        packets.map((_, frame) => bytesOf(5, frame).length),
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
