/** Where the models should stand, decided before they were trained, and whether they do. */
import type { ModelName } from '../../src/catalog.ts';
import { DAMAGES, type Damage } from './damage.ts';
import type { Figures } from './measure.ts';
import { edgeOf, figuresOf, type Report } from './report.ts';
import { SETS_OF, type SetName } from './sets.ts';
import type { WayKey } from './ways.ts';

export type Bound =
  | { readonly least: number }
  | { readonly most: number }
  | { readonly above: number }
  | { readonly below: number };

export interface Verdict {
  readonly target: string;
  readonly value: number;
  readonly bound: Bound;
  readonly reached: boolean;
}

export function verdictsOf(report: Report): Verdict[] {
  return [...OF_MODEL[report.model](report), ...ofDetailed(report), ...ofBadInput(report)];
}

function verdict(target: string, value: number, bound: Bound): Verdict {
  return { target, value, bound, reached: within(value, bound) };
}

function within(value: number, bound: Bound): boolean {
  if ('least' in bound) return value >= bound.least;
  if ('most' in bound) return value <= bound.most;
  if ('above' in bound) return value > bound.above;
  return value < bound.below;
}

/** Decibels that the one is above the other. */
function gain(report: Report, set: SetName, damage: Damage, one: WayKey, other: WayKey): number {
  return figuresOf(report, set, damage, one).psnr - figuresOf(report, set, damage, other).psnr;
}

const OWN: readonly WayKey[] = ['faithful', 'default', 'detailed'];

const OF_MODEL: Record<ModelName, (report: Report) => Verdict[]> = {
  face: (report) => {
    const measured = OWN.filter((key) => report.edges.some((each) => each.key === key));
    return [
      verdict(
        'faithful, degraded portraits: dB over bicubic',
        gain(report, 'portraits', 'degraded', 'faithful', 'bicubic'),
        { least: 1.5 },
      ),
      verdict(
        'faithful, degraded portraits: dB over general-x4v3',
        gain(report, 'portraits', 'degraded', 'faithful', 'general'),
        { least: 2.5 },
      ),
      ...DAMAGES.map((damage) =>
        verdict(
          `detailed, ${damage} portraits: identity less general-x4v3’s`,
          (figuresOf(report, 'portraits', damage, 'detailed').identity ?? NaN) -
            (figuresOf(report, 'portraits', damage, 'general').identity ?? NaN),
          { least: 0 },
        ),
      ),
      verdict(
        'detailed: MTF50 over faithful’s',
        edgeOf(report, 'detailed').mtf50 / edgeOf(report, 'faithful').mtf50,
        { above: 1 },
      ),
      ...measured.map((key) =>
        verdict(
          `${key}, clean portraits: dB over bicubic`,
          gain(report, 'portraits', 'clean', key, 'bicubic'),
          {
            least: 0,
          },
        ),
      ),
    ];
  },
  landscape: (report) =>
    SETS_OF.landscape.flatMap((set) => [
      verdict(
        `faithful, clean ${set}: squared error, % of bicubic’s`,
        100 * errorShare(report, set, 'clean', 'faithful'),
        { below: 70 },
      ),
      verdict(
        `faithful, degraded ${set}: dB over bicubic`,
        gain(report, set, 'degraded', 'faithful', 'bicubic'),
        {
          least: 1,
        },
      ),
    ]),
  art: (report) =>
    DAMAGES.map((damage) =>
      verdict(
        `faithful, ${damage} illustrations: dB over bicubic`,
        gain(report, 'illustrations', damage, 'faithful', 'bicubic'),
        { least: 1.5 },
      ),
    ),
};

export function errorShare(report: Report, set: SetName, damage: Damage, key: WayKey): number {
  return figuresOf(report, set, damage, key).error / figuresOf(report, set, damage, 'bicubic').error;
}

function ofDetailed(report: Report): Verdict[] {
  const [edge, bicubic] = [edgeOf(report, 'detailed'), edgeOf(report, 'bicubic')];
  const sets = SETS_OF[report.model];
  const worst = (choose: (...values: number[]) => number, damage: Damage, figure: keyof Figures): number =>
    choose(...sets.map((set) => figuresOf(report, set, damage, 'detailed')[figure] ?? NaN));
  return [
    verdict('detailed: MTF50 over bicubic’s', edge.mtf50 / bicubic.mtf50, { least: 1.3 }),
    verdict('detailed: overshoot, %', edge.overshoot, { below: 10 }),
    verdict('detailed, clean: consistency, dB', worst(Math.min, 'clean', 'consistency'), { least: 30 }),
    ...DAMAGES.map((damage) =>
      verdict(`detailed, ${damage}: drift /255`, worst(Math.max, damage, 'drift'), { below: 0.5 }),
    ),
  ];
}

/** Where a sharp picture must not come out worse than bicubic's: for Face, one without a face, in whatever state. */
const SHARP: Record<ModelName, readonly (readonly [SetName, Damage])[]> = {
  face: DAMAGES.map((damage) => ['Kodak', damage]),
  landscape: SETS_OF.landscape.map((set) => [set, 'clean']),
  art: SETS_OF.art.map((set) => [set, 'clean']),
};

function ofBadInput(report: Report): Verdict[] {
  const sharp = SHARP[report.model].map(([set, damage]) =>
    verdict(
      `faithful, ${damage} ${set}, not worse than bicubic: dB over it`,
      gain(report, set, damage, 'faithful', 'bicubic'),
      {
        least: 0,
      },
    ),
  );
  /** The worst of the model's details for each figure. */
  const worst = new Map<string, Verdict>();
  for (const { key, input, figure, value, bound } of report.badInput) {
    if (!OWN.includes(key)) continue;
    const target = `any detail, ${input}: ${figure}`;
    const so = worst.get(target)?.value ?? value;
    worst.set(target, verdict(target, 'most' in bound ? Math.max(so, value) : Math.min(so, value), bound));
  }
  return [...sharp, ...worst.values()];
}
