import { describe, expect, test } from '@jest/globals';
import { allocatePlanes, type Planes } from '../../../src/video/planes.ts';
import { ProresEncoder } from '../../../src/video/prores/encoder.ts';
import { sliceSizes } from '../../../src/video/prores/tables.ts';
import type { ColourTags } from '../../../src/video/types.ts';
import { random } from '../engine/fakes.ts';
import { hasFfmpeg, movOf, psnr, readByFfmpeg, readByMediabunny } from './prores-readers.ts';

const BT709: ColourTags = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false };

type Sample = (x: number, y: number, plane: number) => number;

function picture(width: number, height: number, sample: Sample): Planes {
  const made = allocatePlanes('yuv422', width, height, 10);
  made.planes.forEach((plane, index) => {
    const stride = made.strides[index] as number;
    for (let at = 0; at < plane.length; at++) plane[at] = sample(at % stride, Math.floor(at / stride), index);
  });
  return made;
}

const smooth: Sample = (x, y, plane) => 500 + 300 * Math.sin(x / 31 + plane) * Math.cos(y / 23);
function noisy(amplitude: number): Sample {
  const next = random(7);
  return (x, y, plane) => smooth(x, y, plane) + amplitude * (next() - 0.5);
}

function encode(planes: Planes, colour = BT709): Uint8Array {
  return new ProresEncoder({ width: planes.width, height: planes.height, colour }).encode(planes);
}

describe.each([
  { what: 'one macroblock', width: 16, height: 16 },
  { what: 'a slice of each size, a cut column and row', width: 250, height: 70 },
  { what: 'whole slices', width: 256, height: 144 },
  { what: 'less than a macroblock', width: 6, height: 2 },
])('$what, $width × $height', ({ width, height }) => {
  test.each([
    { name: 'smooth', sample: smooth, least: 60 },
    { name: 'noisy', sample: noisy(200), least: 55 },
  ])('is read by an independent decoder: $name', async ({ sample, least }) => {
    const planes = picture(width, height, sample);
    const mov = await movOf(encode(planes), width, height);
    const read = await readByMediabunny(mov);
    expect([read.planes.width, read.planes.height]).toEqual([width, height]);
    expect(psnr(read.planes, planes)).toBeGreaterThan(least);
    if (hasFfmpeg) expect(psnr(readByFfmpeg(mov, width, height), planes)).toBeGreaterThan(least);
  });
});

describe('values at the ends', () => {
  // Decoders keep 0..3 and 1020..1023 free, which SDI needs for itself.
  test.each([
    { name: 'black', sample: () => 4 },
    { name: 'white', sample: () => 1019 },
    { name: 'a chessboard of both', sample: (x: number, y: number) => ((x + y) % 2 === 0 ? 4 : 1019) },
    { name: 'blocks of both', sample: (x: number, y: number) => (((x >> 3) + (y >> 3)) % 2 ? 4 : 1019) },
    { name: 'lines of both', sample: (x: number) => (x % 2 ? 1019 : 4) },
  ])('$name comes back within 3 codes', async ({ sample }) => {
    const planes = picture(144, 32, sample);
    const read = (await readByMediabunny(await movOf(encode(planes), 144, 32))).planes;
    for (const index of [0, 1, 2] as const) {
      const sent = planes.planes[index];
      const errors = Array.from(read.planes[index], (value, at) => Math.abs(value - (sent[at] as number)));
      expect(Math.max(...errors)).toBeLessThanOrEqual(3);
    }
  });
});

test('full noise in a large picture stays within the bound, and the frame can be read', async () => {
  const [width, height] = [640, 360];
  const next = random(3);
  const planes = picture(width, height, () => 64 + 876 * next());
  const encoder = new ProresEncoder({ width, height, colour: BT709 });
  const frame = encoder.encode(planes);
  expect(frame.length).toBeLessThanOrEqual(encoder.mostBytes);
  expect(frame.length).toBeGreaterThan(0.8 * encoder.mostBytes);
  const read = await readByMediabunny(await movOf(frame, width, height));
  expect(psnr(read.planes, planes)).toBeGreaterThan(20);
});

test('the same frame gives the same bytes, whatever went before', () => {
  const planes = picture(64, 48, noisy(50));
  const encoder = new ProresEncoder({ width: 64, height: 48, colour: BT709 });
  const first = encoder.encode(planes);
  encoder.encode(picture(64, 48, noisy(900)));
  expect(encoder.encode(planes)).toEqual(first);
});

test('rows may lie further apart than they are wide', () => {
  const planes = picture(40, 24, noisy(50));
  const apart: Planes = {
    ...planes,
    strides: [64, 50, 51],
    planes: [spreadOut(planes, 0, 64), spreadOut(planes, 1, 50), spreadOut(planes, 2, 51)],
  };
  expect(encode(apart)).toEqual(encode(planes));
});

function spreadOut(planes: Planes, index: 0 | 1 | 2, stride: number): Uint16Array<ArrayBuffer> {
  const out = new Uint16Array(stride * planes.height).fill(1023);
  const from = planes.strides[index];
  for (let y = 0; y < planes.height; y++) {
    out.set(planes.planes[index].subarray(y * from, (y + 1) * from), y * stride);
  }
  return out;
}

test.each<ColourTags>([
  BT709,
  { primaries: 'bt470bg', transfer: 'bt709', matrix: 'smpte170m', fullRange: false },
  { primaries: 'bt2020', transfer: 'pq', matrix: 'bt2020-ncl', fullRange: false },
  { primaries: 'bt2020', transfer: 'hlg', matrix: 'bt2020-ncl', fullRange: false },
])('the frame says its colours: $primaries, $transfer, $matrix', async (colour) => {
  const mov = await movOf(encode(picture(16, 16, smooth), colour), 16, 16);
  const { primaries, transfer, matrix } = await readByMediabunny(mov);
  expect({ primaries, transfer, matrix, fullRange: false }).toEqual(colour);
});

test('a rate of the list is in the header, another is not', () => {
  const code = (numerator: number, denominator: number) => {
    const facts = { width: 16, height: 16, colour: BT709, rate: { numerator, denominator } };
    const frame = new ProresEncoder(facts).encode(picture(16, 16, smooth));
    return (frame[21] as number) & 0x0f;
  };
  expect([code(24000, 1001), code(25, 1), code(60000, 1001), code(18, 1)]).toEqual([1, 3, 7, 0]);
});

test('a row of macroblocks is cut into eights and falling powers of two', () => {
  expect([sliceSizes(1), sliceSizes(8), sliceSizes(23)]).toEqual([[1], [8], [8, 8, 4, 2, 1]]);
});
