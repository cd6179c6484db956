import { describe, expect, test } from '@jest/globals';
import { Latest, centredWindow, clampWindow } from '../../../src/panel/comparison.ts';

describe('The window of the before/after view', () => {
  const window = { width: 200, height: 100 };
  const layer = { x: -40, y: 30, width: 1000, height: 800 };

  test('begins in the middle of the layer', () => {
    expect(centredWindow(window, layer)).toEqual({ x: 360, y: 380 });
  });

  test('stays within the layer, wherever it is dragged', () => {
    expect(clampWindow({ x: -500, y: -500 }, window, layer)).toEqual({ x: -40, y: 30 });
    expect(clampWindow({ x: 5000, y: 5000 }, window, layer)).toEqual({ x: 760, y: 730 });
    expect(clampWindow({ x: 10.4, y: 99.6 }, window, layer)).toEqual({ x: 10, y: 100 });
  });

  test('holds a layer smaller than itself in its middle', () => {
    const small = { x: 10, y: 20, width: 50, height: 800 };
    expect(clampWindow({ x: 999, y: 100 }, window, small)).toEqual({ x: -65, y: 100 });
  });
});

test('Of hurried requests only the first and the latest are carried out, one after the other', async () => {
  const begun: number[] = [];
  const finish: (() => void)[] = [];
  const latest = new Latest<number>((request) => {
    begun.push(request);
    return new Promise((resolve) => finish.push(resolve));
  });
  for (const request of [1, 2, 3, 4]) latest.ask(request);
  expect(begun).toEqual([1]);
  finish[0]?.();
  await Promise.resolve();
  await Promise.resolve();
  expect(begun).toEqual([1, 4]);
  latest.ask(5);
  latest.drop();
  finish[1]?.();
  await Promise.resolve();
  await Promise.resolve();
  expect(begun).toEqual([1, 4]);
  latest.ask(6);
  expect(begun).toEqual([1, 4, 6]);
});
