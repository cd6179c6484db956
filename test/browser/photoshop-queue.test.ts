/** Several layers at once: a row for each, settings of each one's own, one cancel, one undo. */
import type { Route } from 'playwright-core';
import { afterEach, describe, expect, test } from '@jest/globals';
import { chooseSize, openRow, rows } from '../../simulator/headless/controls.ts';
import type { PhotoshopWindow } from '../../simulator/headless/window.ts';
import {
  boundsOf,
  enhance,
  everyLayer,
  layerOf,
  makePsd,
  openPhotoshop,
  pixelLayer,
  saved,
  select,
  selectSeveral,
  sharedBrowser,
} from './support.ts';

const browser = sharedBrowser();
const psd = makePsd([
  pixelLayer('Sticker', { left: 30, top: 4, width: 12, height: 12 }),
  pixelLayer('Portrait', { left: 6, top: 8, width: 24, height: 20 }),
  pixelLayer('Paper', { width: 48, height: 40 }),
]);

describe('Several layers', () => {
  let photoshop: PhotoshopWindow;
  afterEach(() => photoshop.close());

  /** With the networks' files answered as told, from before the panel asks for them. */
  async function open(answers?: {
    readonly files: string;
    readonly by: (route: Route) => unknown;
  }): Promise<void> {
    photoshop = await openPhotoshop(browser(), psd);
    if (answers) await photoshop.page.route(`**/plugin/models/${answers.files}.b64.js`, answers.by);
    await selectSeveral(photoshop, ['Sticker', 'Portrait']);
    await chooseSize(photoshop, { kind: 'factor', factor: 2 });
    for (const [name, model] of [
      ['Sticker', 'art'],
      ['Portrait', 'face'],
    ] as const) {
      await openRow(photoshop, name);
      await photoshop.chooseModel(model);
    }
    await photoshop.waitForEnhance();
  }

  test('are enhanced in one run, each with its own model, and undone in one step', async () => {
    await open();
    const { history } = await photoshop.activeDocument();
    await enhance(photoshop);
    const after = await saved(photoshop);
    expect(after.children?.map(({ name }) => name)).toEqual([
      'Sticker – Art 2×',
      'Sticker',
      'Portrait – Face 2×',
      'Portrait',
      'Paper',
    ]);
    expect([after.width, after.height]).toEqual([96, 80]);
    expect(boundsOf(layerOf(after, 'Sticker –'))).toEqual([60, 8, 84, 32]);
    expect(boundsOf(layerOf(after, 'Portrait –'))).toEqual([12, 16, 60, 56]);
    expect((await photoshop.activeDocument()).history).toHaveLength(history.length + 1);
    // What was made is selected.
    const { activeLayerIds, layers } = await photoshop.activeDocument();
    expect(layers.filter(({ id }) => activeLayerIds.includes(id)).map(({ name }) => name)).toEqual([
      'Sticker – Art 2×',
      'Portrait – Face 2×',
    ]);

    await photoshop.undo();
    const undone = await saved(photoshop);
    expect(undone.children?.map(({ name }) => name)).toEqual(['Sticker', 'Portrait', 'Paper']);
    expect(photoshop.complaints).toEqual([]);
  });

  test('each keep what was chosen for them', async () => {
    await open();
    await select(photoshop, 'Sticker');
    await photoshop.panel.locator('[data-testid="model-art"][checked]').waitFor();
    await select(photoshop, 'Portrait');
    await photoshop.panel.locator('[data-testid="model-face"][checked]').waitFor();
  });

  test('show by their rows which waits and which runs; Cancel stops all, and nothing is written', async () => {
    // The first layer's network never comes, so that its row stays at running.
    await open({ files: 'art*', by: () => undefined });
    const before = await photoshop.savePsd();
    await photoshop.pressEnhance();
    await photoshop.panel.locator('[data-row-state="running"]').waitFor();
    expect((await rows(photoshop)).map(({ name, state }) => `${name}: ${state}`)).toEqual([
      'Sticker: running',
      'Portrait: waiting',
    ]);
    await photoshop.panel.getByTestId('cancel').click();
    await photoshop.waitForState(['ready', 'failed']);
    expect(await photoshop.message()).toBe('Cancelled. Nothing was changed.');
    expect((await photoshop.savePsd()).equals(before)).toBe(true);
    expect(await photoshop.simulator(({ stats }) => stats.undisposed)).toBe(0);
  });

  test('of which one fails: its row says why, and the other is written', async () => {
    await open({ files: 'face*', by: (route) => route.fulfill({ status: 404 }) });
    await photoshop.pressEnhance();
    await photoshop.waitForState(['done', 'failed'], 120_000);
    const after = await saved(photoshop);
    expect(everyLayer(after.children ?? []).map(({ name }) => name)).toEqual([
      'Sticker – Art 2×',
      'Sticker',
      'Portrait',
      'Paper',
    ]);
    await photoshop.panel
      .getByText(/The model file \S+ is missing/)
      .first()
      .waitFor();
  });

  test('of which one is changed meanwhile: the other is written', async () => {
    await open();
    const { id, layers } = await photoshop.activeDocument();
    const portrait = layers.find(({ name }) => name === 'Portrait')?.id ?? 0;
    // Both layers have been read when the engine asks for the first rows.
    await photoshop.simulator(
      ({ faults, user }, [document, layer]) =>
        faults.beforeCall('fs.read', 1, () => void user.paintOn(document, layer)),
      [id, portrait] as const,
    );
    await photoshop.pressEnhance();
    await photoshop.waitForState(['done', 'failed'], 120_000);
    const names = everyLayer((await saved(photoshop)).children ?? []).map(({ name }) => name);
    expect(names).toContain('Sticker – Art 2×');
    expect(names.filter((name) => name?.startsWith('Portrait –'))).toEqual([]);
    await photoshop.panel
      .getByText(/“Portrait” was changed/)
      .first()
      .waitFor();
  });

  test('of which one cannot be enhanced: it is named, and says why', async () => {
    photoshop = await openPhotoshop(
      browser(),
      makePsd([pixelLayer('Photo'), { name: 'Curves', adjustment: { type: 'invert' } }]),
    );
    await photoshop.selectLayers(['Photo', 'Curves']);
    await photoshop.panel
      .getByText(/“Curves” is an adjustment/)
      .first()
      .waitFor();
  });
});
