/** The render of a job in ProRes, which needs no browser: whole, and cut off, as two other decoders read it. */
import { describe, expect, test } from '@jest/globals';
import { outFormat, segmentFrames } from '../../../src/video/codecs.ts';
import { recordedFilm } from '../../../src/video/journal.ts';
import { allocatePlanes, planeSize, type Planes } from '../../../src/video/planes.ts';
import { openRenderOutput } from '../../../src/video/segments.ts';
import type { RemasterJob } from '../../../src/video/types.ts';
import { Disk } from './film-fakes.ts';
import { hasFfmpeg, psnr, readByFfmpeg, readByMediabunny } from './prores-readers.ts';

const FRAMES = 3;
const job: RemasterJob = {
  first: 1000,
  end: 1000 + FRAMES,
  rate: { numerator: 1000, denominator: 1001 },
  resampled: false,
  target: { width: 90, height: 50 },
  pixelAspect: { numerator: 1, denominator: 1 },
  rotation: 0,
  fields: 'progressive',
  colour: { primaries: 'bt470bg', transfer: 'smpte170m', matrix: 'bt470bg', fullRange: true },
  codec: 'prores',
  bitDepth: 10,
};

function painted(frame: number): Planes {
  const { format, depth } = outFormat(job);
  const picture = allocatePlanes(format, job.target.width, job.target.height, depth);
  picture.planes.forEach((plane, index) => {
    const { width } = planeSize(picture, index);
    plane.forEach((_, at) => (plane[at] = 300 + 100 * index + 4 * (at % width) - 20 * frame));
  });
  return picture;
}

async function run(disk: Disk): Promise<void> {
  const output = await openRenderOutput(job, disk);
  for (let frame = output.nextFrame; frame < FRAMES; frame++) await output.add(painted(frame));
  await output.finish();
  output.close();
}

describe('a render in ProRes', () => {
  test('is read by other decoders, with its tags', async () => {
    const disk = new Disk();
    await run(disk);
    const read = await readByMediabunny(disk.file);
    expect(psnr(read.planes, painted(0))).toBeGreaterThan(60);
    // A frame's own tags are fewer than the film's: of the same curve and matrix one stands for both.
    expect(read).toMatchObject({ primaries: 'bt470bg', transfer: 'bt709', matrix: 'smpte170m' });
    const nclc = Buffer.from(disk.file).indexOf('colrnclc');
    expect([...disk.file.subarray(nclc + 8, nclc + 14)]).toEqual([0, 5, 0, 6, 0, 5]);
    if (!hasFfmpeg) return;
    expect(psnr(readByFfmpeg(disk.file, 90, 50), painted(0))).toBeGreaterThan(60);
  });

  test('is the same after every call that can fail', async () => {
    const whole = new Disk();
    await run(whole);
    expect(segmentFrames(job.rate)).toBe(2);
    expect(recordedFilm(whole.journal)).toHaveLength(2);
    for (let calls = 0; calls < whole.calls; calls++) {
      const cut = new Disk();
      cut.callsLeft = calls;
      await expect(run(cut)).rejects.toThrow('disk');
      const next = cut.restarted();
      await run(next);
      expect(Buffer.compare(next.file, whole.file)).toBe(0);
    }
  });
});
