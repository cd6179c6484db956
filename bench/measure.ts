/** Numbers and how they are told. */

/** One line of the report. */
export interface Line {
  readonly what: string;
  readonly value: number;
  readonly unit: 's' | '×' | 'MB' | 'MB/s' | '/s' | '%';
  /** What the number is held to, where it is. */
  readonly target?: { readonly atMost: number } | { readonly atLeast: number };
  /** How it came about, where that is not plain. */
  readonly note?: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? NaN) + high) / 2;
}

/**
 * Times several ways of doing the same, one after the other in each round, so that whatever else the machine does
 * falls on all of them. @returns seconds, by way and round
 */
export async function alternate<Way extends string>(
  rounds: number,
  ways: Readonly<Record<Way, () => Promise<number>>>,
): Promise<Record<Way, number[]>> {
  const names = Object.keys(ways) as Way[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Way, number[]>;
  for (let round = 0; round < rounds; round++) {
    // The other way round every second time, so that none always comes first.
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      times[name].push(await ways[name]());
      process.stderr.write(
        `  round ${round + 1}/${rounds} ${name}: ${(times[name].at(-1) ?? 0).toFixed(2)} s\n`,
      );
    }
  }
  return times;
}

/** The median over the rounds of the one's time against the other's. */
export function ratio(one: readonly number[], other: readonly number[]): number {
  return median(one.map((time, round) => time / (other[round] ?? NaN)));
}

export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

export function format({ what, value, unit, target, note }: Line): string {
  const digits = unit === 'MB' || unit === 'MB/s' || unit === '%' ? 0 : 2;
  const goal = !target
    ? ''
    : 'atMost' in target
      ? ` (at most ${target.atMost}: ${value <= target.atMost ? 'yes' : 'NO'})`
      : ` (at least ${target.atLeast}: ${value >= target.atLeast ? 'yes' : 'NO'})`;
  return `${what.padEnd(58)} ${value.toFixed(digits).padStart(8)} ${unit}${goal}${note ? ` – ${note}` : ''}`;
}
