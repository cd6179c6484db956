/** The wire between the plugin and its page, in a browser, through the emulated Photoshop's own JSON channel. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import webpack from 'webpack';
import { launchChromium } from '../simulator/headless/chromium.ts';
import { median, type Line } from './measure.ts';

/** 48 MB each time. */
const HEIGHT = 2000;
const ORIGIN = 'http://bench.invalid/';

export async function bridgeSpeed(rounds: number): Promise<Line[]> {
  const folder = await mkdtemp(join(tmpdir(), 'loupe-bench-'));
  const browser = await launchChromium();
  try {
    await bundle(folder);
    const page = await browser.newPage();
    const script = async (name: string) =>
      `<script>${await readFile(join(folder, `${name}.js`), 'utf8')}</script>`;
    const body = (text: string) => ({ contentType: 'text/html', body: `<!doctype html><body>${text}` });
    const pages = new Map([
      [ORIGIN, body(await script('host'))],
      // As the server of the emulated Photoshop does for a webview's page.
      [
        `${ORIGIN}plugin/bridge-page.html`,
        body(`<script>parent.webviewStarted?.(window)</script>${await script('page')}`),
      ],
    ]);
    await page.route('**', (route) => route.fulfill(pages.get(route.request().url()) ?? { status: 404 }));
    await page.goto(ORIGIN);
    const frame = page.frames()[1];
    if (!frame) throw new Error('the webview has no frame');
    await frame.waitForFunction(() => 'moveRows' in globalThis);
    const speed = (way: 'read' | 'write') =>
      frame.evaluate(([to, height]) => moveRows(to, height), [way, HEIGHT] as const);
    await speed('read');
    await speed('write');
    const read: number[] = [];
    const write: number[] = [];
    for (let round = 0; round < rounds; round++) {
      read.push(await speed('read'));
      write.push(await speed('write'));
    }
    return [
      {
        what: 'bridge: host to page',
        value: median(read),
        unit: 'MB/s',
        note: `raw samples; ${browser.version()}`,
      },
      { what: 'bridge: page to host', value: median(write), unit: 'MB/s' },
    ];
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function bundle(folder: string): Promise<void> {
  const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  await new Promise<void>((resolve, reject) => {
    webpack(
      {
        mode: 'production',
        entry: { host: at('./bridge-host.ts'), page: at('./bridge-page.ts') },
        output: { path: folder, filename: '[name].js' },
        module: { rules: [{ test: /\.ts$/, exclude: /node_modules/, use: 'swc-loader' }] },
        target: ['web', 'es2022'],
      },
      (failure, stats) => {
        if (failure) reject(failure);
        else if (stats?.hasErrors()) reject(new Error(stats.toString({ all: false, errors: true })));
        else resolve();
      },
    );
  });
}
