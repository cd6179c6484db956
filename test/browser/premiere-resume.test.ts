/** A remaster that is killed in the middle goes on, and the file is that of an undisturbed run. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PremiereWindow } from '../../simulator/headless/premiere-window.ts';
import { finished, remasterClip } from '../../simulator/headless/remaster-clip.ts';
import { binItems, chooseQuickModel, openClip, type Laid } from './premiere-support.ts';
import { sharedBrowser } from './support.ts';

const browser = sharedBrowser();
const PANEL = 'loupe';

describe('A remaster of several segments', () => {
  let laid: Laid;
  let premiere: PremiereWindow;
  let undisturbed: Buffer;
  /** How often a whole run writes to the disk. */
  let writes = 0;

  const written = (): Promise<number> => premiere.premiere(({ stats }) => stats.calls.get('fs.write') ?? 0);

  beforeAll(async () => {
    laid = await openClip(browser(), 'seconds-3');
    premiere = laid.premiere;
    await chooseQuickModel(premiere);
    await premiere.chooseTarget('2x');
    const before = await written();
    const { path } = await remasterClip(premiere);
    writes = (await written()) - before;
    undisturbed = await premiere.readFile(path);
  });
  afterAll(() => premiere.close());

  test.each(['reload', 'close'] as const)('goes on after: %s', async (act) => {
    await premiere.press('undo-remaster');
    await premiere.waitForState(['clip-ready', 'empty']);
    await premiere.premiere(({ user }, [sequence, clip]) => user.selectClip(sequence, clip), [
      laid.sequenceId,
      laid.clipId,
    ] as const);
    const placed = (await binItems(premiere)).length;
    await premiere.premiere(
      ({ faults, user }, [what, nth, panel]) =>
        faults.beforeCall('fs.write', nth, () => {
          if (what === 'reload') user.reloadPlugin();
          else user.closePanel(panel);
        }),
      [act, Math.round(writes * 0.85), PANEL] as const,
    );
    await premiere.press('remaster');
    if (act === 'close') {
      await premiere.page.locator('iframe.webview').waitFor({ state: 'detached', timeout: 60_000 });
      await premiere.premiere(({ user }, panel) => user.showPanel(panel), PANEL);
    }
    await premiere.waitForState(['clip-unfinished']);
    expect(await premiere.panel.getByTestId('unfinished-words').innerText()).toContain('50');
    expect(await binItems(premiere)).toHaveLength(placed);

    const before = await written();
    const start = performance.now();
    await premiere.press('go-on');
    await premiere.waitForState(['clip-working', 'clip-done', 'clip-left', 'clip-failed']);
    const { path, placed: where } = await finished(premiere, start);
    expect(where).toContain('Video 2');
    // Two thirds of the frames were kept.
    expect(await written()).toBeLessThan(before + writes * 0.6);
    expect((await premiere.readFile(path)).equals(undisturbed)).toBe(true);
  });
});
