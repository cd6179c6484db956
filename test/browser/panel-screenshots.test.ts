/** That the panel looks as the committed pictures show it (`npm run screenshots` makes them anew). */
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { launchChromium } from '../../simulator/headless/chromium.ts';
import { PhotoshopWindow } from '../../simulator/headless/window.ts';
import { panelShot, THEMES, VIEWPORT, WIDTHS } from '../../simulator/pictures/panel-shot.ts';
import { SCENES } from '../../simulator/pictures/panel-states.ts';
import { serverUrl } from './support.ts';

const folder = fileURLToPath(new URL('../../docs/images/panel/', import.meta.url));

/** A pixel differs if a channel does by more than this, of 255: edges of letters and the palette do by less. */
const CHANNEL = 40;
/** The share of the pixels that may. One letter of the smallest text is 0.02 %. */
const SHARE = 0.003;

/** Only the packaged Chromium draws text with its own font. */
const drawn = process.platform === 'linux' && process.arch === 'x64';

(drawn ? describe : describe.skip)('The panel looks as in the committed pictures:', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium({ fonts: 'packaged' });
  });
  afterAll(() => browser.close());

  test.each(SCENES.map((scene) => [scene.name, scene] as const))(
    '%s',
    async (name, { document, prepare }) => {
      const window = await PhotoshopWindow.open(browser, serverUrl(), document ? { document } : {});
      await window.page.setViewportSize(VIEWPORT);
      await prepare(window);
      const different: string[] = [];
      for (const width of WIDTHS) {
        for (const theme of THEMES) {
          const file = `${name}-${theme}-${width}.png`;
          const share = await difference(
            await panelShot(window, theme, width),
            await readFile(folder + file),
          );
          if (share > SHARE) different.push(`${file}: ${(share * 100).toFixed(2)} %`);
        }
      }
      await window.close();
      expect(different).toEqual([]);
    },
    120_000,
  );
});

test('Every committed picture of the panel is one that is compared', () => {
  const wanted = SCENES.flatMap(({ name }) =>
    THEMES.flatMap((theme) => WIDTHS.map((width) => `${name}-${theme}-${width}.png`)),
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
    const most = Math.max(
      ...[0, 1, 2].map((channel) => Math.abs((left[pixel + channel] ?? 0) - (right[pixel + channel] ?? 0))),
    );
    if (most > CHANNEL) count += 1;
  }
  return count / (left.length / 3);
}
