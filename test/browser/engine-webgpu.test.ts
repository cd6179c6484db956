/** WebGPU, proved on an adapter that is emulated on the CPU: the numbers and the ways to fail, never the speed. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../simulator/headless/chromium.ts';
import { MODELS, entryFor } from '../../src/catalog.ts';
import { blobs, builtPlugin, catalog, FilePanel, type FilePanelOptions } from './file-panel.ts';

let browser: Browser;
let opened: FilePanel | undefined;
beforeAll(async () => {
  browser = await browserWithAdapter();
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(() => browser.close());

/** Now and then a Chromium comes up whose GPU process has no adapter; what is tested here is what one does. */
async function browserWithAdapter(): Promise<Browser> {
  for (let tries = 0; tries < 5; tries++) {
    const started = await launchChromium({ webgpu: 'software' });
    const page = await started.newPage();
    await page.goto(new URL('panel.html', pathToFileURL(builtPlugin)).href);
    const found = await page.evaluate(async () => (await navigator.gpu.requestAdapter()) !== null);
    await page.close();
    if (found) return started;
    await started.close();
  }
  throw new Error('Chromium came up without an adapter five times.');
}

async function open(options: FilePanelOptions): Promise<FilePanel> {
  opened = await FilePanel.open(browser, options);
  return opened;
}

describe('the built session worker', () => {
  let page: Page;
  const log: string[] = [];
  beforeAll(async () => {
    page = await (await browser.newContext()).newPage();
    page.on('console', (message) => log.push(message.text()));
    await page.goto(new URL('panel.html', pathToFileURL(builtPlugin)).href);
  });
  afterAll(() => page.context().close());

  test.each(MODELS)('runs %s wholly on WebGPU, with the numbers that WASM gives', async (model) => {
    const { id } = entryFor(catalog, model);
    log.length = 0;
    const gpu = await page.evaluate(runTile, { id, provider: 'webgpu', side: 16 });
    expect(log.join('\n')).toContain('All nodes placed on [WebGpuExecutionProvider]');
    const cpu = await page.evaluate(runTile, { id, provider: 'wasm', side: 16 });
    expect(gpu.device).toMatch(/swiftshader/i);
    expect(cpu.device).toBe('CPU');
    expect(gpu.data).toHaveLength(3 * 64 * 64);
    const differences = gpu.data.map((value, i) => Math.abs(value - (cpu.data[i] ?? NaN)));
    expect(Math.max(...differences)).toBeLessThanOrEqual(1e-3);
    expect(Math.max(...gpu.data) - Math.min(...gpu.data)).toBeGreaterThan(0.3);
  });
});

describe('the panel', () => {
  const layer = blobs(12, 12);
  /** Replaces what a session worker sees of the GPU. */
  const gpuWith = (change: string): string =>
    `{ const request = GPUAdapter.prototype.requestDevice;
       GPUAdapter.prototype.requestDevice = async function (...args) {
         const device = await request.apply(this, args);
         ${change}
         return device;
       };
     }`;

  test('does not take a GPU emulated on the CPU for one', async () => {
    const panel = await open({ layer, model: 'art' });
    expect(await panel.backend()).toMatch(/CPU/);
  });

  test('finishes on the CPU when the GPU is lost half-way', async () => {
    const panel = await open({
      layer,
      model: 'art',
      options: { allowSoftwareGpu: true },
      // The panel's probe submits nothing; a run does, again and again.
      inSessions: gpuWith(`let left = 3;
        const submit = device.queue.submit;
        device.queue.submit = function (...args) {
          if (left-- === 0) device.destroy();
          return submit.apply(this, args);
        };`),
    });
    expect(await panel.backend()).toMatch(/GPU/);
    expect(await panel.enhance()).toBe('done');
    expect(await panel.page.locator('body').innerText()).toContain('The GPU failed on the way');
    expect(panel.result).toHaveLength(48 * 48 * 4);
  });

  test('finishes on the CPU when the GPU gives zeros', async () => {
    const panel = await open({
      layer,
      model: 'art',
      options: { allowSoftwareGpu: true },
      inSessions: gpuWith(`device.queue.submit = () => undefined;`),
    });
    expect(await panel.enhance()).toBe('done');
    expect(await panel.page.locator('body').innerText()).toContain('The GPU failed on the way');
    expect(Math.max(...panel.result.filter((_, i) => i % 4 === 0))).toBeGreaterThan(150);
  });
});

/** In the page: a tile of blobs through a session worker of the built plugin, without the panel's client. */
async function runTile({ id, provider, side }: { id: string; provider: string; side: number }) {
  const scope = globalThis as unknown as {
    loupeAssets?: Record<string, string>;
    blobs?: Record<string, Blob>;
  };
  const kept = (scope.blobs ??= {});
  const load = async (name: string, type = ''): Promise<Blob> => {
    if (kept[name]) return kept[name];
    const script = document.createElement('script');
    script.src = `${name}.b64.js`;
    document.head.append(script);
    await new Promise((resolve) => (script.onload = resolve));
    const binary = atob(scope.loupeAssets?.[name] ?? '');
    kept[name] = new Blob([Uint8Array.from(binary, (each) => each.charCodeAt(0))], { type });
    return kept[name];
  };
  const worker = new Worker(URL.createObjectURL(await load('session', 'text/javascript')));
  const setup = {
    provider,
    ort: await load('ort'),
    wasm: await load('ort-wasm'),
    allowSoftwareGpu: true,
    verbose: true,
  };
  const report = new Promise<{ kind: string; device: string }>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data as { kind: string; device: string });
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  worker.postMessage({ kind: 'open', model: await load(`models/${id}`), setup });
  const { kind, device } = await report;
  if (kind !== 'ready') throw new Error(JSON.stringify(await report));

  const data = Float32Array.from({ length: 3 * side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side) % side];
    return 0.5 + 0.4 * Math.sin(x / 3.1 + i / (side * side)) * Math.cos(y / 4.3);
  });
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ kind: 'serve', port: port2 }, [port2]);
  const answer = new Promise<{ tile?: { data: Float32Array }; problem?: unknown }>((resolve) => {
    port1.onmessage = (event) => resolve(event.data as { tile?: { data: Float32Array } });
  });
  port1.postMessage({ id: 0, tile: { width: side, height: side, data } });
  const { tile, problem } = await answer;
  worker.terminate();
  if (!tile) throw new Error(JSON.stringify(problem));
  return { device, data: [...tile.data] };
}
