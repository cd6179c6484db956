import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  exactRate,
  frameAt,
  framesOf,
  framesOfSecond,
  ticksOf,
  TICKS_PER_SECOND,
} from '../../../src/video/rate.ts';
import { squareSize, uprightSize } from '../../../src/video/upright.ts';

const rates = [
  [24000, 1001],
  [24, 1],
  [25, 1],
  [30000, 1001],
  [30, 1],
  [50, 1],
  [60000, 1001],
  [60, 1],
].map(([numerator = 1, denominator = 1]) => ({ numerator, denominator }));

describe('exact rates', () => {
  test.each([
    [23.976, 24000, 1001],
    [23.976023976, 24000, 1001],
    [23.98, 24000, 1001],
    [29.97, 30000, 1001],
    [59.94, 60000, 1001],
    [59.9400599, 60000, 1001],
    [119.88, 120000, 1001],
    [24, 24, 1],
    [50, 50, 1],
    [12.5, 25, 2],
    [15, 15, 1],
    [14.985014985, 15000, 1001],
  ])('%d frames a second are %d by %d', (number, numerator, denominator) => {
    expect(exactRate(number)).toEqual({ numerator, denominator });
  });

  test('a rate that only this file has is taken from the file', () => {
    const own = { numerator: 90000, denominator: 3011 };
    expect(exactRate(29.8904, own)).toEqual(own);
    // But not where Premiere plays the file at another rate.
    expect(exactRate(24, { numerator: 25, denominator: 1 })).toEqual({ numerator: 24, denominator: 1 });
  });

  test('any other number becomes a rational within a millionth', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 240, noNaN: true }), (number) => {
        const rate = exactRate(number);
        expect(Math.abs(framesOfSecond(rate) - number)).toBeLessThan(5.1e-3);
        expect(Number.isInteger(rate.numerator) && Number.isInteger(rate.denominator)).toBe(true);
      }),
    );
    expect(Math.abs(framesOfSecond(exactRate(17.123456)) - 17.123456)).toBeLessThan(1e-6);
  });
});

describe('frames and ticks', () => {
  test('a frame of every known rate is a whole number of ticks, and comes back as itself', () => {
    fc.assert(
      fc.property(fc.constantFrom(...rates), fc.integer({ min: 0, max: 3 * 3600 * 60 }), (rate, frame) => {
        const ticks = ticksOf(frame, rate);
        expect(ticks * BigInt(rate.numerator)).toBe(
          BigInt(frame) * TICKS_PER_SECOND * BigInt(rate.denominator),
        );
        expect(frameAt(ticks, rate)).toBe(frame);
        expect(frameAt(ticks - TICKS_PER_SECOND / 1000n, rate)).toBe(frame - 1);
        expect(frameAt(ticks + TICKS_PER_SECOND / 1000n, rate)).toBe(frame);
      }),
    );
  });

  test('frames of a rate without whole ticks come back as themselves too', () => {
    const rate = { numerator: 1100, denominator: 37 };
    for (let frame = 0; frame < 500; frame++) expect(frameAt(ticksOf(frame, rate), rate)).toBe(frame);
  });

  test('a range on frames is just those frames; one between frames has the frames that show in it', () => {
    for (const rate of rates) {
      const at = (frame: number): bigint => ticksOf(frame, rate);
      expect(framesOf({ in: at(10), out: at(20) }, rate, 0, 100)).toEqual({ first: 10, end: 20 });
      const third = at(1) / 3n;
      expect(framesOf({ in: at(10) + third, out: at(20) + third }, rate, 0, 100)).toEqual({
        first: 10,
        end: 21,
      });
    }
  });

  test('handles go as far as the source does', () => {
    const rate = { numerator: 30000, denominator: 1001 };
    const range = { in: ticksOf(5, rate), out: ticksOf(95, rate) };
    expect(framesOf(range, rate, 3, 100)).toEqual({ first: 2, end: 98 });
    expect(framesOf(range, rate, 12, 100)).toEqual({ first: 0, end: 100 });
  });

  test('an hour of 29.97 is 107892 frames, drop or non-drop', () => {
    const rate = { numerator: 30000, denominator: 1001 };
    expect(framesOf({ in: 0n, out: 3600n * TICKS_PER_SECOND }, rate, 0, 1e6)).toEqual({
      first: 0,
      end: 107893,
    });
    expect(framesOf({ in: 0n, out: ticksOf(107892, rate) }, rate, 0, 1e6).end).toBe(107892);
  });
});

describe('upright sizes', () => {
  test('a picture on its side changes its sides; pixels become square at the same number of lines', () => {
    expect(uprightSize({ width: 160, height: 90 }, 90)).toEqual({ width: 90, height: 160 });
    expect(uprightSize({ width: 160, height: 90 }, 180)).toEqual({ width: 160, height: 90 });
    const pal = { numerator: 16, denominator: 15 };
    expect(squareSize({ width: 720, height: 576 }, pal, 0)).toEqual({ width: 768, height: 576 });
    expect(squareSize({ width: 720, height: 576 }, pal, 270)).toEqual({ width: 540, height: 720 });
  });
});
