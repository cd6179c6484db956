/** Clips opened in Chromium: what is found out about them, and that every frame comes, once, the right way up. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { paintOf } from '../../simulator/samples/clip-picture.ts';
import { CLIPS, testClips, type ClipName } from '../../simulator/samples/clips.ts';
import type { ClipFacts, RemasterJob } from '../../src/video/types.ts';
import { pageScript } from './page-script.ts';
import { sharedBrowser } from './support.ts';
import type * as decodePage from './video-decode-page.ts';

declare global {
  var decode: typeof decodePage;
}

const ORIGIN = 'https://video.test/';
const browser = sharedBrowser();
const script = pageScript(fileURLToPath(new URL('./video-decode-page.ts', import.meta.url)), 'decode');
let page: Page;
const complaints: string[] = [];

// One page for all: the script is large.
beforeAll(async () => {
  page = await (await browser().newContext()).newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  // Decoders are for secure pages only; nothing of this address leaves the browser.
  await page.route(`${ORIGIN}**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>video</title>' }),
  );
  await page.goto(ORIGIN);
  await page.addScriptTag({ content: await script });
});

async function clip(name: ClipName): Promise<string> {
  return readFile((await testClips([name]))[name], 'base64');
}

async function facts(name: ClipName): Promise<ClipFacts | string> {
  return page.evaluate((file) => decode.facts(file), await clip(name));
}

async function frames(
  name: ClipName,
  change: Partial<RemasterJob> = {},
  from = change.first ?? 0,
): Promise<decodePage.Frames> {
  return page.evaluate(([file, job, first]) => decode.frames(file, job, first), [
    await clip(name),
    change,
    from,
  ] as const);
}

const counted = (from: number, end: number): number[] =>
  Array.from({ length: end - from }, (_, k) => from + k);

describe('facts', () => {
  test('of what is in a file, and of what it does not say', async () => {
    expect(await facts('with-sound')).toEqual({
      container: 'MP4',
      codecName: 'H.264',
      width: 96,
      height: 64,
      pixelAspect: { numerator: 1, denominator: 1 },
      rotation: 0,
      rate: { numerator: 25, denominator: 1 },
      variable: false,
      frames: 25,
      seconds: 1,
      bitDepth: 8,
      chroma: '420',
      colour: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false },
      assumed: [],
      dynamicRange: 'sdr',
      fields: 'progressive',
      combed: false,
      converted: false,
      sound: true,
    });
    expect(await facts('untagged')).toMatchObject({
      container: 'Matroska',
      codecName: 'VP9',
      colour: { primaries: 'smpte170m', transfer: 'smpte170m', matrix: 'smpte170m', fullRange: false },
      assumed: ['primaries', 'transfer', 'matrix'],
    });
    expect(await facts('variable')).toMatchObject({ variable: true, frames: 24 });
    expect(await facts('hdr-pq')).toMatchObject({
      dynamicRange: 'pq',
      bitDepth: 10,
      colour: CLIPS['hdr-pq'].colour,
    });
    expect(await facts('hdr-hlg')).toMatchObject({ dynamicRange: 'hlg' });
    expect(await facts('rotation-270')).toMatchObject({ rotation: 270, width: 96, height: 64 });
    expect(await facts('pixel-aspect')).toMatchObject({ pixelAspect: { numerator: 64, denominator: 45 } });
    expect(await facts('odd-size')).toMatchObject({ width: 91, height: 67 });
    expect(await facts('interlaced-upper')).toMatchObject({
      container: 'QuickTime',
      fields: 'upper-first',
      combed: true,
    });
    expect(await facts('interlaced-lower')).toMatchObject({ fields: 'lower-first', combed: true });
  });

  test('of a bad file there is one plain word', async () => {
    expect(await facts('truncated')).toBe('clip-truncated');
    expect(await facts('no-index')).toBe('clip-truncated');
    expect(await facts('no-video')).toBe('clip-no-video');
    expect(await facts('unknown-codec')).toBe('codec-undecodable “zzzz”');
    expect(await facts('not-media')).toBe('clip-not-media');
  });
});

describe('frames', () => {
  test.each([
    'rate-23.976',
    'rate-29.97',
    'rate-50',
    'rate-59.94',
    'webm',
    'av1',
    'late-start',
    'single',
  ] as const)('of %s come each once, in order', async (name) => {
    const { numbers, problem } = await frames(name);
    expect(problem).toBe('');
    expect(numbers).toEqual(counted(0, CLIPS[name].frames));
  });

  test('begin at any frame, also between key frames, and end where the job does', async () => {
    for (const from of [3, 5, 9])
      expect((await frames('rate-29.97', { first: 2, end: 11 }, from)).numbers).toEqual(counted(from, 11));
  });

  test('of a file at another rate than Premiere’s stay the same frames', async () => {
    const { numbers } = await frames('rate-25', { rate: { numerator: 24, denominator: 1 } });
    expect(numbers).toEqual(counted(0, 12));
  });

  test('of a variable rate are those that show at the job’s times', async () => {
    const { times } = CLIPS.variable;
    const shown = (rate: number): number[] =>
      counted(0, Math.floor(0.8 * rate)).map(
        (frame) => times.filter((time) => time / 60 <= frame / rate + 1e-6).length - 1,
      );
    for (const rate of [25, 60]) {
      const change = { rate: { numerator: rate, denominator: 1 }, end: Math.floor(0.8 * rate) };
      expect((await frames('variable', change)).numbers).toEqual(shown(rate));
      expect((await frames('variable', change, 7)).numbers).toEqual(shown(rate).slice(7));
    }
  });

  test('are upright, at 8 and 10 bits, of odd sizes', async () => {
    for (const [name, layout] of [
      ['rotation-90', 'yuv420 64×96 8'],
      ['rotation-180', 'yuv420 96×64 8'],
      ['rotation-270', 'yuv420 64×96 8'],
      ['odd-size', 'yuv420 91×67 8'],
      ['vp9-10bit', 'yuv420 96×64 10'],
    ] as const) {
      const result = await frames(name);
      expect(result).toEqual({ numbers: counted(0, 12), layout, combed: false, problem: '' });
    }
  });

  test('of woven fields are progressive, wherever a run begins', async () => {
    for (const name of ['interlaced-upper', 'interlaced-lower'] as const) {
      expect(await frames(name)).toMatchObject({ numbers: counted(0, 12), combed: false });
      expect(await frames(name, {}, 6)).toMatchObject({ numbers: counted(6, 12), combed: false });
      expect(await frames(name, { fields: 'progressive' })).toMatchObject({ combed: true });
    }
  });

  test('that are damaged or missing are named', async () => {
    const { numbers, problem } = await frames('damaged');
    expect(problem).toMatch(/^clip-truncated #\d+$/);
    // What came before is whole.
    expect(numbers).toEqual(counted(0, numbers.length));
    expect(problem).toBe(`clip-truncated #${numbers.length}`);
    expect((await frames('rate-25', { end: 14 })).problem).toBe('clip-truncated #12');
  });

  test('end when they are cancelled', async () => {
    expect(await page.evaluate((file) => decode.cancelled(file), await clip('rate-25'))).toBe('cancelled');
  });

  test('are none left open, wherever one stops asking for more', async () => {
    complaints.length = 0;
    for (const name of ['single', 'rate-50', 'variable', 'interlaced-upper'] as const) {
      await facts(name);
      await frames(name, { end: 1 });
      await frames(name, { first: 0, end: 1, resampled: true });
    }
    await page.evaluate((file) => decode.cancelled(file), await clip('rate-50'));
    await frames('damaged');
    // mediabunny complains of every frame that the browser has to throw away itself.
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
    expect(complaints).toEqual([]);
  });

  test('late in a long file are found without reading it', async () => {
    const { size, read, number } = await page.evaluate(
      (file) => decode.bytesToFrame(file, 14_321),
      await clip('long-25'),
    );
    expect(number).toBe(14_321);
    expect(read).toBeLessThan(size / 4);
  });
});

test.each([
  ['bt601-limited', 'smpte170m limited'],
  ['bt601-full', 'smpte170m full'],
  ['bt709-limited', 'bt709 limited'],
  ['bt709-full', 'bt709 full'],
  ['vp9-10bit', 'bt709 limited'],
  ['hdr-pq', 'bt2020-ncl limited'],
  ['untagged', 'smpte170m limited'],
] as const)(
  'colours of %s are those of %s, and an unchanged frame comes back as it was',
  async (name, tags) => {
    const { identity, painted } = await page.evaluate((file) => decode.colours(file), await clip(name));
    expect(identity).toBe(0);
    // The encoder's own loss is in all of them; by any other matrix or range the picture is further off.
    const [nearest] = Object.keys(painted).sort((a, b) => (painted[a] ?? 0) - (painted[b] ?? 0));
    expect(nearest).toBe(tags);
    expect(painted[tags]).toBeLessThan(3);
  },
);

/** What cameras and editors write, and Chromium's encoders do not. Where there is ffmpeg. */
const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;
const SIZE = { width: 96, height: 64 };

