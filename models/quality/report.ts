/** All that was found of one model at one quality. */
import type { ModelName, Quality } from '../../src/catalog.ts';
import type { BadInputRow } from './bad-input.ts';
import type { Damage } from './damage.ts';
import type { EdgeRow, Figures, SetReport } from './measure.ts';
import type { SetName } from './sets.ts';
import type { WayKey } from './ways.ts';

export interface Report {
  readonly model: ModelName;
  readonly quality: Quality;
  readonly sets: readonly SetReport[];
  readonly edges: readonly EdgeRow[];
  readonly badInput: readonly BadInputRow[];
}

/** The mean figures of a way on a set. Throws if it was not measured. */
export function figuresOf(report: Report, set: SetName, damage: Damage, key: WayKey): Figures {
  const row = report.sets
    .find((each) => each.set === set && each.damage === damage)
    ?.rows.find((each) => each.key === key);
  if (!row) throw new Error(`${key} was not measured on ${damage} ${set}`);
  return row.mean;
}

/** Throws if the way was not measured. */
export function edgeOf(report: Report, key: WayKey): EdgeRow {
  const row = report.edges.find((each) => each.key === key);
  if (!row) throw new Error(`no edge was measured of ${key}`);
  return row;
}
