/** What is done, and how long the rest will take. */
import type { Lanes } from './runners.ts';
import type { Progress } from './types.ts';

/** Tiles whose times are kept: enough for a median, few enough to follow a machine that slows down. */
const KEPT = 32;

export class Meter {
  readonly #began = performance.now();
  readonly #tiles: number;
  readonly #rows: number;
  #lanes: Lanes | undefined;
  #times: number[] = [];
  #tilesDone = 0;
  #tilesRun = 0;
  #rowsWritten = 0;
  #writeMs = 0;

  constructor(tiles: number, rows: number) {
    this.#tiles = tiles;
    this.#rows = rows;
  }

  /** A tile ran on the network; only the times of the backend in use count. */
  ran(lanes: Lanes, ms: number): void {
    if (lanes !== this.#lanes) this.#times = [];
    this.#lanes = lanes;
    this.#times = [...this.#times, ms].slice(-KEPT);
  }

  tileDone(plain: boolean): void {
    this.#tilesDone++;
    if (!plain) this.#tilesRun++;
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
      tilesDone: this.#tilesDone,
      tiles: this.#tiles,
      rowsWritten: this.#rowsWritten,
      rows: this.#rows,
      elapsedMs: this.elapsedMs(),
      remainingMs: this.#remainingMs(),
      backend: lanes.runner.backend,
      device: lanes.runner.device,
    };
  }

  /**
   * Tiles to go at the median time of a tile, as many at once as there are lanes, and of those the share that
   * needed the network so far; and rows to go at the time a row took, as far as they do not go on beside the tiles.
   */
  #remainingMs(): number | undefined {
    const median = this.#times.toSorted((a, b) => a - b)[this.#times.length >> 1];
    if (median === undefined || !this.#lanes) return undefined;
    const tilesLeft = this.#tiles - this.#tilesDone;
    const share = this.#tilesDone > 0 ? this.#tilesRun / this.#tilesDone : 1;
    const rowsLeft = this.#rows - this.#rowsWritten;
    const perRow = this.#rowsWritten > 0 ? this.#writeMs / this.#rowsWritten : 0;
    const tilesMs = (tilesLeft * share * median) / this.#lanes.runner.lanes;
    const rowsMs = rowsLeft * perRow;
    // Rows are written while tiles run: the slower of the two leads, and the last rows come after the last tile.
    return Math.max(tilesMs, rowsMs) + (tilesLeft > 0 ? rowsMs / Math.max(1, tilesLeft) : 0);
  }
}
