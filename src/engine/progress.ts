/** What is done, and how long the rest will take. */
import type { Lanes } from './runners.ts';
import type { Progress } from './types.ts';

/** Tiles whose times are kept: enough for a median, few enough to follow a machine that slows down. */
const KEPT = 32;

/** What a network has done of its share, and how fast. */
class Pace {
  lanes: Lanes | undefined;
  readonly runs: number;
  /** Each lane's first tile does not count: it may compile, load and allocate. */
  #first = 0;
  #times: number[] = [];
  /** When each tile under way began. */
  readonly #begun = new Set<{ readonly at: number }>();
  /** When each tile was done. */
  #doneAt: number[] = [];
  #done = 0;
  /** Tiles done and run since the first that was run. */
  #since = 0;
  #ran = 0;

  constructor(runs: number) {
    this.runs = runs;
  }

  get done(): number {
    return this.#done;
  }

  begin(at: number): () => void {
    const tile = { at };
    this.#begun.add(tile);
    return () => this.#begun.delete(tile);
  }

  /** Only the times of the backend in use count. */
  ran(lanes: Lanes, ms: number): void {
    if (lanes !== this.lanes) {
      this.#first = 0;
      this.#times = [];
      this.#doneAt = [];
    }
    this.lanes = lanes;
    if (this.#first < lanes.runner.lanes) this.#first++;
    else this.#times = [...this.#times, ms].slice(-KEPT);
  }

  tileDone(plain: boolean, now: number): void {
    this.#done++;
    if (!plain) {
      this.#ran++;
      this.#doneAt = [...this.#doneAt, now].slice(-(KEPT + this.#lanes));
    }
    if (this.#ran > 0) this.#since++;
  }

  /** Milliseconds a tile takes in the middle, over the tiles that run at once; undefined until a lane has run two. */
  perTile(): number | undefined {
    const median = this.#times.toSorted((a, b) => a - b)[this.#times.length >> 1];
    return median === undefined ? undefined : median / this.#lanes;
  }

  /**
   * The same by the clock, whatever else the tiles wait for: cutting, storing, a sink that is slow. Whole rounds of all
   * lanes are counted, because the tiles of one are done at about the same time. Undefined before the second round.
   */
  perTileByClock(): number | undefined {
    const count = this.#doneAt.length;
    const rounds = Math.floor(count / this.#lanes) - 1;
    if (rounds < 1) return undefined;
    const last = this.#doneAt[count - 1] as number;
    return (last - (this.#doneAt[count - 1 - rounds * this.#lanes] as number)) / (rounds * this.#lanes);
  }

  /** What is done of the tiles under way, in tiles, if each takes as long as those before. */
  underWay(perTile: number, now: number): number {
    const whole = perTile * this.#lanes;
    return sum([...this.#begun].map(({ at }) => Math.min(1, (now - at) / whole)));
  }

  /**
   * Tiles to go, of which the share needs the network that did so far: since the first that did, for what a picture begins
   * with, often a margin of one colour, tells nothing of the rest.
   */
  toGo(): number {
    return (this.runs - this.#done) * (this.#since > 0 ? this.#ran / this.#since : 1);
  }

  get #lanes(): number {
    return this.lanes?.runner.lanes ?? 1;
  }
}

export class Meter {
  readonly #now: () => number;
  readonly #began: number;
  readonly #rows: number;
  readonly #lastRows: number;
  readonly #paces: readonly Pace[];
  #rowsWritten = 0;
  #writeMs = 0;

  /**
   * @param runs how many tiles each network makes; those that two make count twice
   * @param lastRows rows that can be made only after the last tile
   * @param now the clock, in milliseconds
   */
  constructor(runs: readonly number[], rows: number, lastRows: number, now = () => performance.now()) {
    this.#now = now;
    this.#began = now();
    this.#paces = runs.map((each) => new Pace(each));
    this.#rows = rows;
    this.#lastRows = lastRows;
  }

  /** A tile begins on network number `which`; what is returned is to be called when it ends, well or not. */
  begin(which: number): () => void {
    return this.#paces[which]?.begin(this.#now()) ?? (() => undefined);
  }

  /** A tile ran on network number `which`. */
  ran(which: number, lanes: Lanes, ms: number): void {
    this.#paces[which]?.ran(lanes, ms);
  }

  /** Network number `which` is done with a tile, or is spared it. */
  tileDone(which: number, plain: boolean): void {
    this.#paces[which]?.tileDone(plain, this.#now());
  }

  /** Rows were made and written, which took `ms` in all. */
  wrote(rows: number, ms: number): void {
    this.#rowsWritten += rows;
    this.#writeMs += ms;
  }

  elapsedMs(): number {
    return this.#now() - this.#began;
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
    const tilesMs = sum(
      this.#paces.map((pace) => {
        const perTile = this.#perTile(pace, known);
        return Math.max(0, pace.toGo() - pace.underWay(perTile, this.#now())) * perTile;
      }),
    );
    const rowsLeft = this.#rows - this.#rowsWritten;
    const perRow = this.#rowsWritten > 0 ? this.#writeMs / this.#rowsWritten : 0;
    const lastMs = Math.min(rowsLeft, this.#lastRows) * perRow;
    // Rows are written while tiles run: the slower of the two leads, and the last rows come after the last tile.
    return Math.max(tilesMs + lastMs, rowsLeft * perRow);
  }

  /** By the clock, where one network alone makes the picture: of two, each waits for the other. */
  #perTile(pace: Pace, known: number): number {
    const alone = this.#paces.filter(({ runs }) => runs > 0).length < 2;
    return (alone ? pace.perTileByClock() : undefined) ?? pace.perTile() ?? known;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
