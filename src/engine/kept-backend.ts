/** A backend that stays open from one picture to the next, and which several pictures may use at once. */
import type { Backend, Tile, TileRunner } from './types.ts';

/**
 * A backend whose runner outlives the pictures: the engine opens and disposes one for each, which over a folder of
 * thousands, or a clip's frames, would load the model thousands of times. Pictures under way at once share its lanes,
 * those opened first having the right of way. A runner left with a failure or with a tile under way is not handed to
 * another picture, and is disposed of when the last one that has it is done.
 */
export class KeptBackend implements Backend {
  readonly name: Backend['name'];
  readonly maxTilePixels: number;
  readonly #backend: Backend;
  readonly #pictures: number;
  #kept: Promise<SharedRunner> | undefined;

  /** @param pictures how many are under way at once: each is cut into tiles for its part of the lanes */
  constructor(backend: Backend, pictures = 1) {
    this.name = backend.name;
    this.maxTilePixels = backend.maxTilePixels;
    this.#backend = backend;
    this.#pictures = pictures;
  }

  async open(signal: AbortSignal): Promise<TileRunner> {
    for (;;) {
      const opening = (this.#kept ??= this.#backend.open(signal).then((runner) => new SharedRunner(runner)));
      try {
        return (await opening).share(this.#pictures, () => this.#drop(opening));
      } catch (thrown) {
        const mine = this.#kept === opening;
        if (mine) this.#kept = undefined;
        // Another picture's opening was given up, with its signal: this one's is its own.
        if (mine || signal.aborted) throw thrown;
      }
    }
  }

  /** Ends what is still open. */
  async close(): Promise<void> {
    const kept = this.#kept;
    this.#kept = undefined;
    await (await kept?.catch(() => undefined))?.dispose();
  }

  /** Hands the runner to nobody any more. */
  #drop(opening: Promise<SharedRunner>): void {
    if (this.#kept === opening) this.#kept = undefined;
  }
}

/** A runner and the pictures that have it. */
class SharedRunner {
  readonly #runner: TileRunner;
  readonly #turns: Turns;
  #pictures = 0;
  #opened = 0;
  #clean = true;
  #disposed: Promise<void> | undefined;

  constructor(runner: TileRunner) {
    this.#runner = runner;
    this.#turns = new Turns(runner.lanes);
  }

  /** For one of several pictures; `drop` is called when no other one should have it. */
  share(pictures: number, drop: () => void): TileRunner {
    const picture = this.#opened++;
    let running = 0;
    let given = false;
    this.#pictures++;
    return {
      backend: this.#runner.backend,
      device: this.#runner.device,
      lanes: Math.ceil(this.#runner.lanes / pictures),
      run: async (tile, signal) => {
        running++;
        try {
          return await this.#run(picture, tile, signal);
        } catch (thrown) {
          this.#clean = false;
          drop();
          throw thrown;
        } finally {
          running--;
        }
      },
      dispose: async () => {
        if (given) return;
        given = true;
        this.#pictures--;
        if (running > 0) {
          this.#clean = false;
          drop();
        }
        if (!this.#clean && this.#pictures === 0) await this.dispose();
      },
    };
  }

  dispose(): Promise<void> {
    return (this.#disposed ??= this.#runner.dispose());
  }

  async #run(picture: number, tile: Tile, signal: AbortSignal): Promise<Tile> {
    await this.#turns.take(picture);
    try {
      return await this.#runner.run(tile, signal);
    } finally {
      this.#turns.give();
    }
  }
}

/** As many at once as there are lanes; of those that wait, the earliest picture's first. */
class Turns {
  #free: number;
  readonly #waiting: { readonly picture: number; readonly begin: () => void }[] = [];

  constructor(lanes: number) {
    this.#free = lanes;
  }

  async take(picture: number): Promise<void> {
    if (this.#free > 0) {
      this.#free--;
      return;
    }
    await new Promise<void>((begin) => this.#waiting.push({ picture, begin }));
  }

  give(): void {
    const earliest = Math.min(...this.#waiting.map(({ picture }) => picture));
    const at = this.#waiting.findIndex(({ picture }) => picture === earliest);
    const [next] = at < 0 ? [] : this.#waiting.splice(at, 1);
    if (next) next.begin();
    else this.#free++;
  }
}
