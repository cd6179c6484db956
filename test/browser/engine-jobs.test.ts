/** What the page's engine can be asked, beyond one network: on the CPU, against ONNX Runtime's own binary. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../simulator/headless/chromium.ts';
import { decodeBase64, encodeBase64 } from '../../src/bridge/base64.ts';
import { blendFor, blendOfOne, type Blend, type Network } from '../../src/catalog.ts';
import { enhance } from '../../src/engine/enhance.ts';
import type { Region } from '../../src/engine/types.ts';
import { nativeBackend } from '../../src/runtime/native.ts';
import { partsOf } from '../../src/runtime/blend.ts';
import type { EngineJob, RemoteSink } from '../../src/panel/engine/protocol.ts';
import { wholeTarget } from '../../src/size.ts';
import { EnginePage } from './engine-page.ts';
import { blobs, catalog, type Pixels } from './file-panel.ts';

let browser: Browser;
let page: EnginePage['page'];
let opened: EnginePage;
beforeAll(async () => {
  browser = await launchChromium();
  opened = await EnginePage.open(browser);
  page = opened.page;
});
afterAll(async () => {
  await opened.close();
  await browser.close();
});

const load = async ({ file }: Pick<Network, 'file'>): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await readFile(new URL(`../../models/${file}`, import.meta.url)));

const plain = { noise: 100, sharpness: 0 } as const;
/** What the small tests' layers become. */
const twice = (layer: Pixels) => wholeTarget(layer, { kind: 'factor', factor: 2 });

const fast = blendFor(catalog, { model: 'landscape', quality: 'fast', detail: 40 });

