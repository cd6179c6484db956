/**
 * The engine: a picture's rows in, `scale` times as many out. Tiles run on the backend while rows before them are
 * written and rows after them are read; what is held at once depends on the picture's width, not on its height.
 */
import { LoupeError } from '../errors.ts';
import { cutTile } from './cut.ts';
import { BEHIND, Emitter, lagOf } from './emit.ts';
import { inferTile, type Inference } from './infer.ts';
import { Input } from './input.ts';
import { planTiles, stitchedRowsAllowed, type Span } from './plan.ts';
import { Meter } from './progress.ts';
import { Backends } from './runners.ts';
import { Stitched } from './stitched.ts';
import type { EnhanceOptions, EnhanceResult, PictureFormat, Sink, Source } from './types.ts';

/**
 * Enhances the picture of `source` into `sink`, whose format is the source's with both sides times `scale`.
 *
 * Rejects with `cancelled` as soon as the signal aborts, with `backend-failed` when the network could be run on no
 * backend, and with whatever source and sink reject with. The sink is then left as far as it got.
 */
export async function enhance(source: Source, sink: Sink, options: EnhanceOptions): Promise<EnhanceResult> {
  const { signal } = options;
  throwIfAborted(signal);
  const backends = new Backends(options.backends, signal);
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new LoupeError('cancelled', '', { cause: signal.reason }));
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    const result = await Promise.race([run(source, sink, options, backends), aborted]);
    await backends.dispose(new Error('done'));
    return result;
  } catch (thrown) {
    // Not awaited: a runner that hangs must not keep the error from being told.
    void backends.dispose(new LoupeError('cancelled'));
    if (!(thrown instanceof LoupeError)) throwIfAborted(signal);
    throw thrown;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

async function run(
  source: Source,
  sink: Sink,
  { network, scale, noise = 100, sharpness = 0, signal, onProgress }: EnhanceOptions,
  backends: Backends,
): Promise<EnhanceResult> {
  const { width, height } = source.format;
  const format: PictureFormat = { ...source.format, width: width * scale, height: height * scale };
  let lanes = await backends.current();
  const plan = planTiles(source.format, network, lanes.maxTilePixels, lanes.runner.lanes);
  const meter = new Meter(plan.tiles, format.height);

  // Enough bands under way to keep every lane busy, and one more to write meanwhile; fewer where memory says so. (Grain
  // looks further down than the plan allows for: in a very wide picture its rows come on top.)
  const coreRows = Math.max(...plan.bands.map((band) => band.coreLength));
  const bandsAhead = 1 + Math.ceil((lanes.runner.lanes + 1) / plan.columns.length);
  const finish = { noise, sharpness };
  const lag = lagOf(finish);
  const capacity = Math.min(
    height,
    Math.max(
      coreRows + lag,
      Math.min((bandsAhead + 1) * coreRows + lag, stitchedRowsAllowed(width, network.scale)),
    ),
  );
  const colorRows = plan.tileHeight + bandsAhead * coreRows;
  const input = new Input(source, colorRows, colorRows + capacity + BEHIND, signal);
  const stitched = new Stitched(input, network.scale, capacity);
  const emitter = new Emitter(input, stitched, finish, format, sink, signal);

  const changed = new Gate();
  let fail: (thrown: unknown) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => (fail = reject));
  let failed = false;
  const stopped = () => failed || signal.aborted;
  let tilesSkipped = 0;
  let inFlight = 0;
  /** Cores still to come, by band, and how many bands from the top are complete. */
  const missing = plan.bands.map(() => plan.columns.length);
  let bandsDone = 0;
  let freedRows = 0;
  const stitchedTo = () => plan.bands[bandsDone]?.core ?? height;
  const report = () => onProgress?.(meter.progress(lanes));

  const inference: Inference = {
    input,
    plan,
    network,
    backends,
    signal,
    onTime: (on, ms) => {
      lanes = on;
      meter.ran(on, ms);
    },
  };

  const doTile = async (column: Span, band: Span, bandIndex: number) => {
    const cut = cutTile(input, {
      x: column.tile,
      y: band.tile,
      width: plan.tileWidth,
      height: plan.tileHeight,
    });
    const parts = cut.plain ? [] : await inferTile(inference, column, band, cut);
    await changed.until(() => band.core + band.coreLength - freedRows <= capacity);
    if (cut.plain) stitched.storePlain(column, band);
    for (const part of parts) stitched.store(part);
    if (cut.plain) tilesSkipped++;
    meter.tileDone(cut.plain);
    missing[bandIndex] = (missing[bandIndex] ?? 0) - 1;
    while (missing[bandsDone] === 0) bandsDone++;
    inFlight--;
    report();
    changed.open();
  };

  const runTiles = async () => {
    for (const [index, band] of plan.bands.entries()) {
      await changed.until(() => stopped() || index - bandsDone < bandsAhead);
      if (stopped()) return;
      await input.ensure(Math.min(height, band.tile + plan.tileHeight));
      for (const column of plan.columns) {
        // One tile more than lanes is cut already, so that a lane never waits for it.
        await changed.until(() => stopped() || inFlight <= lanes.runner.lanes);
        if (stopped()) return;
        inFlight++;
        doTile(column, band, index).catch(fail);
      }
    }
  };

  const writeRows = async () => {
    await sink.open(format);
    for (let y = 0; y < height; y++) {
      await changed.until(() => stopped() || stitchedTo() >= Math.min(height, y + lag + 1));
      if (stopped()) return;
      const began = performance.now();
      const rows = await emitter.emit(y);
      meter.wrote(rows, performance.now() - began);
      freedRows = y + 1;
      if (rows > 0) report();
      changed.open();
    }
  };

  try {
    await Promise.race([Promise.all([runTiles(), writeRows()]), failure]);
    throwIfAborted(signal);
  } catch (thrown) {
    failed = true;
    changed.open();
    throw thrown;
  }
  lanes = await backends.current();
  return {
    width: format.width,
    height: format.height,
    tiles: plan.tiles,
    tilesSkipped,
    recomputed: plan.recomputed,
    backend: lanes.runner.backend,
    device: lanes.runner.device,
    fallbacks: backends.fallbacks,
    ms: meter.elapsedMs(),
  };
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new LoupeError('cancelled', '', { cause: signal.reason });
}

/** Lets several wait for a condition that others bring about. */
class Gate {
  #waiting: (() => void)[] = [];

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Something changed: conditions are looked at again. */
  open(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
