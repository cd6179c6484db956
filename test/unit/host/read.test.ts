import { describe, expect, test } from '@jest/globals';
import { decodeBase64 } from '../../../src/bridge/base64.ts';
import type { PhotoshopHost } from '../../../src/host/photoshop/host.ts';
import { type FakeDocument, noise, pixelAt, type Samples } from './fake-photoshop.ts';
import { BOX, codeOf, first, openFirst, SETTINGS, start } from './start.ts';

type Source = Awaited<ReturnType<PhotoshopHost['openJob']>>['source'];

const BITS = { 8: 'bitDepth8', 16: 'bitDepth16', 32: 'bitDepth32' } as const;
type Depth = keyof typeof BITS;

/** A pixel of the source as the page reads it. */
async function pixelOf(
  host: PhotoshopHost,
  source: Source,
  x: number,
  y: number,
  job = 'a',
): Promise<number[]> {
  const { samples } = await host.readRows({ job, y, rows: 1 });
  const bytes = decodeBase64(samples);
  const Row = { 8: Uint8Array, 16: Uint16Array, 32: Float32Array }[source.depth];
  const row: Samples = new Row(bytes.buffer, 0, source.width * source.channels);
  return [...row.subarray(x * source.channels, (x + 1) * source.channels)];
}

/** One byte for each pixel of the part. */
const coverageIn = (files: ReadonlyMap<string, Uint8Array>): number[] => {
  const [, bytes] = [...files].find(([path]) => path.endsWith('/coverage')) ?? [];
  return [...(bytes ?? [])];
};

const holes = (x: number, y: number): number => ((x + y) % 5 ? 1 : 0);

describe('a layer is read', () => {
  test.each([8, 16, 32] as const)('as RGB of %i bits in the document’s own profile', async (depth) => {
    const { open, host, fake } = start();
    const document = open({ bitsPerChannel: BITS[depth] }, [noise(BOX, depth, holes)]);
    const { source, target } = await openFirst(host, document);
    expect(source).toMatchObject({ width: 37, height: 29, channels: 4, depth });
    expect(target).toMatchObject({ width: 74, height: 58, scaleX: 2, offsetX: 0 });
    for (const [x, y] of [
      [0, 1],
      [36, 28],
      [3, 2],
    ] as const)
      expect(await pixelOf(host, source, x, y)).toEqual(pixelAt(first(document), BOX.left + x, BOX.top + y));
    expect(new Set(fake.read)).toEqual(new Set([`RGB own ${depth}`]));
    expect(fake.undisposed).toBe(0);
  });

  test.each([8, 16, 32] as const)(
    'as gray of %i bits, with the alpha that Photoshop gives with RGB only',
    async (depth) => {
      const { open, host, fake } = start();
      const document = open({ bitsPerChannel: BITS[depth], mode: 'grayscaleMode' }, [
        noise(BOX, depth, holes),
      ]);
      const { source } = await openFirst(host, document);
      expect(source).toMatchObject({ width: 37, height: 29, channels: 2, depth });
      for (const [x, y] of [
        [1, 1],
        [36, 28],
        [3, 2],
      ] as const) {
        const [gray, , , alpha] = pixelAt(first(document), BOX.left + x, BOX.top + y);
        expect(await pixelOf(host, source, x, y)).toEqual([gray, alpha]);
      }
      expect(new Set(fake.read)).toEqual(new Set([`Grayscale own ${depth}`, `RGB own ${depth}`]));
    },
  );

  test.each([
    ['grayscaleMode', 1],
    ['RGBColorMode', 3],
  ])('from the Background of %s without an alpha', async (mode, channels) => {
    const { open, host } = start();
    const canvas = { left: 0, top: 0, right: 100, bottom: 100 };
    const background = { isBackgroundLayer: true, pixelsLocked: true };
    const document = open({ mode }, [{ ...background, ...noise(canvas) }]);
    const { source } = await openFirst(host, document);
    expect(source).toEqual({ width: 100, height: 100, channels, depth: 8 });
    expect(await pixelOf(host, source, 99, 70)).toEqual(pixelAt(first(document), 99, 70).slice(0, channels));
  });

  test.each([
    ['CMYKColorMode', 8],
    ['CMYKColorMode', 16],
    ['labColorMode', 8],
    ['labColorMode', 16],
  ] as [string, Depth][])('of %s at %i bits as RGB of one named profile', async (mode, depth) => {
    const { open, host, fake } = start();
    const document = open({ bitsPerChannel: BITS[depth], mode }, [noise(BOX, depth)]);
    const { source } = await openFirst(host, document);
    expect(source).toMatchObject({ channels: 4, depth });
    expect(new Set(fake.read)).toEqual(new Set([`RGB Adobe RGB (1998) ${depth}`]));
  });

  test('beyond the canvas whole', async () => {
    const { open, host } = start();
    const document = open({}, [noise({ left: -30, top: 90, right: 125, bottom: 130 })]);
    const { source } = await openFirst(host, document);
    expect(source).toMatchObject({ width: 155, height: 40 });
    expect(await pixelOf(host, source, 2, 39)).toEqual(pixelAt(first(document), -28, 129));
  });

  test('with the range of its colours at 32 bits, seen ones only', async () => {
    const { open, host } = start();
    const layer = noise({ left: 0, top: 0, right: 2, bottom: 2 }, 32);
    layer.pixels.set([0.5, -0.25, 0.5, 1, 0.5, 6.5, Number.NaN, 0.5, 900, 900, 900, 0, 0, Infinity, 0, 1]);
    const { source } = await openFirst(host, open({ bitsPerChannel: 'bitDepth32' }, [layer]));
    expect(source.range).toEqual({ low: -0.25, high: 6.5 });
  });

  test('where it lies among the enlarged pixels is told as the target', async () => {
    const { open, host } = start();
    const document = open({}, [noise(BOX)]);
    const size = { kind: 'pixels', side: 'width', pixels: 333 } as const;
    const { target } = await openFirst(host, document, { settings: { ...SETTINGS, size } });
    // 10 · 3.33 → 33, 47 · 3.33 → 157: the first pixel begins 0.3 of a pixel before the enlarged layer does.
    expect([target.width, target.height]).toEqual([124, 163 - 67]);
    expect(target.offsetX).toBeCloseTo(33 - 33.3, 9);
    const own = await openFirst(host, document, {
      job: 'b',
      settings: { ...SETTINGS, size, place: 'smart-object' },
    });
    expect(own.target).toMatchObject({ width: 333, height: 261, offsetX: 0, offsetY: 0 });
  });
});

