/** Single frames: their names and contents, and what a run that goes on writes. */
import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { segmentFrames } from '../../../src/video/codecs.ts';
import { frameFileName } from '../../../src/video/frames-folder.ts';
import { allocatePlanes, type Planes } from '../../../src/video/planes.ts';
import { openRenderOutput } from '../../../src/video/segments.ts';
import type { RemasterJob } from '../../../src/video/types.ts';
import { Disk } from './film-fakes.ts';

const rate = { numerator: 3, denominator: 2 };
const frames = 2 * segmentFrames(rate) + 1;
const job = (codec: 'png' | 'tiff', bitDepth: 8 | 16): RemasterJob => ({
  first: 100,
  end: 100 + frames,
  rate,
  resampled: false,
  target: { width: 4, height: 2 },
  pixelAspect: { numerator: 1, denominator: 1 },
  rotation: 0,
  fields: 'progressive',
  colour: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false },
  codec,
  bitDepth,
});

function pictureOf(frame: number, depth: 8 | 16): Planes {
  const picture = allocatePlanes('rgb', 4, 2, depth);
  const unit = depth === 8 ? 1 : 257;
  picture.planes.forEach((plane, channel) =>
    plane.set(plane.map((_, at) => (60 * channel + at + frame) * unit)),
  );
  return picture;
}

async function run(of: RemasterJob, disk: Disk): Promise<void> {
  const output = await openRenderOutput(of, disk);
  for (let frame = output.nextFrame; frame < frames; frame++) {
    await output.add(pictureOf(frame, of.codec === 'png' && of.bitDepth === 8 ? 8 : 16));
  }
  await output.finish();
  output.close();
}

test.each([
  ['png', 8, 'uchar'],
  ['png', 16, 'ushort'],
  ['tiff', 16, 'ushort'],
] as const)('every frame is a %s of %d bits with its colours', async (codec, bitDepth, depth) => {
  const disk = new Disk();
  await run(job(codec, bitDepth), disk);
  expect([...disk.files.keys()]).toEqual(
    Array.from({ length: frames }, (_, frame) => frameFileName('Clip', codec, frame)),
  );
  const bytes = disk.files.get(frameFileName('Clip', codec, 4));
  expect(await sharp(bytes).metadata()).toMatchObject({ width: 4, height: 2, channels: 3, depth });
  const pixels = await sharp(bytes).toColourspace('srgb').raw().toBuffer();
  expect([...pixels.subarray(0, 6)]).toEqual([4, 64, 124, 5, 65, 125]);
});

test('names are numbered from 1, so that they sort', () => {
  expect(frameFileName('A clip', 'png', 0)).toBe('A clip_000001.png');
  expect(frameFileName('A clip', 'tiff', 999_999)).toBe('A clip_1000000.tif');
});

test('a run that was cut off anywhere goes on, with the same files in the end', async () => {
  const of = job('png', 8);
  const whole = new Disk();
  await run(of, whole);
  expect(whole.journal).toHaveLength(3);
  for (let calls = 0; calls < whole.calls; calls++) {
    const cut = new Disk();
    cut.callsLeft = calls;
    await expect(run(of, cut)).rejects.toThrow('disk');
    const next = cut.restarted();
    const { nextFrame } = await openRenderOutput(of, next);
    await run(of, next);
    expect(next.files).toEqual(whole.files);
    expect(next.writes).toHaveLength(frames - nextFrame);
  }
});

test('nothing is written after it was closed', async () => {
  const disk = new Disk();
  const output = await openRenderOutput(job('png', 8), disk);
  const adding = output.add(pictureOf(0, 8));
  output.close();
  await expect(adding).rejects.toMatchObject({ code: 'cancelled' });
  expect(disk.files.size).toBe(0);
});
