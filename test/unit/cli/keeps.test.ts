/** What a picture has, its enlargement has. Here the model is a stand-in that repeats pixels: the files are real. */
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { enhanceFile } from '../../../src/cli/enhance-file.ts';
import { formatOfExtension } from '../../../src/cli/formats.ts';
import type { Backend, Tile } from '../../../src/engine/types.ts';
import { draw, readStored, withFolder } from './command.ts';

const repeating: Backend = {
  name: 'native',
  maxTilePixels: 64 * 64,
  open: () =>
    Promise.resolve({
      backend: 'native',
      device: 'none',
      lanes: 1,
      run: (tile) => Promise.resolve(repeat4(tile)),
      dispose: () => Promise.resolve(),
    }),
};

function repeat4({ width, height, data }: Tile): Tile {
  const out = new Float32Array(data.length * 16);
  for (let i = 0; i < out.length; i++) {
    const x = Math.floor((i % (width * 4)) / 4);
    const row = Math.floor(i / (width * 4));
    const plane = Math.floor(row / (height * 4));
    out[i] = data[(plane * height + Math.floor((row % (height * 4)) / 4)) * width + x] ?? 0;
  }
  return { width: width * 4, height: height * 4, data: out };
}

/** Enhances and returns what the user was told on the way. */
async function enhanced(input: string, output: string, factor = 4): Promise<string[]> {
  const notices: string[] = [];
  const format = formatOfExtension(/\.\w+$/.exec(output)?.[0] ?? '');
  if (!format) throw new Error(output);
  await enhanceFile(
    { input, output, format },
    {
      size: { kind: 'factor', factor },
      treat: () => Promise.resolve({ network: { scale: 4, overlap: 2 }, backends: [repeating] }),
      overwrite: false,
      isInput: () => Promise.resolve(false),
      signal: new AbortController().signal,
      onStage: () => undefined,
      onProgress: () => undefined,
      onNotice: (notice) => notices.push(notice),
    },
  );
  return notices;
}

const rgb8 = { width: 12, height: 10, channels: 3, depth: 8 } as const;
const wide = ['png', 'jpg', 'webp', 'tif'] as const;

describe('in each format', () => {
  test.each(wide)('%s keeps the colour profile and the samples it explains', async (extension) => {
    await withFolder(async (path) => {
      // sharp writes the samples that stand for this sRGB red in Display P3.
      await draw(rgb8, (_x, _y, channel) => [230, 30, 40][channel] ?? 0)
        .withIccProfile('p3')
        .toFile(path(`a.${extension}`));
      await enhanced(path(`a.${extension}`), path(`b.${extension}`));
      const [before, after] = [
        await readStored(path(`a.${extension}`)),
        await readStored(path(`b.${extension}`)),
      ];
      expect([after.width, after.height, after.channels]).toEqual([48, 40, 3]);
      // Through the profile they would be 230, 30, 40 again, some 20 steps away.
      for (let channel = 0; channel < 3; channel++) {
        const middle = (20 * 48 + 24) * 3 + channel;
        expect(Math.abs((after.samples[middle] ?? 0) - (before.samples[channel] ?? 0))).toBeLessThanOrEqual(
          2,
        );
      }
      const profile = (await sharp(path(`a.${extension}`)).metadata()).icc;
      expect(profile?.length).toBeGreaterThan(100);
      expect((await sharp(path(`b.${extension}`)).metadata()).icc).toEqual(profile);
    });
  });

  test.each(wide)('%s gets the EXIF of a JPEG and hands it on, and keeps XMP', async (extension) => {
    await withFolder(async (path) => {
      const xmp =
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
        '<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:ImageWidth="12">' +
        '<tiff:Artist>Ana &amp; Léon</tiff:Artist></rdf:Description></rdf:RDF></x:xmpmeta>';
      const jpeg = await draw(rgb8, (x, y) => x * 9 + y * 7)
        .withExif({
          IFD0: { Copyright: 'Ana <&> LeonX', Model: 'A camera' },
          IFD2: { ISOSpeedRatings: '200' },
        })
        .withXmp(xmp)
        .jpeg()
        .toBuffer();
      // sharp's own writing of tags knows ASCII alone; cameras and editors write UTF-8.
      Buffer.from('Léon').copy(jpeg, jpeg.indexOf('LeonX'));
      await writeFile(path('a.jpg'), jpeg);
      await enhanced(path('a.jpg'), path(`b.${extension}`), 2);
      await enhanced(path(`b.${extension}`), path(`c.${extension}`), 2);
      await enhanced(path(`c.${extension}`), path('d.jpg'), 2);
      expect((await readFile(path(`c.${extension}`))).includes('Ana <&> Léon')).toBe(true);
      const { exif } = await sharp(path('d.jpg')).metadata();
      expect(exif?.toString()).toContain('Ana <&> Léon');
      expect(exif?.toString()).toContain('A camera');
      expect(exifTag(exif, 0x8827)).toBe(200);
      expect([exifTag(exif, 0xa002), exifTag(exif, 0xa003)]).toEqual([96, 80]);
      const { xmpAsString } = await sharp(path(`c.${extension}`)).metadata();
      expect(xmpAsString).toContain('Ana &amp; Léon');
      expect(xmpAsString).toContain('tiff:ImageWidth="48"');
    });
  });

  test.each([
    ['png', 4],
    ['jpg', 3],
    ['tif', 2],
  ] as const)('%s keeps the print size: the density grows with the pixels', async (extension, scale) => {
    await withFolder(async (path) => {
      const millimetres = 300 / 25.4;
      await draw(rgb8, (x) => x * 20)
        .withMetadata({ density: 300 })
        .toFormat(formatOfExtension(`.${extension}`) ?? 'png', { xres: millimetres, yres: millimetres })
        .toFile(path(`a.${extension}`));
      await enhanced(path(`a.${extension}`), path(`b.${extension}`), scale);
      expect((await sharp(path(`b.${extension}`)).metadata()).density).toBe(300 * scale);
    });
  });
});

