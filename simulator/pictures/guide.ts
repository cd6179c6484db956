/** `npm run guide`: the pictures of docs/guide.md, into docs/images/guide/, each from one of the emulated applications. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { launchChromium } from '../headless/chromium.ts';
import { choosePart, choosePlace, chooseSize } from '../headless/controls.ts';
import { PremiereWindow } from '../headless/premiere-window.ts';
import { PhotoshopWindow } from '../headless/window.ts';
import { ensureBuilt } from '../server/build.ts';
import { startServer } from '../server/server.ts';
import { PREMIERE_PICTURES } from './premiere-guide.ts';

const folder = fileURLToPath(new URL('../../docs/images/guide/', import.meta.url));
const PANEL_WIDTH = 320;

interface Picture {
  readonly name: string;
  /** Brings the window to what is to be seen. */
  readonly prepare: (window: PhotoshopWindow) => Promise<void>;
  /** The panel alone unless 'window'. */
  readonly of?: 'window';
}

async function select(window: PhotoshopWindow, layer: string): Promise<void> {
  await window.selectLayer(layer);
  await window.waitForLayer(layer);
  await window.waitForEnhance();
}

async function enhance(window: PhotoshopWindow): Promise<void> {
  await window.pressEnhance();
  await window.waitForState(['done', 'failed'], 0);
}

const PICTURES: readonly Picture[] = [
  {
    name: 'panel',
    prepare: async (window) => {
      await select(window, 'Portrait');
      await window.choose('face', 4);
      await window.panel.getByTestId('estimate-best').filter({ hasText: /\d/ }).waitFor({ timeout: 120_000 });
    },
  },
  {
    name: 'print-size',
    prepare: async (window) => {
      await select(window, 'Landscape');
      await window.chooseModel('landscape');
      await chooseSize(window, { kind: 'print', side: 'width', length: 30, unit: 'cm', ppi: 300 });
      await window.panel.getByTestId('size-words').filter({ hasText: '3543' }).waitFor();
    },
  },
  {
    name: 'part',
    of: 'window',
    prepare: async (window) => {
      await select(window, 'Portrait');
      const { id } = await window.activeDocument();
      await window.select(id, { left: 70, top: 165, right: 200, bottom: 310 });
      await window.panel.getByTestId('part-selection').waitFor();
      await choosePart(window, 'selection');
    },
  },
  {
    name: 'several',
    prepare: async (window) => {
      await window.selectLayers(['Portrait', 'Illustration']);
      await window.panel.getByTestId('row').nth(1).waitFor();
      await window.waitForEnhance();
    },
  },
  {
    name: 'smart-object',
    of: 'window',
    prepare: async (window) => {
      await select(window, 'Portrait');
      await choosePlace(window, 'smart-object');
      await window.choose('face', 4);
      await enhance(window);
    },
  },
  {
    name: 'done',
    prepare: async (window) => {
      await select(window, 'Illustration');
      await window.choose('art', 4);
      await enhance(window);
      await window.panel.getByTestId('split-view').waitFor();
    },
  },
  {
    name: 'refused',
    prepare: async (window) => {
      await window.selectLayer('Portrait');
      await window.setLocked('Portrait');
      await window.waitForState(['refused']);
    },
  },
];

const wanted = process.argv.slice(2);
await ensureBuilt();
const server = await startServer();
const browser = await launchChromium();
try {
  await mkdir(folder, { recursive: true });
  for (const { name, prepare, of } of PICTURES) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const window = await PhotoshopWindow.open(browser, server.url, { theme: 'dark' });
    // However busy the machine.
    window.page.setDefaultTimeout(180_000);
    await window.page.setViewportSize({ width: 1240, height: of === 'window' ? 860 : 1500 });
    if (of !== 'window') await window.setPanelWidth(PANEL_WIDTH);
    await prepare(window);
    // Spectrum fades from one colour to the next.
    await window.page.waitForTimeout(500);
    const picture =
      of === 'window'
        ? await window.page.screenshot()
        : await trimmed(await window.page.locator('iframe.webview').screenshot({ caret: 'hide' }));
    await keep(name, picture);
    await window.close();
  }
  for (const { name, take, isPhoto } of PREMIERE_PICTURES) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const window = await PremiereWindow.open(browser, server.url, { theme: 'dark' });
    window.page.setDefaultTimeout(180_000);
    await window.page.setViewportSize({ width: 1240, height: 860 });
    await keep(name, await take(window), isPhoto);
    await window.close();
  }
} finally {
  await browser.close();
  await server.close();
}

/** A photo at 100 % is to be judged by its pixels: a palette's dither would be taken for the render's. */
async function keep(name: string, picture: Buffer, isPhoto = false): Promise<void> {
  await writeFile(join(folder, `${name}.png`), await sharp(picture).png({ palette: !isPhoto }).toBuffer());
  console.log(`docs/images/guide/${name}.png`);
}

/** Without the empty rest of the panel below. */
async function trimmed(png: Buffer): Promise<Buffer> {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  const row = info.width * info.channels;
  const last = data.subarray(data.length - row);
  let height = info.height;
  while (height > 1 && data.subarray((height - 2) * row, (height - 1) * row).equals(last)) height -= 1;
  const kept = Math.min(info.height, height + 12);
  return sharp(png).extract({ left: 0, top: 0, width: info.width, height: kept }).toBuffer();
}
