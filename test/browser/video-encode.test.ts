/** Renders by the browser's encoders: read back by its decoder, by mp4box and, where there is one, by ffmpeg. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { createFile, MP4BoxBuffer } from 'mp4box';
import type { Page } from 'playwright-core';
import type { Codec, ColourTags, RemasterJob } from '../../src/video/types.ts';
import { pageScript } from './page-script.ts';
import { sharedBrowser } from './support.ts';
import type * as encodePage from './video-encode-page.ts';

declare global {
  var video: typeof encodePage;
}

const ORIGIN = 'https://video.test/';
const browser = sharedBrowser();
const script = pageScript(fileURLToPath(new URL('./video-encode-page.ts', import.meta.url)), 'video');
let page: Page;

beforeEach(async () => {
  page = await (await browser().newContext()).newPage();
  // Encoders are for secure pages only; nothing of this address leaves the browser.
  await page.route(`${ORIGIN}**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>video</title>' }),
  );
  await page.goto(ORIGIN);
  await page.addScriptTag({ content: await script });
});

const FRAMES = 12;
const bt709: ColourTags = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false };
const full601: ColourTags = {
  primaries: 'smpte170m',
  transfer: 'smpte170m',
  matrix: 'smpte170m',
  fullRange: true,
};
const jobOf = (codec: Codec, bitDepth: 8 | 10, colour: ColourTags): RemasterJob => ({
  first: 5,
  end: 5 + FRAMES,
  // Eight frames to a segment.
  rate: { numerator: 4000, denominator: 1001 },
  resampled: false,
  target: { width: 160, height: 96 },
  pixelAspect: { numerator: 1, denominator: 1 },
  rotation: 0,
  fields: 'progressive',
  colour,
  codec,
  bitDepth,
});

function timesOf(file: Buffer) {
  const reader = createFile();
  reader.appendBuffer(MP4BoxBuffer.fromArrayBuffer(new Uint8Array(file).buffer, 0));
  reader.flush();
  const [track] = reader.getInfo().tracks;
  if (!track) throw new Error('no track');
  const samples = reader.getTrackSamplesInfo(track.id);
  return { timescale: track.timescale, times: samples.map(({ cts }) => cts), codec: track.codec };
}

/** Frames as ffmpeg decodes them, and its words for the stream. */
async function byFfmpeg(file: Buffer) {
  const folder = await mkdtemp(join(tmpdir(), 'loupe-encode-'));
  try {
    const path = join(folder, 'film.mp4');
    await writeFile(path, file);
    const probed = spawnSync(
      'ffprobe',
      ['-v', 'quiet', '-of', 'json', '-show_streams', '-count_frames', path],
      {
        encoding: 'utf8',
      },
    );
    const errors = spawnSync('ffmpeg', ['-v', 'error', '-i', path, '-f', 'null', '-'], {
      encoding: 'utf8',
    }).stderr;
    const { streams } = JSON.parse(probed.stdout) as { streams: Record<string, unknown>[] };
    return { stream: streams[0] ?? {}, errors };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const hasFfmpeg = spawnSync('ffprobe', ['-version']).status === 0;

describe('a render', () => {
  test.each([
    ['h264', 8, bt709, 'I420', 'yuv420p'],
    ['h264', 8, full601, 'I420', 'yuv420p'],
    ['vp9', 8, full601, 'I420', 'yuv420p'],
    ['vp9', 10, bt709, 'I420P10', 'yuv420p10le'],
    ['av1', 8, bt709, 'I420', 'yuv420p'],
  ] as const)(
    'by %s of %d bits has its frames, times, colours and tags',
    async (codec, bitDepth, colour, format, pixels) => {
      const job = jobOf(codec, bitDepth, colour);
      const { rendered, frames, again } = await page.evaluate(async (job) => {
        const rendered = await video.render(job, { file: '', journal: [] });
        const again = await video.render(job, video.stopped(rendered));
        return { rendered, again, frames: await video.decoded(job, rendered) };
      }, job);

      // Two segments, and the last once more when all was written.
      expect(rendered.journal).toHaveLength(3);
      expect(again.journal).toEqual(rendered.journal);
      expect(again.file === rendered.file).toBe(true);

      expect(frames).toHaveLength(FRAMES);
      for (const [index, frame] of frames.entries()) {
        expect(frame.seconds).toBeCloseTo((index * 1001) / 4000, 6);
        expect(frame).toMatchObject({ format, colour });
        for (const { size, shift } of frame.error) {
          expect(size).toBeLessThan(1.5);
          expect(Math.abs(shift)).toBeLessThan(1);
        }
      }

      const file = Buffer.from(rendered.file, 'base64');
      expect(timesOf(file)).toMatchObject({
        timescale: 4000,
        times: Array.from({ length: FRAMES }, (_, frame) => frame * 1001),
      });

      if (!hasFfmpeg) return;
      const { stream, errors } = await byFfmpeg(file);
      expect(errors).toBe('');
      // Of H.264 in full range ffmpeg has a name of its own.
      expect(String(stream['pix_fmt']).replace('yuvj', 'yuv')).toBe(pixels);
      expect(stream).toMatchObject({
        nb_read_frames: String(FRAMES),
        r_frame_rate: '4000/1001',
        width: 160,
        height: 96,
        color_range: colour.fullRange ? 'pc' : 'tv',
        color_primaries: colour.primaries,
        color_transfer: colour.transfer,
        color_space: colour.matrix,
      });
    },
  );

  test('is offered in the codecs that this browser encodes', async () => {
    const reports = await page.evaluate(() => video.codecReports(1920, 1080));
    const deep = reports.map(({ codec, bitDepth, constantQuality }) => [codec, bitDepth, constantQuality]);
    expect(deep).toEqual([
      ['prores', 10, true],
      ['png', 16, true],
      ['tiff', 16, true],
      ['h264', 8, false],
      ['vp9', 10, true],
      ['av1', 8, true],
    ]);
  });
});