test('WebP tells the density of a PNG through EXIF', async () => {
  await withFolder(async (path) => {
    await draw(rgb8, (x) => x * 20)
      .withMetadata({ density: 100 })
      .png()
      .toFile(path('a.png'));
    await enhanced(path('a.png'), path('b.webp'), 2);
    // Back in a format with a field for it, as any EXIF reader would find it.
    const { exif } = await sharp(path('b.webp')).metadata();
    expect(exifTag(exif, 0x011a)).toBeCloseTo(200, 1);
  });
});

test('a picture that tells no density gets the usual 72 dpi', async () => {
  await withFolder(async (path) => {
    await draw(rgb8, (x) => x * 20)
      .webp({ lossless: true })
      .toFile(path('a.webp'));
    await enhanced(path('a.webp'), path('b.png'));
    expect((await sharp(path('b.png')).metadata()).density).toBe(72);
  });
});

describe('orientation', () => {
  const tall = { width: 20, height: 8, channels: 3, depth: 8 } as const;
  /** Red on the left as stored; on top once turned by orientation 6. */
  const redLeft = (path: string) =>
    draw(tall, (x, _y, channel) => (channel === 0 && x < 10 ? 250 : 20))
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .toFile(path);

  test('stays a tag in JPEG and TIFF, and the pixels stay as they are', async () => {
    await withFolder(async (path) => {
      await redLeft(path('a.jpg'));
      for (const output of [path('b.jpg'), path('b.tif')]) {
        await enhanced(path('a.jpg'), output);
        expect((await sharp(output).metadata()).orientation).toBe(6);
        const { width, height, samples } = await readStored(output);
        expect([width, height]).toEqual([80, 32]);
        expect(samples[0]).toBeGreaterThan(200);
        expect(samples[79 * 3]).toBeLessThan(60);
      }
    });
  });

  test('is turned into pixels for PNG and WebP, where many viewers skip the tag', async () => {
    await withFolder(async (path) => {
      await redLeft(path('a.jpg'));
      for (const output of [path('b.png'), path('b.webp')]) {
        await enhanced(path('a.jpg'), output);
        expect((await sharp(output).metadata()).orientation ?? 1).toBe(1);
        const { width, height, samples } = await readStored(output);
        expect([width, height]).toEqual([32, 80]);
        expect(samples[0]).toBeGreaterThan(200);
        expect(samples[79 * 32 * 3]).toBeLessThan(60);
      }
    });
  });
});

