/** The emulated Premiere itself, worked by mouse and keys as a person would. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PremiereWindow, secondsOf } from '../../simulator/headless/premiere-window.ts';
import { testClips } from '../../simulator/samples/clips.ts';
import { serverUrl, sharedBrowser } from './support.ts';

const browser = sharedBrowser();

describe('The emulated Premiere', () => {
  let premiere: PremiereWindow;
  let clips: Record<'rate-50' | 'not-media', string>;
  beforeAll(async () => {
    clips = await testClips(['rate-50', 'not-media']);
    premiere = await PremiereWindow.open(browser(), serverUrl());
  });
  afterAll(() => premiere.close());

  const drop = (path: string): Promise<void> => premiere.page.getByLabel('Media file').setInputFiles(path);

  test('opens with the sample and its sound on a timeline, and shows it', async () => {
    const { videoTracks, audioTracks } = await premiere.sequence();
    expect(videoTracks[0]?.clips.map(({ name }) => name)).toEqual(['sample.mp4']);
    expect(audioTracks[0]?.clips.map(({ name }) => name)).toEqual(['sample.mp4']);
    const { rgba } = await premiere.monitor();
    // The lake and the sky: neither black nor of one colour.
    expect(new Set(rgba.subarray(0, 40_000)).size).toBeGreaterThan(50);
    await premiere.waitForState(['clip-ready']);
  });

  test('takes a clip of one’s own, selects it by a click, moves it by a drag, and undoes', async () => {
    await drop(clips['rate-50']);
    const laid = premiere.page.getByLabel('rate-50.mp4').locator('visible=true');
    await premiere.page.locator('.lane[data-kind="video"] .clip').nth(1).waitFor();
    const start = secondsOf((await premiere.clip('rate-50.mp4')).startTicks);
    expect(start).toBeCloseTo(3.4, 6);
    expect(await laid.count()).toBeGreaterThan(0);

    const sample = premiere.page.locator('.lane[data-kind="video"] .clip').first();
    await sample.click();
    expect((await premiere.clip('sample.mp4')).selected).toBe(true);
    expect((await premiere.clip('rate-50.mp4')).selected).toBe(false);

    const box = await premiere.page.locator('.lane[data-kind="video"] .clip').nth(1).boundingBox();
    if (!box) throw new Error('The clip is not drawn.');
    const { mouse } = premiere.page;
    await mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await mouse.down();
    await mouse.move(box.x + box.width / 2 + 40, box.y + box.height / 2, { steps: 3 });
    await mouse.up();
    expect(secondsOf((await premiere.clip('rate-50.mp4')).startTicks)).toBeGreaterThan(start + 0.05);
    await premiere.page.getByRole('button', { name: 'Edit' }).click();
    await premiere.page.getByRole('menuitem', { name: /^Undo/ }).click();
    expect(secondsOf((await premiere.clip('rate-50.mp4')).startTicks)).toBeCloseTo(start, 6);
  });

  test('saves a file of the project, and says what it cannot import', async () => {
    await premiere.page.getByRole('treeitem', { name: 'rate-50.mp4' }).getByRole('button').click();
    const download = premiere.page.waitForEvent('download');
    await premiere.page.getByRole('button', { name: 'Save…' }).click();
    const chunks: Uint8Array[] = [];
    for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Uint8Array);
    expect(Buffer.concat(chunks).equals(await readFile(clips['rate-50']))).toBe(true);

    await drop(clips['not-media']);
    const failure = premiere.page.getByRole('alert');
    await failure.waitFor();
    expect(await failure.innerText()).toContain('not-media.mp4 cannot be imported.');
  });
});
