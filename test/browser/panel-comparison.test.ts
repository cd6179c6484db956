import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Locator } from 'playwright-core';
import type { PhotoshopWindow } from '../../simulator/headless/window.ts';
import { makePsd, openPhotoshop, pixelLayer, sharedBrowser } from './support.ts';

const browser = sharedBrowser();

/** Document pixels that a press of an arrow key moves the picture by. */
const STEP = 40;
const PIXELS = 16;

describe('Before and after', () => {
  let photoshop: PhotoshopWindow;

  beforeAll(async () => {
    const size = { width: 120, height: 100 };
    photoshop = await openPhotoshop(browser(), makePsd([pixelLayer('Photo', size)], size));
    await photoshop.choose('art', 4);
    await photoshop.pressEnhance();
    await photoshop.waitForState(['done'], 120_000);
    await after().waitFor();
  }, 180_000);
  afterAll(() => photoshop.close());

  const canvases = (): Locator => photoshop.panel.getByTestId('split-view').locator('canvas');
  const after = (): Locator => canvases().nth(0);
  const before = (): Locator => canvases().nth(1);

  /** The first pixels of a row. */
  async function row(canvas: Locator, y: number): Promise<number[]> {
    return canvas.evaluate(
      (element, [top, width]) => [
        ...((element as HTMLCanvasElement).getContext('2d')?.getImageData(0, top, width, 1).data ?? []),
      ],
      [y, PIXELS] as const,
    );
  }

  /** Reads rows until they are as expected, or for five seconds; gives what was read last. */
  async function rowsSoon(y: number, expected: number[][]): Promise<number[][]> {
    let rows: number[][] = [];
    for (let turn = 0; turn < 100; turn += 1) {
      rows = [await row(after(), y), await row(before(), y)];
      if (JSON.stringify(rows) === JSON.stringify(expected)) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return rows;
  }

  test('are the same part of two pictures: alike, but not the same', async () => {
    const [made, old] = [await row(after(), 0), await row(before(), 0)];
    const differences = made.map((value, i) => Math.abs(value - (old[i] ?? 0)));
    expect(differences).toHaveLength(PIXELS * 4);
    expect(Math.max(...differences)).toBeGreaterThan(0);
    expect(differences.reduce((sum, each) => sum + each, 0) / differences.length).toBeLessThan(25);
  });

  test('move together by the arrow keys, both by the same pixels', async () => {
    const top = [await row(after(), 0), await row(before(), 0)];
    await photoshop.panel.getByTestId('split-view').focus();
    await photoshop.page.keyboard.press('ArrowUp');
    expect(await rowsSoon(STEP, top)).toEqual(top);
    await photoshop.page.keyboard.press('ArrowDown');
    expect(await rowsSoon(0, top)).toEqual(top);
  });

  test('move with the pointer that drags them', async () => {
    const top = [await row(after(), 0), await row(before(), 0)];
    const frame = await photoshop.panel.getByTestId('split-view').boundingBox();
    if (!frame) throw new Error('The comparison is not shown.');
    const { mouse } = photoshop.page;
    await mouse.move(frame.x + 30, frame.y + 30);
    await mouse.down();
    await mouse.move(frame.x + 30, frame.y + 55, { steps: 5 });
    await mouse.up();
    expect(await rowsSoon(25, top)).toEqual(top);
  });

  test('are left for the active layer by Enhance another', async () => {
    await photoshop.panel.getByRole('button', { name: 'Enhance another' }).click();
    expect(await photoshop.waitForState(['ready'])).toBe('ready');
    // The host has selected the new layer, which can be enhanced in its turn.
    await photoshop.waitForLayer('Photo – Art 4×');
  });
});
