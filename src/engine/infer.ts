/** One tile's core through the network, whatever it takes: in quarters, or on the next backend. */
import { LoupeError } from '../errors.ts';
import { findFault } from './check.ts';
import { cutTile, type CutTile, type Place } from './cut.ts';
import type { Input } from './input.ts';
import { quarterTile, type Span, type TilePlan } from './plan.ts';
import type { Backends, Lanes } from './runners.ts';
import type { Part } from './stitched.ts';
import type { Network, Tile } from './types.ts';

/** From how many tiles that only worked in quarters a backend is given quarters at once. */
const QUARTERED_ENOUGH = 2;

export interface Inference {
  readonly input: Input;
  readonly plan: TilePlan;
  readonly network: Network;
  readonly backends: Backends;
  readonly signal: AbortSignal;
  /** A tile begins on its lane; what is returned is called when it ends, well or not. */
  readonly onBegin: () => () => void;
  /** Milliseconds a whole tile took on the backend in use, told once for each. */
  readonly onTime: (lanes: Lanes, ms: number) => void;
}

/**
 * Runs the tile of `column` and `band`, already cut. A failure or a faulty result is tried again in quarters, then
 * on the next backend. Rejects with `cancelled`, or `backend-failed` when no backend is left.
 */
export async function inferTile(run: Inference, column: Span, band: Span, cut: CutTile): Promise<Part[]> {
  const { plan, network, backends, signal } = run;
  const quarters = quarterTile(column, band, plan, network.overlap);
  let whole: CutTile | undefined = cut;
  for (;;) {
    const lanes = await backends.current();
    const tooLarge =
      plan.tileWidth * plan.tileHeight > lanes.maxTilePixels || lanes.quartered >= QUARTERED_ENOUGH;
    try {
      if (!(tooLarge && quarters)) {
        try {
          const tile = whole ?? cutTile(run.input, placeOf(column, band, plan.tileWidth, plan.tileHeight));
          whole = undefined; // the runner takes its buffer
          return [{ column, band, output: await runTile(run, lanes, tile) }];
        } catch (thrown) {
          if (signal.aborted || isCancelled(thrown)) throw thrown;
          if ((await backends.current()) !== lanes) continue;
        }
      }
      const parts: Part[] = [];
      const pieces = quarters ?? [{ column, band, tileWidth: plan.tileWidth, tileHeight: plan.tileHeight }];
      for (const piece of pieces) {
        const tile = cutTile(run.input, placeOf(piece.column, piece.band, piece.tileWidth, piece.tileHeight));
        parts.push({ column: piece.column, band: piece.band, output: await runTile(run, lanes, tile) });
      }
      lanes.quartered++;
      return parts;
    } catch (thrown) {
      if (signal.aborted || isCancelled(thrown)) throw new LoupeError('cancelled', '', { cause: thrown });
      await backends.giveUp(lanes, thrown);
    }
  }
}

function placeOf(column: Span, band: Span, width: number, height: number): Place {
  return { x: column.tile, y: band.tile, width, height };
}

async function runTile(run: Inference, lanes: Lanes, tile: CutTile): Promise<Tile> {
  // The buffer goes to the runner; what the check needs stays.
  const { range, mean, width, height, data } = tile;
  let began = 0;
  let ended: () => void = () => undefined;
  const output = await lanes
    .run({ width, height, data }, run.signal, () => {
      began = performance.now();
      ended = run.onBegin();
    })
    .finally(() => ended());
  const fault = findFault({ range, mean, width, height }, output, run.network.scale);
  if (fault) throw new Error(fault);
  if (width === run.plan.tileWidth && height === run.plan.tileHeight)
    run.onTime(lanes, performance.now() - began);
  return output;
}

function isCancelled(thrown: unknown): boolean {
  return (
    (thrown instanceof LoupeError && thrown.code === 'cancelled') ||
    (thrown instanceof Error && thrown.name === 'AbortError')
  );
}
