/** Any common document: its mode, its depth, its profile, its layers stay as they are, and the result is in register. */
import { describe, expect, test } from '@jest/globals';
import type { PhotoshopWindow } from '../../simulator/headless/window.ts';
import { Surface } from '../../simulator/photoshop/surface.ts';
import { readPsd } from '../../simulator/psd/read.ts';
import { writePsd } from '../../simulator/psd/write.ts';
import {
  makePsd,
  openPhotoshop,
  picture,
  pixelLayer,
  select,
  sharedBrowser,
  layerOf,
  saved,
} from './support.ts';

const browser = sharedBrowser();
const SIDE = 32;
const sides = { width: SIDE, height: SIDE };

interface Outcome {
  readonly mode: string;
  readonly bitsPerChannel: number;
  readonly profile: string;
  readonly names: string[];
  /** Means of 2 × 2 pixels of the result as Photoshop shows it, less the original's: the mean of their sizes. */
  readonly difference: number;
}

/** Enhances the layer by 2× and compares what Photoshop shows before and after. */
async function enhanceIn(photoshop: PhotoshopWindow, name: string): Promise<Outcome> {
  await select(photoshop, name);
  const before = await photoshop.activeDocument();
  const shown = await composite(photoshop, before.id);
  await photoshop.choose('landscape', 2);
  await photoshop.pressEnhance();
  await photoshop.waitForState(['working', 'done', 'failed']);
  const state = await photoshop.waitForState(['done', 'failed'], 120_000);
  if (state === 'failed') throw new Error(await photoshop.message());
  const after = await photoshop.activeDocument();
  const large = await composite(photoshop, after.id);
  expect(photoshop.complaints).toEqual([]);
  expect(await photoshop.simulator(({ stats }) => stats.undisposed)).toBe(0);
  return {
    mode: after.mode,
    bitsPerChannel: after.bitsPerChannel,
    profile: after.profile,
    names: after.layers.map((layer) => layer.name),
    difference: difference(large, shown),
  };
}

interface Shown {
  readonly width: number;
  readonly data: number[];
}

function composite(photoshop: PhotoshopWindow, id: number): Promise<Shown> {
  return photoshop.simulator((simulator, document) => {
    const { width, data } = simulator.composite(document);
    return { width, data: [...data] };
  }, id);
}

function difference(large: Shown, small: Shown): number {
  let sum = 0;
  let count = 0;
  for (let y = 2; y < SIDE - 2; y += 1) {
    for (let x = 2; x < small.width - 2; x += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        let mean = 0;
        for (const [dx, dy] of [
          [0, 0],
          [1, 0],
          [0, 1],
          [1, 1],
        ] as const) {
          mean += (large.data[((2 * y + dy) * large.width + 2 * x + dx) * 4 + channel] ?? 0) / 4;
        }
        sum += Math.abs(mean - (small.data[(y * small.width + x) * 4 + channel] ?? 0));
        count += 1;
      }
    }
  }
  return sum / count;
}

async function changeMode(photoshop: PhotoshopWindow, mode: string): Promise<void> {
  const { id } = await photoshop.activeDocument();
  await photoshop.user((user, [document, to]) => user.changeMode(document, to), [id, mode] as const);
}

