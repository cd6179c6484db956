/** Without the panel: the plugin's commands, from the menu and in a recorded action. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PhotoshopWindow } from '../../simulator/headless/window.ts';
import { makePsd, openPhotoshop, pixelLayer, select, sharedBrowser } from './support.ts';

const browser = sharedBrowser();

describe('The commands', () => {
  let photoshop: PhotoshopWindow;
  beforeAll(async () => {
    photoshop = await openPhotoshop(
      browser(),
      makePsd([pixelLayer('One'), pixelLayer('Two'), pixelLayer('Three')]),
    );
    await select(photoshop, 'Two');
    await photoshop.choose('face', 3);
    await select(photoshop, 'One');
    await photoshop.choose('art', 2);
  });
  afterAll(() => photoshop.close());

  const names = async () => (await photoshop.activeDocument()).layers.map(({ name }) => name);

  async function ended(): Promise<void> {
    await photoshop.waitForState(['working', 'done', 'failed']);
    const state = await photoshop.waitForState(['done', 'failed', 'refused'], 120_000);
    if (state !== 'done') throw new Error(await photoshop.message());
  }

  /** Another layer's panel, so that an end that is seen is not the one before. */
  async function turnTo(name: string): Promise<void> {
    await select(photoshop, name);
    await photoshop.waitForState(['ready']);
  }

  test('are in the menu, in the host’s language', async () => {
    const { plugin } = await photoshop.view();
    expect(plugin.commands.map(({ label }) => label)).toEqual([
      'Enhance',
      'Enhance Again with Last Settings',
    ]);
  });

  test('Enhance runs with the selected layer’s own settings', async () => {
    await turnTo('Two');
    await photoshop.command('enhance');
    await ended();
    expect(await names()).toEqual(['One', 'Two – Face 3×', 'Two', 'Three']);
    await photoshop.undo();
  });

  test('Enhance Again runs any layer with the settings of the last run', async () => {
    await turnTo('Three');
    await photoshop.command('enhance-again');
    await ended();
    expect(await names()).toEqual(['One', 'Two', 'Three – Face 3×', 'Three']);
    await photoshop.undo();
  });

  test('Enhance works with the panel closed, which it opens', async () => {
    await turnTo('One');
    await photoshop.user((user) => user.closePanel('loupe'));
    await photoshop.page.locator('iframe.webview').waitFor({ state: 'detached' });
    await photoshop.command('enhance');
    await ended();
    expect(await names()).toEqual(['One – Art 2×', 'One', 'Two', 'Three']);
    expect((await photoshop.view()).plugin.failure).toBeNull();
    await photoshop.undo();
  });

  test('a command on what cannot be enhanced says so in the panel and changes nothing', async () => {
    const before = await names();
    await photoshop.selectLayer('Three');
    await photoshop.setLocked('Three');
    await photoshop.command('enhance');
    await photoshop.panel
      .getByText(/“Three” is locked/)
      .first()
      .waitFor();
    expect(await names()).toEqual(before);
    await photoshop.setLocked('Three', false);
  });

  test('a run is recorded as a step of an action, which plays it on another layer', async () => {
    await photoshop.user((user) => user.recordAction('Enlarge'));
    await turnTo('One');
    await photoshop.command('enhance');
    await ended();
    await photoshop.simulator(({ user }) => user.stopRecording());
    const [action] = (await photoshop.view()).actions;
    expect(action).toMatchObject({ name: 'Enlarge', steps: [expect.stringContaining('Enhance')] });
    await photoshop.undo();

    await turnTo('Three');
    await photoshop.user((user) => user.playAction('Enlarge'));
    await ended();
    expect((await names()).filter((name) => name.startsWith('Three –'))).toHaveLength(1);
    expect((await photoshop.view()).plugin.failure).toBeNull();
    expect(photoshop.complaints).toEqual([]);
  });
});