describe('samples', () => {
  const fine = { width: 40, height: 20, channels: 3, depth: 16 } as const;
  const gradient = (path: string) => draw(fine, (x, y) => 20000 + (y * 40 + x) * 11).toFile(path);

  test.each(['png', 'tif'])('a 16-bit %s stays 16-bit, with more than 256 levels', async (extension) => {
    await withFolder(async (path) => {
      await gradient(path('a.png'));
      await enhanced(path('a.png'), path(`b.${extension}`));
      const { depth, samples } = await readStored(path(`b.${extension}`));
      expect(depth).toBe(16);
      expect(new Set(samples).size).toBeGreaterThan(256);
      expect(Math.abs(mean(samples) - (20000 + 399.5 * 11))).toBeLessThan(20);
    });
  });

  test('16 bits are rounded to 8 for WebP, and that is said', async () => {
    await withFolder(async (path) => {
      // 129.9 of 255: cutting off the low byte would give 129 or less.
      await draw({ ...fine, depth: 16 }, () => 33384)
        .png()
        .toFile(path('a.png'));
      const notices = await enhanced(path('a.png'), path('b.webp'));
      expect(notices).toEqual([expect.stringContaining('16 are rounded to 8')]);
      const { depth, samples } = await readStored(path('b.webp'));
      expect(depth).toBe(8);
      expect(Math.abs(mean(samples) - 130)).toBeLessThan(0.5);
    });
  });

  test.each(['png', 'tif'])('gray stays gray and keeps its alpha in %s', async (extension) => {
    await withFolder(async (path) => {
      const grayAlpha = { width: 16, height: 9, channels: 2, depth: 16 } as const;
      await draw(grayAlpha, (x, _y, channel) => (channel === 0 ? 30000 : x < 8 ? 0 : 65535)).toFile(
        path('a.png'),
      );
      await enhanced(path('a.png'), path(`b.${extension}`));
      const { channels, depth, samples, width } = await readStored(path(`b.${extension}`));
      expect([channels, depth, width]).toEqual([2, 16, 64]);
      expect(samples[1]).toBe(0);
      expect([samples[63 * 2], samples[63 * 2 + 1]]).toEqual([30000, 65535]);
    });
  });

  test('a transparent picture keeps its alpha in WebP and lies on white in JPEG, which is said', async () => {
    await withFolder(async (path) => {
      await draw({ width: 32, height: 8, channels: 4, depth: 8 }, (x, _y, channel) =>
        channel === 3 ? (x < 16 ? 0 : 255) : 40,
      )
        .png()
        .toFile(path('a.png'));
      expect(await enhanced(path('a.png'), path('b.webp'))).toEqual([]);
      const webp = await readStored(path('b.webp'));
      expect([webp.channels, webp.samples[3], webp.samples[127 * 4 + 3]]).toEqual([4, 0, 255]);
      expect(await enhanced(path('a.png'), path('b.jpg'))).toEqual([
        expect.stringContaining('becomes white'),
      ]);
      const jpeg = await readStored(path('b.jpg'));
      expect(jpeg.channels).toBe(3);
      expect(jpeg.samples[0]).toBeGreaterThan(252);
      expect(Math.abs((jpeg.samples[127 * 3] ?? 0) - 40)).toBeLessThan(4);
    });
  });

  test('gray with alpha lies on white in a gray JPEG', async () => {
    await withFolder(async (path) => {
      await draw({ width: 16, height: 8, channels: 2, depth: 8 }, (_x, _y, channel) =>
        channel === 0 ? 50 : 0,
      )
        .png()
        .toFile(path('a.png'));
      await enhanced(path('a.png'), path('b.jpg'));
      const { channels, samples } = await readStored(path('b.jpg'));
      expect(channels).toBe(1);
      expect(samples[0]).toBeGreaterThan(252);
    });
  });

  test('palette and one-bit pictures come out with as many shades as they need', async () => {
    await withFolder(async (path) => {
      await draw(rgb8, (x, _y, channel) => (channel === 0 ? (x < 6 ? 200 : 100) : 50))
        .png({ palette: true, colours: 4 })
        .toFile(path('palette.png'));
      await draw({ ...rgb8, channels: 1 }, (x) => (x < 6 ? 0 : 255))
        .tiff({ bitdepth: 1 })
        .toFile(path('bit.tif'));
      await enhanced(path('palette.png'), path('b.png'));
      await enhanced(path('bit.tif'), path('c.tif'), 3);
      const palette = await readStored(path('b.png'));
      expect(Array.from(palette.samples.slice(0, 3))).toEqual([200, 50, 50]);
      const bit = await readStored(path('c.tif'));
      expect([bit.channels, bit.depth, bit.samples[0], bit.samples[35]]).toEqual([1, 8, 0, 255]);
      expect(new Set(bit.samples).size).toBeGreaterThan(2);
    });
  });

  test('CMYK becomes sRGB, and that is said', async () => {
    await withFolder(async (path) => {
      await draw(rgb8, (_x, _y, channel) => [200, 60, 50][channel] ?? 0)
        .toColourspace('cmyk')
        .jpeg({ quality: 100 })
        .toFile(path('a.jpg'));
      expect(await enhanced(path('a.jpg'), path('b.tif'))).toEqual([expect.stringContaining('CMYK')]);
      const { channels, samples } = await readStored(path('b.tif'));
      expect(channels).toBe(3);
      for (const [channel, value] of [200, 60, 50].entries()) {
        expect(Math.abs((samples[channel] ?? 0) - value)).toBeLessThan(30);
      }
      expect((await sharp(path('b.tif')).metadata()).icc).toBeUndefined();
    });
  });

  test('of an animation the first picture is enhanced, and that is said', async () => {
    await withFolder(async (path) => {
      const frames = await draw({ width: 12, height: 20, channels: 3, depth: 8 }, (_x, y) =>
        y < 10 ? 220 : 10,
      )
        .raw()
        .toBuffer();
      await sharp(frames, { raw: { width: 12, height: 20, channels: 3, pageHeight: 10 } })
        .webp({ lossless: true })
        .toFile(path('a.webp'));
      expect(await enhanced(path('a.webp'), path('b.png'))).toEqual([expect.stringContaining('2 pictures')]);
      const { width, height, samples } = await readStored(path('b.png'));
      expect([width, height]).toEqual([48, 40]);
      expect(mean(samples)).toBe(220);
    });
  });
});

