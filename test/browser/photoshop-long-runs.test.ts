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
/** Large enough for the result to go over the wire in several pieces: some are stored while others are still to come. */
const FACTOR = 8;
const HEIGHT = 400;
const psd = makePsd([pixelLayer('Photo', { width: 48, height: HEIGHT })], { width: 48, height: HEIGHT });

type Act = 'close' | 'reload' | 'enhance';

describe('During a run', () => {
  /** How often a whole run writes to the disk. */
  let writes = 0;
  let photoshop: PhotoshopWindow;
  afterEach(() => photoshop.close());

  async function ready(): Promise<void> {
    photoshop = await openPhotoshop(browser(), psd);
    await select(photoshop, 'Photo');
    await photoshop.choose('art', FACTOR);
    await photoshop.waitForEnhance();
  }

  /** Begins a run, and has something happen when most of the result is stored, but not its end. */
  async function beginAnd(act: Act): Promise<void> {
    await ready();
    await photoshop.simulator(
      ({ faults, user }, [what, nth, panel]) =>
        faults.beforeCall('fs.write', nth, () => {
          if (what === 'close') user.closePanel(panel);
          if (what === 'reload') user.reloadPlugin();
          if (what === 'enhance') user.chooseCommand('enhance');
        }),
      [act, writes - 3, PANEL] as const,
    );
    await photoshop.pressEnhance();
  }

  async function closeAndOpenAgain(): Promise<void> {
    await beginAnd('close');
    await photoshop.page.locator('iframe.webview').waitFor({ state: 'detached', timeout: 120_000 });
    await photoshop.user((user, panel) => user.showPanel(panel), PANEL);
    await photoshop.waitForState(['unfinished']);
  }

  async function expectWhole(): Promise<void> {
    const after = await saved(photoshop);
    expect(boundsOf(layerOf(after, 'Photo –'))).toEqual([0, 0, FACTOR * 48, FACTOR * HEIGHT]);
    const made = samplesOf(layerOf(after, 'Photo –'));
    let empty = 0;
    for (let pixel = 0; pixel < FACTOR * 48 * FACTOR * HEIGHT; pixel += 1)
      if (made[pixel * 4 + 3] !== 255) empty += 1;
    expect(empty).toBe(0);
    expect(await photoshop.simulator(({ stats }) => stats.undisposed)).toBe(0);
    expect((await photoshop.activeDocument()).history).toHaveLength(2);
  }

  test('the panel can be hidden and shown again: it goes on', async () => {
    await ready();
    await photoshop.pressEnhance();
    await photoshop.waitForState(['working']);
    await photoshop.user((user, panel) => user.hidePanel(panel), PANEL);
    await photoshop.user((user, panel) => user.showPanel(panel), PANEL);
    await photoshop.waitForState(['done'], 120_000);
    await expectWhole();
    writes = await photoshop.simulator(({ stats }) => stats.calls.get('fs.write') ?? 0);
    // The layer, the space set aside, and the result in several pieces.
    expect(writes).toBeGreaterThan(6);
  });

  test('the panel can be closed: opened again it offers to go on, and the result is whole', async () => {
    await closeAndOpenAgain();
    const words = await photoshop.panel.getByTestId('unfinished-words').innerText();
    expect(words).toMatch(/“Photo”.*[1-9]\d?\s%/s);
    await photoshop.panel.getByTestId('go-on').click();
    await photoshop.waitForState(['done'], 120_000);
    await expectWhole();
  });

  test('the unfinished run can be discarded, which leaves nothing', async () => {
    await closeAndOpenAgain();
    await photoshop.panel.getByTestId('discard').click();
    await photoshop.waitForState(['ready']);
    expect((await photoshop.activeDocument()).history).toHaveLength(1);
    // What is left are the remembered settings.
    await photoshop.page.waitForFunction(() => window.simulator.stats.diskBytes < 3000);
  });

  test('the plugin can be reloaded: the run is gone without a trace, and the next one works', async () => {
    await beginAnd('reload');
    await photoshop.waitForState(['working']);
    await photoshop.waitForState(['ready'], 120_000);
    expect((await photoshop.activeDocument()).history).toHaveLength(1);
    await photoshop.page.waitForFunction(() => window.simulator.stats.diskBytes < 3000);
    await photoshop.choose('art', FACTOR);
    await photoshop.pressEnhance();
    await photoshop.waitForState(['done'], 120_000);
    await expectWhole();
  });

  test('another Enhance, by the command, is refused and the first one comes to its end', async () => {
    await beginAnd('enhance');
    await photoshop.waitForState(['done'], 120_000);
    await expectWhole();
    const { layers } = await photoshop.activeDocument();
    expect(layers.map(({ name }) => name)).toEqual(['Photo – Art 8×', 'Photo']);
  });
});

describe('Before a run', () => {
  test('the panel says what disk space it needs', async () => {
    const photoshop = await openPhotoshop(browser(), psd);
    await select(photoshop, 'Photo');
    await photoshop.choose('art', 2);
    const needs = photoshop.panel.getByTestId('needs');
    // 48 × 400 and 96 × 800 pixels of four bytes.
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
    // The result is 384 × 3200 pixels of four bytes: 4.9 MB.
    await photoshop.simulator(({ faults }) => faults.diskFullAfter(1_000_000));
    await photoshop.pressEnhance();
    await photoshop.waitForState(['failed']);
    expect(await photoshop.message()).toMatch(/disk.*\d+.*MB/s);
    expect((await photoshop.savePsd()).equals(before)).toBe(true);
    await photoshop.close();
  });
});
