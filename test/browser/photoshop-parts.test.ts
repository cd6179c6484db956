/** What part: the layer, or only what is selected of it, or what its mask shows. */
import { describe, expect, test } from '@jest/globals';
import { choosePart, choosePlace } from '../../simulator/headless/controls.ts';
import type { PhotoshopWindow } from '../../simulator/headless/window.ts';
import {
  boundsOf,
  enhance,
  layerOf,
  makePsd,
  openPhotoshop,
  pixelAt,
  pixelLayer,
  saved,
  select,
  sharedBrowser,
  type Layer,
} from './support.ts';

const browser = sharedBrowser();
const paper = pixelLayer('Paper', { width: 48, height: 40 }, () => [200, 180, 160, 255]);

async function open(...layers: Layer[]): Promise<PhotoshopWindow> {
  const photoshop = await openPhotoshop(browser(), makePsd([...layers, paper]));
  await select(photoshop, 'Photo');
  await photoshop.choose('art', 2);
  return photoshop;
}

async function selectRectangle(
  photoshop: PhotoshopWindow,
  bounds: { left: number; top: number; right: number; bottom: number },
): Promise<void> {
  const { id } = await photoshop.activeDocument();
  await photoshop.select(id, bounds);
}

describe('Only what is selected', () => {
  test('is enhanced; pixels outside are the document’s own, enlarged', async () => {
    const photoshop = await open(pixelLayer('Photo', { left: 4, top: 4, width: 40, height: 32 }));
    // The same document enlarged without Loupe, to compare with.
    const { id } = await photoshop.activeDocument();
    await photoshop.user((user, document) => user.imageSize(document, 96, 80), id);
    const plain = layerOf(await saved(photoshop), 'Photo');
    await photoshop.undo();
    await select(photoshop, 'Photo');

    await selectRectangle(photoshop, { left: 12, top: 10, right: 28, bottom: 26 });
    await choosePart(photoshop, 'selection');
    await enhance(photoshop);
    const after = await saved(photoshop);
    const made = layerOf(after, 'Photo –');
    expect(boundsOf(made)).toEqual(boundsOf(plain));
    for (const [x, y] of [
      [12, 12],
      [80, 20],
      [70, 66],
    ] as const) {
      expect(pixelAt(made, x, y)).toEqual(pixelAt(plain, x, y));
    }
    const inside = [0, 1, 2].flatMap((step) => [30 + 5 * step, 40 - 3 * step]);
    expect(inside.some((x) => String(pixelAt(made, x, 36)) !== String(pixelAt(plain, x, 36)))).toBe(true);
    // The selection is enlarged with the document.
    expect((await photoshop.activeDocument()).selection).toEqual({
      left: 24,
      top: 20,
      right: 56,
      bottom: 52,
    });
    await photoshop.close();
  });

  test('as a smart object lies over that part alone, and the original stays shown', async () => {
    const photoshop = await open(pixelLayer('Photo', { left: 4, top: 4, width: 40, height: 32 }));
    await selectRectangle(photoshop, { left: 12, top: 10, right: 28, bottom: 26 });
    await choosePart(photoshop, 'selection');
    await choosePlace(photoshop, 'smart-object');
    await enhance(photoshop);
    const after = await saved(photoshop);
    expect(boundsOf(layerOf(after, 'Photo –'))).toEqual([12, 10, 28, 26]);
    expect(after.children?.find(({ name }) => name === 'Photo')?.hidden).toBeFalsy();
    await photoshop.close();
  });

  test('outside the layer is refused with what to do, and nothing is changed', async () => {
    const photoshop = await open(pixelLayer('Photo', { left: 0, top: 0, width: 16, height: 16 }));
    await selectRectangle(photoshop, { left: 30, top: 30, right: 44, bottom: 38 });
    // Either the panel offers no such part, or it says why it cannot be.
    const part = photoshop.panel.getByTestId('part-selection');
    if ((await part.count()) > 0) {
      await choosePart(photoshop, 'selection');
      await photoshop.panel
        .getByTestId('message')
        .filter({ hasText: /selection/i })
        .waitFor();
      expect(await photoshop.panel.getByTestId('enhance').isDisabled()).toBe(true);
    }
    expect((await photoshop.activeDocument()).history).toHaveLength(2);
    await photoshop.close();
  });

  test('is no choice without a selection', async () => {
    const photoshop = await open(pixelLayer('Photo'));
    await expect(choosePart(photoshop, 'selection')).rejects.toThrow('offers no selection');
    await photoshop.close();
  });
});

test('Only what the mask shows is enhanced', async () => {
  const photoshop = await open(pixelLayer('Photo', { left: 4, top: 4, width: 40, height: 32 }));
  await selectRectangle(photoshop, { left: 4, top: 4, right: 20, bottom: 36 });
  const { id, activeLayerIds } = await photoshop.activeDocument();
  await photoshop.user((user, [document, layer]) => user.addMask(document, layer), [
    id,
    activeLayerIds[0] ?? 0,
  ] as const);
  await photoshop.panel.getByTestId('part-mask').waitFor();
  await choosePart(photoshop, 'mask');
  await enhance(photoshop);
  const after = await saved(photoshop);
  expect(layerOf(after, 'Photo –').mask).toBeDefined();
  expect((await photoshop.activeDocument()).history.map(({ name }) => name)).toHaveLength(4);
  await photoshop.close();
});

test('A layer larger than the canvas and partly off it comes out whole', async () => {
  const photoshop = await open(pixelLayer('Photo', { left: -10, top: -6, width: 70, height: 30 }));
  await enhance(photoshop);
  expect(boundsOf(layerOf(await saved(photoshop), 'Photo –'))).toEqual([-20, -12, 120, 48]);
  await photoshop.close();
});
