/** What is done, and how long the rest will take. */
import type { Lanes } from './runners.ts';
import type { Progress } from './types.ts';

/** Tiles whose times are kept: enough for a median, few enough to follow a machine that slows down. */
const KEPT = 32;

/** What a network has done of its share, and how fast. */
class Pace {
  lanes: Lanes | undefined;
  readonly runs: number;
  #times: number[] = [];
  #done = 0;
  #ran = 0;

  constructor(runs: number) {
    this.runs = runs;
  }

  get done(): number {
    return this.#done;
  }

  /** Only the times of the backend in use count. */
  ran(lanes: Lanes, ms: number): void {
    if (lanes !== this.lanes) this.#times = [];
    this.lanes = lanes;
    this.#times = [...this.#times, ms].slice(-KEPT);
  }

  tileDone(plain: boolean): void {
    this.#done++;
    if (!plain) this.#ran++;
  }

  /** Milliseconds a tile takes in the middle, over the tiles that run at once; undefined until one has run. */
  perTile(): number | undefined {
    const median = this.#times.toSorted((a, b) => a - b)[this.#times.length >> 1];
    return median === undefined || !this.lanes ? undefined : median / this.lanes.runner.lanes;
  }

  /** Tiles to go, of which the share needs the network that did so far. */
  toGo(): number {
    return (this.runs - this.#done) * (this.#done > 0 ? this.#ran / this.#done : 1);
  }
}

export class Meter {
  readonly #began = performance.now();
  readonly #rows: number;
  readonly #paces: readonly Pace[];
  #rowsWritten = 0;
  #writeMs = 0;

  /** @param runs how many tiles each network makes; those that two make count twice */
  constructor(runs: readonly number[], rows: number) {
    this.#paces = runs.map((each) => new Pace(each));
    this.#rows = rows;
  }

  /** A tile ran on network number `which`. */
  ran(which: number, lanes: Lanes, ms: number): void {
    this.#paces[which]?.ran(lanes, ms);
  }

  /** Network number `which` is done with a tile, or is spared it. */
  tileDone(which: number, plain: boolean): void {
    this.#paces[which]?.tileDone(plain);
  }

  /** Rows were made and written, which took `ms` in all. */
  wrote(rows: number, ms: number): void {
    this.#rowsWritten += rows;
    this.#writeMs += ms;
  }

  elapsedMs(): number {
    return performance.now() - this.#began;
  }

  progress(lanes: Lanes): Progress {
    return {
      tilesDone: sum(this.#paces.map(({ done }) => done)),
      tiles: sum(this.#paces.map(({ runs }) => runs)),
      rowsWritten: this.#rowsWritten,
      rows: this.#rows,
      elapsedMs: this.elapsedMs(),
      remainingMs: this.#remainingMs(),
      backend: lanes.runner.backend,
      device: lanes.runner.device,
    };
  }

  /**
   * Each network's tiles to go at its time for one (one that has not run yet is taken to be as fast as the other);
   * and rows to go at the time a row took, as far as they do not go on beside the tiles.
   */
  #remainingMs(): number | undefined {
    const known = this.#paces.map((pace) => pace.perTile()).find((each) => each !== undefined);
    if (known === undefined) return undefined;
    const tilesMs = sum(this.#paces.map((pace) => pace.toGo() * (pace.perTile() ?? known)));
    const tilesLeft = sum(this.#paces.map(({ runs, done }) => runs - done));
    const rowsLeft = this.#rows - this.#rowsWritten;
    const perRow = this.#rowsWritten > 0 ? this.#writeMs / this.#rowsWritten : 0;
    const rowsMs = rowsLeft * perRow;
    // Rows are written while tiles run: the slower of the two leads, and the last rows come after the last tile.
    return Math.max(tilesMs, rowsMs) + (tilesLeft > 0 ? rowsMs / Math.max(1, tilesLeft) : 0);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
