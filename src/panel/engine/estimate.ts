/** How long a picture will take, from tiles run just before on the machine itself. */
import type { CatalogEntry } from '../../catalog.ts';
import { planTiles } from '../../engine/plan.ts';
import type { Backend, BackendName, PictureFormat, Tile, TileRunner } from '../../engine/types.ts';
import { asLoupeError, LoupeError } from '../../errors.ts';
import type { Estimate } from './protocol.ts';

/** Tile sides tried, until one takes long enough to tell. */
const SIDES = [32, 64, 128, 256];
const TELLING_MS = 100;

/** What the engine does beside the network, over the network's time. */
const OVERHEAD = 1.1;

interface Speed {
  readonly backend: BackendName;
  readonly device: string;
  /** Milliseconds a lane takes for a pixel, all lanes at work. */
  readonly msPerPixel: number;
  readonly lanes: number;
}

/** Times each model once on each backend. */
export class Stopwatch {
  readonly #speeds = new Map<string, Speed>();

  /** Of the first backend that works. Rejects with `backend-failed` if none does, or with what the model lacks. */
  async estimate(
    entry: CatalogEntry,
    format: PictureFormat,
    backends: readonly Backend[],
    signal: AbortSignal,
  ): Promise<Estimate> {
    let last: unknown;
    for (const backend of backends) {
      try {
        const speed = await this.#speed(entry, backend, signal);
        const plan = planTiles(format, entry, backend.maxTilePixels, speed.lanes);
        const rounds = Math.ceil(plan.tiles / speed.lanes);
        const ms = rounds * plan.tileWidth * plan.tileHeight * speed.msPerPixel * OVERHEAD;
        return { backend: speed.backend, device: speed.device, ms };
      } catch (thrown) {
        if (signal.aborted) throw new LoupeError('cancelled');
        last = thrown;
        const { code } = asLoupeError(thrown, 'backend-failed');
        if (code !== 'backend-unavailable' && code !== 'backend-failed') throw thrown;
      }
    }
    throw asLoupeError(last, 'backend-failed');
  }

  async #speed(entry: CatalogEntry, backend: Backend, signal: AbortSignal): Promise<Speed> {
    const key = `${entry.id} ${backend.name}`;
    const known = this.#speeds.get(key);
    if (known) return known;
    const runner = await backend.open(signal);
    try {
      const { device, lanes } = runner;
      const speed = { backend: backend.name, device, lanes, msPerPixel: await time(runner, signal) };
      this.#speeds.set(key, speed);
      return speed;
    } finally {
      await runner.dispose();
    }
  }
}

async function time(runner: TileRunner, signal: AbortSignal): Promise<number> {
  let msPerPixel = 0;
  for (const side of SIDES) {
    // The first run of a shape compiles.
    await fill(runner, side, signal);
    const began = performance.now();
    await fill(runner, side, signal);
    const ms = performance.now() - began;
    msPerPixel = ms / (side * side);
    if (ms >= TELLING_MS) break;
  }
  return msPerPixel;
}

/** One tile on every lane at once: cores share memory and heat. */
async function fill(runner: TileRunner, side: number, signal: AbortSignal): Promise<void> {
  const tile = (): Tile => ({ width: side, height: side, data: new Float32Array(3 * side * side).fill(0.5) });
  await Promise.all(Array.from({ length: runner.lanes }, () => runner.run(tile(), signal)));
}
