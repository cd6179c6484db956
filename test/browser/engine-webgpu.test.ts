/** WebGPU, proved on an adapter that is emulated on the CPU: the numbers and the ways to fail, never the speed. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../simulator/headless/chromium.ts';
import { encodeBase64 } from '../../src/bridge/base64.ts';
import { blendFor } from '../../src/catalog.ts';
import { partsOf } from '../../src/runtime/blend.ts';
import { convolving } from '../unit/runtime/tiny-models.ts';
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

  /** Runs a tile on both providers; tells by how much they differ. */
  const compare = async (parts: Part[], selfEnsemble: boolean, side: number): Promise<void> => {
    log.length = 0;
    const tile = { parts, selfEnsemble, side };
    const gpu = await page.evaluate(runTile, { ...tile, provider: 'webgpu' });
    expect(log.join('\n')).toContain('All nodes placed on [WebGpuExecutionProvider]');
    expect(log.join('\n')).not.toContain('nodes placed on [CPUExecutionProvider]');
    const cpu = await page.evaluate(runTile, { ...tile, provider: 'wasm' });
    // The console tells of each session a little later, and must not tell the next comparison.
    const toldOf = (): number =>
      log.filter((line) => line.includes('placed on [CPUExecutionProvider]')).length;
    while (toldOf() < parts.length) await page.waitForTimeout(10);
    expect(gpu.device).toMatch(/swiftshader/i);
    expect(cpu.device).toBe('CPU');
    expect(gpu.data).toHaveLength(cpu.data.length);
    const differences = gpu.data.map((value, i) => Math.abs(value - (cpu.data[i] ?? NaN)));
    expect(Math.max(...differences)).toBeLessThanOrEqual(1e-3);
    expect(Math.max(...gpu.data) - Math.min(...gpu.data)).toBeGreaterThan(0.1);
  };

  test.each(architectures())('runs $id wholly on WebGPU, with the numbers that WASM gives', (network) =>
    compare([{ asset: `models/${network.id}`, share: 1 }], false, sideFor(network)),
  );

  test('runs weights between two networks’ the same on both', async () => {
    const [between] = catalog.entries
      .filter((entry) => entry.blend === 'weights' && entry.faithful !== entry.detailed)
      .map((entry) => ({ ...blendFor(catalog, { ...entry, detail: 40 }), selfEnsemble: false }))
      .sort((one, other) => one.macsPerPixel - other.macsPerPixel);
    if (!between) throw new Error('the catalog blends no weights');
    const parts = await partsOf(
      between,
      async ({ file }) => new Uint8Array(await readFile(new URL(`../../models/${file}`, import.meta.url))),
    );
    expect(parts).toHaveLength(1);
    const sent = parts.map(({ model, share }) => ({ base64: encodeBase64(model), share }));
    await compare(sent, false, sideFor(between));
  });

  // Of one layer each: those whose outputs the catalog sums, or that it runs eight times, are large, and run above.
  test('sums two networks’ outputs, and averages eight orientations, the same on both', async () => {
    const tiny = [1, 2].map((seed) => encodeBase64(convolving(seed)));
    await compare(
      tiny.map((base64, i) => ({ base64, share: i === 0 ? 0.6 : 0.4 })),
      false,
      16,
    );
    await compare([{ base64: tiny[0] ?? '', share: 1 }], true, 12);
  });
});

/**
 * One network of each architecture: what differs between the others is weights, which the tests of the backends compare,
 * and in x4plus the number of x4plus-anime's blocks. Shaders are what takes an emulated GPU its time.
 */
function architectures(): typeof catalog.networks {
  return catalog.networks.filter(
    ({ macsPerPixel }, index, all) =>
      macsPerPixel < 1e7 && all.findIndex((each) => each.macsPerPixel === macsPerPixel) === index,
  );
}

/** Small for large networks: an emulated GPU is 50 times slower than WASM. */
function sideFor({ macsPerPixel }: { readonly macsPerPixel: number }): number {
  return macsPerPixel > 4e6 ? 8 : 16;
}

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

/** A file of the built plugin, or its bytes. */
type Part = { readonly share: number } & ({ readonly asset: string } | { readonly base64: string });

/** In the page: a tile of blobs through a session worker of the built plugin, without the panel's client. */
async function runTile({
  parts,
  selfEnsemble,
  provider,
  side,
}: {
  parts: Part[];
  selfEnsemble: boolean;
  provider: string;
  side: number;
}) {
  const scope = globalThis as unknown as {
    loupeAssets?: Record<string, string>;
    blobs?: Record<string, Blob>;
  };
  const kept = (scope.blobs ??= {});
  const blob = async (base64: string, type: string): Promise<Blob> =>
    (await fetch(`data:${type || 'application/octet-stream'};base64,${base64}`)).blob();
  const load = async (name: string, type = ''): Promise<Blob> => {
    if (kept[name]) return kept[name];
    const script = document.createElement('script');
    script.src = `${name}.b64.js`;
    document.head.append(script);
    await new Promise((resolve) => (script.onload = resolve));
    kept[name] = await blob(scope.loupeAssets?.[name] ?? '', type);
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
  const models = await Promise.all(
    parts.map(async (part) => ({
      model: await ('asset' in part ? load(part.asset) : blob(part.base64, '')),
      share: part.share,
    })),
  );
  worker.postMessage({ kind: 'open', parts: models, selfEnsemble, setup });
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
