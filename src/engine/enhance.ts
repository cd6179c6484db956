/**
 * The engine: a picture's rows in, those of a larger one out. Tiles run on the backend while rows before them are
 * written and rows after them are read; what is held at once depends on the picture's width, not on its height.
 */
import { LoupeError } from '../errors.ts';
import { cutTile } from './cut.ts';
import { Emitter } from './emit.ts';
import { Gate } from './gate.ts';
import { GRAY_REACH, keepGray } from './gray.ts';
import { heldRows } from './held.ts';
import { inferTile, type Inference } from './infer.ts';
import { Input } from './input.ts';
import { mixParts } from './mix.ts';
import type { Span } from './plan.ts';
import { planRun, weightsOf } from './plan-run.ts';
import { Meter } from './progress.ts';
import type { Makers } from './region-weights.ts';
import { Backends } from './runners.ts';
import { Stitched, type Part } from './stitched.ts';
import type { EnhanceOptions, EnhanceResult, PictureFormat, Sink, Source } from './types.ts';

/**
 * Enhances the picture of `source` into `sink`, whose format is the source's, but of the target's size.
 *
 * Rejects with `cancelled` as soon as the signal aborts, with `backend-failed` when a network could be run on no
 * backend, and with whatever source and sink reject with. The sink is then left as far as it got.
 */
export async function enhance(source: Source, sink: Sink, options: EnhanceOptions): Promise<EnhanceResult> {
  const { signal } = options;
  throwIfAborted(signal);
  const makers = makersOf(source.format, options);
  const dispose = async (reason: Error) => {
    await Promise.all(makers.map(({ backends }) => backends.dispose(reason)));
  };
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new LoupeError('cancelled', '', { cause: signal.reason }));
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    const result = await Promise.race([run(source, sink, options, makers), aborted]);
    await dispose(new Error('done'));
    return result;
  } catch (thrown) {
    // Not awaited: a runner that hangs must not keep the error from being told.
    void dispose(new LoupeError('cancelled'));
    if (!(thrown instanceof LoupeError)) throwIfAborted(signal);
    throw thrown;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** The numbers of the networks that make a tile. */
const NEEDED: Record<Makers, readonly number[]> = { base: [0], local: [1], both: [0, 1] };

/** The networks and what runs them: the base's first, and the local one's if any region needs it. */
type Maker = Pick<Inference, 'network' | 'backends'>;
type Crew = readonly [Maker, ...Maker[]];

function makersOf(format: PictureFormat, { network, local, backends, signal }: EnhanceOptions): Crew {
  const base: Maker = { network, backends: new Backends(backends, signal) };
  if (!local || !weightsOf(format, network, local)) return [base];
  return [base, { network: local.network, backends: new Backends(local.backends, signal) }];
}

async function run(
  source: Source,
  sink: Sink,
  { network, local, cut, target, noise = 100, sharpness = 0, signal, onProgress }: EnhanceOptions,
  makers: Crew,
): Promise<EnhanceResult> {
  const { width, height } = source.format;
  const format: PictureFormat = { ...source.format, width: target.width, height: target.height };
  const opened = await Promise.all(makers.map(({ backends }) => backends.current()));
  const base = makers[0].backends;
  let lanes = await base.current();
  const atOnce = Math.max(...opened.map(({ runner }) => runner.lanes));
  const planned = planRun(
    source.format,
    network,
    local,
    Math.min(...opened.map(({ maxTilePixels }) => maxTilePixels)),
    atOnce,
    cut,
  );
  const { tiles: plan, weights } = planned;
  const finish = { noise, sharpness };
  const held = heldRows(source.format, plan, network.scale, atOnce, finish);
  const { coreRows, bandsAhead, capacity, lag } = held;
  const lastRows = Math.ceil(((coreRows + lag) * format.height) / height);
  const meter = new Meter([planned.runs.base, planned.runs.local], format.height, lastRows);
  const input = new Input(source, held.colorRows, held.alphaRows, signal);
  const stitched = new Stitched(input, network.scale, capacity, source.format.range !== undefined);
  const emitter = new Emitter(input, stitched, finish, target, format, sink, signal);

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

  const inferences = makers.map((maker, which): Inference => ({
    ...maker,
    input,
    plan,
    signal,
    onBegin: () => meter.begin(which),
    onTime: (on, ms) => {
      if (which === 0) lanes = on;
      meter.ran(which, on, ms);
    },
  }));

  const doTile = async (column: Span, band: Span, needed: readonly number[], bandIndex: number) => {
    const place = { x: column.tile, y: band.tile, width: plan.tileWidth, height: plan.tileHeight };
    const cut = cutTile(input, place);
    const made: Part[][] = [];
    for (const which of cut.plain ? [] : needed) {
      const inference = inferences[which];
      // The first takes the cut tile's buffer.
      const tile = made.length === 0 ? cut : cutTile(input, place);
      if (inference) made.push(await inferTile(inference, column, band, tile));
    }
    await changed.until(() => band.core + band.coreLength - freedRows <= capacity);
    if (cut.plain) stitched.storePlain(column, band);
    const [parts = [], over] = made;
    if (over && weights) mixParts(parts, over, weights, network.scale);
    for (const part of parts) {
      // One channel comes out gray in any case.
      if (source.format.channels >= 3) keepGray(part, input, network.scale);
      stitched.store(part);
    }
    if (cut.plain) tilesSkipped += needed.length;
    for (const which of needed) meter.tileDone(which, cut.plain);
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
      await input.ensure(
        Math.min(height, Math.max(band.tile + plan.tileHeight, band.core + band.coreLength + GRAY_REACH)),
      );
      for (const [number, column] of plan.columns.entries()) {
        // One tile more than lanes is cut already, so that a lane never waits for it.
        await changed.until(() => stopped() || inFlight <= atOnce);
        if (stopped()) return;
        inFlight++;
        doTile(column, band, NEEDED[planned.makers[index]?.[number] ?? 'base'], index).catch(fail);
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
  const fallbacks = makers.flatMap(({ backends }) => backends.fallbacks);
  const runs = planned.runs.base + planned.runs.local;
  lanes = await base.current();
  return {
    width: format.width,
    height: format.height,
    tiles: runs,
    tilesSkipped,
    recomputed: (runs * plan.tileWidth * plan.tileHeight) / (width * height) - 1,
    backend: lanes.runner.backend,
    device: lanes.runner.device,
    // Both networks may have given up the same backend for the same reason.
    fallbacks: [...new Set(fallbacks)],
    ms: meter.elapsedMs(),
  };
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new LoupeError('cancelled', '', { cause: signal.reason });
}
