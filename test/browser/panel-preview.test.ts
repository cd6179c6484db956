/** A movable crop at 100 % before paying, which follows the settings and changes nothing. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PhotoshopWindow } from '../../simulator/headless/window.ts';
import { makePsd, openPhotoshop, pixelLayer, select, sharedBrowser } from './support.ts';

const browser = sharedBrowser();
const size = { width: 200, height: 160 };

describe('The preview', () => {
  let photoshop: PhotoshopWindow;
  beforeAll(async () => {
    photoshop = await openPhotoshop(browser(), makePsd([pixelLayer('Photo', size)], size));
    await select(photoshop, 'Photo');
    await photoshop.choose('landscape', 4);
    await photoshop.waitForEnhance();
    const preview = photoshop.panel.getByTestId('preview');
    if ((await preview.getAttribute('open')) === null) await preview.locator('summary').click();
    await shown();
  }, 180_000);
  afterAll(() => photoshop.close());

  const picture = () => photoshop.panel.getByTestId('preview-picture');

  /** Waits until the preview is as the settings are. */
  async function shown(): Promise<void> {
    await photoshop.panel
      .locator('[data-testid="preview-picture"][aria-busy="false"] canvas')
      .first()
      .waitFor({ timeout: 60_000 });
  }

  /** A sum that differs when any of the preview's pixels does. */
  async function seen(): Promise<string> {
    return picture().evaluate((element) =>
      [...element.querySelectorAll('canvas')]
        .map((canvas) => {
          const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
          let sum = 0;
          for (let i = 0; i < data.length; i += 1) sum = (sum * 31 + (data[i] ?? 0)) % 2147483647;
          return `${canvas.width}×${canvas.height}:${sum}`;
        })
        .join(' '),
    );
  }

  /** Does something and waits until the preview shows other pixels. */
  async function changes(act: () => Promise<unknown>): Promise<void> {
    const before = await seen();
    await act();
    const until = performance.now() + 60_000;
    for (;;) {
      await shown();
      if ((await seen()) !== before) return;
      if (performance.now() > until) throw new Error('The preview stays as it was.');
      await photoshop.page.waitForTimeout(100);
    }
  }

  test('shows two different pictures of one place', async () => {
    const [one = '', other = ''] = (await seen()).split(' ');
    expect(one).not.toBe('');
    expect(other).not.toBe('');
    expect(one).not.toBe(other);
  });

  test('follows the model, Detail and the size', async () => {
    await changes(() => photoshop.chooseModel('face'));
    await changes(() => photoshop.move('detail', 0));
    await changes(() => photoshop.choose('face', 2));
  });

  test('moves by the arrow keys', async () => {
    await photoshop.choose('face', 4);
    await shown();
    await changes(() => picture().press('ArrowRight'));
    await changes(() => picture().press('ArrowDown'));
  });

  test('moves with the pointer that drags it', async () => {
    const frame = await picture().boundingBox();
    if (!frame) throw new Error('The preview is not shown.');
    await changes(async () => {
      const { mouse } = photoshop.page;
      await mouse.move(frame.x + 20, frame.y + 20);
      await mouse.down();
      await mouse.move(frame.x + 60, frame.y + 40, { steps: 4 });
      await mouse.up();
    });
  });

  test('can be split or side by side', async () => {
    for (const way of ['beside', 'split']) {
      await photoshop.panel.getByTestId(`preview-${way}`).click();
      await photoshop.panel.locator(`[data-testid="preview-${way}"][selected]`).waitFor();
      // What was there before the crop moved may lie beneath.
      expect(await picture().locator('canvas').count()).toBeGreaterThanOrEqual(2);
    }
  });

  test('has changed nothing in the document', async () => {
    expect((await photoshop.activeDocument()).history.map(({ name }) => name)).toEqual(['Open']);
    expect(await photoshop.simulator(({ stats }) => stats.undisposed)).toBe(0);
    // Reading the canvases is this test's own doing.
    const complaints = photoshop.complaints.filter((each) => !each.includes('willReadFrequently'));
    expect(complaints).toEqual([]);
  });
});
