/**
 * The page's engine without the panel: `createEngine` of the sources, in a page opened from `file://` in the built
 * plugin's folder, whose workers and models it uses.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import webpack from 'webpack';
import type { Engine } from '../../src/panel/engine/protocol.ts';
import { builtPlugin, catalog } from './file-panel.ts';

declare global {
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
    await page.addScriptTag({ content: await clientScript() });
    await page.evaluate((detector) => {
      const { createEngine } = (
        globalThis as unknown as { client: { createEngine: (with_: object) => Engine } }
      ).client;
      globalThis.engine = createEngine({ detector });
    }, catalog.detector);
    return new EnginePage(page);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

/** A script that leaves the module `client.ts` in the global `client`. */
async function clientScript(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'loupe-engine-'));
  try {
    const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) => {
      webpack(
        {
          mode: 'none',
          entry: fileURLToPath(new URL('../../src/panel/engine/client.ts', import.meta.url)),
          target: ['web', 'es2022'],
          devtool: false,
          output: { path: folder, filename: 'client.js', library: { type: 'var', name: 'client' } },
          resolve: { extensions: ['.ts', '.js'] },
          module: { rules: [{ test: /\.ts$/, exclude: /node_modules/, use: 'swc-loader' }] },
        },
        (error, done) => (error ? reject(error) : resolve(done)),
      );
    });
    if (stats?.hasErrors()) throw new Error(stats.toString('errors-only'));
    return await readFile(join(folder, 'client.js'), 'utf8');
  } finally {
    await rm(folder, { recursive: true });
  }
}
