/** What the browser tests share: the browser, the emulated Photoshop's window, and PSDs made and read back. */
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { initializeCanvas, readPsd, writePsdUint8Array, type ColorMode, type Layer, type Psd } from 'ag-psd';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { PhotoshopWindow, type WindowOptions } from '../../simulator/headless/window.ts';

// ag-psd makes pictures by a canvas unless told how; Node has none.
initializeCanvas(
  () => {
    throw new Error('There is no canvas here.');
  },
  (width, height) => ({ width, height, data: new Uint8ClampedArray(width * height * 4), colorSpace: 'srgb' }),
);

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is not set: run the tests through jest's project “browser”.`);
  return value;
}

export const serverUrl = (): string => setting('LOUPE_TEST_URL');

/**
 * The browser all tests share, connected to for as long as the calling file's tests run. A window that a test opened is
 * closed after it, failed or not: a panel that is left open goes on working and slows the tests after it.
 */
export function sharedBrowser(): () => Browser {
  let browser: Browser | undefined;
  let before: readonly BrowserContext[] = [];
  beforeEach(() => {
    before = browser?.contexts() ?? [];
  });
  afterEach(async () => {
    const opened = (browser?.contexts() ?? []).filter((context) => !before.includes(context));
    await Promise.all(opened.map((context) => context.close()));
  });
  beforeAll(async () => {
    browser = await chromium.connect(setting('LOUPE_TEST_BROWSER'));
  });
  afterAll(async () => {
    await browser?.close();
  });
  return () => {
    if (!browser) throw new Error('The browser is there only while tests run.');
    return browser;
  };
}

/**
 * A window of the emulated Photoshop on one document, or on the sample, with its panel ready; without the networks of Best
 * unless `best`.
 */
export async function openPhotoshop(
  browser: Browser,
  psd?: Uint8Array,
  name = 'test.psd',
  { best = false, ...options }: Omit<WindowOptions, 'document'> & { readonly best?: boolean } = {},
): Promise<PhotoshopWindow> {
  const window = await PhotoshopWindow.open(browser, serverUrl(), {
    ...options,
    document: psd ? 'none' : 'sample',
  });
  if (!best) await window.withoutBest();
  if (psd) await window.openPsd(psd, name);
  await window.waitForState(['ready', 'refused', 'empty']);
  return window;
}

/**
 * Clicks a layer's row and waits until the panel speaks of it, as of one to enhance: what came of a run stays there
 * while its layer is the selected one.
 */
export async function select(photoshop: PhotoshopWindow, name: string): Promise<void> {
  await photoshop.selectLayer(name);
  await photoshop.waitForLayer(name);
  const another = photoshop.panel.getByRole('button', { name: 'Enhance another' });
  // The panel may leave it by itself meanwhile.
  if (await another.isVisible()) await another.click({ timeout: 3000 }).catch(() => undefined);
}

/** Selects several layers and waits until the panel has a row for each. */
export async function selectSeveral(photoshop: PhotoshopWindow, names: readonly string[]): Promise<void> {
  await photoshop.selectLayers(names);
  await photoshop.panel
    .getByTestId('row')
    .nth(names.length - 1)
    .waitFor();
}

/** Presses Enhance and waits for the end; throws with the panel's message if it is a failure. */
export async function enhance(photoshop: PhotoshopWindow): Promise<void> {
  await photoshop.pressEnhance();
  await photoshop.waitForState(['working', 'done', 'failed']);
  const state = await photoshop.waitForState(['done', 'failed', 'ready'], 120_000);
  if (state !== 'done') throw new Error(`${state}: ${await photoshop.message()}`);
}

/** What the document would be saved as, its layers top first. */
export async function saved(photoshop: PhotoshopWindow): Promise<Psd> {
  return openSaved(await photoshop.savePsd());
}

/** The topmost layer whose name begins so, in groups too. Throws if there is none. */
export function layerOf({ children = [] }: Pick<Psd, 'children'>, beginning: string): Layer {
  const found = everyLayer(children).find(({ name = '' }) => name.startsWith(beginning));
  if (!found) {
    throw new Error(
      `No layer begins with “${beginning}”: ${everyLayer(children)
        .map(({ name }) => name)
        .join(', ')}.`,
    );
  }
  return found;
}

/** Layers and groups, topmost first. */
export function everyLayer(layers: readonly Layer[]): Layer[] {
  return layers.flatMap((layer) => [layer, ...everyLayer(layer.children ?? [])]);
}

export function boundsOf({ left, top, right, bottom }: Layer): (number | undefined)[] {
  return [left, top, right, bottom];
}

/** Samples of a layer's pixels, 8, 16 or 32 bits each, RGBA. */
export function samplesOf({ imageData }: Layer): ArrayLike<number> {
  if (!imageData) throw new Error('The layer has no pixels.');
  return imageData.data;
}

/** RGBA of the pixel at a place in the document; transparent where the layer has none. */
export function pixelAt(layer: Layer, x: number, y: number): number[] {
  const { left = 0, top = 0, right = 0, bottom = 0 } = layer;
  if (x < left || y < top || x >= right || y >= bottom) return [0, 0, 0, 0];
  const samples = samplesOf(layer);
  const at = ((y - top) * (right - left) + (x - left)) * 4;
  return [0, 1, 2, 3].map((channel) => samples[at + channel] ?? 0);
}

/** RGBA of one pixel, 0 to 255 each. */
export type Paint = (x: number, y: number) => readonly [r: number, g: number, b: number, a: number];

/** A layer of `width` × `height` pixels at `left`, `top`. */
export function pixelLayer(
  name: string,
  {
    left = 0,
    top = 0,
    width = 24,
    height = 24,
    ...rest
  }: Partial<Layer> & { width?: number; height?: number } = {},
  paint: Paint = picture,
): Layer {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data.set(paint(x, y), (y * width + x) * 4);
  }
  return { ...rest, name, left, top, imageData: { width, height, data } };
}

/** Soft blobs of colour: something in which a shift by a pixel shows. */
export const picture: Paint = (x, y) => [
  128 + 100 * Math.sin(x / 3.1) * Math.cos(y / 4.3),
  128 + 100 * Math.sin(x / 5.7 + 1) * Math.sin(y / 2.9),
  128 + 100 * Math.cos((x + y) / 6.1),
  255,
];

/** Layers top first, as the Layers panel shows them. A PSB where the document is too large for a PSD. */
export function makePsd(
  layers: readonly Layer[],
  { width = 48, height = 40, ...rest }: Partial<Psd> = {},
): Uint8Array {
  return writePsdUint8Array(
    { width, height, ...rest, children: upsideDown(layers) },
    { generateThumbnail: false, psb: Math.max(width, height) > 30_000 },
  );
}

/** A saved document; its layers top first. Without the composite, which ag-psd cannot read at 16 bits. */
export function openSaved(bytes: Uint8Array): Psd {
  const psd = readPsd(bytes, {
    useImageData: true,
    skipThumbnail: true,
    skipCompositeImageData: true,
  });
  return { ...psd, children: upsideDown(psd.children ?? []) };
}

/** PSD lists the bottom layer first. */
function upsideDown(layers: readonly Layer[]): Layer[] {
  return layers
    .map((layer) => (layer.children ? { ...layer, children: upsideDown(layer.children) } : layer))
    .reverse();
}

export type { ColorMode, Layer, Psd };
