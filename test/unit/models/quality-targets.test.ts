import { describe, expect, test } from '@jest/globals';
import type { Figures } from '../../../models/quality/measure.ts';
import type { Report } from '../../../models/quality/report.ts';
import { markdownOf } from '../../../models/quality/table.ts';
import { verdictsOf } from '../../../models/quality/targets.ts';
import type { WayKey } from '../../../models/quality/ways.ts';

const figures = (psnr: number, rest: Partial<Figures> = {}): Figures => ({
  psnr,
  ssim: 0.8,
  error: 255 ** 2 / 10 ** (psnr / 10),
  perceptual: 0.2,
  drift: 0.1,
  consistency: 35,
  ...rest,
});
const row = (key: WayKey, mean: Figures) => ({
  key,
  way: key,
  mean,
  pictures: [{ ...mean, picture: 'one' }],
});

function art(faithful: number, overshoot: number): Report {
  const rows = [
    row('bicubic', figures(30)),
    row('faithful', figures(faithful)),
    row('detailed', figures(29)),
  ];
  return {
    model: 'art',
    quality: 'fast',
    sets: [
      { set: 'illustrations', damage: 'clean', rows },
      { set: 'illustrations', damage: 'degraded', rows },
    ],
    edges: [
      { key: 'bicubic', way: 'bicubic', mtf50: 0.1, overshoot: 4 },
      { key: 'faithful', way: 'faithful', mtf50: 0.2, overshoot: 4 },
      { key: 'detailed', way: 'detailed', mtf50: 0.13, overshoot },
    ],
    badInput: [
      { key: 'bicubic', way: 'bicubic', input: '8×8', figure: 'drift', value: 9, bound: { most: 0.5 } },
      { key: 'faithful', way: 'faithful', input: '8×8', figure: 'drift', value: 0.7, bound: { most: 0.5 } },
      { key: 'detailed', way: 'detailed', input: '8×8', figure: 'drift', value: 0.2, bound: { most: 0.5 } },
    ],
  };
}
const reached = (report: Report): Record<string, boolean> =>
  Object.fromEntries(verdictsOf(report).map((verdict) => [verdict.target, verdict.reached]));

describe('the targets', () => {
  test('are reached at their bound and not below it', () => {
    expect(reached(art(31.5, 9.9))).toMatchObject({
      'faithful, clean illustrations: dB over bicubic': true,
      'detailed: MTF50 over bicubic’s': true,
      'detailed: overshoot, %': true,
      'detailed, clean: consistency, dB': true,
    });
  });

  test('are missed by a little as by much', () => {
    expect(reached(art(31.4, 10))).toMatchObject({
      'faithful, clean illustrations: dB over bicubic': false,
      'faithful, clean illustrations, not worse than bicubic: dB over it': true,
      'detailed: overshoot, %': false,
    });
  });

  test('go by the worst of a model’s details, and not by bicubic’s', () => {
    const verdict = verdictsOf(art(32, 1)).find(({ target }) => target.startsWith('any detail, 8×8'));
    expect(verdict).toMatchObject({ value: 0.7, reached: false });
  });

  test('stand in the table with what was found', () => {
    const text = markdownOf(art(31, 12));
    expect(text).toContain('| detailed: overshoot, % | < 10 | 12.00 | **not reached** |');
    expect(text).toContain('| detailed: MTF50 over bicubic’s | ≥ 1.3 | 1.30 | reached |');
  });
});
