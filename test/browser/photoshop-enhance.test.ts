import { beforeAll, afterAll, describe, expect, test } from '@jest/globals';
import type { PhotoshopWindow } from '../../simulator/headless/window.ts';
import type { DocumentView } from '../../simulator/photoshop/index.ts';
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

describe('Enhancing a layer', () => {
  const psd = makePsd([
    pixelLayer('Sticker', { left: 30, top: 4, width: 12, height: 12 }),
    pixelLayer('Portrait', { left: 6, top: 8, width: 24, height: 20 }),
    pixelLayer('Paper', { width: 48, height: 40 }, () => [200, 180, 160, 255]),
  ]);
  let photoshop: PhotoshopWindow;
  let before: DocumentView;
  let after: DocumentView;
  let saved: Psd;

  beforeAll(async () => {
    photoshop = await openPhotoshop(browser(), psd);
    await select(photoshop, 'Portrait');
    await photoshop.choose('face', 4);
    before = await photoshop.activeDocument();
    await photoshop.pressEnhance();
    await photoshop.waitForState(['done', 'failed'], 120_000);
    after = await photoshop.activeDocument();
    saved = openSaved(await photoshop.savePsd());
  }, 180_000);
  afterAll(() => photoshop.close());

  test('puts a new layer with the model and the scale in its name above the original', () => {
    expect(saved.children?.map(({ name }) => name)).toEqual([
      'Sticker',
      'Portrait – Face 4×',
      'Portrait',
      'Paper',
    ]);
  });

  test('enlarges the document and has the host resample the other layers with it', () => {
    expect([saved.width, saved.height]).toEqual([192, 160]);
    expectAbout(bounds(layer(saved, 'Sticker')), [120, 16, 168, 64]);
    expectAbout(bounds(layer(saved, 'Portrait')), [24, 32, 120, 112]);
    expectAbout(bounds(layer(saved, 'Paper')), [0, 0, 192, 160]);
  });

  test('gives the new layer four times the size, in register with the original', () => {
    const made = layer(saved, 'Portrait – Face 4×');
    const original = layer(openSaved(psd), 'Portrait');
    expect(bounds(made)).toEqual([24, 32, 120, 112]);
    const here = difference(made, original, 0, 0);
    expect(here).toBeLessThan(12);
    // Off by one original pixel in any direction it fits worse.
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      expect(difference(made, original, dx, dy)).toBeGreaterThan(2 * here);
    }
  });

  test('is one state in the history', () => {
    expect(after.history).toHaveLength(before.history.length + 1);
  });

  test('leaves nothing undisposed and nothing on the disk', async () => {
    const { undisposed, diskFiles } = await photoshop.simulator(({ stats }) => ({
      undisposed: stats.undisposed,
      diskFiles: stats.diskBytes,
    }));
    expect(undisposed).toBe(0);
    // What is left are the remembered settings.
    expect(diskFiles).toBeLessThan(2000);
  });

  test('shows what was made, and before and after side by side', async () => {
    expect(await photoshop.message()).toBe('“Portrait – Face 4×” was created.');
    await photoshop.panel.getByTestId('split-view').waitFor();
  });

  test('complains about nothing in the console', () => {
    expect(photoshop.complaints).toEqual([]);
  });

  test('is undone in one step', async () => {
    await photoshop.undo();
    const undone = openSaved(await photoshop.savePsd());
    expect([undone.width, undone.height]).toEqual([48, 40]);
    expect(undone.children?.map(({ name }) => name)).toEqual(['Sticker', 'Portrait', 'Paper']);
    expect(pixels(layer(undone, 'Portrait'))).toEqual(pixels(layer(openSaved(psd), 'Portrait')));
  });
});

describe('The panel', () => {
  let photoshop: PhotoshopWindow;

  beforeAll(async () => {
    photoshop = await openPhotoshop(
      browser(),
      makePsd([
        pixelLayer('Drawing', { width: 20, height: 16 }),
        pixelLayer('Photo', { width: 24, height: 24 }),
      ]),
      'test.psd',
      { best: true },
    );
  });
  afterAll(() => photoshop.close());

  test('shows the selected layer’s name, its size now and after, and the backend', async () => {
    await select(photoshop, 'Drawing');
    await photoshop.choose('art', 3);
    const { panel } = photoshop;
    expect(await panel.getByTestId('size-now').innerText()).toMatch(/20\s*×\s*16/);
    expect(await panel.getByTestId('size-after').innerText()).toMatch(/60\s*×\s*48/);
    expect(await panel.getByTestId('backend').innerText()).toMatch(/^CPU/);
  });

  test('estimates the time of each quality before starting', async () => {
    await select(photoshop, 'Drawing');
    for (const quality of ['fast', 'best']) {
      await photoshop.panel.getByTestId(`estimate-${quality}`).filter({ hasText: /\d/ }).waitFor();
    }
  });

  test('remembers for each layer the model and the scale chosen for it', async () => {
    await select(photoshop, 'Drawing');
    await photoshop.choose('art', 2);
    await select(photoshop, 'Photo');
    await photoshop.choose('face', 3);
    await select(photoshop, 'Drawing');
    await photoshop.panel.locator('[data-testid="model-art"][checked]').waitFor();
    await photoshop.panel.locator('[data-testid="scale-2"][selected]').waitFor();
    await select(photoshop, 'Photo');
    await photoshop.panel.locator('[data-testid="model-face"][checked]').waitFor();
    await photoshop.panel.locator('[data-testid="scale-3"][selected]').waitFor();
  });

  test('follows Photoshop’s colour theme', async () => {
    await photoshop.page.getByLabel('lightest').check();
    await photoshop.panel.locator('[data-theme="lightest"]').waitFor();
    await photoshop.page.getByLabel('darkest').check();
    await photoshop.panel.locator('[data-theme="darkest"]').waitFor();
  });
});

function layer(psd: Psd, name: string): Layer {
  const found = psd.children?.find((each) => each.name === name);
  if (!found) throw new Error(`There is no layer “${name}”.`);
  return found;
}

/** Resampling softens a layer's edge, which may widen it by half an original pixel. */
function expectAbout(actual: readonly (number | undefined)[], expected: readonly number[]): void {
  for (const [index, side] of expected.entries()) {
    expect(Math.abs((actual[index] ?? NaN) - side)).toBeLessThanOrEqual(2);
  }
}

function bounds({ left, top, right, bottom }: Layer): (number | undefined)[] {
  return [left, top, right, bottom];
}

function pixels({ imageData }: Layer): Uint8ClampedArray {
  if (!(imageData?.data instanceof Uint8ClampedArray)) throw new Error('The layer has no 8-bit pixels.');
  return imageData.data;
}

/**
 * Mean absolute difference, in 1/255, of the result's 4 × 4 means from the original's pixels when the result
 * is moved by `dx`, `dy` original pixels.
 */
function difference(result: Layer, original: Layer, dx: number, dy: number): number {
  const { width = 0, height = 0 } = original.imageData ?? {};
  const [large, small] = [pixels(result), pixels(original)];
  let sum = 0;
  let count = 0;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        let mean = 0;
        for (let part = 0; part < 16; part += 1) {
          const column = (x + dx) * 4 + (part % 4);
          const row = (y + dy) * 4 + (part >> 2);
          mean += (large[(row * width * 4 + column) * 4 + channel] ?? 0) / 16;
        }
        sum += Math.abs(mean - (small[(y * width + x) * 4 + channel] ?? 0));
        count += 1;
      }
    }
  }
  return sum / count;
}
