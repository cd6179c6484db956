/** Small documents for the tests of the emulated Photoshop, and tests that belong to a rule of rules.ts. */
import { test } from '@jest/globals';
import { initializeCanvas, writePsdUint8Array, type Layer, type Psd } from 'ag-psd';
import { createPhotoshop, type Modules, type Photoshop } from '../../../simulator/photoshop/index.ts';
import { rules } from '../../../simulator/photoshop/rules.ts';

// ag-psd decodes into a page's ImageData unless told otherwise; there is none in Node.
initializeCanvas(
  () => {
    throw new Error('Nothing here draws on a canvas');
  },
  (width, height) => ({ width, height, data: new Uint8ClampedArray(width * height * 4), colorSpace: 'srgb' }),
);

/** A test in which a plugin breaks a rule of rules.ts, or keeps it. */
export function rule(id: string, sentence: string, run: () => Promise<void> | void): void {
  if (!rules.some((each) => each.id === id)) throw new Error(`There is no rule ${id}`);
  test(`${sentence} (${id})`, async () => {
    await run();
  });
}

type Rgba = readonly [number, number, number, number];

/** An even picture, or one from a function of the place. */
export function picture(width: number, height: number, fill: Rgba | ((x: number, y: number) => Rgba)) {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++)
      data.set(typeof fill === 'function' ? fill(x, y) : fill, (y * width + x) * 4);
  }
  return { width, height, data };
}

export const RED: Rgba = [255, 0, 0, 255];
export const BLUE: Rgba = [0, 0, 255, 255];

export const psdOf = (psd: Psd): Uint8Array => writePsdUint8Array(psd);

export interface Opened extends Photoshop<Modules> {
  readonly id: number;
}

/** Opens a document of these layers, bottom first. Without any: a blue Background under a red 4 × 3 layer at (2, 1). */
export function open(layers?: Layer[], size = { width: 8, height: 6 }): Opened {
  const photoshop = createPhotoshop({
    plugin: {
      id: 'com.example.loupe',
      version: '1.0.0',
      entrypoints: [
        { type: 'panel', id: 'main' },
        { type: 'command', id: 'go' },
      ],
      launches: ['', '.txt'],
      readFile: (path) => Promise.resolve(path === 'host.js' ? new Uint8Array([1, 2, 3]) : null),
    },
  });
  const { width, height } = size;
  const bytes = psdOf({
    width,
    height,
    children: layers ?? [
      { name: 'Background', transparencyProtected: true, imageData: picture(width, height, BLUE) },
      { name: 'Red', left: 2, top: 1, imageData: picture(4, 3, RED), id: 7 },
    ],
  });
  return { ...photoshop, id: photoshop.simulator.openPsd(bytes, 'test.psd') };
}

/** Runs `change` in a modal scope. */
export const modal = <T>({ modules }: Opened, change: () => Promise<T> | T): Promise<T> =>
  modules.photoshop.core.executeAsModal(async () => change(), { commandName: 'Test' });

export function activeDocument({ modules }: Opened) {
  const document = modules.photoshop.app.activeDocument;
  if (!document) throw new Error('There is no document');
  return document;
}

export const layerNamed = (opened: Opened, name: string) => activeDocument(opened).layers.getByName(name);

export const historyOf = (opened: Opened): string[] =>
  activeDocument(opened).historyStates.map((state) => state.name);

/** Image data of one colour. */
export function imageOf(opened: Opened, width: number, height: number, colour: readonly number[]) {
  const buffer = new Uint8Array(width * height * colour.length);
  for (let i = 0; i < buffer.length; i++) buffer[i] = colour[i % colour.length] ?? 0;
  return opened.modules.photoshop.imaging.createImageDataFromBuffer(buffer, {
    width,
    height,
    components: colour.length,
    colorSpace: 'RGB',
    colorProfile: 'sRGB IEC61966-2.1',
  });
}

/** The samples of a layer, with the bounds they were found in. */
export async function pixelsOf(opened: Opened, layerID: number) {
  const { imaging } = opened.modules.photoshop;
  const { imageData, sourceBounds } = await modal(opened, () =>
    imaging.getPixels({ documentID: opened.id, layerID }),
  );
  const data = await imageData.getData();
  const { components } = imageData;
  await imageData.dispose();
  const { left, top, right, bottom } = sourceBounds;
  return { data, components, bounds: [left, top, right, bottom] };
}
