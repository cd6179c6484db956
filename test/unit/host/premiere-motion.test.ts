/** The look that a render is given, so that its picture is where and as large as the original's. */
import { describe, expect, test } from '@jest/globals';
import type { Look, Setting, Value } from '../../../src/host/premiere/look.ts';
import { carriedLook, isSeeThrough } from '../../../src/host/premiere/motion.ts';

const of = (index: number, value: Value, keys: Setting['keys'] = null): Setting => ({ index, value, keys });
const MIDDLE = { x: 0.5, y: 0.5 };
/** As Premiere lays a clip: Position, Scale, Scale Width, Uniform Scale, Rotation, Anchor Point, Opacity. */
const FRESH: Look = {
  motion: [of(0, MIDDLE), of(1, 100), of(2, 100), of(3, true), of(4, 0), of(5, MIDDLE), of(7, 0)],
  opacity: [of(0, 100), of(1, 18)],
  crops: [],
};
/** A look that differs from it in some of Motion. */
const moved = (...settings: readonly Setting[]): Look => ({
  ...FRESH,
  motion: FRESH.motion.map((each) => settings.find(({ index }) => index === each.index) ?? each),
});
const carried = (look: Look, scaleX = 4, scaleY = scaleX, fresh = FRESH) =>
  Object.fromEntries(
    carriedLook(look, fresh, { scaleX, scaleY }).motion.map(({ index, value, keys }) => [
      index,
      keys?.map((key) => [key.ticks, key.value, key.mode]) ?? value,
    ]),
  );

describe('the look carried to a render', () => {
  test('of an untouched clip is its scale by the factor', () => {
    expect(carried(FRESH)).toEqual({ 1: 25, 2: 25 });
  });

  test('keeps position, rotation, crop, and an anchor in fractions of the frame', () => {
    const look = moved(of(0, { x: 0.2, y: 0.9 }), of(1, 50), of(4, 33), of(5, { x: 0, y: 1 }), of(7, 12));
    expect(carried(look)).toEqual({
      ...{ 0: { x: 0.2, y: 0.9 }, 1: 12.5, 2: 25, 4: 33, 5: { x: 0, y: 1 }, 7: 12 },
    });
  });

  test('takes an anchor in pixels along with the picture, where that is how points are counted', () => {
    const pixels: Look = { ...FRESH, motion: [of(1, 100), of(5, { x: 1920, y: 1080 })] };
    const look: Look = { ...FRESH, motion: [of(1, 100), of(5, { x: 10, y: 20 })] };
    expect(carried(look, 4, 4, pixels)).toEqual({ 1: 25, 5: { x: 40, y: 80 } });
  });

  test('scales width and height apart where the clip does, and where the factors differ', () => {
    expect(carried(moved(of(1, 80), of(2, 60), of(3, false)))).toEqual({ 1: 20, 2: 15, 3: false });
    expect(carried(moved(of(1, 80)), 5, 4)).toEqual({ 1: 20, 2: 16, 3: false });
  });

  test('scales each keyframe, and keeps its time and curve', () => {
    const keys = [
      { ticks: 0n, value: 100, mode: 5 },
      { ticks: 9n, value: 200, mode: 0 },
    ];
    expect(carried(moved(of(1, 100, keys)))[1]).toEqual([
      [0n, 25, 5],
      [9n, 50, 0],
    ]);
    expect(carried(moved(of(1, 100, keys)), 5, 4)[2]).toEqual([
      [0n, 20, 5],
      [9n, 40, 0],
    ]);
  });

  test('feathers a crop’s edge by as many times as there are pixels', () => {
    const { crops } = carriedLook({ ...FRESH, crops: [[of(0, 10), of(5, 3)]] }, FRESH, {
      scaleX: 2,
      scaleY: 2,
    });
    expect(crops).toEqual([[of(0, 10), of(5, 6)]]);
  });
});

test.each<[string, readonly Setting[], boolean]>([
  ['as it is laid', FRESH.opacity, false],
  ['of less than all', [of(0, 99)], true],
  ['that varies', [of(0, 100, [{ ticks: 0n, value: 100, mode: 0 }])], true],
  ['in another blend mode', [of(0, 100), of(1, 3)], true],
])('what lies below shows through an opacity %s: %j', (_, opacity, shows) => {
  expect(isSeeThrough({ ...FRESH, opacity }, FRESH)).toBe(shows);
});

test('what lies below shows through the feathered edge of a crop, and not through a sharp one', () => {
  const cropped = (feather: Setting) => isSeeThrough({ ...FRESH, crops: [[of(0, 10), feather]] }, FRESH);
  expect(cropped(of(5, 0))).toBe(false);
  expect(cropped(of(5, 3))).toBe(true);
  expect(cropped(of(5, 0, [{ ticks: 0n, value: 0, mode: 0 }]))).toBe(true);
});