/** 30 frames at 25 a second in 4:2:0, numbered like the test clips. */
function paintedFrames(): Buffer {
  const { width, height } = SIZE;
  return Buffer.concat(
    counted(0, 30).map((number) => {
      const frame = Buffer.alloc((width * height * 3) / 2, 128);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          frame[y * width + x] = Math.round(16 + 219 * paintOf(number, number, SIZE)(x, y)[0]);
        }
      }
      return frame;
    }),
  );
}

async function made(input: Buffer, name: string, options: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'loupe-clip-'));
  const file = join(folder, name);
  try {
    const raw = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', '96x64', '-r', '25', '-i', '-'];
    const run = spawnSync('ffmpeg', ['-v', 'error', ...raw, ...options, '-threads', '1', file], {
      input,
    });
    if (run.status !== 0) throw new Error(String(run.stderr));
    return await readFile(file, 'base64');
  } finally {
    await rm(folder, { recursive: true });
  }
}

(hasFfmpeg ? describe : describe.skip)('files of other makers', () => {
  const painted = paintedFrames();
  const h264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '10'];
  const open = [...h264, '-bf', '3', '-x264-params', 'open-gop=1:b-pyramid=normal:scenecut=0'];

  test.each([
    ['b.mp4', [...h264, '-bf', '3']],
    ['no-edits.mp4', [...h264, '-bf', '3', '-use_editlist', '0']],
    ['open.mp4', open],
    ['open.mkv', open],
    ['open.ts', open],
    ['fragments.mp4', [...open, '-movflags', 'frag_keyframe+empty_moov']],
    ['prores.mov', ['-c:v', 'prores_ks', '-profile:v', '3']],
    ['prores-4444.mov', ['-c:v', 'prores_ks', '-profile:v', '4444', '-pix_fmt', 'yuv444p10le']],
  ] as const)('%s: every frame, from any of them on', async (name, options) => {
    const file = await made(painted, name, options);
    const facts = await page.evaluate((base64) => decode.facts(base64), file);
    expect(facts).toMatchObject({
      frames: 30,
      variable: false,
      rate: { numerator: 25, denominator: 1 },
      fields: 'progressive',
    });
    for (const from of [0, 9, 11, 17, 29]) {
      const { numbers, problem } = await page.evaluate(
        ([base64, first]) => decode.frames(base64, {}, first),
        [file, from] as const,
      );
      expect({ from, numbers, problem }).toEqual({ from, numbers: counted(from, 30), problem: '' });
    }
  });
});
