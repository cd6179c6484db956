/** That axe finds nothing in any of the panel's states, in a light and a dark theme, at the least width. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import type { Frame } from 'playwright-core';
import { PhotoshopWindow } from '../../simulator/headless/window.ts';
import { SCENES } from '../../simulator/pictures/panel-states.ts';
import { serverUrl, sharedBrowser } from './support.ts';

const browser = sharedBrowser();
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

async function problems(frame: Frame): Promise<string[]> {
  const { violations } = await frame.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe('axe finds nothing in the panel', () => {
  test.each(SCENES.map((scene) => [scene.name, scene] as const))(
    '%s',
    async (_, { document, prepare }) => {
      const window = await PhotoshopWindow.open(browser(), serverUrl(), document ? { document } : {});
      await prepare(window);
      await window.setPanelWidth(260);
      const frame = await window.panelPage();
      await frame.addScriptTag({ content: await readFile(axe, 'utf8') });
      for (const theme of ['lightest', 'darkest']) {
        await window.page.getByLabel(theme, { exact: true }).check();
        await window.panel.locator(`[data-theme="${theme}"]`).waitFor();
        // Controls fade to their new colours.
        let found = await problems(frame);
        for (let tries = 0; found.length > 0 && tries < 5; tries += 1) {
          await window.page.waitForTimeout(300);
          found = await problems(frame);
        }
        expect([theme, ...found]).toEqual([theme]);
      }
      await window.close();
    },
    120_000,
  );
});