describe('the page’s engine', () => {
  test('runs a job whose faces another network makes', async () => {
    const layer = blobs(40, 30);
    const faces = {
      blend: blendFor(catalog, { model: 'face', quality: 'fast', detail: 0 }),
      regions: [head],
    };
    const job = { ...plain, target: twice(layer), blend: fast, faces };
    const result = await enhanceThere(job, layer);
    expect(difference(result, await enhanceHere(job, layer))).toBeLessThanOrEqual(1);
    expect(
      difference(result, await enhanceHere({ ...plain, target: twice(layer), blend: fast }, layer)),
    ).toBeGreaterThan(1);
  });

  test('runs a job of which two networks’ outputs are summed', async () => {
    const [entry] = catalog.entries
      .filter(({ blend, faithful, detailed }) => blend === 'outputs' && faithful !== detailed)
      .sort((a, b) => macsOf(a) - macsOf(b));
    if (!entry) return;
    const layer = blobs(12, 10);
    // Large networks: a smaller overlap than theirs is less work, and the tiles are the same there and here.
    const job = {
      ...plain,
      target: twice(layer),
      blend: { ...blendFor(catalog, { ...entry, detail: 40 }), overlap: 4 },
    };
    expect(job.blend.parts).toHaveLength(2);
    const result = await enhanceThere(job, layer);
    expect(difference(result, await enhanceHere(job, layer))).toBeLessThanOrEqual(1);
  });

  test('ends with its worker’s crash the job that runs, and runs the next one in another worker', async () => {
    const layer = blobs(40, 30);
    const job = { ...plain, target: twice(layer), blend: fast };
    // The first that the page makes is the engine's own.
    const crashing = page.workers()[0] ?? (await page.waitForEvent('worker'));
    const ended = enhanceThere(job, layer);
    // Thrown outside of any call.
    await crashing.evaluate(() => {
      setTimeout(() => {
        throw new Error('fell over');
      }, 200);
    });
    await expect(ended).rejects.toThrow(
      'The model could not be run on this machine: Uncaught Error: fell over',
    );
    expect(difference(await enhanceThere(job, layer), await enhanceHere(job, layer))).toBeLessThanOrEqual(1);
  });

  test('is held for a clip: frames side by side, other jobs after it', async () => {
    const layer = blobs(40, 30);
    const job = { ...plain, target: twice(layer), blend: fast };
    const there = await page.evaluate(
      async ([what, wide, high, samples]) => {
        const format = { width: wide, height: high, channels: 4 as const, depth: 8 as const };
        const source = () => {
          let y = 0;
          const read = (count: number) =>
            Promise.resolve(Uint8Array.from(samples.slice(y * wide * 4, (y += count) * wide * 4)));
          return { format, read };
        };
        const made = async (run: (sink: RemoteSink) => Promise<unknown>) => {
          const rows: number[] = [];
          const open = () => Promise.resolve();
          const write = (_: number, written: ArrayLike<number>) =>
            Promise.resolve(void rows.push(...Array.from(written)));
          await run({ open, write });
          return btoa(rows.map((sample) => String.fromCharCode(sample)).join(''));
        };
        const order: string[] = [];
        const { signal } = new AbortController();
        const clip = await engine.openClip(what, format, signal);
        const after = made((sink) => engine.enhance(what, source(), sink, signal, () => undefined)).then(
          (result) => (order.push('job'), result),
        );
        const frames = client.framesOver(clip.port);
        const frame = () => made((sink) => frames.enhance(source(), sink));
        const both = await Promise.all([frame(), frame()]);
        order.push('clip');
        clip.close();
        const pictures = [...both, await after];
        const late = await frame().catch((thrown: unknown) => (thrown as { code: string }).code);
        return { pictures, order, late, backend: clip.backend };
      },
      [job, layer.width, layer.height, [...layer.data]] as const,
    );
    const here = await enhanceHere(job, layer);
    for (const picture of there.pictures)
      expect(difference(decodeBase64(picture), here)).toBeLessThanOrEqual(1);
    expect(there).toMatchObject({ order: ['clip', 'job'], late: 'cancelled', backend: 'wasm' });
  });

  test('compares the two ends, and finds none between a network and itself', async () => {
    const { width, height, data } = blobs(36, 24);
    const ends = {
      faithful: blendFor(catalog, { model: 'landscape', quality: 'fast', detail: 0 }),
      detailed: blendFor(catalog, { model: 'landscape', quality: 'fast', detail: 100 }),
    };
    const compare = (asked: typeof ends) =>
      page.evaluate(
        async ([each, wide, high, samples]) => {
          const done: number[] = [];
          const source = () => {
            let y = 0;
            return {
              format: { width: wide, height: high, channels: 4 as const, depth: 8 as const },
              read: (rows: number) =>
                Promise.resolve(Uint8Array.from(samples.slice(y * wide * 4, (y += rows) * wide * 4))),
            };
          };
          const signal = new AbortController().signal;
          const map = await engine.compareEnds(each, source, signal, (share) => done.push(share));
          return { ...map, values: [...map.values], done };
        },
        [asked, width, height, [...data]] as const,
      );
    const map = await compare(ends);
    expect([map.width, map.height]).toEqual([36, 24]);
    expect(Math.max(...map.values)).toBeGreaterThan(0);
    expect(map.share).toBeGreaterThan(0);
    expect(map.done.at(-1)).toBe(1);
    const same = await compare({ ...ends, detailed: ends.faithful });
    expect(Math.max(...same.values)).toBe(0);
    expect(same.share).toBe(0);
  });

  test('proposes a model by the face detector: for waves and grain, a photo without faces', async () => {
    const proposal = await page.evaluate(() => {
      const [width, height] = [160, 120];
      // As much at every scale as photos have.
      const sample = (x: number, y: number, channel: number): number => {
        let value = 128;
        for (let k = 1; k < 40; k++) {
          const along = x * Math.cos(k * k) + y * Math.sin(k * k);
          value += (60 / k) * Math.sin(along * k * 0.03 + k * 7 + channel * 0.3 * Math.sin(k));
        }
        const grain = (Math.imul((y * width + x) * 3 + channel + 1, 2654435761) >>> 13) & 255;
        return value + 10 * (grain / 255 - 0.5);
      };
      const rgba = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => {
        const pixel = Math.floor(i / 4);
        return i % 4 === 3 ? 255 : sample(pixel % width, Math.floor(pixel / width), i % 4);
      });
      return engine.propose({ width, height, rgba }, new AbortController().signal);
    });
    expect(proposal).toEqual({ model: 'landscape', reason: 'photo', faces: [] });
  });
});