describe('strips without any pixel', () => {
  // A strip of 8 MiB has 128 rows of this: those in the middle are empty.
  const tall = () =>
    noise({ left: 0, top: 0, right: 8192, bottom: 500 }, 16, (_x, y) => (y === 3 || y === 499 ? 1 : 0));

  test('are read as transparent, though Photoshop gives an error for them', async () => {
    const { open, host, fake } = start();
    const document = open({ bitsPerChannel: 'bitDepth16', width: 8192, height: 500 }, [tall()]);
    const { source } = await openFirst(host, document);
    expect(source).toMatchObject({ width: 8192, height: 497 });
    expect(await pixelOf(host, source, 4000, 0)).toEqual(pixelAt(first(document), 4000, 3));
    expect(await pixelOf(host, source, 4000, 496)).toEqual(pixelAt(first(document), 4000, 499));
    expect(await pixelOf(host, source, 4000, 200)).toEqual([0, 0, 0, 0]);
    expect(fake.undisposed).toBe(0);
  });

  test('are read as transparent in a part, too', async () => {
    const { open, host } = start();
    const around = noise(BOX, 8, (x, y) => (x > 5 && x < 30 && y > 5 && y < 25 ? 0 : 1));
    const document = open({ selection: { bounds: { left: 20, top: 30, right: 25, bottom: 35 } } }, [around]);
    const { source } = await openFirst(host, document, { part: 'selection' });
    expect(source).toMatchObject({ width: 5, height: 5 });
    expect(await pixelOf(host, source, 2, 2)).toEqual([0, 0, 0, 0]);
  });

  test('are not what any other error is taken for', async () => {
    const { open, host, fake } = start();
    const document = open({}, [noise(BOX)]);
    fake.before = (call) => {
      if (call === 'getPixels') throw new Error('scratch disk');
    };
    await expect(openFirst(host, document)).rejects.toMatchObject({
      code: 'host-failed',
      detail: 'scratch disk',
    });
  });
});

