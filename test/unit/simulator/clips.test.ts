/** The test clips are what their names say, by a reader that did not write them. */
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { createFile, MP4BoxBuffer } from 'mp4box';
import { frameNumber, paintOf } from '../../../simulator/samples/clip-picture.ts';
import { testClips } from '../../../simulator/samples/clips.ts';

async function infoOf(path: string) {
  const file = createFile();
  const info = new Promise<Parameters<NonNullable<typeof file.onReady>>[0]>((resolve, reject) => {
    file.onReady = resolve;
    file.onError = (_, message) => reject(new Error(message));
  });
  file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(new Uint8Array(await readFile(path)).buffer, 0));
  file.flush();
  return info;
}

describe('test clips', () => {
  test('have the rate, the number of frames and the tags of their names', async () => {
    const { 'rate-29.97': path, 'pixel-aspect': wide } = await testClips(['rate-29.97', 'pixel-aspect']);
    const [video] = (await infoOf(path)).videoTracks;
    expect(video).toMatchObject({ nb_samples: 12, track_width: 96, track_height: 64 });
    const { samples_duration = 0, timescale = 1 } = video ?? {};
    expect(samples_duration / timescale).toBeCloseTo((12 * 1001) / 30000, 9);
    expect((await readFile(wide)).includes(Buffer.from('pasp\0\0\0\x40\0\0\0\x2d', 'latin1'))).toBe(true);
  });

  test('show each frame’s number, which is not read from a picture without one', () => {
    const size = { width: 96, height: 64 };
    for (const number of [0, 1, 500, 14_999, 32_767]) {
      const paint = paintOf(number, number, size);
      expect(frameNumber((x, y) => paint(x, y)[0], size, 1)).toBe(number);
    }
    expect(() => frameNumber(() => 0, size)).toThrow('no frame number');
  });
});
