/** The kinds of layers and documents that the panel's way holds for. */
import { describe, expect, test } from '@jest/globals';
import type { PhotoshopWindow } from '../../simulator/headless/window.ts';
import { readPsd } from '../../simulator/psd/read.ts';
import { writePsd } from '../../simulator/psd/write.ts';
import { Surface } from '../../simulator/photoshop/surface.ts';
import {
  makePsd,
  openPhotoshop,
  openSaved,
  pixelLayer,
  select,
  sharedBrowser,
  type Layer,
  type Psd,
} from './support.ts';

const browser = sharedBrowser();

/** Enhances a layer with the art model at 2× and answers the panel's note before it and what is saved after it. */
async function enhance(
  psd: Uint8Array,
  name: string,
): Promise<{ saved: Psd; shown: string; kinds: string[] }> {
  const photoshop: PhotoshopWindow = await openPhotoshop(browser(), psd);
  await select(photoshop, name);
  await photoshop.waitForState(['ready']);
  await photoshop.choose('art', 2);
  const shown = await photoshop.panel.locator('[data-state]').innerText();
  await photoshop.pressEnhance();
  const state = await photoshop.waitForState(['done', 'failed']);
  expect(`${state}: ${await photoshop.message()}`).toBe(`done: “${name} – Art 2×” was created.`);
  const kinds = (await photoshop.activeDocument()).layers.map((layer) => `${layer.name}: ${layer.kind}`);
  const saved = openSaved(await photoshop.savePsd());
  expect(photoshop.complaints).toEqual([]);
  await photoshop.close();
  return { saved, shown, kinds };
}

function layerIn(layers: readonly Layer[] | undefined, name: string): Layer {
  const found = layers?.find((layer) => layer.name === name);
  if (!found) throw new Error(`There is no layer “${name}”.`);
  return found;
}

function samples({ imageData }: Layer): ArrayLike<number> {
  if (!imageData) throw new Error('The layer has no pixels.');
  return imageData.data;
}

describe('Enhancing', () => {
  test('keeps 16 bits a channel, with more than 256 levels', async () => {
    const side = 40;
    const gradient = new Uint16Array(side * side * 4);
    for (let pixel = 0; pixel < side * side; pixel += 1) {
      const level = 8192 + pixel * 24;
      gradient.set([level, level, level, 65535], pixel * 4);
    }
    const eight = readPsd(makePsd([pixelLayer('Sky', { width: side, height: side })]));
    const place = { left: 0, top: 0, right: side, bottom: side };
    const sixteen = writePsd({
      ...eight,
      depth: 16,
      carried: null,
      layers: eight.layers.map((layer) => ({
        ...layer,
        pixels: Surface.from(gradient, 4, 16, place),
        carried: null,
      })),
    });
    const { saved } = await enhance(sixteen, 'Sky');
    expect(saved.bitsPerChannel).toBe(16);
    const made = samples(layerIn(saved.children, 'Sky – Art 2×'));
    const levels = new Set(Array.from({ length: made.length / 4 }, (_, pixel) => made[pixel * 4]));
    expect(levels.size).toBeGreaterThan(1000);
  });

  test('keeps transparency, without a fringe of another colour', async () => {
    const psd = makePsd([
      pixelLayer('Leaf', { width: 32, height: 24 }, (x) => (x < 16 ? [0, 0, 0, 0] : [40, 200, 60, 255])),
    ]);
    const { saved } = await enhance(psd, 'Leaf');
    const { left = 0, top = 0, imageData } = layerIn(saved.children, 'Leaf – Art 2×');
    const { width = 0, height = 0, data = [] } = imageData ?? {};
    expect([left + width, top + height]).toEqual([64, 48]);
    for (let y = 4; y < height - 4; y += 1) {
      for (let x = 0; x < width - 4; x += 1) {
        const [red = 0, green = 0, blue = 0, alpha = 0] = [0, 1, 2, 3].map(
          (c) => data[(y * width + x) * 4 + c],
        );
        if (left + x < 29) expect(alpha).toBe(0);
        if (left + x > 35) expect(alpha).toBe(255);
        if (alpha > 8)
          expect(Math.max(Math.abs(red - 40), Math.abs(green - 200), Math.abs(blue - 60))).toBeLessThan(12);
      }
    }
  });

  test('a layer that reaches over the canvas keeps all of it, in register', async () => {
    const psd = makePsd([pixelLayer('Wide', { left: -10, top: -6, width: 70, height: 30 })]);
    const { saved } = await enhance(psd, 'Wide');
    const { left, top, right, bottom } = layerIn(saved.children, 'Wide – Art 2×');
    expect([left, top, right, bottom]).toEqual([-20, -12, 120, 48]);
  });

  test('a layer in a group puts the new one beside it in the group', async () => {
    const psd = makePsd([
      { name: 'People', opened: true, children: [pixelLayer('Portrait')] },
      pixelLayer('Paper', { width: 48, height: 40 }),
    ]);
    const { saved } = await enhance(psd, 'Portrait');
    expect(saved.children?.map(({ name }) => name)).toEqual(['People', 'Paper']);
    expect(saved.children?.[0]?.children?.map(({ name }) => name)).toEqual(['Portrait – Art 2×', 'Portrait']);
  });

  test('the Background works as it is', async () => {
    const psd = makePsd([pixelLayer('Background', { width: 48, height: 40, transparencyProtected: true })]);
    const { saved, kinds } = await enhance(psd, 'Background');
    expect(kinds).toEqual(['Background – Art 2×: pixel', 'Background: pixel']);
    const { left, top, right, bottom } = layerIn(saved.children, 'Background – Art 2×');
    expect([left, top, right, bottom]).toEqual([0, 0, 96, 80]);
  });

  test('a text layer works through its pixels, says so, and stays text', async () => {
    const text = { text: 'Hi', transform: [1, 0, 0, 1, 4, 20] };
    const { kinds, shown } = await enhance(makePsd([pixelLayer('Title', { text })]), 'Title');
    expect(shown).toContain('A text layer: it is enhanced through its pixels.');
    expect(kinds).toEqual(['Title – Art 2×: pixel', 'Title: text']);
  });

  test('a smart object works through its pixels, says so, and stays one', async () => {
    const id = '20953ddb-9391-11ec-b4f1-c15674f50bc4';
    const corners = [0, 0, 24, 0, 24, 24, 0, 24];
    const placedLayer = { id, type: 'raster' as const, transform: corners, width: 24, height: 24 };
    const psd = makePsd([pixelLayer('Logo', { placedLayer })], {
      linkedFiles: [{ id, name: 'logo.png', data: new Uint8Array([1, 2, 3, 4]) }],
    });
    const { kinds, shown } = await enhance(psd, 'Logo');
    expect(shown).toContain('A smart object: it is enhanced through its pixels.');
    expect(kinds).toEqual(['Logo – Art 2×: pixel', 'Logo: smartObject']);
  });
});
