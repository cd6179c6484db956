/** A report in Markdown. */
import { MODEL_LABELS } from '../../src/catalog.ts';
import type { BadInputRow } from './bad-input.ts';
import type { EdgeRow, SetReport } from './measure.ts';
import { errorShare, verdictsOf, type Bound, type Verdict } from './targets.ts';
import type { Report } from './report.ts';

/** The heading, what was aimed at, and every figure. */
export function markdownOf(report: Report): string {
  const { model, quality, sets, edges, badInput } = report;
  return [
    `## ${MODEL_LABELS[model]}, ${quality}`,
    targetTable(verdictsOf(report)),
    ...sets.map((set) => [`${titleOf(set)}:`, setTable(report, set)].join('\n\n')),
    `A slanted edge of moderate contrast:`,
    edgeTable(edges),
    'Input that is easily harmed:',
    badInputTable(badInput),
  ].join('\n\n');
}

function titleOf({ set, damage, rows, strangers }: SetReport): string {
  const count = rows[0]?.pictures.length ?? 0;
  const people =
    strangers === undefined ? '' : ` (two people’s originals: cosine ${strangers.toFixed(3)} on average)`;
  return `${set}, ${damage}, ${count} ${count === 1 ? 'picture' : 'pictures'}${people}`;
}

function setTable(report: Report, { set, damage, rows }: SetReport): string {
  const faces = rows.some(({ mean }) => mean.identity !== undefined);
  const head = [
    '',
    'PSNR-Y dB',
    'squared error, % of bicubic’s',
    'SSIM',
    'perceptual distance',
    'drift /255',
    'consistency dB',
    ...(faces ? ['identity'] : []),
  ];
  return table(
    head,
    rows.map(({ key, way, mean }) => [
      way,
      mean.psnr.toFixed(2),
      (100 * errorShare(report, set, damage, key)).toFixed(0),
      mean.ssim.toFixed(4),
      mean.perceptual.toFixed(3),
      mean.drift.toFixed(3),
      mean.consistency.toFixed(1),
      ...(faces ? [(mean.identity ?? NaN).toFixed(4)] : []),
    ]),
  );
}

function edgeTable(edges: readonly EdgeRow[]): string {
  return table(
    ['', 'MTF50 cycles/pixel', 'overshoot %'],
    edges.map(({ way, mtf50, overshoot }) => [way, mtf50.toFixed(3), overshoot.toFixed(1)]),
  );
}

function badInputTable(rows: readonly BadInputRow[]): string {
  const figures = [...new Set(rows.map(({ input, figure }) => `${input}: ${figure}`))];
  const ways = [...new Set(rows.map(({ way }) => way))];
  return table(
    ['', ...figures],
    ways.map((way) => [
      way,
      ...figures.map((wanted) => {
        const row = rows.find((each) => each.way === way && `${each.input}: ${each.figure}` === wanted);
        return row ? row.value.toFixed(2) : '';
      }),
    ]),
  );
}

function targetTable(verdicts: readonly Verdict[]): string {
  return table(
    ['target', 'wanted', 'found', ''],
    verdicts.map(({ target, value, bound, reached }) => [
      target,
      wanted(bound),
      value.toFixed(2),
      reached ? 'reached' : '**not reached**',
    ]),
  );
}

function wanted(bound: Bound): string {
  if ('least' in bound) return `≥ ${bound.least}`;
  if ('most' in bound) return `≤ ${bound.most}`;
  if ('above' in bound) return `> ${bound.above}`;
  return `< ${bound.below}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map((_, at) => (at === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
