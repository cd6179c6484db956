import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LoupeError } from '../../../src/errors.ts';
import type { Region } from '../../../src/engine/types.ts';
import { drawingLikelihood } from '../../../src/subject/drawing.ts';
import { proposeModel } from '../../../src/subject/propose.ts';
import { astronaut, drawing, painted, pasted, photo, shippedDetector } from './pictures.ts';

let shipped: Awaited<ReturnType<typeof shippedDetector>>;
beforeAll(async () => {
  shipped = await shippedDetector();
});
afterAll(() => shipped.close());

/** Crown, hair on both sides and chin of the astronaut, read off the picture. */
const HEAD = [
  [137, 17],
  [76, 61],
  [192, 64],
  [132, 142],
] as const;

const contains = ({ x, y, width, height }: Region, px: number, py: number): boolean =>
  px >= x && py >= y && px < x + width && py < y + height;

describe('Auto proposes', () => {
  test('Face for a portrait, and shows the whole head, within the picture', async () => {
    const picture = await astronaut();
    const { model, reason, faces } = await proposeModel(picture, shipped.detect);
    expect({ model, reason }).toEqual({ model: 'face', reason: 'portrait' });
    expect(faces).toHaveLength(1);
    const [head] = faces;
    if (!head) throw new Error('no head');
    for (const [x, y] of HEAD) expect(contains(head, x, y)).toBe(true);
    expect(head.x + head.width).toBeLessThanOrEqual(256);
    expect(head.width).toBeLessThan(220);
  });

  test('Landscape for a photo with a smaller face, and says where the face is', async () => {
    const scene = await pasted(photo(512, 384), await astronaut(), 300, 160, 128);
    const { model, reason, faces } = await proposeModel(scene, shipped.detect);
    expect({ model, reason }).toEqual({ model: 'landscape', reason: 'faces' });
    expect(faces).toHaveLength(1);
    const [head] = faces;
    const missed = HEAD.filter(([x, y]) => !head || !contains(head, 300 + x / 2, 160 + y / 2));
    expect({ head, missed }).toEqual({ head, missed: [] });
  });

  test('Landscape for a photo without faces', async () => {
    expect(await proposeModel(photo(), shipped.detect)).toEqual({
      model: 'landscape',
      reason: 'photo',
      faces: [],
    });
  });

  test('Art for a drawing, without looking for faces', async () => {
    const before = shipped.runs();
    expect(await proposeModel(drawing(), shipped.detect)).toEqual({
      model: 'art',
      reason: 'drawing',
      faces: [],
    });
    expect(shipped.runs()).toBe(before);
  });

  test('Face for a portrait so dark that it looks drawn', async () => {
    const { rgba, ...size } = await astronaut();
    const dark = {
      ...size,
      rgba: rgba.map((value, at) => (at % 4 === 3 ? value : Math.round(value * 0.15))),
    };
    expect(drawingLikelihood(dark)).toBeGreaterThan(0.5);
    expect(await proposeModel(dark, shipped.detect)).toMatchObject({ model: 'face', reason: 'portrait' });
  });

  test.each([
    ['8×8', drawing(8, 8)],
    ['a strip', photo(600, 20)],
    ['all transparent', painted(200, 200, () => [0, 0, 0, 0])],
  ])('Landscape for a picture too small to tell: %s', async (_, picture) => {
    expect(await proposeModel(picture, shipped.detect)).toEqual({
      model: 'landscape',
      reason: 'too-small',
      faces: [],
    });
  });

  test('nothing when the detector fails', async () => {
    const failure = new LoupeError('backend-failed', 'out of memory');
    await expect(proposeModel(photo(), () => Promise.reject(failure))).rejects.toBe(failure);
  });
});
