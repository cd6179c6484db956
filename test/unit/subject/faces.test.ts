import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Region, Tile } from '../../../src/engine/types.ts';
import { decodeFaces, detectorInput, distinct, findFaces } from '../../../src/subject/faces.ts';
import { flattened } from '../../../src/subject/picture.ts';
import { detector, detectorFile, painted } from './pictures.ts';

const CHANNELS = 70;

/** What the detector gives where it sees nothing, but for the numbers set. */
function output(columns: number, rows: number, set: readonly (readonly [number, number, number])[]): Tile {
  const data = new Float32Array(CHANNELS * columns * rows);
  for (let anchor = 0; anchor < CHANNELS / 5; anchor++) {
    data.fill(-20, (5 * anchor + 4) * columns * rows, (5 * anchor + 5) * columns * rows);
  }
  for (const [channel, cell, value] of set) data[channel * columns * rows + cell] = value;
  return { width: columns, height: rows, data };
}
const box = (anchor: number, cell: number, numbers: readonly [number, number, number, number, number]) =>
  numbers.map((value, index) => [5 * anchor + index, cell, value] as const);

describe('the detector’s file', () => {
  test('is the one that the catalog describes, and its licence is among the notices', () => {
    const file = detectorFile();
    expect(createHash('sha256').update(file).digest('hex')).toBe(detector.sha256);
    expect(file.length).toBe(detector.size);
    const notices = readFileSync(new URL('../../../models/THIRD-PARTY-NOTICES.md', import.meta.url), 'utf8');
    expect(notices).toContain(detector.file);
    expect(notices).toContain('Apache License');
    expect(detector.licence).toBe('Apache-2.0');
  });
});

describe('boxes', () => {
  test('lie by their offset from the cell’s centre, in input pixels', () => {
    // 3 × 2 cells; cell 4 is the second of the second row.
    const coarse = decodeFaces(output(3, 2, box(8, 4, [5, -3, 40, 60, 2])), 0.5);
    expect(coarse).toEqual([
      { x: 32 + 16 + 5 - 20, y: 32 + 16 - 3 - 30, width: 40, height: 60, score: expect.closeTo(0.8808, 4) },
    ]);
    // Anchors 4 and 5 are of the fine cell below left.
    const [fine] = decodeFaces(output(3, 2, box(4, 0, [0, 0, 10, 10, 2])), 0.5);
    expect(fine).toMatchObject({ x: 8 - 5, y: 24 - 5 });
  });

  test('count from a likelihood on', () => {
    const given = output(1, 1, [...box(8, 0, [0, 0, 9, 9, 1]), ...box(9, 0, [0, 0, 9, 9, 3])]);
    expect(decodeFaces(given, 0.8)).toHaveLength(1);
    expect(decodeFaces(given, 0.7)).toHaveLength(2);
  });

  test('that are one face give the surest of them', () => {
    const at = (x: number, score: number): Region & { score: number } => ({
      x,
      y: 0,
      width: 10,
      height: 10,
      score,
    });
    expect(distinct([at(0, 0.8), at(1, 0.9), at(8, 0.85), at(40, 0.76)]).map(({ x }) => x)).toEqual([
      1, 8, 40,
    ]);
  });
});

describe('finding faces', () => {
  test('shows the detector whole cells, with gray beyond the picture', () => {
    const magenta = painted(100, 60, () => [255, 0, 255]);
    const { width, height, data } = detectorInput(flattened(magenta, magenta), 100);
    expect([width, height]).toEqual([128, 64]);
    const at = (x: number, y: number): number[] => [0, 1, 2].map((c) => data[(c * 64 + y) * 128 + x] ?? NaN);
    expect(at(99, 59)).toEqual([1, 0, 1]);
    expect(at(100, 59)).toEqual([0.5, 0.5, 0.5]);
    expect(at(99, 60)).toEqual([0.5, 0.5, 0.5]);
  });

  test('shows gray through what is transparent', () => {
    const nothing = painted(64, 64, () => [255, 255, 0, 0]);
    for (const sample of flattened(nothing, { width: 48, height: 20 }).data)
      expect(sample).toBeCloseTo(0.5, 6);
  });

  test('brings faces back to the picture’s pixels, and takes no part of a face for another', async () => {
    const picture = painted(1024, 1024, () => [90, 90, 90]);
    const seen: string[] = [];
    const faces = await findFaces(picture, ({ width, height }) => {
      seen.push(`${width}×${height}`);
      const [columns, rows] = [width / 32, height / 32];
      // Whole: a face of 64 pixels in the middle of the first cell. Close up: a part of it, and one further off.
      if (width === 256) return Promise.resolve(output(columns, rows, box(8, 0, [16, 16, 64, 64, 4])));
      if (width === 128) return Promise.resolve(output(columns, rows, []));
      const further = box(9, columns * rows - 1, [0, 0, 20, 20, 3]);
      return Promise.resolve(output(columns, rows, [...box(8, 0, [16, 16, 30, 30, 4]), ...further]));
    });
    expect(seen).toEqual(['256×256', '128×128', '512×512']);
    expect(faces.map(({ x, y, width, height }) => [x, y, width, height])).toEqual([
      [0, 0, 256, 256],
      [2 * (480 + 16 - 10), 2 * (480 + 16 - 10), 40, 40],
    ]);
  });
});
