import { describe, expect, test } from '@jest/globals';
import { backendOf, enhancePicture, photo, picture, sharpen, type Picture } from './fakes.ts';

const SIDE = 90;

/** Share of a pixel of side `size` at (x, y) inside a disc in the middle, by 8² samples. */
function coverage(x: number, y: number, size: number): number {
  let inside = 0;
  for (let i = 0; i < 64; i++) {
    const dx = x + (((i & 7) + 0.5) / 8) * size - SIDE / 2;
    const dy = y + (((i >> 3) + 0.5) / 8) * size - SIDE / 2;
    if (dx * dx + dy * dy < 32 * 32) inside++;
  }
  return inside / 64;
}

const beneath = photo(SIDE, SIDE, 3, 5).samples;
const color = (x: number, y: number, channel: number) =>
  (beneath[(y * SIDE + x) * 3 + channel] as number) / 255;

/** A photo cut out as a disc; what stands where nothing is seen is `hidden`'s choice. */
function cutOut(hidden: (x: number, y: number, channel: number) => number): Picture {
  return picture(SIDE, SIDE, 4, 8, (x, y, channel) => {
    const alpha = coverage(x, y, 1);
    if (channel === 3) return alpha;
    return alpha === 0 ? hidden(x, y, channel) : color(x, y, channel);
  });
}

/** The picture over a flat background (0 or 255), in steps. */
function over({ samples }: Picture, background: number): number[] {
  const result: number[] = [];
  for (let i = 0; i < samples.length; i += 4) {
    const alpha = (samples[i + 3] as number) / 255;
    for (let c = 0; c < 3; c++) result.push(alpha * (samples[i + c] as number) + (1 - alpha) * background);
  }
  return result;
}

function differences(a: number[], b: number[]): { largest: number; mean: number } {
  let largest = 0;
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = a[i] as number;
    const off = difference > (b[i] as number) ? difference - (b[i] as number) : (b[i] as number) - difference;
    sum += off;
    if (off > largest) largest = off;
  }
  return { largest, mean: sum / a.length };
}

describe('a cut-out with a smooth edge', () => {
  type Hidden = (x: number, y: number, channel: number) => number;
  const green: Hidden = (_x, _y, channel) => (channel === 1 ? 1 : 0);
  const run = (hidden: Hidden) => enhancePicture(cutOut(hidden), [backendOf(sharpen)]);

  test.each([0, 255])(
    'has no fringe over %i, whatever colour stands beneath its transparent part',
    async (background) => {
      // As good as if the photo went on beneath: the best that can be.
      const ideal = over((await run(color)).picture, background);
      for (const hidden of [green, () => 0, () => 1] satisfies Hidden[]) {
        const { largest, mean } = differences(over((await run(hidden)).picture, background), ideal);
        expect(largest).toBeLessThan(6);
        expect(mean).toBeLessThan(0.05);
      }
    },
  );

  test('the same over the true edge at four times the size', async () => {
    const { picture: result } = await run(green);
    let sum = 0;
    let edge = 0;
    for (let y = 0; y < result.height; y++) {
      for (let x = 0; x < result.width; x++) {
        const truth = coverage(x / 4, y / 4, 0.25);
        const off = (result.samples[(y * result.width + x) * 4 + 3] as number) / 255 - truth;
        if (truth > 0 && truth < 1) {
          edge++;
          sum += off < 0 ? -off : off;
        }
        if (truth === 0 && coverage((x - 12) / 4, (y - 12) / 4, 6) === 0) expect(off).toBe(0);
      }
    }
    expect(sum / edge).toBeLessThan(0.25);
  });

  test('the hidden colour itself never shows: what is written beneath near the edge is the photo’s', async () => {
    const { picture: result } = await run(green);
    for (let i = 0; i < result.samples.length; i += 4) {
      const alpha = result.samples[i + 3] as number;
      const [r, g, b] = [
        result.samples[i] as number,
        result.samples[i + 1] as number,
        result.samples[i + 2] as number,
      ];
      if (alpha > 0) expect(g > 250 && r < 5 && b < 5).toBe(false);
    }
  });
});
