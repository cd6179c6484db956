/**
 * The backend in use: as many tiles at once as it has lanes, and the next backend when it fails.
 */
import { asLoupeError, because, inWords, LoupeError, severally } from '../errors.ts';
import type { Backend, Tile, TileRunner } from './types.ts';

/** One opened backend. Runs queue up for its lanes; disposing of it rejects all of them. */
export class Lanes {
  readonly maxTilePixels: number;
  readonly runner: TileRunner;
  /** Tiles this backend did only in quarters. */
  quartered = 0;
  #running = 0;
  #disposed: Promise<void> | undefined;
  readonly #queue: (() => void)[] = [];
  /** Rejects each run under way. A race against one promise that stays pending would keep every result alive. */
  readonly #pending = new Set<(reason: Error) => void>();
  #gone: Error | undefined;

  constructor(runner: TileRunner, maxTilePixels: number) {
    this.runner = runner;
    this.maxTilePixels = maxTilePixels;
  }

  /** Runs a tile when a lane is free. `onStart` is told when it begins. */
  run(tile: Tile, signal: AbortSignal, onStart: () => void): Promise<Tile> {
    if (this.#gone) return Promise.reject(this.#gone);
    let giveUp: (reason: Error) => void = () => undefined;
    const result = new Promise<Tile>((resolve, reject) => {
      giveUp = reject;
      this.#pending.add(giveUp);
      const start = () => {
        this.#running++;
        onStart();
        // The next in the queue starts before this result is worked on, so that no lane waits for that.
        const next = () => {
          this.#running--;
          this.#queue.shift()?.();
        };
        const run = async () => this.runner.run(tile, signal);
        run().finally(next).then(resolve, reject);
      };
      if (this.#running < this.runner.lanes) start();
      else this.#queue.push(start);
    });
    return result.finally(() => this.#pending.delete(giveUp));
  }

  /** Rejects what is under way with `reason`, at once, and disposes of the runner; its own failure to is no news. */
  dispose(reason: Error): Promise<void> {
    this.#queue.length = 0;
    this.#gone ??= reason;
    for (const giveUp of this.#pending) giveUp(reason);
    const dispose = async () => this.runner.dispose();
    return (this.#disposed ??= dispose().catch(() => undefined));
  }
}

/** The backends in order of preference, one open at a time. */
export class Backends {
  /** A sentence for each backend given up so far. */
  readonly fallbacks: string[] = [];
  /** The same, as an error's detail. */
  readonly #reasons: string[] = [];
  readonly #backends: readonly Backend[];
  readonly #signal: AbortSignal;
  #index = -1;
  #current: Promise<Lanes> | undefined;
  #inUse: Lanes | undefined;
  #stopped = false;

  constructor(backends: readonly Backend[], signal: AbortSignal) {
    this.#backends = backends;
    this.#signal = signal;
  }

  /**
   * The backend in use, opened if need be. Rejects with `backend-failed` when none is left, and with what
   * opening reports about the model itself (missing, damaged), which no other backend would mend.
   */
  current(): Promise<Lanes> {
    return (this.#current ??= this.#open());
  }

  /** Moves on to the next backend because `lanes` failed; does nothing if that has been done already. */
  async giveUp(lanes: Lanes, thrown: unknown): Promise<void> {
    if (this.#inUse !== lanes) return;
    this.#inUse = undefined;
    const reason = thrown instanceof Error ? thrown : new Error(String(thrown));
    this.#gaveUp(because('gave-up', `${lanes.runner.backend} (${lanes.runner.device})`, reasonOf(thrown)));
    this.#current = undefined;
    void lanes.dispose(reason);
    await this.current();
  }

  /** Disposes of what is open, or will be. */
  async dispose(reason: Error): Promise<void> {
    this.#stopped = true;
    const lanes = await this.#current?.catch(() => undefined);
    await lanes?.dispose(reason);
  }

  #gaveUp(reason: string): void {
    this.#reasons.push(reason);
    this.fallbacks.push(`${inWords(reason)}.`);
  }

  async #open(): Promise<Lanes> {
    for (;;) {
      const backend = this.#backends[++this.#index];
      if (!backend) throw new LoupeError('backend-failed', severally(this.#reasons));
      try {
        const runner = await backend.open(this.#signal);
        const lanes = new Lanes(runner, backend.maxTilePixels);
        if (this.#stopped) await lanes.dispose(new LoupeError('cancelled'));
        return (this.#inUse = lanes);
      } catch (thrown) {
        if (this.#signal.aborted) throw new LoupeError('cancelled');
        const error = asLoupeError(thrown, 'backend-unavailable');
        if (error.code !== 'backend-unavailable' && error.code !== 'backend-failed') throw error;
        this.#gaveUp(because('not-started', backend.name, reasonOf(error)));
      }
    }
  }
}

/** Why, without the sentence around it and its full stop. */
function reasonOf(thrown: unknown): string {
  const why =
    thrown instanceof LoupeError && thrown.detail !== ''
      ? thrown.detail
      : thrown instanceof Error
        ? thrown.message
        : String(thrown);
  return why.replace(/\.$/, '');
}
