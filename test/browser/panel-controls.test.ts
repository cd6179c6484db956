import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PhotoshopWindow } from '../../simulator/headless/window.ts';
import { makePsd, openPhotoshop, pixelLayer, select, sharedBrowser } from './support.ts';

const browser = sharedBrowser();

/** Flat colour within hard outlines. */
const drawing = (x: number, y: number) => {
  const ink = Math.hypot((x % 24) - 12, (y % 24) - 12) < 9 ? 0 : 255;
  return [ink, ink, 255, 255] as const;
};
const size = { width: 48, height: 48 };

describe('The controls', () => {
  let photoshop: PhotoshopWindow;

  beforeAll(async () => {
    const psd = makePsd([pixelLayer('Photo', size), pixelLayer('Drawing', size, drawing)], size);
    photoshop = await openPhotoshop(browser(), psd);
  }, 120_000);
  afterAll(() => photoshop.close());

  const at = (testId: string) => photoshop.panel.getByTestId(testId);
  const valueOf = (name: string): Promise<number> =>
    at(name).evaluate((slider) => (slider as HTMLInputElement).value as unknown as number);

  test('move by the keyboard, go back by Escape, and follow the model until they are moved', async () => {
    await select(photoshop, 'Photo');
    await photoshop.choose('landscape', 2);
    const standard = await valueOf('detail');
    const handle = at('detail').getByRole('slider', { name: 'Detail' });
    await handle.press('ArrowRight');
    await handle.press('ArrowRight');
    expect(await valueOf('detail')).toBe(standard + 2);
    await handle.press('Escape');
    expect(await valueOf('detail')).toBe(standard);
    await handle.press('Home');
    await photoshop.panel.getByText('At Detail 0 nothing is invented.').waitFor();
    await photoshop.choose('face', 2);
    expect(await valueOf('detail')).toBe(0);
  });

  test('are remembered for each layer, the quality too', async () => {
    await select(photoshop, 'Photo');
    await photoshop.choose('landscape', 2);
    await at('quality-best').click();
    await photoshop.panel.locator('[data-testid="quality-best"][selected]').waitFor();
    await at('more').locator('summary').click();
    await at('sharpness').getByRole('slider').press('End');
    await select(photoshop, 'Drawing');
    await photoshop.panel.locator('[data-testid="quality-fast"][selected]').waitFor();
    expect(await valueOf('sharpness')).toBe(0);
    await select(photoshop, 'Photo');
    await photoshop.panel.locator('[data-testid="quality-best"][selected]').waitFor();
    expect(await valueOf('sharpness')).toBe(100);
    await at('quality-fast').click();
  });

  test('show on request where detail would be invented, over the layer and in words', async () => {
    await select(photoshop, 'Photo');
    await photoshop.choose('landscape', 2);
    await at('show-invented').click();
    await at('invented-map').waitFor({ timeout: 120_000 });
    expect(await at('map-words').innerText()).toMatch(
      /At Detail 100, \d+\s% of the fine detail|nearly the same/,
    );
    const overlay = at('invented-map').locator('canvas').last();
    expect(await overlay.evaluate((canvas) => (canvas as HTMLCanvasElement).width)).toBeGreaterThan(1);
    await at('hide-map').click();
    await at('invented-map').waitFor({ state: 'detached' });
    expect(await photoshop.waitForState(['ready'])).toBe('ready');
  }, 180_000);

  test('have the result say what it was made with', async () => {
    await select(photoshop, 'Photo');
    await photoshop.choose('landscape', 2);
    const detail = await valueOf('detail');
    await photoshop.pressEnhance();
    await photoshop.waitForState(['done'], 120_000);
    expect(await photoshop.message()).toBe('“Photo – Landscape 2×” was created.');
    const facts = await photoshop.panel.locator('.fact-line li').allInnerTexts();
    expect(facts.slice(2)).toEqual(['Fast', `Detail ${detail}`, expect.stringMatching(/^CPU/)]);
  }, 180_000);

  test('have nothing to say against themselves in the console', () => {
    expect(photoshop.complaints).toEqual([]);
  });
});

test('Auto looks at each layer of the sample, proposes a model and says why', async () => {
  const photoshop = await openPhotoshop(browser());
  const why = photoshop.panel.getByTestId('model-why');
  await photoshop.panel.locator('[data-testid="model-auto"][checked]').waitFor();
  for (const [layer, words] of [
    ['Illustration', /^A drawing: Art\.$/],
    ['Portrait', /^(A portrait: Face|1 face: Face on it, Landscape elsewhere)\.$/],
    ['Landscape', /^No faces: Landscape\.$/],
  ] as const) {
    await select(photoshop, layer);
    await why.filter({ hasText: words }).waitFor({ timeout: 60_000 });
  }
  await photoshop.close();
}, 240_000);
