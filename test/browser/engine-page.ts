/**
 * The page's engine without the panel: `createEngine` of the sources, in a page opened from `file://` in the built
 * plugin's folder, whose workers and models it uses.
 */
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { Engine } from '../../src/panel/engine/protocol.ts';
import { builtPlugin, catalog } from './file-panel.ts';
import { pageScript } from './page-script.ts';

const entry = fileURLToPath(new URL('./engine-entry.ts', import.meta.url));

declare global {
  var client: typeof import('./engine-entry.ts');
  var engine: Engine;
}

export class EnginePage {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(browser: Browser): Promise<EnginePage> {
    const page = await (await browser.newContext()).newPage();
    // One session worker, however many cores there are: each compiles the whole of ONNX Runtime first, and with as many
    // lanes as the native backend has, a picture is cut into the same tiles.
    await page.addInitScript(() => Object.defineProperty(navigator, 'hardwareConcurrency', { value: 1 }));
    await page.goto(new URL('manifest.json', pathToFileURL(builtPlugin)).href);
    await page.addScriptTag({ content: await pageScript(entry, 'client') });
    await page.evaluate((detector) => {
      globalThis.engine = client.createEngine({ detector });
    }, catalog.detector);
    return new EnginePage(page);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
