/**
 * `npm run screenshots`: the panel's main states in Photoshop's themes and at three widths, into docs/images/panel/,
 * where test/browser/panel-states.test.ts compares them with what the panel looks like. Names of states may follow.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { launchChromium } from '../headless/chromium.ts';
import { PhotoshopWindow } from '../headless/window.ts';
import { ensureBuilt } from '../server/build.ts';
import { startServer } from '../server/server.ts';
import { panelShot, SHOTS, VIEWPORT } from './panel-shot.ts';
import { SCENES } from './panel-states.ts';

const folder = fileURLToPath(new URL('../../docs/images/panel/', import.meta.url));
const wanted = process.argv.slice(2);

await ensureBuilt();
const server = await startServer();
const browser = await launchChromium({ fonts: 'packaged' });
try {
  await mkdir(folder, { recursive: true });
  for (const { name, document, prepare } of SCENES) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const window = await PhotoshopWindow.open(browser, server.url, document ? { document } : {});
    await window.page.setViewportSize(VIEWPORT);
    // However busy the machine.
    window.page.setDefaultTimeout(180_000);
    await prepare(window);
    for (const { theme, width } of SHOTS) {
      const picture = await panelShot(window, theme, width);
      // Few colours are in it, but for the previews: a palette halves the file.
      const small = await sharp(picture).png({ palette: true, colours: 256, effort: 10 }).toBuffer();
      await writeFile(join(folder, `${name}-${theme}-${width}.png`), small);
    }
    await window.close();
    console.log(`${name}: ${SHOTS.length} pictures`);
  }
} finally {
  await browser.close();
  await server.close();
}
