import { describe, expect, test } from '@jest/globals';
import {
  coveredPatches,
  coveredRows,
  enlargedCoverage,
  maskedResult,
  mixOver,
} from '../../../src/host/photoshop/cover.ts';
import { enlarge, targetOf } from '../../../src/size.ts';

const row = (...values: number[]): Float32Array => Float32Array.from(values);

describe('coverage, enlarged', () => {
  const enlarged = async (rows: readonly (readonly number[])[], factor: 2 | 3, y = 0, count?: number) => {
    const size = { width: rows[0]?.length ?? 0, height: rows.length };
    const rectangle = { left: 0, top: 0, right: size.width, bottom: size.height };
    const target = targetOf(rectangle, enlarge(size, { kind: 'factor', factor }));
    const some = await enlargedCoverage(size, target, y, count ?? target.height, (top, n) =>
      Promise.resolve(Uint8Array.from(rows.slice(top, top + n).flat())),
    );
    return [...some];
  };

  test('is full up to a straight edge, and rises between pixels', async () => {
    expect(await enlarged([[255, 255]], 2)).toEqual(Array(8).fill(1));
    const [first, second, third, fourth] = await enlarged([[0, 255]], 2);
    expect([first, second, third, fourth]).toEqual([0, 0.25, 0.75, 1]);
  });

  test('is the same in strips as in one', async () => {
    const rows = Array.from({ length: 9 }, (_, y) =>
      Array.from({ length: 7 }, (_, x) => (x * 37 + y * 91) & 255),
    );
    const whole = await enlarged(rows, 3);
    for (const y of [0, 1, 10, 25])
      expect(await enlarged(rows, 3, y, 2)).toEqual(whole.slice(y * 21, (y + 2) * 21));
  });

  test('stays in register where the target begins between pixels', async () => {
    const enlargement = enlarge({ width: 10, height: 10 }, { kind: 'pixels', side: 'width', pixels: 15 });
    const rectangle = { left: 1, top: 1, right: 5, bottom: 2 };
    const target = targetOf(rectangle, enlargement);
    const coverage = await enlargedCoverage({ width: 4, height: 1 }, target, 0, 1, () =>
      Promise.resolve(Uint8Array.from([0, 0, 255, 255])),
    );
    // The edge is at 3 of the source, which is 4.5 of the enlarged document, 2.5 of the target at 2.
    expect([target.offsetX, target.width]).toEqual([0.5, 6]);
    expect([...coverage]).toEqual([0, 0, 0.5, 1, 1, 1]);
  });
});

describe('a result mixed over other pixels', () => {
  const form = { channels: 4, depth: 8 } as const;

  test('leaves what is not covered as it is, and replaces what is wholly covered', () => {
    const base = Uint8Array.from([1, 2, 3, 0, 9, 8, 7, 200]);
    mixOver(base, Uint8Array.from([50, 60, 70, 80, 11, 12, 13, 14]), row(0, 1), form);
    expect([...base]).toEqual([1, 2, 3, 0, 11, 12, 13, 14]);
  });

  test('weighs colours by their alpha', () => {
    const base = Uint8Array.from([0, 0, 0, 0, 100, 100, 100, 255]);
    mixOver(base, Uint8Array.from([200, 100, 50, 255, 200, 200, 200, 85]), row(0.5, 0.5), form);
    expect([...base]).toEqual([200, 100, 50, 128, 125, 125, 125, 170]);
  });

  test('keeps light above white at 32 bits', () => {
    const base = Float32Array.from([4, 0.5]);
    mixOver(base, Float32Array.from([-1, 2]), row(0.25, 0), { channels: 1, depth: 32 });
    expect([...base]).toEqual([2.75, 0.5]);
  });

  test('is made transparent by coverage where it stands alone', () => {
    const rgb = maskedResult(Uint16Array.from([1, 2, 3]), row(0.5), { channels: 3, depth: 16 });
    expect([...rgb]).toEqual([1, 2, 3, 32768]);
    const gray = maskedResult(Uint8Array.from([9, 100]), row(0.25), { channels: 2, depth: 8 });
    expect([...gray]).toEqual([9, 25]);
  });
});

describe('what is put of a strip', () => {
  const strip = row(...[0, 0, 0, 0], ...[0, 1, 1, 0], ...[0, 1, 0.1, 0], ...[1, 0, 0, 1], ...[0, 0, 0, 0]);

  test('is the rows with any coverage', () => {
    expect(coveredRows(strip, 4)).toEqual({ left: 0, top: 1, right: 4, bottom: 4 });
    expect(coveredRows(row(0, 0), 2)).toBeUndefined();
  });

  test('or rectangles of exactly the covered pixels', () => {
    expect(coveredPatches(strip, 4)).toEqual([
      { left: 1, top: 1, right: 3, bottom: 3 },
      { left: 0, top: 3, right: 1, bottom: 4 },
      { left: 3, top: 3, right: 4, bottom: 4 },
    ]);
  });
});