test('the input is not touched', async () => {
  await withFolder(async (path) => {
    await draw(rgb8, (x) => x * 20)
      .png()
      .toFile(path('a.png'));
    const before = await readFile(path('a.png'));
    await enhanced(path('a.png'), path('b.png'));
    expect(await readFile(path('a.png'))).toEqual(before);
  });
});

test('samples of 32 bits are refused before anything is written', async () => {
  await withFolder(async (path) => {
    await writeFile(path('a.tif'), floatTiff());
    await expect(enhanced(path('a.tif'), path('b.tif'))).rejects.toMatchObject({ code: 'file-unsupported' });
  });
});

function mean(samples: Uint8Array | Uint16Array): number {
  let sum = 0;
  for (const each of samples) sum += each;
  return sum / samples.length;
}

/** A number in a little-endian EXIF block, in its first directory or the one for EXIF. */
function exifTag(exif: Buffer | undefined, tag: number): number {
  if (!exif) return NaN;
  const start = exif.toString('latin1', 0, 4) === 'Exif' ? 6 : 0;
  const find = (at: number): number => {
    for (let i = 0; i < exif.readUInt16LE(at); i++) {
      const entry = at + 2 + i * 12;
      const value = exif.readUInt32LE(entry + 8);
      if (exif.readUInt16LE(entry) === 0x8769 && tag !== 0x8769) {
        const below = find(start + value);
        if (!Number.isNaN(below)) return below;
      }
      if (exif.readUInt16LE(entry) !== tag) continue;
      if (exif.readUInt16LE(entry + 2) === 3) return exif.readUInt16LE(entry + 8);
      if (exif.readUInt16LE(entry + 2) === 4) return value;
      return exif.readUInt32LE(start + value) / exif.readUInt32LE(start + value + 4);
    }
    return NaN;
  };
  return find(start + exif.readUInt32LE(start + 4));
}

/** A TIFF of 2 × 1 gray floats (TIFF 6.0). */
function floatTiff(): Buffer {
  const entries = [
    [256, 3, 2],
    [257, 3, 1],
    [258, 3, 32],
    [259, 3, 1],
    [262, 3, 1],
    [273, 4, 8],
    [277, 3, 1],
    [278, 3, 1],
    [279, 4, 8],
    [339, 3, 3],
  ];
  const out = Buffer.alloc(16 + 2 + entries.length * 12 + 4);
  out.write('II*\0', 'latin1');
  out.writeUInt32LE(16, 4);
  out.writeFloatLE(0.25, 8);
  out.writeFloatLE(0.75, 12);
  out.writeUInt16LE(entries.length, 16);
  for (const [i, [tag = 0, type = 0, value = 0]] of entries.entries()) {
    const at = 18 + i * 12;
    out.writeUInt16LE(tag, at);
    out.writeUInt16LE(type, at + 2);
    out.writeUInt32LE(1, at + 4);
    out.writeUInt32LE(value, at + 8);
  }
  return out;
}
