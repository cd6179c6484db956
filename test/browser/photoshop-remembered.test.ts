/** What is chosen for a layer travels in the document: saved, closed, duplicated, renamed, opened by another computer. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chooseSize } from '../../simulator/headless/controls.ts';
import type { PhotoshopWindow } from '../../simulator/headless/window.ts';
import {
  enhance,
  everyLayer,
  makePsd,
  openPhotoshop,
  openSaved,
  pixelLayer,
  select,
  sharedBrowser,
} from './support.ts';

const browser = sharedBrowser();

describe('A layer’s settings', () => {
  let photoshop: PhotoshopWindow;
  let document: Buffer;

  beforeAll(async () => {
    photoshop = await openPhotoshop(browser(), makePsd([pixelLayer('Photo'), pixelLayer('Paper')]));
    await select(photoshop, 'Photo');
    await photoshop.choose('face', 3);
    await photoshop.move('detail', 17);
    await photoshop.move('noise', 33);
    await enhance(photoshop);
    document = await photoshop.savePsd();
  });
  afterAll(() => photoshop.close());

  async function expectRemembered(window: PhotoshopWindow): Promise<void> {
    await window.panel.locator('[data-testid="model-face"][checked]').waitFor();
    await window.panel.locator('[data-testid="scale-3"][selected]').waitFor();
    expect(await window.slider('detail')).toBe(17);
    expect(await window.slider('noise')).toBe(33);
  }

  test('are in the document as it is saved: another computer has them', async () => {
    const elsewhere = await openPhotoshop(browser(), document, 'renamed.psd');
    await select(elsewhere, 'Photo');
    await expectRemembered(elsewhere);
    await elsewhere.close();
  });

  test('stay with a duplicate and with another name', async () => {
    await select(photoshop, 'Photo');
    const { id, activeLayerIds } = await photoshop.activeDocument();
    const layer = activeLayerIds[0] ?? 0;
    await photoshop.user(
      (user, [doc, its]) => user.renameLayer(doc, its, 'Other') && user.duplicateLayer(doc, its),
      [id, layer] as const,
    );
    await select(photoshop, 'Other');
    await expectRemembered(photoshop);
    await photoshop.selectLayer('Paper');
    await photoshop.waitForLayer('Paper');
    await select(photoshop, 'Other copy');
    await expectRemembered(photoshop);
  });

  test('survive closing the document and opening it again here', async () => {
    const { id } = await photoshop.activeDocument();
    await photoshop.user((user, doc) => user.closeDocument(doc), id);
    await photoshop.openPsd(document, 'test.psd');
    await select(photoshop, 'Photo');
    await expectRemembered(photoshop);
    expect(photoshop.complaints).toEqual([]);
  });

  // Each as long as what it replaces, or the PSD itself would be damaged. Its text may have two bytes a character.
  const quoteAndColon = String.raw`\0?(?:"|&\0?q\0?u\0?o\0?t\0?;)\0?:`;
  test.each([
    ['damaged', new RegExp(`(m\\0?o\\0?d\\0?e\\0?)l(?=${quoteAndColon})`, 'g'), '$1{'],
    ['of a later version', new RegExp(`(?<=s\\0?i\\0?o\\0?n${quoteAndColon}\\0?)1`, 'g'), '9'],
  ])('that are %s are ignored, and the layer can be enhanced', async (_, what, by) => {
    const spoilt = document.toString('latin1').replace(what, by);
    expect(spoilt).not.toBe(document.toString('latin1'));
    const window = await openPhotoshop(browser(), Buffer.from(spoilt, 'latin1'), 'spoilt.psd');
    await select(window, 'Paper');
    await select(window, 'Photo');
    await window.panel.locator('[data-testid="model-auto"][checked]').waitFor();
    await window.waitForEnhance();
    expect(window.complaints).toEqual([]);
    await window.close();
  });
});

test('The size and the place of the last run are where a new layer begins', async () => {
  const photoshop = await openPhotoshop(browser(), makePsd([pixelLayer('One'), pixelLayer('Two')]));
  await select(photoshop, 'One');
  await photoshop.choose('art', 3);
  await enhance(photoshop);
  await select(photoshop, 'Two');
  await photoshop.panel.locator('[data-testid="scale-3"][selected]').waitFor();
  await chooseSize(photoshop, { kind: 'factor', factor: 2 });
  const names = everyLayer(openSaved(await photoshop.savePsd()).children ?? []).map(({ name }) => name);
  expect(names).toEqual(['One – Art 3×', 'One', 'Two']);
  await photoshop.close();
});
