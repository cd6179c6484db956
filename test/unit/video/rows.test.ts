import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { codesOf, holdingOf, renderColour } from '../../../src/video/matrix.ts';
import {
  allocatePlanes,
  interleaved,
  planeSize,
  type PlaneDepth,
  type Planes,
} from '../../../src/video/planes.ts';
import { RowsIn } from '../../../src/video/rows-in.ts';
import { RowsOut, type OutFormat } from '../../../src/video/rows-out.ts';
import type { ColourTags } from '../../../src/video/types.ts';

const matrices = ['bt709', 'smpte170m', 'bt470bg', 'bt2020-ncl'] as const;

function tags(matrix: ColourTags['matrix'], fullRange: boolean): ColourTags {
  return { primaries: 'bt709', transfer: 'bt709', matrix, fullRange };
}

/** Every code there is, in every plane: super-white, super-black and colours that no RGB has. */
function random(
  format: Planes['format'],
  width: number,
  height: number,
  depth: PlaneDepth,
  seed: number,
): Planes {
  const picture = allocatePlanes(format, width, height, depth);
  let state = seed | 1;
  for (const plane of picture.planes) {
    for (let i = 0; i < plane.length; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      plane[i] = (state >>> 12) % 2 ** depth;
    }
  }
  return picture;
}

/** A frame engine that copies rows, clipped to 0..1 as the engine does, a few at a time. */
async function copied(picture: Planes, colour: ColourTags, out: OutFormat): Promise<Planes> {
  const source = new RowsIn(picture, colour);
  const sink = new RowsOut(out, source);
  await sink.open(source.format);
  for (let y = 0; y < picture.height; y += 3) {
    const rows = Math.min(3, picture.height - y);
    const samples = (await source.read(rows)).map((value) => Math.min(Math.max(value, 0), 1));
    await sink.write(rows, samples);
  }
  return sink.picture;
}

/** The greatest difference of any code, in 8-bit steps. */
function difference(one: Planes, other: Planes): number {
  expect(other.planes.map((plane) => plane.length)).toEqual(one.planes.map((plane) => plane.length));
  let most = 0;
  one.planes.forEach((plane, index) => {
    plane.forEach((code, i) => (most = Math.max(most, Math.abs(code - (other.planes[index]?.[i] ?? NaN)))));
  });
  return most / 2 ** (one.depth - 8);
}

