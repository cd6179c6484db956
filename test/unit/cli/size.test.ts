/** How large the shell makes a picture. The model is a stand-in that repeats pixels: the files are real. */
import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { parseArguments } from '../../../src/cli/arguments.ts';
import { enhanceFile } from '../../../src/cli/enhance-file.ts';
import { formatOfExtension } from '../../../src/cli/formats.ts';
import { sizeSuffix, type Shares } from '../../../src/cli/size-words.ts';
import type { Size } from '../../../src/size.ts';
import { backendOf, nearest } from '../engine/fakes.ts';
import { draw, withFolder } from './command.ts';

/** The size that the words ask for. */
function sizeOf(...words: string[]): Size {
  const parsed = parseArguments(['a.png', '-o', 'b.png', ...words]);
  if (parsed.listModels) throw new Error('a list was asked for');
  return parsed.size;
}

async function enhanced(
  input: string,
  output: string,
  size: Size,
): Promise<{ shares: Shares; notices: string[] }> {
  const notices: string[] = [];
  const { shares } = await enhanceFile(
    { input, output, format: formatOfExtension(/\.\w+$/.exec(output)?.[0] ?? '') ?? 'png' },
    {
      size,
      treat: () => Promise.resolve({ network: { scale: 4, overlap: 2 }, backends: [backendOf(nearest)] }),
      overwrite: false,
      isInput: () => Promise.resolve(false),
      signal: new AbortController().signal,
      onStage: () => undefined,
      onProgress: () => undefined,
      onNotice: (notice) => notices.push(notice),
    },
  );
  return { shares, notices };
}

test.each<[string[], Size, string]>([
  [[], { kind: 'factor', factor: 4 }, '4x'],
  [['--scale', '3.6'], { kind: 'factor', factor: 3.6 }, '3.6x'],
  [['--width', '7087'], { kind: 'pixels', side: 'width', pixels: 7087 }, '7087px'],
  [['--height', '4000'], { kind: 'pixels', side: 'height', pixels: 4000 }, '4000px-high'],
  [['--print', '60cm@300'], { kind: 'print', side: 'width', length: 60, unit: 'cm', ppi: 300 }, '60cm'],
  [
    ['--print', 'x24in@240'],
    { kind: 'print', side: 'height', length: 24, unit: 'inch', ppi: 240 },
    '24in-high',
  ],
])('%j is a size, and a part of names in a folder', (words, size, suffix) => {
  expect(sizeOf(...words)).toEqual(size);
  expect(sizeSuffix(size)).toBe(suffix);
});

describe('the file', () => {
  test.each<[string[], [number, number], Shares]>([
    [['--scale', '2.5'], [50, 33], { scale: 2.519, network: 2.519, interpolation: 1 }],
    [['--width', '130'], [130, 85], { scale: 6.519, network: 4, interpolation: 1.63 }],
    [['--height', '13'], [20, 13], { scale: 1, network: 1, interpolation: 1 }],
    [['--scale', '16'], [320, 208], { scale: 16, network: 4, interpolation: 4 }],
  ])('made with %j has %j pixels, and it is told who made them', async (words, sides, shares) => {
    await withFolder(async (path) => {
      await draw({ width: 20, height: 13, channels: 3, depth: 8 }, (x, y) => x * 9 + y * 7)
        .png()
        .toFile(path('a.png'));
      const told = await enhanced(path('a.png'), path('b.png'), sizeOf(...words));
      const { width, height } = await sharp(path('b.png')).metadata();
      expect([width, height]).toEqual(sides);
      expect(told.shares).toEqual(shares);
      expect(told.notices.some((notice) => notice.includes('by interpolation'))).toBe(
        shares.interpolation > 1,
      );
    });
  });

  test('of a print has its density and its width', async () => {
    await withFolder(async (path) => {
      await draw({ width: 20, height: 13, channels: 3, depth: 8 }, (x) => x * 12)
        .withMetadata({ density: 72 })
        .png()
        .toFile(path('a.png'));
      await enhanced(path('a.png'), path('b.png'), sizeOf('--print', '1cm@254'));
      expect(await sharp(path('b.png')).metadata()).toMatchObject({ width: 100, height: 65, density: 254 });
    });
  });

  test('that lies on its side has the width that is asked for once it is turned upright', async () => {
    await withFolder(async (path) => {
      await draw({ width: 20, height: 12, channels: 3, depth: 8 }, (x) => x * 12)
        .withMetadata({ orientation: 6 })
        .jpeg()
        .toFile(path('a.jpg'));
      // JPEG keeps the pixels lying and says so; PNG has them turned.
      await enhanced(path('a.jpg'), path('b.jpg'), sizeOf('--width', '36'));
      await enhanced(path('a.jpg'), path('b.png'), sizeOf('--width', '36'));
      expect(await sharp(path('b.jpg')).metadata()).toMatchObject({ width: 60, height: 36, orientation: 6 });
      expect(await sharp(path('b.png')).metadata()).toMatchObject({ width: 36, height: 60 });
    });
  });

  test.each<[string, string[], string]>([
    ['smaller than the picture', ['--width', '10'], 'would be 10 × 7 pixels, less than'],
    ['beyond 16 times', ['--width', '400'], 'would be 20.0 times as large'],
    ['beyond what the format holds', ['--scale', '16'], 'this format holds at most 16383 a side'],
  ])('%s is refused, and why', async (what, words, message) => {
    await withFolder(async (path) => {
      const width = what.includes('format') ? 1100 : 20;
      await draw({ width, height: 13, channels: 3, depth: 8 }, () => 9)
        .png()
        .toFile(path('a.png'));
      await expect(enhanced(path('a.png'), path('b.webp'), sizeOf(...words))).rejects.toThrow(message);
    });
  });
});
