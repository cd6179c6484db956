import { describe, expect, test } from '@jest/globals';
import { nextRemaining, type Remaining } from '../../../src/panel/time.ts';
import { coarse } from '../../../src/texts/format.ts';
import { en } from '../../../src/texts/index.ts';

describe('An estimate', () => {
  test.each([
    [300, 'about 1 s'],
    [12_300, 'about 12 s'],
    [37_000, 'about 35 s'],
    [58_000, 'about 1 min'],
    [95_000, 'about 1½ min'],
    [247_000, 'about 4 min'],
    [12 * 60_000 + 29_000, 'about 12 min'],
    [78 * 60_000, 'about 1 h 20 min'],
    [3_599_000, 'about 1 h'],
    [2 * 3_600_000, 'about 2 h'],
  ])('of %i ms reads “%s”', (ms, text) => {
    expect(en.estimate.known(ms)).toBe(text);
  });

  test('is rounded to what it is worth, and rounding it again changes nothing', () => {
    for (let ms = 0; ms < 9_000_000; ms += 733) expect(coarse(coarse(ms))).toBe(coarse(ms));
  });
});

describe('A duration', () => {
  test.each([
    [8_420, '8.4 s'],
    [9_960, '10 s'],
    [59_600, '1 min'],
    [250_000, '4 min 10 s'],
    [3_599_900, '1 h'],
    [3_900_000, '1 h 5 min'],
  ])('of %i ms reads “%s”', (ms, text) => {
    expect(en.times.exactly(ms)).toBe(text);
  });
});

describe('The time left', () => {
  const started: Remaining = { ms: 40_000, at: 0, measuredAt: 0, shown: 40_000 };

  /** Feeds measurements, `[at, measured]` in ms, and gives what was shown after each. */
  const shownAfter = (measurements: readonly (readonly [number, number | undefined])[]): number[] => {
    let remaining: Remaining | undefined = started;
    return measurements.map(([at, measured]) => {
      remaining = nextRemaining(remaining, measured, at);
      return remaining?.shown ?? NaN;
    });
  };

  test('reads “about 40 s left” and at the end “a few seconds left”', () => {
    expect(en.run.left(started)).toBe('about 40 s left');
    expect(en.run.left({ shown: 2_000 })).toBe('a few seconds left');
  });

  test('is not known before anything has been measured', () => {
    expect(nextRemaining(undefined, undefined, 0)).toBeUndefined();
    expect(nextRemaining(undefined, 12_000, 5)).toEqual({
      ms: 12_000,
      at: 5,
      measuredAt: 5,
      shown: 12_000,
    });
  });

  test('runs down with the clock between measurements', () => {
    expect(
      shownAfter([
        [10_000, undefined],
        [25_000, undefined],
        [60_000, undefined],
      ]),
    ).toEqual([30_000, 15_000, 1_000]);
  });

  test('does not go up and down when measurements waver by a tenth', () => {
    const measurements = Array.from({ length: 38 }, (_, i) => {
      const at = (i + 1) * 1000;
      return [at, (40_000 - at) * (i % 2 === 0 ? 1.1 : 0.9)] as const;
    });
    const shown = shownAfter(measurements);
    expect(shown).toEqual([...shown].sort((a, b) => b - a));
    expect(shown.at(-1)).toBeLessThanOrEqual(3_000);
  });

  test('goes only part of the way at one measurement that says twice as much', () => {
    const [shown] = shownAfter([[1_000, 80_000]]);
    expect(shown).toBeLessThanOrEqual(60_000);
  });

  test('gives a measurement the weight of the time since the last one, however often the clock ticked', () => {
    const ticks = Array.from({ length: 80 }, (_, i) => [(i + 1) * 250, undefined] as const);
    expect(shownAfter([...ticks, [20_000, 60_000]]).at(-1)).toBe(60_000);
  });

  test('goes up once it has become plainly wrong, and then tells the truth', () => {
    const measurements = Array.from({ length: 30 }, (_, i) => [(i + 1) * 1000, 120_000 - i * 1000] as const);
    const shown = shownAfter(measurements);
    expect(shown.at(-1)).toBeGreaterThanOrEqual(80_000);
    expect(shown.at(-1)).toBeLessThanOrEqual(120_000);
  });

  test('is never negative when the run takes longer than was thought', () => {
    expect(nextRemaining(started, undefined, 500_000)).toEqual({
      ms: 0,
      at: 500_000,
      measuredAt: 0,
      shown: 1_000,
    });
  });
});