describe('a part is read', () => {
  test('as the bounding rectangle of what of the layer is selected, with how much each pixel is', async () => {
    const { open, host, disk, fake } = start();
    // Selected are 6 × 4 pixels, of which two rows and one column lie beyond the layer.
    const samples = Uint8Array.from({ length: 24 }, (_, i) => (i < 6 ? 0 : i * 10));
    const selection = { bounds: { left: 42, top: 44, right: 48, bottom: 48 }, samples };
    const document = open({ selection }, [noise(BOX)]);
    const { source, target } = await openFirst(host, document, { part: 'selection' });
    expect(source).toMatchObject({ width: 5, height: 3 });
    expect(target).toMatchObject({ width: 10, height: 6 });
    expect(await pixelOf(host, source, 0, 0)).toEqual(pixelAt(first(document), 42, 45));
    expect(coverageIn(disk.files)).toEqual([
      60, 70, 80, 90, 100, 120, 130, 140, 150, 160, 180, 190, 200, 210, 220,
    ]);
    expect(fake.undisposed).toBe(0);
  });

  test('as what the mask shows; outside of the mask nothing is', async () => {
    const { open, host, disk } = start();
    const mask = {
      box: { left: 40, top: 40, right: 43, bottom: 42 },
      samples: new Uint8Array([0, 9, 0, 0, 8, 255]),
    };
    const { source } = await openFirst(host, open({}, [{ ...noise(BOX), mask }]), { part: 'mask' });
    expect(source).toMatchObject({ width: 2, height: 2 });
    expect(coverageIn(disk.files)).toEqual([9, 0, 8, 255]);
  });

  test('with a mask that is not dense showing some of everything', async () => {
    const { open, host, disk } = start();
    const mask = { box: { left: 10, top: 20, right: 11, bottom: 21 }, samples: new Uint8Array([55]) };
    const layer = { ...noise(BOX), mask, layerMaskDensity: 60 };
    const { source } = await openFirst(host, open({}, [layer]), { part: 'mask' });
    expect(source).toMatchObject({ width: 37, height: 29 });
    // 255 − 0.6 · (255 − mask)
    expect(coverageIn(disk.files).slice(0, 2)).toEqual([135, 102]);
  });

  test('of a layer in the smart object’s own pixels', async () => {
    const { open, host } = start();
    const document = open({ selection: { bounds: { left: 20, top: 30, right: 30, bottom: 40 } } }, [
      noise(BOX),
    ]);
    const settings = {
      ...SETTINGS,
      place: 'smart-object',
      size: { kind: 'pixels', side: 'width', pixels: 100 },
    } as const;
    const { target } = await openFirst(host, document, { part: 'selection', settings });
    // The layer's left edge is at 10: 10 · 100/37 → 27, 20 · 100/37 → 54.
    expect(target.width).toBe(27);
    expect(target.offsetX).toBeCloseTo(27 - 1000 / 37, 9);
  });
});

describe('disk space', () => {
  const total = 37 * 29 * 4 * 5;

  test('for the result is set aside when the job is opened', async () => {
    const { open, host, disk } = start();
    await openFirst(host, open({}, [noise(BOX)]));
    const sizes = [...disk.files].map(([path, bytes]) => [path.split('/').at(-1), bytes.length]);
    expect(sizes).toEqual([
      ['input', 37 * 29 * 4],
      ['result', 37 * 29 * 16],
      ['coverage', 0],
    ]);
  });

  test.each([
    [100, false],
    [total - 1, false],
    [total - 1, true],
  ])(
    'that is not there is told at once, with what it takes, and everything is cleared',
    async (free, shortWrites) => {
      const { open, host, disk, fake } = start();
      const document = open({}, [noise(BOX)]);
      Object.assign(disk.disk, { free, shortWrites });
      await expect(openFirst(host, document)).rejects.toMatchObject({ code: 'disk-full', detail: '1 MB' });
      expect(fake.calls).toEqual([]);
      expect([...disk.files.keys()]).toEqual([]);
      expect([...disk.folders].filter((path) => path.startsWith('plugin-temp:/loupe-jobs/'))).toEqual([]);
    },
  );

  test('that suffices is enough, although what is written is written twice', async () => {
    const { open, host, disk } = start();
    disk.disk.free = total;
    expect(await codeOf(openFirst(host, open({}, [noise(BOX)])))).toBe('resolved');
  });

  test('is not waited for by a job that was discarded', async () => {
    const { open, host, disk } = start();
    const document: FakeDocument = open({ width: 3000, height: 3000 }, [
      noise({ left: 0, top: 0, right: 1500, bottom: 1500 }),
    ]);
    let writes = 0;
    const write = disk.fs.write.bind(disk.fs);
    disk.fs.write = (...args) => {
      writes += 1;
      if (writes === 2) void host.discard({ job: 'a' });
      return write(...args);
    };
    expect(await codeOf(openFirst(host, document))).toBe('cancelled');
    expect(writes).toBe(2);
    expect([...disk.files.keys()]).toEqual([]);
  });
});