describe('models of the user’s own', () => {
  const cheapest = catalog.networks.reduce((a, b) => (b.macsPerPixel < a.macsPerPixel ? b : a));

  /** Tries bytes under a name; an error as its code and detail. */
  const inspect = (name: string, bytes: Uint8Array): Promise<Blend | { code: string; detail: string }> =>
    page.evaluate(
      async ([file, base64]) => {
        const binary = atob(base64);
        const kept = globalThis as unknown as { own: Uint8Array<ArrayBuffer> };
        kept.own = Uint8Array.from(binary, (each) => each.charCodeAt(0));
        const read = () => Promise.resolve(kept.own.slice());
        try {
          return await engine.inspectOwn({ name: file, read }, new AbortController().signal);
        } catch (thrown) {
          const { code, detail } = thrown as { code: string; detail: string };
          return { code, detail };
        }
      },
      [name, encodeBase64(bytes)] as const,
    );

  test('one that fits is run like those that ship', async () => {
    const found = await inspect('Mine.onnx', await load(cheapest));
    if ('code' in found) throw new Error(found.detail);
    expect(found).toMatchObject({ scale: cheapest.scale, selfEnsemble: false });
    expect(found.overlap).toBeGreaterThan(0);
    const layer = blobs(20, 16);
    const shipped = { ...plain, target: twice(layer), blend: blendOfOne(cheapest) };
    const result = await enhanceThere({ ...shipped, blend: found }, layer);
    expect(difference(result, await enhanceHere(shipped, layer))).toBeLessThanOrEqual(1);
    await page.evaluate(() => (globalThis as unknown as { own: Uint8Array }).own.fill(7, 1000, 1010));
    // Sessions kept warm still hold it as it was: one of another scale of shares asks for the file anew.
    const again = { ...found, id: `${found.id} again` };
    await expect(enhanceThere({ ...shipped, blend: again }, layer)).rejects.toThrow(
      'Mine.onnx was changed after Loupe had tried it',
    );
  });

  test('one that does not fit is refused with the reason', async () => {
    expect(await inspect('broken.onnx', new Uint8Array(5000).fill(65))).toMatchObject({
      code: 'model-unfit',
    });
    expect(await inspect('detector.onnx', await load(catalog.detector))).toMatchObject({
      code: 'model-unfit',
    });
  });
});

const head: Region = { x: 12, y: 4, width: 20, height: 20 };

function macsOf(entry: (typeof catalog.entries)[number]): number {
  return blendFor(catalog, { ...entry, detail: 40 }).macsPerPixel;
}

/** The job in the page, whose engine reads and writes there. */
async function enhanceThere(job: EngineJob, { width, height, data }: Pixels): Promise<Uint8Array> {
  const base64 = await page.evaluate(
    async ([what, wide, high, samples]) => {
      let y = 0;
      const rows: number[] = [];
      const source = {
        format: { width: wide, height: high, channels: 4 as const, depth: 8 as const },
        read: (count: number) =>
          Promise.resolve(Uint8Array.from(samples.slice(y * wide * 4, (y += count) * wide * 4))),
      };
      const sink = {
        open: () => Promise.resolve(),
        write: (_: number, written: ArrayLike<number>) => {
          for (const sample of Array.from(written)) rows.push(sample);
          return Promise.resolve();
        },
      };
      await engine.enhance(what, source, sink, new AbortController().signal, () => undefined);
      return btoa(rows.map((sample) => String.fromCharCode(sample)).join(''));
    },
    [job, width, height, [...data]] as const,
  );
  return decodeBase64(base64);
}

/** The same job through the same pipeline with the native backend. */
async function enhanceHere(job: EngineJob, { width, height, data }: Pixels): Promise<Uint8Array> {
  const native = async (blend: Blend) =>
    nativeBackend({ parts: await partsOf(blend, load), selfEnsemble: blend.selfEnsemble });
  const { blend, faces, target, noise, sharpness } = job;
  const rows: Uint8Array[] = [];
  let y = 0;
  await enhance(
    {
      format: { width, height, channels: 4, depth: 8 },
      read: (count) => Promise.resolve(data.slice(y * width * 4, (y += count) * width * 4)),
    },
    {
      open: () => Promise.resolve(),
      write: (_, samples) => {
        rows.push(Uint8Array.from(samples));
        return Promise.resolve();
      },
    },
    {
      network: blend,
      target,
      noise,
      sharpness,
      backends: [await native(blend)],
      ...(faces && {
        local: { network: faces.blend, backends: [await native(faces.blend)], regions: faces.regions },
      }),
      signal: new AbortController().signal,
    },
  );
  return Buffer.concat(rows);
}

function difference(a: Uint8Array, b: Uint8Array): number {
  expect(a).toHaveLength(b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b[i] ?? 0))), 0);
}
