import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isCombed } from '../../../src/video/combed.ts';
import { deinterlaced } from '../../../src/video/deinterlace.ts';
import { allocatePlanes, planeSize, type Planes } from '../../../src/video/planes.ts';
import { RowsIn } from '../../../src/video/rows-in.ts';
import { turned } from '../../../src/video/turn.ts';

const colour = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: true } as const;

/** Of a function of place and time; luma alone, unless `chroma` says more. */
function drawn(
  width: number,
  height: number,
  at: (x: number, y: number) => number,
  format: Planes['format'] = 'yuv420',
): Planes {
  const picture = allocatePlanes(format, width, height, 8);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) picture.planes[0][y * width + x] = at(x, y);
  picture.planes[1].fill(128);
  picture.planes[2].fill(128);
  return picture;
}

/** A bar with soft sides whose left side is at `place`. */
const bar = (place: number) => (x: number) =>
  40 + 160 * Math.min(Math.max(Math.min(x - place, place + 20 - x) / 2, 0), 1);

/** Two moments woven: the lines of `first` show the earlier one. */
function woven(
  first: 0 | 1,
  early: (x: number, y: number) => number,
  late: (x: number, y: number) => number,
): Planes {
  return drawn(64, 48, (x, y) => (y % 2 === first ? early(x, y) : late(x, y)));
}

