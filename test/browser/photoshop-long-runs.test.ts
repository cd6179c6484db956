/** What a long run lives through: the panel hidden or closed, the plugin reloaded, too little disk. */
import { afterEach, describe, expect, test } from '@jest/globals';
import type { PhotoshopWindow } from '../../simulator/headless/window.ts';
import {
  boundsOf,
  layerOf,
  makePsd,
  openPhotoshop,
  pixelLayer,
  samplesOf,
  saved,
  select,
  sharedBrowser,
} from './support.ts';

const browser = sharedBrowser();
const PANEL = 'loupe';
/** Tall enough for several bands of tiles, so that rows are stored while others are still to come. */
const psd = makePsd([pixelLayer('Photo', { width: 48, height: 600 })], { width: 48, height: 600 });

describe('During a run', () => {
  let photoshop: PhotoshopWindow;
  afterEach(() => photoshop.close());

  async function begin(): Promise<void> {
    photoshop = await openPhotoshop(browser(), psd);
    await select(photoshop, 'Photo');
    await photoshop.choose('art', 2);
    await photoshop.waitForEnhance();
  }

  /** Begins a run and waits until rows of its result are stored, but not all. */
  async function beginAndStore(): Promise<void> {
    await begin();
    await photoshop.pressEnhance();
    await photoshop.waitForState(['working']);
    await photoshop.page.waitForFunction(() => (window.simulator.stats.calls.get('fs.write') ?? 0) > 6);
  }

  async function whole(): Promise<void> {
    const after = await saved(photoshop);
    expect(boundsOf(layerOf(after, 'Photo –'))).toEqual([0, 0, 96, 1200]);
    const made = samplesOf(layerOf(after, 'Photo –'));
    let empty = 0;
    for (let pixel = 0; pixel < 96 * 1200; pixel += 1) if (made[pixel * 4 + 3] !== 255) empty += 1;
    expect(empty).toBe(0);
    expect(await photoshop.simulator(({ stats }) => stats.undisposed)).toBe(0);
  }

  test('the panel can be hidden and shown again: it goes on', async () => {
    await beginAndStore();
    await photoshop.simulator(({ user }, panel) => user.hidePanel(panel), PANEL);
    await photoshop.simulator(({ user }, panel) => user.showPanel(panel), PANEL);
    await photoshop.waitForState(['done'], 120_000);
    await whole();
  });

  test('the panel can be closed: opened again it offers to go on, and the result is whole', async () => {
    await beginAndStore();
    await photoshop.simulator(({ user }, panel) => user.closePanel(panel), PANEL);
    await photoshop.simulator(({ user }, panel) => user.showPanel(panel), PANEL);
    await photoshop.waitForState(['unfinished']);
    expect(await photoshop.panel.getByTestId('unfinished-words').innerText()).toContain('“Photo”');
    await photoshop.panel.getByTestId('go-on').click();
    await photoshop.waitForState(['done'], 120_000);
    await whole();
    expect((await photoshop.activeDocument()).history).toHaveLength(2);
  });

  test('the unfinished run can be discarded, which leaves nothing', async () => {
    await beginAndStore();
    await photoshop.simulator(({ user }, panel) => user.closePanel(panel), PANEL);
    await photoshop.simulator(({ user }, panel) => user.showPanel(panel), PANEL);
    await photoshop.waitForState(['unfinished']);
    await photoshop.panel.getByTestId('discard').click();
    await photoshop.waitForState(['ready']);
    expect((await photoshop.activeDocument()).history).toHaveLength(1);
    // What is left are the remembered settings.
    expect(await photoshop.simulator(({ stats }) => stats.diskBytes)).toBeLessThan(3000);
  });

  test('the plugin can be reloaded: the run is gone without a trace, and the next one works', async () => {
    await beginAndStore();
    await photoshop.simulator(({ user }) => user.reloadPlugin());
    await photoshop.waitForState(['ready'], 60_000);
    expect((await photoshop.activeDocument()).history).toHaveLength(1);
    await photoshop.page.waitForFunction(() => window.simulator.stats.diskBytes < 3000);
    await photoshop.choose('art', 2);
    await photoshop.pressEnhance();
    await photoshop.waitForState(['done'], 120_000);
    await whole();
  });

  test('another Enhance, by the command, is refused plainly and the first one comes to its end', async () => {
    await beginAndStore();
    await photoshop.command('enhance');
    await photoshop.waitForState(['done'], 120_000);
    await whole();
    const { layers, history } = await photoshop.activeDocument();
    expect(layers.map(({ name }) => name)).toEqual(['Photo – Art 2×', 'Photo']);
    expect(history).toHaveLength(2);
  });
});

describe('Before a run', () => {
  test('the panel says what disk space it needs', async () => {
    const photoshop = await openPhotoshop(browser(), psd);
    await select(photoshop, 'Photo');
    await photoshop.choose('art', 2);
    const needs = photoshop.panel.getByTestId('needs');
    // 48 × 600 and 96 × 1200 pixels of four bytes.
    await needs.filter({ hasText: /\d+.*(KB|MB)/ }).waitFor();
    const small = await needs.innerText();
    await photoshop.choose('art', 8);
    await needs.filter({ hasNotText: small }).waitFor();
    await photoshop.close();
  });

  test('too little disk is refused at once, naming what is needed, and nothing is read', async () => {
    const photoshop = await openPhotoshop(browser(), psd);
    await select(photoshop, 'Photo');
    await photoshop.choose('art', 8);
    const before = await photoshop.savePsd();
    // The result is 384 × 4800 pixels of four bytes: 7.4 MB.
    await photoshop.simulator(({ faults }) => faults.diskFullAfter(1_000_000));
    await photoshop.pressEnhance();
    await photoshop.waitForState(['failed']);
    expect(await photoshop.message()).toMatch(/disk.*\d+.*MB/s);
    expect((await photoshop.savePsd()).equals(before)).toBe(true);
    await photoshop.close();
  });
});
