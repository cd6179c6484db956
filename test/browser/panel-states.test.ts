/**
 * The panel's main states: that each looks as the committed pictures show it (`npm run screenshots` makes them anew), and
 * that axe finds nothing in it, in a light and a dark theme, at the least width.
 */
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import type { Browser, Frame } from 'playwright-core';
import sharp from 'sharp';
import { launchChromium } from '../../simulator/headless/chromium.ts';
import { PhotoshopWindow } from '../../simulator/headless/window.ts';
import { panelShot, SHOTS, VIEWPORT } from '../../simulator/pictures/panel-shot.ts';
import { SCENES } from '../../simulator/pictures/panel-states.ts';
import { serverUrl } from './support.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const folder = fileURLToPath(new URL('../../docs/images/panel/', import.meta.url));

/** A pixel differs if a channel does by more than this, of 255: edges of letters and the palette do by less. */
const CHANNEL = 40;
/** The share of the pixels that may. One letter of the smallest text is 0.02 %. */
const SHARE = 0.003;

/** Only the packaged Chromium draws text with its own font. */
const drawn = process.platform === 'linux' && process.arch === 'x64';

describe('The panel', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium({ fonts: 'packaged' });
  });
  afterAll(() => browser.close());

  test.each(SCENES.map((scene) => [scene.name, scene] as const))(
    'looks as in the committed pictures, and axe finds nothing in it: %s',
    async (name, { document, prepare }) => {
      const window = await PhotoshopWindow.open(browser, serverUrl(), document ? { document } : {});
      await window.page.setViewportSize(VIEWPORT);
      await prepare(window);
      const different = drawn ? await differencesOf(name, window) : [];
      expect([...different, ...(await axeProblems(window))]).toEqual([]);
      await window.close();
    },
    120_000,
  );
});

async function differencesOf(name: string, window: PhotoshopWindow): Promise<string[]> {
  const different: string[] = [];
  for (const { theme, width } of SHOTS) {
    const file = `${name}-${theme}-${width}.png`;
    const share = await difference(await panelShot(window, theme, width), await readFile(folder + file));
    if (share > SHARE) different.push(`${file}: ${(share * 100).toFixed(2)} %`);
  }
  return different;
}

async function axeProblems(window: PhotoshopWindow): Promise<string[]> {
  await window.setPanelWidth(260);
  const frame = await window.panelPage();
  await frame.addScriptTag({ content: await readFile(axe, 'utf8') });
  const found: string[] = [];
  // Between themes only colours differ.
  for (const [theme, rules] of [['lightest'], ['darkest', ['color-contrast']]] as const) {
    await window.page.getByLabel(theme, { exact: true }).check();
    await window.panel.locator(`[data-theme="${theme}"]`).waitFor();
    // Controls fade to their new colours.
    let problems = await runAxe(frame, rules);
    for (let tries = 0; problems.length > 0 && tries < 5; tries += 1) {
      await window.page.waitForTimeout(300);
      problems = await runAxe(frame, rules);
    }
    found.push(...problems.map((each) => `${theme}: ${each}`));
  }
  return found;
}

async function runAxe(frame: Frame, rules: readonly string[] | undefined): Promise<string[]> {
  const { violations } = await frame.evaluate(
    (runOnly) =>
      (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run(
        runOnly ? { runOnly } : {},
      ),
    rules,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

test('Every committed picture of the panel is one that is compared', () => {
  const wanted = SCENES.flatMap(({ name }) =>
    SHOTS.map(({ theme, width }) => `${name}-${theme}-${width}.png`),
  );
  expect(existsSync(folder) ? readdirSync(folder).sort() : []).toEqual(wanted.sort());
});

/** The share of pixels that differ, 1 if the sizes do. */
async function difference(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = await Promise.all(
    [one, other].map((png) => sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true })),
  );
  if (a?.info.width !== b?.info.width || a?.info.height !== b?.info.height) return 1;
  const [left, right] = [a?.data ?? Buffer.alloc(0), b?.data ?? Buffer.alloc(0)];
  let count = 0;
  for (let pixel = 0; pixel < left.length; pixel += 3) {
    for (let channel = 0; channel < 3; channel += 1) {
      if (Math.abs((left[pixel + channel] ?? 0) - (right[pixel + channel] ?? 0)) <= CHANNEL) continue;
      count += 1;
      break;
    }
  }
  return count / (left.length / 3);
}