describe('A document', () => {
  test.each([['grayscaleMode'], ['CMYKColorMode'], ['labColorMode']])(
    'in %s stays so, keeps its profile and its colours',
    async (mode) => {
      const photoshop = await openPhotoshop(browser(), makePsd([pixelLayer('Photo', sides)], sides));
      await changeMode(photoshop, mode);
      const { profile } = await photoshop.activeDocument();
      const outcome = await enhanceIn(photoshop, 'Photo');
      expect(outcome).toMatchObject({ mode, profile, names: ['Photo – Landscape 2×', 'Photo'] });
      expect(outcome.difference).toBeLessThan(12);
      await photoshop.close();
    },
  );

  test.each([['bitmapMode'], ['indexedColorMode'], ['duotoneMode'], ['multichannelMode']])(
    'in %s is refused with what to do, and nothing is changed',
    async (mode) => {
      const photoshop = await openPhotoshop(browser(), withMode(mode));
      await photoshop.waitForState(['refused']);
      expect(await photoshop.message()).toMatch(/mode.*Image › Mode/s);
      expect((await photoshop.activeDocument()).history).toHaveLength(1);
      await photoshop.close();
    },
  );

  test('of 32 bits keeps light brighter than white and darker than black', async () => {
    const samples = new Float32Array(SIDE * SIDE * 4);
    for (let pixel = 0; pixel < SIDE * SIDE; pixel += 1) {
      const level = -0.25 + (pixel % SIDE) * 0.15;
      samples.set([level, level, level, 1], pixel * 4);
    }
    const photoshop = await openPhotoshop(browser(), deep(samples, 32));
    const outcome = await enhanceIn(photoshop, 'Photo');
    expect(outcome.bitsPerChannel).toBe(32);
    const made = readPsd(await photoshop.savePsd()).layers.find(({ name }) => name.startsWith('Photo –'));
    const levels = made?.pixels?.read({ left: 0, top: 0, right: 2 * SIDE, bottom: 1 }) ?? [];
    const reds = Array.from(levels).filter((_, index) => index % 4 === 0);
    expect(Math.max(...reds)).toBeGreaterThan(4);
    expect(Math.min(...reds)).toBeLessThan(-0.1);
    // Neither clipped nor banded: it rises all the way, in more steps than 8 bits have room for between.
    const rises = reds.slice(4, -4).filter((red, index, all) => index > 0 && red > (all[index - 1] ?? red));
    expect(rises.length).toBeGreaterThan(0.9 * (reds.length - 9));
    await photoshop.close();
  });

  test('with artboards keeps the result in the original’s artboard', async () => {
    const photoshop = await openPhotoshop(
      browser(),
      makePsd([
        {
          name: 'Board',
          opened: true,
          artboard: { rect: { left: 0, top: 0, right: 48, bottom: 40 } },
          children: [pixelLayer('Photo')],
        },
      ]),
    );
    await select(photoshop, 'Photo');
    await photoshop.choose('art', 2);
    await photoshop.pressEnhance();
    await photoshop.waitForState(['done', 'failed'], 120_000);
    const [board] = (await photoshop.activeDocument()).layers;
    expect(board?.artboard).toBe(true);
    expect(board?.children?.map(({ name }) => name)).toEqual(['Photo – Art 2×', 'Photo']);
    const { artboard } = layerOf(await saved(photoshop), 'Board');
    expect(artboard?.rect).toEqual({ left: 0, top: 0, right: 96, bottom: 80 });
    await photoshop.close();
  });
});

/** A document of one layer with those samples, RGBA. */
function deep(samples: Float32Array<ArrayBuffer>, depth: 32): Uint8Array {
  const eight = readPsd(makePsd([pixelLayer('Photo', sides)], sides));
  const place = { left: 0, top: 0, right: SIDE, bottom: SIDE };
  return writePsd({
    ...eight,
    depth,
    carried: null,
    layers: eight.layers.map((layer) => ({
      ...layer,
      pixels: Surface.from(samples, 4, depth, place),
      carried: null,
    })),
  });
}

/** A flat document in a mode that has no layers, made by hand: header, empty sections, raw picture. */
function withMode(mode: string): Uint8Array {
  const kind = { bitmapMode: 0, indexedColorMode: 2, multichannelMode: 7, duotoneMode: 8 }[mode] ?? 3;
  const [width, height] = [SIDE, SIDE];
  const bits = kind === 0 ? 1 : 8;
  const channels = kind === 7 ? 3 : 1;
  // Indexed: a palette. Duotone: its curves, which nobody but Photoshop reads.
  const colours = kind === 2 ? 768 : kind === 8 ? 528 : 0;
  const pixels = Math.ceil((width * bits) / 8) * height * channels;
  const psd = Buffer.alloc(26 + 4 + colours + 4 + 4 + 2 + pixels);
  psd.write('8BPS', 0, 'latin1');
  psd.writeUInt16BE(1, 4);
  psd.writeUInt16BE(channels, 12);
  psd.writeUInt32BE(height, 14);
  psd.writeUInt32BE(width, 18);
  psd.writeUInt16BE(bits, 22);
  psd.writeUInt16BE(kind, 24);
  psd.writeUInt32BE(colours, 26);
  for (let index = 0; index < pixels; index += 1) {
    psd[psd.length - pixels + index] = picture(index % width, Math.floor(index / width))[0];
  }
  return psd;
}
