/** How large: by a factor, by pixels, by a print size. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { choosePlace, chooseSize, type, type SizeChoice } from '../../simulator/headless/controls.ts';
import type { PhotoshopWindow } from '../../simulator/headless/window.ts';
import {
  boundsOf,
  enhance,
  layerOf,
  makePsd,
  openPhotoshop,
  pixelLayer,
  saved,
  select,
  sharedBrowser,
} from './support.ts';

const browser = sharedBrowser();

describe('The size', () => {
  let photoshop: PhotoshopWindow;
  beforeAll(async () => {
    photoshop = await openPhotoshop(
      browser(),
      makePsd([
        pixelLayer('Photo', { left: 10, top: 8, width: 20, height: 16 }),
        pixelLayer('Paper', { width: 48, height: 40 }),
      ]),
    );
    await select(photoshop, 'Photo');
    await photoshop.chooseModel('art');
  });
  afterAll(() => photoshop.close());

  const words = () => photoshop.panel.getByTestId('size-words');

  async function made(size: SizeChoice): Promise<{ document: number[]; layer: (number | undefined)[] }> {
    await chooseSize(photoshop, size);
    await enhance(photoshop);
    const { width, height, ...after } = await saved(photoshop);
    return { document: [width, height], layer: boundsOf(layerOf(after, 'Photo –')) };
  }

  describe('of the document', () => {
    afterEach(async () => {
      await photoshop.undo();
      await select(photoshop, 'Photo');
    });

    test.each([
      [2, [96, 80], [20, 16, 60, 48]],
      [3, [144, 120], [30, 24, 90, 72]],
      [8, [384, 320], [80, 64, 240, 192]],
    ] as const)('%i× makes document and layer that much larger', async (factor, document, layer) => {
      expect(await made({ kind: 'factor', factor })).toEqual({ document, layer });
    });

    test('can be an exact number of pixels, to which the layer comes along', async () => {
      expect(await made({ kind: 'pixels', side: 'width', pixels: 111 })).toEqual({
        document: [111, 93],
        // 10, 8, 30 and 24 times 111 / 48 and 93 / 40, rounded.
        layer: [23, 19, 69, 56],
      });
    });

    test('can be a print size at a resolution, which the document then has', async () => {
      const size = { kind: 'print', side: 'height', length: 1, unit: 'cm', ppi: 300 } as const;
      // 1 cm is 118.11 pixels at 300 ppi.
      expect((await made(size)).document).toEqual([142, 118]);
      expect((await photoshop.activeDocument()).resolution).toBe(300);
    });
  });

  test('is said in words: pixels, print and factor', async () => {
    await chooseSize(photoshop, { kind: 'print', side: 'width', length: 1, unit: 'inch', ppi: 96 });
    await words()
      .filter({ hasText: /96\s*×\s*80/ })
      .waitFor();
    await words()
      .filter({ hasText: /2(\.0)?×/ })
      .waitFor();
  });

  test('beyond 4× says what the network does and what interpolation', async () => {
    await chooseSize(photoshop, { kind: 'factor', factor: 4 });
    await photoshop.panel.getByTestId('size-made').waitFor({ state: 'detached' });
    await chooseSize(photoshop, { kind: 'factor', factor: 8 });
    const line = await photoshop.panel.getByTestId('size-made').innerText();
    expect(line).toMatch(/4×/);
    expect(line).toMatch(/2×/);
  });

  test('of the layer is its own where the document stays as it is', async () => {
    await choosePlace(photoshop, 'new-document');
    await chooseSize(photoshop, { kind: 'pixels', side: 'width', pixels: 50 });
    await words()
      .filter({ hasText: /50\s*×\s*40/ })
      .waitFor();
    await choosePlace(photoshop, 'document');
  });

  test.each([
    ['smaller than the layer is', 20, /smaller/],
    ['more than 16 times as large', 5000, /16×/],
  ])('%s is refused before it is started', async (_, pixels, reason) => {
    await chooseSize(photoshop, { kind: 'pixels', side: 'width', pixels });
    await photoshop.panel
      .getByTestId('size-problem')
      .or(photoshop.panel.getByTestId('message'))
      .filter({ hasText: reason })
      .first()
      .waitFor();
    expect(await photoshop.panel.getByTestId('enhance').isDisabled()).toBe(true);
    await chooseSize(photoshop, { kind: 'factor', factor: 2 });
    await photoshop.waitForEnhance();
  });

  test('that is no number is said to be none, and the last size holds', async () => {
    await chooseSize(photoshop, { kind: 'pixels', side: 'width', pixels: 96 });
    await type(photoshop.panel.getByTestId('field-pixels'), 'wide');
    await photoshop.panel.getByTestId('field-problem').waitFor();
    await type(photoshop.panel.getByTestId('field-pixels'), 96);
    await photoshop.panel.getByTestId('field-problem').waitFor({ state: 'detached' });
    expect(photoshop.complaints).toEqual([]);
  });
});
