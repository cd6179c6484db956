import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Frame } from 'playwright-core';
import type { PhotoshopWindow } from '../../simulator/headless/window.ts';
import { makePsd, openPhotoshop, pixelLayer, select, sharedBrowser } from './support.ts';

const browser = sharedBrowser();
const LONG = 'Portrait of the artist as a young woman, retouched, third copy (do not delete)';
const psd = makePsd([
  pixelLayer('Locked', {
    width: 8,
    height: 8,
    transparencyProtected: false,
    protected: { transparency: true, composite: true, position: true },
  }),
  pixelLayer(LONG, { width: 20, height: 16 }),
  pixelLayer('Portrait', { left: 6, top: 8, width: 24, height: 20 }),
]);

describe('The panel', () => {
  let photoshop: PhotoshopWindow;
  let frame: Frame;

  beforeAll(async () => {
    photoshop = await openPhotoshop(browser(), psd);
    const element = await photoshop.page.locator('iframe.webview').elementHandle();
    const content = await element.contentFrame();
    if (!content) throw new Error('The emulated Photoshop shows no webview.');
    frame = content;
    const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
    await frame.addScriptTag({ content: await readFile(axe, 'utf8') });
    await select(photoshop, 'Portrait');
  }, 120_000);
  afterAll(() => photoshop.close());

  async function setWidth(width: number): Promise<void> {
    await photoshop.page
      .locator('iframe.webview')
      .evaluate(
        (webview, px) => (webview as HTMLElement).style.setProperty('width', `${px}px`, 'important'),
        width,
      );
    await frame.waitForFunction((px) => innerWidth === px, width);
  }

  /** What axe-core finds, of the two graver kinds, as words, once controls have faded to their new colours. */
  async function graveProblems(): Promise<string[]> {
    let found = await graveProblemsNow();
    for (let tries = 0; found.length > 0 && tries < 10; tries++) {
      await photoshop.page.waitForTimeout(300);
      found = await graveProblemsNow();
    }
    return found;
  }

  async function graveProblemsNow(): Promise<string[]> {
    const { violations } = await frame.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
    );
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }

  /** Opens what is folded away. */
  async function unfold(): Promise<void> {
    await frame.evaluate(() => {
      for (const folded of document.querySelectorAll('details')) folded.open = true;
    });
  }

  /** The accessible name of what has the keyboard, `role name`. */
  async function focused(): Promise<string> {
    return frame.evaluate(() => {
      const element = document.activeElement;
      return `${element?.getAttribute('role') ?? ''} ${element?.getAttribute('aria-label') ?? element?.textContent.trim() ?? ''}`.trim();
    });
  }

  test.each(['lightest', 'light', 'dark', 'darkest'])(
    'has nothing that axe-core calls serious in the %s theme, ready or refusing',
    async (theme) => {
      await photoshop.page.getByLabel(theme, { exact: true }).check();
      await photoshop.panel.locator(`[data-theme="${theme}"]`).waitFor();
      await select(photoshop, 'Portrait');
      await photoshop.waitForState(['ready']);
      await unfold();
      expect(await graveProblems()).toEqual([]);
      await select(photoshop, 'Locked');
      await photoshop.waitForState(['refused']);
      expect(await graveProblems()).toEqual([]);
      expect(await photoshop.message()).toMatch(/“Locked” is locked/);
      expect(await photoshop.panel.getByRole('button', { name: 'Enhance' }).isDisabled()).toBe(true);
    },
  );

  test('needs no scrolling sideways at 260 pixels, whatever the layer’s name', async () => {
    for (const name of ['Portrait', LONG]) {
      await select(photoshop, name);
      await setWidth(260);
      await unfold();
      const overflow = await frame.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBe(0);
    }
  });

  test('keeps Enhance within reach, however much stands above it', async () => {
    await setWidth(260);
    await select(photoshop, 'Portrait');
    await photoshop.waitForState(['ready']);
    await unfold();
    const { bottom, height, scrolled } = await frame.evaluate(() => ({
      bottom: document.querySelector('[data-testid="enhance"]')?.getBoundingClientRect().bottom,
      height: innerHeight,
      scrolled: scrollY,
    }));
    expect(scrolled).toBe(0);
    expect(bottom).toBeLessThanOrEqual(height);
  });

  test('cuts a long name short and gives the whole of it to the pointer and the keyboard', async () => {
    await setWidth(260);
    await select(photoshop, LONG);
    const name = photoshop.panel.getByTestId('layer-name');
    expect(await name.evaluate((line) => line.scrollWidth > line.clientWidth)).toBe(true);
    await name.hover();
    expect(await photoshop.panel.getByRole('tooltip').innerText()).toBe(LONG);
    await photoshop.panel.getByTestId('enhance').hover();
    await photoshop.panel.getByRole('tooltip').waitFor({ state: 'detached' });
    await name.focus();
    expect(await photoshop.panel.getByRole('tooltip').innerText()).toBe(LONG);
  });

  test('is worked by the keyboard alone: the model, the quality, the scale, Enhance, the divider', async () => {
    await setWidth(320);
    await select(photoshop, 'Portrait');
    await photoshop.choose('landscape', 4);
    const { keyboard } = photoshop.page;
    await photoshop.panel.getByRole('radio', { name: 'Landscape' }).focus();
    await keyboard.press('ArrowUp');
    await photoshop.panel.locator('[data-testid="model-face"][checked]').waitFor();
    await keyboard.press('Tab');
    expect(await focused()).toBe('radio Fast');
    await keyboard.press('Tab');
    expect(await focused()).toBe('radio 4×');
    await keyboard.press('ArrowLeft');
    await keyboard.press('ArrowLeft');
    await keyboard.press('Space');
    await photoshop.panel.locator('[data-testid="scale-2"][selected]').waitFor();
    const passed: string[] = [];
    while (passed.length < 20 && passed.at(-1) !== 'enhance') {
      await keyboard.press('Tab');
      passed.push(
        await frame.evaluate(() => {
          const place = document.activeElement?.closest('[data-testid]');
          return place?.getAttribute('data-testid') ?? '';
        }),
      );
    }
    expect(passed).toEqual(
      expect.arrayContaining(['detail', 'show-invented', 'more', 'own-models', 'enhance']),
    );
    expect(await focused()).toBe('button Enhance');
    await keyboard.press('Enter');
    await photoshop.waitForState(['done'], 120_000);
    expect(await photoshop.message()).toBe('“Portrait – Face 2×” was created.');
    expect(await graveProblems()).toEqual([]);

    const divider = photoshop.panel.getByRole('slider', { name: 'Divider' });
    await divider.focus();
    await keyboard.press('ArrowRight');
    expect(await divider.getAttribute('aria-valuenow')).toBe('52');
    await keyboard.press('Home');
    expect(await divider.getAttribute('aria-valuenow')).toBe('0');
    await keyboard.press('End');
    expect(await divider.getAttribute('aria-valuenow')).toBe('100');
  }, 180_000);

  test('moves the divider with the pointer, as far as the frame goes', async () => {
    const divider = photoshop.panel.getByRole('slider', { name: 'Divider' });
    const stands = (percent: number) =>
      photoshop.panel.locator(`[role="slider"][aria-valuenow="${percent}"]`).waitFor({ timeout: 5000 });
    await divider.press('Home');
    for (let press = 0; press < 5; press += 1) await divider.press('PageUp');
    await stands(50);
    const split = await photoshop.panel.getByTestId('split-view').boundingBox();
    const from = await divider.boundingBox();
    if (!split || !from) throw new Error('The comparison is not shown.');
    const { mouse } = photoshop.page;
    await mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await mouse.down();
    await mouse.move(split.x + split.width / 4, split.y + 20);
    await stands(25);
    await mouse.move(split.x - 200, split.y + 20);
    await stands(0);
    await mouse.move(split.x + split.width + 200, split.y + 20);
    await stands(100);
    await mouse.up();
  });

  test('leaves the result when another layer is selected', async () => {
    await photoshop.selectLayer(LONG);
    await photoshop.waitForLayer(LONG);
    expect(await photoshop.waitForState(['ready'])).toBe('ready');
  });

  test('has nothing to say against itself in the console', () => {
    expect(photoshop.complaints).toEqual([]);
  });
});