describe('deinterlacing', () => {
  const texture = (x: number, y: number): number =>
    128 + 60 * Math.sin(x / 5) * Math.cos(y / 3) + ((7 * x + 3 * y) % 5);

  test.each(['upper-first', 'lower-first'] as const)(
    'a picture that stands still stays as it is (%s)',
    (fields) => {
      const still = drawn(64, 48, texture);
      const result = deinterlaced(still, still, still, fields);
      expect(result.planes).toEqual(still.planes);
    },
  );

  test('without a frame before or after, fine detail that is no comb stays nearly as it is', () => {
    const still = drawn(64, 48, texture);
    const { planes } = deinterlaced(undefined, still, undefined, 'upper-first');
    expect(
      Math.max(...planes[0].map((code, i) => Math.abs(code - (still.planes[0][i] ?? 0)))),
    ).toBeLessThanOrEqual(8);
  });

  test.each([
    ['upper-first', 0],
    ['lower-first', 1],
  ] as const)('a moving bar is where the first field has it, without teeth (%s)', (fields, first) => {
    // 8 pixels a frame, thus 4 a field.
    const at = (frame: number): Planes => woven(first, bar(12 + 8 * frame), bar(16 + 8 * frame));
    const [before, frame, after] = [at(0), at(1), at(2)];
    expect(isCombed(frame)).toBe(true);
    const result = deinterlaced(before, frame, after, fields);
    expect(isCombed(result)).toBe(false);
    const wanted = drawn(64, 48, bar(20));
    const off = result.planes[0].map((code, i) => Math.abs(code - (wanted.planes[0][i] ?? 0)));
    expect(Math.max(...off)).toBeLessThanOrEqual(1);
    // By the other order the lines that stay are those of the later moment.
    const other = deinterlaced(before, frame, after, first === 0 ? 'lower-first' : 'upper-first');
    const later = drawn(64, 48, bar(24));
    expect(
      Math.max(...other.planes[0].map((code, i) => Math.abs(code - (later.planes[0][i] ?? 0)))),
    ).toBeLessThanOrEqual(1);
  });

  test('a lone woven frame loses its teeth, too', () => {
    const frame = woven(0, bar(20), bar(26));
    expect(isCombed(deinterlaced(undefined, frame, undefined, 'upper-first'))).toBe(false);
  });

  test('rows with gaps are read past them, and chroma is treated alike', () => {
    const moved = woven(0, bar(20), bar(26));
    const padded = allocatePlanes('yuv420', 72, 48, 8).planes[0];
    for (let y = 0; y < 48; y++) padded.set(moved.planes[0].subarray(64 * y, 64 * y + 64), 72 * y);
    const gaps: Planes = {
      ...moved,
      planes: [padded, moved.planes[1], moved.planes[2]],
      strides: [72, 32, 32],
    };
    expect(deinterlaced(gaps, gaps, gaps, 'upper-first')).toEqual(
      deinterlaced(moved, moved, moved, 'upper-first'),
    );
    const chroma = allocatePlanes('yuv444', 64, 48, 8);
    chroma.planes[1].set(moved.planes[0]);
    const result = deinterlaced(chroma, chroma, chroma, 'upper-first');
    expect(result.planes[1]).toEqual(deinterlaced(moved, moved, moved, 'upper-first').planes[0]);
  });

  test('flat pictures, thin lines, stripes and grain are not combed; at 10 bits neither', () => {
    expect(isCombed(drawn(64, 48, () => 100))).toBe(false);
    expect(isCombed(drawn(64, 48, (_, y) => (y === 20 ? 220 : 40)))).toBe(false);
    expect(isCombed(drawn(64, 48, (_, y) => (y % 4 < 2 ? 220 : 40)))).toBe(false);
    let state = 1;
    const grain = (): number => 120 + (((state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 16) % 16);
    expect(isCombed(drawn(64, 48, grain))).toBe(false);
    const deep = allocatePlanes('yuv420', 64, 48, 10);
    woven(0, bar(20), bar(26)).planes[0].forEach((code, i) => (deep.planes[0][i] = 4 * code));
    expect(isCombed(deep)).toBe(true);
  });
});

describe('turning', () => {
  test('a quarter clockwise brings the left side to the top', () => {
    const picture = drawn(3, 2, (x, y) => 10 * y + x, 'yuv444');
    const sideways = turned(picture, 90);
    expect([sideways.width, sideways.height]).toEqual([2, 3]);
    expect([...sideways.planes[0]]).toEqual([10, 0, 11, 1, 12, 2]);
    expect([...turned(picture, 180).planes[0]]).toEqual([12, 11, 10, 2, 1, 0]);
    expect([...turned(picture, 270).planes[0]]).toEqual([2, 12, 1, 11, 0, 10]);
  });

  test('turned back it is as it was, of any layout and size', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('yuv420', 'yuv422', 'yuv440', 'yuv444', 'rgb') as fc.Arbitrary<Planes['format']>,
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 40 }),
        (format, width, height) => {
          const picture = allocatePlanes(format, width, height, 10);
          picture.planes.forEach((plane, k) => plane.forEach((_, i) => (plane[i] = (i * 7 + k) % 1024)));
          const { planes, strides, siting } = turned(turned(turned(picture, 90), 180), 90);
          expect(planes).toEqual(picture.planes);
          expect(strides).toEqual(picture.strides);
          if (format === 'yuv420') expect(siting).toEqual({ x: 0, y: 0.5 });
        },
      ),
      { numRuns: 40 },
    );
  });

  test.each([
    ['yuv420', 24, 16],
    ['yuv422', 24, 16],
    ['yuv420', 23, 15],
  ] as const)(
    'chroma of %s at %d × %d stays on the same places of the picture',
    async (format, width, height) => {
      // A ramp of Cr both ways, whichever way it is turned afterwards.
      const picture = drawn(width, height, () => 128, format);
      const { width: across } = planeSize(picture, 2);
      picture.planes[2].forEach(
        (_, i) => (picture.planes[2][i] = 100 + 4 * (i % across) + 3 * Math.floor(i / across)),
      );
      const red = async (planes: Planes): Promise<(x: number, y: number) => number> => {
        const samples = await new RowsIn(planes, colour).read(planes.height);
        return (x, y) => samples[3 * (y * planes.width + x)] ?? NaN;
      };
      const [upright, quarter, half, back] = await Promise.all([
        red(picture),
        red(turned(picture, 90)),
        red(turned(picture, 180)),
        red(turned(picture, 270)),
      ]);
      for (let y = 4; y < height - 4; y++) {
        for (let x = 4; x < width - 4; x++) {
          expect(quarter(height - 1 - y, x)).toBeCloseTo(upright(x, y), 5);
          expect(half(width - 1 - x, height - 1 - y)).toBeCloseTo(upright(x, y), 5);
          expect(back(y, width - 1 - x)).toBeCloseTo(upright(x, y), 5);
        }
      }
    },
  );
});