describe('a picture that goes through the engine unchanged', () => {
  test('comes back as it was: any matrix, range, depth, layout and size, any codes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...matrices),
        fc.boolean(),
        fc.constantFrom<(8 | 10 | 12)[]>(8, 10, 12),
        fc.constantFrom<('yuv420' | 'yuv422' | 'yuv444')[]>('yuv420', 'yuv422', 'yuv444'),
        fc.integer({ min: 1, max: 23 }),
        fc.integer({ min: 1, max: 19 }),
        fc.nat(),
        async (matrix, fullRange, depth, format, width, height, seed) => {
          const colour = tags(matrix, fullRange);
          const picture = random(format, width, height, depth, seed);
          const result = await copied(picture, colour, { format, depth, colour });
          // Floats keep 24 bits: not even one code may change.
          expect(difference(picture, result)).toBe(0);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('without what was beyond, only what RGB can hold comes back', async () => {
    const colour = tags('bt709', false);
    const picture = allocatePlanes('yuv420', 4, 4, 8);
    picture.planes[0].fill(250);
    picture.planes[1].fill(128);
    picture.planes[2].fill(128);
    const source = new RowsIn(picture, colour);
    const sink = new RowsOut({ format: 'yuv420', depth: 8, colour });
    await sink.open(source.format);
    await sink.write(
      4,
      (await source.read(4)).map((value) => Math.min(value, 1)),
    );
    expect([...sink.picture.planes[0]]).toEqual(new Array<number>(16).fill(235));
    expect(difference(picture, await copied(picture, colour, { format: 'yuv420', depth: 8, colour }))).toBe(
      0,
    );
  });

  test('colours kept as such (matrix 0, RGB) come back too', async () => {
    const colour = tags('rgb', false);
    const picture = random('yuv444', 9, 5, 10, 7);
    expect(difference(picture, await copied(picture, colour, { format: 'yuv444', depth: 10, colour }))).toBe(
      0,
    );
    const rgb = random('rgb', 9, 5, 16, 7);
    expect(difference(rgb, await copied(rgb, colour, { format: 'rgb', depth: 16, colour }))).toBe(0);
  });
});

describe('codes', () => {
  // ITU-R BT.709-6 § 3.2 and BT.601-7 § 2.5 by hand: 100 % red, limited range, 8 bits.
  test.each([
    ['bt709', [63, 102, 240]],
    ['smpte170m', [81, 90, 240]],
    ['bt470bg', [81, 90, 240]],
    ['bt2020-ncl', [74, 97, 240]],
  ] as const)('red in %s is %j', async (matrix, [y, cb, cr]) => {
    const red = allocatePlanes('rgb', 2, 2, 8);
    red.planes[0].fill(255);
    const source = new RowsIn(red, tags(matrix, false));
    const sink = new RowsOut({ format: 'yuv420', depth: 8, colour: tags(matrix, false) });
    await sink.open(source.format);
    await sink.write(2, await source.read(2));
    expect([sink.picture.planes[0][3], sink.picture.planes[1][0], sink.picture.planes[2][0]]).toEqual([
      y,
      cb,
      cr,
    ]);
  });

  test('black, white and no colour are where H.273 has them', () => {
    expect(codesOf(8, false)).toEqual({
      lumaOffset: 16,
      lumaScale: 1 / 219,
      chromaOffset: 128,
      chromaScale: 1 / 224,
      most: 255,
    });
    expect(codesOf(10, true)).toEqual({
      lumaOffset: 0,
      lumaScale: 1 / 1023,
      chromaOffset: 512,
      chromaScale: 1 / 1023,
      most: 1023,
    });
    expect(codesOf(10, false).lumaOffset + 1 / codesOf(10, false).lumaScale).toBe(940);
    expect(holdingOf('rgb', 8, tags('bt709', false)).codes.most).toBe(255);
  });

  test('a render has no matrix 0, and no full range where its format has none', () => {
    expect(renderColour(tags('rgb', true), false)).toEqual(tags('bt709', true));
    expect(renderColour(tags('smpte170m', true), true)).toEqual(tags('smpte170m', false));
  });
});

describe('chroma', () => {
  test('a ramp stays one at luma’s density, across and down', async () => {
    // Cr grows by 4 a chroma sample, thus by 2 a pixel; the first sample is on the first pixel across, half a pixel below it.
    const colour = tags('bt709', true);
    for (const along of ['x', 'y'] as const) {
      const picture = allocatePlanes('yuv420', 16, 16, 8);
      picture.planes[0].fill(128);
      picture.planes[1].fill(128);
      for (let i = 0; i < 64; i++) picture.planes[2][i] = 100 + 4 * (along === 'x' ? i % 8 : i >> 3);
      const source = new RowsIn(picture, colour);
      const samples = await source.read(16);
      const cr = (x: number, y: number): number =>
        (((samples[3 * (16 * y + x)] ?? 0) - 128 / 255) / 1.5748) * 255 + 128;
      for (let k = 2; k < 13; k++) {
        expect(along === 'x' ? cr(k, 5) : cr(5, k)).toBeCloseTo(100 + 2 * (along === 'x' ? k : k - 0.5), 3);
      }
    }
  });

  test('an edge makes no overshoot', async () => {
    const colour = tags('bt709', true);
    const picture = allocatePlanes('yuv420', 16, 16, 8);
    picture.planes[1].fill(128);
    for (let i = 0; i < 64; i++) picture.planes[2][i] = i >> 3 < 4 ? 60 : 200;
    const samples = await new RowsIn(picture, colour).read(16);
    const red = samples.filter((_, i) => i % 3 === 0);
    expect(Math.min(...red)).toBeCloseTo(((60 - 128) / 255) * 1.5748, 5);
    expect(Math.max(...red)).toBeCloseTo(((200 - 128) / 255) * 1.5748, 5);
  });

  test('what is beyond 0..1 grows with the picture', async () => {
    const colour = tags('bt709', false);
    const picture = allocatePlanes('yuv420', 4, 4, 8);
    picture.planes[0].fill(250);
    picture.planes[1].fill(128);
    picture.planes[2].fill(128);
    const source = new RowsIn(picture, colour);
    const sink = new RowsOut({ format: 'yuv420', depth: 8, colour }, source);
    await source.read(4);
    await sink.open({ width: 10, height: 12, channels: 3, depth: 32 });
    await sink.write(12, new Float32Array(360).fill(1));
    expect([...new Set(sink.picture.planes[0])]).toEqual([250]);
    expect(planeSize(sink.picture, 1)).toEqual({ width: 5, height: 6 });
  });
});

test('planes of R, G and B are woven for files of one picture', () => {
  const picture = allocatePlanes('rgb', 2, 1, 16);
  picture.planes.forEach((plane, index) => plane.set([10 * index, 10 * index + 1]));
  expect([...interleaved(picture)]).toEqual([0, 10, 20, 1, 11, 21]);
});
