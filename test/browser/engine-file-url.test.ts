/** The panel page in the strictest WebView: from `file://`, without a flag that lets it read files. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../simulator/headless/chromium.ts';
import { blendFor, type ModelName, type Network } from '../../src/catalog.ts';
import { enhance } from '../../src/engine/enhance.ts';
import { nativeBackend } from '../../src/runtime/native.ts';
import { partsOf } from '../../src/runtime/blend.ts';
import { wholeTarget } from '../../src/size.ts';
import { blobs, builtPlugin, catalog, FilePanel, type FilePanelOptions, type Pixels } from './file-panel.ts';

let browser: Browser;
let opened: FilePanel | undefined;
beforeAll(async () => {
  browser = await launchChromium();
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(() => browser.close());

async function open(options: FilePanelOptions): Promise<FilePanel> {
  opened = await FilePanel.open(browser, options);
  return opened;
}

describe('the panel page from file://', () => {
  test('may not fetch a file, so that what follows proves something', async () => {
    const { page } = await open({ layer: blobs(16, 16), model: 'art' });
    const fetched = await page.evaluate(() => fetch('panel.js').then(String, String));
    expect(fetched).toMatch(/TypeError/);
  });

  test('enhances a layer on the CPU as ONNX Runtime’s own binary does', async () => {
    const layer = blobs(16, 16);
    const panel = await open({ layer, model: 'face' });
    expect(await panel.backend()).toMatch(/CPU/);
    expect(await panel.enhance()).toBe('done');
    expect(panel.committed).toBe(true);
    expect(panel.result).toHaveLength(64 * 64 * 4);
    expect(largestDifference(panel.result, await enhanceHere(layer, 'face'))).toBeLessThanOrEqual(1);
  });

  test('ends the session workers at once on Cancel, and starts others for the next run', async () => {
    const panel = await open({ layer: blobs(400, 200), model: 'art' });
    await panel.enhanceButton.click();
    await panel.page.getByTestId('cancel').waitFor();
    const ended = (await panel.sessions()).map((worker) => new Promise((end) => worker.once('close', end)));
    expect(ended.length).toBeGreaterThan(0);
    await panel.page.getByTestId('cancel').click();
    await Promise.all(ended);
    expect(await panel.outcome()).toBe('ready');
    expect(await panel.message()).toBe('Cancelled. Nothing was changed.');
    expect(panel.discarded).toBe(true);
    await expect(panel.enhance()).resolves.toBe('done');
    expect(panel.result).toHaveLength(400 * 200 * 4 * 16);
  });
});

describe('a plugin with files missing or changed', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loupe-'));
    await cp(builtPlugin, folder, { recursive: true });
    await rm(join(folder, `models/${faithful('art').id}.b64.js`));
    const face = join(folder, `models/${faithful('face').id}.b64.js`);
    const script = await readFile(face, 'utf8');
    const middle = script.length >> 1;
    const other = script[middle] === 'A' ? 'B' : 'A';
    await writeFile(face, script.slice(0, middle) + other + script.slice(middle + 1));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('says which model’s file is missing, and leaves the document as it was', async () => {
    const panel = await open({ layer: blobs(16, 16), model: 'art', plugin: folder });
    expect(await panel.enhance()).toBe('failed');
    expect(await panel.message()).toBe(
      `The model file models/${faithful('art').id}.b64.js is missing. Install Loupe again.`,
    );
    expect(panel.discarded).toBe(true);
    expect(panel.committed).toBe(false);
  });

  test('says that a model is not the one it ships, before it runs', async () => {
    const panel = await open({ layer: blobs(16, 16), model: 'face', plugin: folder });
    expect(await panel.enhance()).toBe('failed');
    expect(await panel.message()).toContain(`The model file ${faithful('face').file} is damaged`);
    expect(panel.committed).toBe(false);
    expect(panel.written).toHaveLength(0);
  });
});

/** The one network at the faithful end of the fast model. */
function faithful(model: ModelName): Network {
  const network = blendFor(catalog, { model, quality: 'fast', detail: 0 }).parts[0]?.weights[0]?.network;
  if (!network) throw new Error(`there is no ${model} model`);
  return network;
}

/** The same picture through the same engine with the native backend. */
async function enhanceHere({ width, height, data }: Pixels, model: ModelName): Promise<Uint8Array> {
  const blend = blendFor(catalog, { model, quality: 'fast', detail: 0 });
  const loaded = await partsOf(
    blend,
    async ({ file }) => new Uint8Array(await readFile(new URL(`../../models/${file}`, import.meta.url))),
  );
  const format = { width, height, channels: 4, depth: 8 } as const;
  const parts: Uint8Array[] = [];
  let y = 0;
  await enhance(
    {
      format,
      read: (rows) => Promise.resolve(data.slice(y * width * 4, (y += rows) * width * 4)),
    },
    {
      open: () => Promise.resolve(),
      write: (_, samples) => {
        parts.push(Uint8Array.from(samples));
        return Promise.resolve();
      },
    },
    {
      network: blend,
      target: wholeTarget({ width, height }, { kind: 'factor', factor: 4 }),
      backends: [nativeBackend({ parts: loaded, selfEnsemble: false })],
      signal: new AbortController().signal,
    },
  );
  return Buffer.concat(parts);
}

function largestDifference(a: Uint8Array, b: Uint8Array): number {
  expect(a).toHaveLength(b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b[i] ?? 0))), 0);
}
