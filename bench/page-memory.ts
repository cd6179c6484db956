/**
 * Peak memory of the panel's page: the built page in a browser, with a host that invents the layer's rows and forgets
 * the result's. The network is a stand-in for 24 MP, whose WASM would take the better part of an hour; a session's
 * heap depends on the tile's shape alone, so it is measured at 1 MP.
 */
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { encodeBase64 } from '../src/bridge/base64.ts';
import { serveHost } from '../src/bridge/host.ts';
import type { PhotoshopApi } from '../src/bridge/protocol.ts';
import type { ModelName } from '../src/catalog.ts';
import { wholeTarget } from '../src/size.ts';
import { serveChromium } from '../simulator/headless/chromium.ts';
import { ensureBuilt } from '../simulator/server/build.ts';
import { chromium } from 'playwright-core';
import type { Line } from './measure.ts';
import { peakMegabytes } from './peak.ts';
import { oneLayerHost } from './one-layer-host.ts';
import { drawRows } from './pictures.ts';
import { repeat4 } from './stand-in.ts';

const plugin = fileURLToPath(new URL('../dist/plugin/', import.meta.url));
/** A run with the real network on a loaded machine. */
const PATIENCE_MS = 60 * 60_000;

export async function pageMemory({ model }: { model: ModelName }): Promise<Line[]> {
  if (process.platform !== 'linux') {
    process.stderr.write('  the page’s peak memory is read from /proc, which only Linux has\n');
    return [];
  }
  await ensureBuilt();
  const real = await enhanceInPage(model, [1200, 833], false);
  const one = await enhanceInPage(model, [1200, 833], true);
  const many = await enhanceInPage(model, [6000, 4000], true);
  return [
    { what: `page, 1 MP, ${model}, WASM: peak memory`, value: real, unit: 'MB' },
    { what: 'page, 1 MP, stand-in network: peak memory', value: one, unit: 'MB' },
    { what: 'page, 24 MP, stand-in network: peak memory', value: many, unit: 'MB' },
    { what: 'page, 24 MP over 1 MP', value: many - one, unit: 'MB', target: { atMost: 300 } },
  ];
}

/** @returns megabytes of the page's process, its workers included, at their most */
async function enhanceInPage(
  model: ModelName,
  [width, height]: readonly [number, number],
  withStandIn: boolean,
): Promise<number> {
  // A browser of its own for each, because the peak is a process's.
  const server = await serveChromium();
  try {
    const browser = await chromium.connect(server.wsEndpoint());
    const page = await browser.newPage();
    if (withStandIn) await page.addInitScript({ content: replaceSessions() });
    await joinHost(page, inventedHost(model, width, height));
    await page.goto(new URL('panel.html', pathToFileURL(plugin)).href);
    await page.getByTestId('enhance').click({ timeout: 60_000 });
    const ended = page.locator('main[data-state="done"], main[data-state="failed"]');
    await ended.waitFor({ timeout: PATIENCE_MS });
    if ((await ended.getAttribute('data-state')) !== 'done')
      throw new Error(await page.getByTestId('message').innerText());
    return await largestRenderer(server.process().pid);
  } finally {
    await server.close();
  }
}

/** Script for the page: every worker's script but the first, which is the engine's, answers tiles by repeating. */
function replaceSessions(): string {
  const prelude = `
    const repeatPixels = ${repeat4.toString()};
    addEventListener('message', ({ data }) => {
      if (data.kind === 'open') postMessage({ kind: 'ready', device: 'stand-in' });
      else data.port.onmessage = ({ data: { id, tile } }) => {
        const result = repeatPixels(tile);
        data.port.postMessage({ id, tile: result }, [result.data.buffer]);
      };
    });
    globalThis.addEventListener = () => undefined;
  `;
  // As text, not as a function: what runs this file gives functions helpers that the page does not have.
  return `{
    const create = URL.createObjectURL.bind(URL);
    let scripts = 0;
    URL.createObjectURL = (blob) => {
      const session = blob instanceof Blob && blob.type === 'text/javascript' && ++scripts > 1;
      return create(session ? new Blob([${JSON.stringify(prelude)}, blob], { type: blob.type }) : blob);
    };
  }`;
}

/** Joins the page to a host in this process, by JSON. */
export async function joinHost(page: Page, host: PhotoshopApi): Promise<void> {
  let hear: (message: unknown) => void = () => undefined;
  await page.exposeFunction('toHost', (text: string) => hear(JSON.parse(text)));
  await page.addInitScript({
    content: 'globalThis.uxpHost = { postMessage: (message) => toHost(JSON.stringify(message)) };',
  });
  const port = {
    post: (message: unknown) => {
      const dispatch = (json: string) =>
        dispatchEvent(new MessageEvent('message', { data: JSON.parse(json) as unknown }));
      page.evaluate(dispatch, JSON.stringify(message)).catch(() => undefined);
    },
    onMessage: (listener: (message: unknown) => void) => {
      hear = listener;
      return () => undefined;
    },
  };
  serveHost(port, host);
}

function inventedHost(model: ModelName, width: number, height: number): PhotoshopApi {
  const format = { width, height, channels: 4, depth: 8 } as const;
  const flat = (w: number, h: number) => ({
    width: w,
    height: h,
    rgba: encodeBase64(new Uint8Array(w * h * 4)),
  });
  return oneLayerHost(
    format,
    { model },
    {
      thumbnail: ({ side }) => Promise.resolve(flat(side, side)),
      region: (asked) => Promise.resolve(flat(asked.width, asked.height)),
      openJob: ({ job, settings: { size } }) =>
        Promise.resolve({
          job,
          source: format,
          begins: { left: 0, top: 0 },
          target: wholeTarget(format, size),
        }),
      readRows: ({ y, rows }) => Promise.resolve({ samples: encodeBase64(drawRows(format, y, rows)) }),
      writeRows: () => Promise.resolve(null),
      commit: ({ jobs }) =>
        Promise.resolve({
          results: jobs.map(({ job, layerName }) => ({
            job,
            layer: {
              documentId: 1,
              layerId: 3,
              name: layerName,
              bounds: { left: 0, top: 0, right: 4 * width, bottom: 4 * height },
              width: 4 * width,
              height: 4 * height,
            },
          })),
        }),
    },
  );
}

/** The page's process is the largest of the browser's renderers: the others are spares. */
async function largestRenderer(browser: number | undefined): Promise<number> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    // The name in brackets may hold anything; the parent is the second word after it.
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const descends = (pid: number): boolean => {
    for (let each: number | undefined = pid; each !== undefined && each > 1; each = parents.get(each)) {
      if (each === browser) return true;
    }
    return false;
  };
  let largest = 0;
  for (const pid of parents.keys()) {
    if (!descends(pid)) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (command.includes('--type=renderer')) largest = Math.max(largest, (await peakMegabytes(pid)) ?? 0);
  }
  return largest;
}
