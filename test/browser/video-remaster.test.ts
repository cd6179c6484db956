/**
 * Clips through the built video worker with an engine that copies pixels: every frame once and in its place, colours as
 * they were, the same file after a stop as without. Read back by mp4box, by mediabunny with the browser's own decoders,
 * and by ffprobe where there is one.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { launchChromium } from '../../simulator/headless/chromium.ts';
import { CLIPS, frameNumberOf, type ClipName } from '../../simulator/samples/clips.ts';
import { boxesOf, ffprobe, hasFfprobe, VideoPage } from './video-page.ts';

let browser: Browser;
let video: VideoPage;
beforeAll(async () => {
  browser = await launchChromium();
  video = await VideoPage.open(browser);
});
afterAll(async () => {
  await browser.close();
});

const counted = (frames: number, from = 0) => Array.from({ length: frames }, (_, frame) => from + frame);

describe('every frame once, in its place', () => {
  test.each([
    'rate-23.976',
    'rate-24',
    'rate-25',
    'rate-29.97',
    'rate-30',
    'rate-50',
    'rate-59.94',
    'rate-60',
  ] as const)('%s: exact times on the clip’s own timebase', async (name) => {
    const { rate, frames } = CLIPS[name];
    await video.put(name);
    const { result } = await video.remaster(name, { codec: 'vp9', scale: 2 });
    expect(result).toMatchObject({ frames, width: 192, height: 128 });
    const file = await video.file();
    const { samples, timescale } = await boxesOf(file);
    expect(samples.map(({ cts }) => cts * rate[0])).toEqual(
      counted(frames).map((frame) => frame * timescale * rate[1]),
    );
    const film = await video.film();
    expect(film.numbers).toEqual(counted(frames));
    expect([film.width, film.height]).toEqual([192, 128]);
    if (hasFfprobe) {
      const stream = await ffprobe(file, 'mp4');
      expect([stream['nb_read_frames'], stream['r_frame_rate']]).toEqual([String(frames), rate.join('/')]);
    }
  });

  test('a part of a clip, with handles as far as there are frames', async () => {
    await video.put('rate-29.97');
    const part = { codec: 'vp9', range: [2 / 29.97, 6 / 29.97] } as const;
    await video.remaster('rate-29.97', part);
    expect((await video.film()).numbers).toEqual([2, 3, 4, 5]);
    const { job } = await video.remaster('rate-29.97', { ...part, handles: 3 });
    expect(job).toEqual({ first: 0, end: 9 });
    expect((await video.film()).numbers).toEqual(counted(9));
  });

  test('a variable rate, at the one Premiere plays it by: the frame that is shown then', async () => {
    await video.put('variable');
    const { facts, result } = await video.remaster('variable', { codec: 'vp9', rate: 30 });
    expect(facts.variable).toBe(true);
    expect(result.frames).toBeGreaterThanOrEqual(23);
    const { times } = CLIPS.variable;
    const shown = (time: number) => times.filter((at) => at <= time).length - 1;
    expect((await video.film()).numbers).toEqual(counted(result.frames).map((frame) => shown(2 * frame)));
  });

  test.each([
    ['rotation-90', 96, 64],
    ['rotation-180', 96, 64],
    ['rotation-270', 96, 64],
    ['pixel-aspect', 138, 64],
    ['interlaced-upper', 96, 64],
    ['interlaced-lower', 96, 64],
  ] as const)('%s: upright, progressive, with square pixels', async (name, width, height) => {
    await video.put(name);
    const { facts } = await video.remaster(name, { codec: 'vp9' });
    const turned = facts.rotation % 180 !== 0;
    const film = await video.film();
    expect(film.numbers).toEqual(counted(12));
    expect([film.width, film.height]).toEqual(turned ? [height, width] : [width, height]);
    expect(await video.probeRender()).toMatchObject({
      rotation: 0,
      pixelAspect: { numerator: 1, denominator: 1 },
      fields: 'progressive',
      combed: false,
      variable: false,
    });
  });
});

describe('colours as they were', () => {
  const points = { bt709: [1, 1, 1], bt601: [6, 6, 6] };

  test.each([
    ['bt709-limited', points.bt709, 0],
    ['bt709-full', points.bt709, 1],
    ['bt601-limited', points.bt601, 0],
    ['bt601-full', points.bt601, 1],
  ] as const)('%s: within 2/255 through ProRes, with the same tags in VP9', async (name, codes, full) => {
    await video.put(name);
    const { facts } = await video.remaster(name, { codec: 'prores' });
    const { luma, chroma } = await video.difference(name);
    expect(luma).toBeLessThanOrEqual(2);
    expect(chroma).toBeLessThanOrEqual(2);
    expect((await video.probeRender()).colour).toEqual({ ...facts.colour, fullRange: false });

    await video.remaster(name, { codec: 'vp9' });
    expect((await video.probeRender()).colour).toEqual(facts.colour);
    const file = await video.file();
    expect((await boxesOf(file)).colour.map(Number)).toEqual([...codes, full]);
    if (hasFfprobe) expect((await ffprobe(file, 'mp4'))['color_range']).toBe(full ? 'pc' : 'tv');
  });

  test('ten bits stay ten', async () => {
    await video.put('vp9-10bit');
    const { facts } = await video.remaster('vp9-10bit', { codec: 'prores', bitDepth: 10 });
    expect(facts.bitDepth).toBe(10);
    const { luma, chroma } = await video.difference('vp9-10bit');
    expect(luma).toBeLessThan(1);
    expect(chroma).toBeLessThan(1);
  });

  test('single frames, which other programs read: numbered from 1, each the right one', async () => {
    await video.put('bt601-limited');
    await video.remaster('bt601-limited', { codec: 'png', range: [0.04, 0.16] });
    const names = await video.frameFiles();
    expect(names).toEqual(counted(3, 1).map((number) => `clip_00000${number}.png`));
    for (const [index, name] of names.entries()) {
      const { data, info } = await sharp(await video.file(name))
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect(frameNumberOf(data, info, info.channels)).toBe(index + 1);
    }
  });
});

describe('a run that is stopped', () => {
  const half = { codec: 'vp9', range: [0, 20] } as const;
  const long: ClipName = 'long';
  let undisturbed: Buffer;
  beforeAll(async () => {
    await video.put(long);
    await video.remaster(long, half);
    undisturbed = await video.file();
    expect((await boxesOf(undisturbed)).samples).toHaveLength(20);
  });

  test.each([
    ['the GPU is lost', { gpuLostAt: 9 }, /^gpu-lost \d+$/],
    ['the disk is full', { diskFullAt: 9 }, /^disk-full/],
    ['it is cancelled', { cancelAt: 7 }, /^cancelled/],
  ] as const)('since %s goes on to the very same file', async (_, trouble, code) => {
    const error = await video.failure(long, half, trouble);
    expect(error).toMatch(code);
    const state = await video.page.evaluate(() => [lab.host.journal.length, lab.host.open, lab.engine.clips]);
    expect(state[0]).toBeGreaterThan(0);
    expect(state[0]).toBeLessThan(10);
    // Two frames a segment: what is kept is what is recorded.
    if (error.startsWith('gpu-lost')) expect(error).toBe(`gpu-lost ${2 * Number(state[0])}`);
    expect(state.slice(1)).toEqual([0, 0]);
    const { progress } = await video.remaster(long, { ...half, goOn: true });
    expect(progress[0]?.framesDone).toBe(2 * Number(state[0]) + 1);
    expect((await video.file()).equals(undisturbed)).toBe(true);
  });

  test('by a pause stands still, goes on, and tells how far it is', async () => {
    const { progress, pictures } = await video.remaster(long, half, { pauseAt: 6 });
    expect(progress.map(({ framesDone }) => framesDone)).toEqual(counted(20, 1));
    expect(progress.at(-1)).toMatchObject({ frames: 20, remainingMs: 0 });
    expect(pictures[0]).toEqual({ width: 32, height: 24 });
    expect((await video.file()).equals(undisturbed)).toBe(true);
  });
});

/** Megabytes that the browser's processes have in memory, as Linux tells; undefined elsewhere. */
async function resident(): Promise<number | undefined> {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  await cdp.detach();
  const pages = await Promise.all(
    processInfo.map(({ id }) => readFile(`/proc/${id}/statm`, 'utf8').catch(() => undefined)),
  );
  if (pages.includes(undefined)) return undefined;
  return pages.reduce((sum, line) => sum + (Number(line?.split(' ')[1]) * 4096) / 2 ** 20, 0);
}

test('ten minutes take no more memory than one', async () => {
  await video.put('long');
  /** The most during a run. */
  const memoryOf = async (seconds: number) => {
    let [running, most] = [true, 0];
    const run = video
      .remaster('long', { codec: 'vp9', scale: 8, range: [0, seconds] })
      .finally(() => (running = false));
    while (running) {
      most = Math.max(most, (await resident()) ?? 0);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect((await run).result.frames).toBe(seconds);
    return most;
  };
  const one = await memoryOf(60);
  const ten = await memoryOf(600);
  // What the engine gives for 540 frames is 300 MB.
  expect(ten - one).toBeLessThan(150);
  expect((await video.film()).numbers).toEqual(counted(600));
  expect(await video.page.evaluate(() => lab.engine.mostAtOnce)).toBe(2);
});
