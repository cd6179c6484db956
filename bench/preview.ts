/**
 * How long the panel's preview takes to follow: the built page in a browser, on the CPU, with a host that draws the
 * layer. Counted from the key that is pressed to the picture that is there, the panel's own pause included.
 */
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { encodeBase64 } from '../src/bridge/base64.ts';
import type { PhotoshopApi } from '../src/bridge/protocol.ts';
import type { ModelName } from '../src/catalog.ts';
import { serveChromium } from '../simulator/headless/chromium.ts';
import { ensureBuilt } from '../simulator/server/build.ts';
import { median, seconds, type Line } from './measure.ts';
import { joinHost } from './page-memory.ts';
import { oneLayerHost } from './one-layer-host.ts';
import { drawRows } from './pictures.ts';

const plugin = fileURLToPath(new URL('../dist/plugin/', import.meta.url));
const LAYER = { width: 1200, height: 833 };
/** A panel as Photoshop docks it, and the widest that Loupe is laid out for. */
const WIDTHS = [300, 600] as const;
const PATIENCE_MS = 120_000;
const TRIAL_MS = 15_000;

export async function previewLatency({
  model,
  rounds,
}: {
  model: ModelName;
  rounds: number;
}): Promise<Line[]> {
  await ensureBuilt();
  const server = await serveChromium();
  try {
    const browser = await chromium.connect(server.wsEndpoint());
    const lines: Line[] = [];
    for (const width of WIDTHS) {
      const page = await browser.newPage({ viewport: { width, height: 1400 } });
      await joinHost(page, drawingHost(model));
      await page.goto(new URL('panel.html', pathToFileURL(plugin)).href);
      lines.push(...(await measure(page, `preview, ${String(width)} px wide, ${model}, fast, WASM`, rounds)));
      await page.close();
    }
    return lines;
  } finally {
    await server.close();
  }
}

async function measure(page: Page, what: string, rounds: number): Promise<Line[]> {
  await page.locator('main[data-state="ready"]').waitFor({ timeout: PATIENCE_MS });
  await page.getByTestId('preview').locator('summary').click();
  const first = await seconds(() =>
    page.locator(`${PICTURE}[aria-busy="false"] canvas`).first().waitFor({ timeout: PATIENCE_MS }),
  );
  // What else the panel measures of a new layer is done once, and waited for.
  for (const quality of ['fast', 'best']) {
    await page
      .getByTestId(`estimate-${quality}`)
      .filter({ hasNotText: /…/ })
      .waitFor({ timeout: PATIENCE_MS });
  }
  // So is the trial of what would be invented, unless a setting moves; then it waits and disturbs nothing.
  await page
    .getByTestId('invented-words')
    .waitFor({ timeout: TRIAL_MS })
    .catch(() => undefined);
  await page.getByTestId('more').locator('summary').click();
  const ways = {
    'moved by a key': () => page.locator(PICTURE).press('ArrowRight'),
    'sharpness moved': () => page.getByTestId('sharpness').locator('input').press('ArrowRight'),
    'Detail moved': () => page.getByTestId('detail').locator('input').press('ArrowRight'),
  };
  const lines: Line[] = [{ what: `${what}: the first, all to be loaded`, value: first, unit: 's' }];
  for (const [name, act] of Object.entries(ways)) {
    const times: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      times.push(
        await seconds(async () => {
          const made = followed(page);
          await act();
          await made;
        }),
      );
    }
    process.stderr.write(`  ${name}: ${times.map((each) => each.toFixed(2)).join(', ')} s\n`);
    // The first warms up.
    lines.push({
      what: `${what}: ${name}`,
      value: median(times.slice(1)),
      unit: 's',
      target: { atMost: 2 },
    });
  }
  return lines;
}

const PICTURE = '[data-testid="preview-picture"]';

/** Resolves when the preview has been made anew. As text: what runs this file gives functions helpers that the page lacks. */
function followed(page: Page): Promise<unknown> {
  return page.evaluate(`new Promise((resolve) => {
    const picture = document.querySelector('${PICTURE}');
    let begun = false;
    const observer = new MutationObserver(() => {
      const busy = picture.getAttribute('aria-busy') === 'true';
      if (begun && !busy) { observer.disconnect(); resolve(); }
      begun = begun || busy;
    });
    observer.observe(picture, { attributes: true, attributeFilter: ['aria-busy'] });
  })`);
}

function drawingHost(model: ModelName): PhotoshopApi {
  const { width, height } = LAYER;
  const format = { width, height, channels: 4, depth: 8 } as const;
  const samples = drawRows(format, 0, height);
  // What is see-through is not tried for what would be invented, which the bench waits for.
  for (let i = 3; i < samples.length; i += 4) samples[i] = 255;
  const cut = (left: number, top: number, wide: number, high: number) => {
    const rgba = new Uint8Array(4 * wide * high);
    for (let y = 0; y < high; y += 1) {
      const from = 4 * ((top + y) * width + left);
      rgba.set(samples.subarray(from, from + 4 * wide), 4 * y * wide);
    }
    return { width: wide, height: high, rgba: encodeBase64(rgba) };
  };
  return oneLayerHost(
    LAYER,
    { model },
    {
      thumbnail: ({ side }) => Promise.resolve(cut(0, 0, side, side)),
      region: ({ left, top, width: wide, height: high }) => Promise.resolve(cut(left, top, wide, high)),
    },
  );
}
