/** Frames as files, read back by sharp. */
import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { encodePng } from '../../../src/video/png.ts';
import { encodeTiff } from '../../../src/video/tiff.ts';
import { random } from '../engine/fakes.ts';

/** A ramp each way, with noise below it and both ends of the range. */
function samplesOf(width: number, height: number, depth: 8 | 16): Uint8Array | Uint16Array {
  const white = 2 ** depth - 1;
  const next = random(11);
  const values = Array.from({ length: 3 * width * height }, (_, at) => {
    const pixel = Math.floor(at / 3);
    const ramp = at % 3 === 0 ? (pixel % width) / width : Math.floor(pixel / width) / height;
    return Math.round(white * Math.min(1, ramp + 0.05 * next()));
  });
  values[0] = white;
  values[1] = 0;
  return depth === 8 ? Uint8Array.from(values) : Uint16Array.from(values);
}

async function read(file: Uint8Array, depth: 8 | 16) {
  const { data, info } = await sharp(file)
    .toColourspace(depth === 16 ? 'rgb16' : 'srgb')
    .raw({ depth: depth === 16 ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const bytes = new Uint8Array(data);
  return { info, samples: depth === 16 ? new Uint16Array(bytes.buffer) : bytes };
}

function same(one: Uint8Array | Uint16Array, other: Uint8Array | Uint16Array): boolean {
  return (
    one.length === other.length && Buffer.compare(Buffer.from(one.buffer), Buffer.from(other.buffer)) === 0
  );
}

describe.each([
  [1, 1],
  [2, 3],
  [33, 17],
  [420, 420],
])('%i × %i', (width, height) => {
  test.each([8, 16] as const)('PNG of %i bits comes back as it was', async (depth) => {
    const samples = samplesOf(width, height, depth);
    const file = await encodePng({ width, height, depth, samples });
    const meta = await sharp(file).metadata();
    expect([meta.format, meta.width, meta.height, meta.channels, meta.depth]).toEqual([
      'png',
      width,
      height,
      3,
      depth === 8 ? 'uchar' : 'ushort',
    ]);
    expect(same((await read(file, depth)).samples, samples)).toBe(true);
  });

  test('TIFF comes back as it was', async () => {
    const samples = Uint16Array.from(samplesOf(width, height, 16));
    const file = encodeTiff({ width, height, samples });
    const meta = await sharp(file).metadata();
    expect([meta.format, meta.width, meta.height, meta.channels, meta.depth, meta.density]).toEqual([
      'tiff',
      width,
      height,
      3,
      'ushort',
      72,
    ]);
    expect(same((await read(file, 16)).samples, samples)).toBe(true);
  });
});

test('a smooth PNG is smaller than its samples', async () => {
  const samples = Uint16Array.from({ length: 3 * 128 * 128 }, (_, at) => 64 * Math.floor(at / 3));
  const file = await encodePng({ width: 128, height: 128, depth: 16, samples });
  expect(file.length).toBeLessThan(samples.byteLength / 4);
});

test.each([
  [{ primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false }, [1, 1, 0, 1]],
  [{ primaries: 'bt2020', transfer: 'pq', matrix: 'bt2020-ncl', fullRange: false }, [9, 16, 0, 1]],
  [{ primaries: 'smpte170m', transfer: 'iec61966-2-1', matrix: 'smpte170m', fullRange: true }, [6, 13, 0, 1]],
] as const)('a PNG says its colours before its pixels: %j', async (colour, codes) => {
  const file = await encodePng({ width: 1, height: 1, depth: 8, samples: Uint8Array.of(1, 2, 3), colour });
  const text = Buffer.from(file).toString('latin1');
  const at = text.indexOf('cICP');
  expect(at).toBeLessThan(text.indexOf('IDAT'));
  expect([...file.subarray(at + 4, at + 8)]).toEqual(codes);
  // libpng checks each chunk's sum, and would leave out a damaged one.
  expect((await sharp(file, { failOn: 'warning' }).raw().toBuffer()).length).toBe(3);
});
