/** The engine against the network alone, and two WASM workers against one. */
import type { ModelName } from '../src/catalog.ts';
import { loadModel, readCatalog } from '../src/cli/model.ts';
import { enhance } from '../src/engine/enhance.ts';
import type { Backend, EnhanceResult, PictureFormat, Tile } from '../src/engine/types.ts';
import { nativeBackend } from '../src/runtime/native.ts';
import { wasmNodeBackend } from '../src/runtime/wasm-node.ts';
import { wholeTarget } from '../src/size.ts';
import { alternate, median, ratio, seconds, type Line } from './measure.ts';
import { drawnSource, nowhere } from './pictures.ts';
import { rawRun, recording } from './raw.ts';

export interface EngineOptions {
  readonly model: ModelName;
  /** Sides of the picture for each backend, in pixels. */
  readonly native: readonly [number, number];
  readonly wasm: readonly [number, number];
  readonly rounds: number;
}

/** `backend` opened once and for all, so that no round pays for loading the model. */
async function opened(backend: Backend): Promise<{ backend: Backend; close: () => Promise<void> }> {
  const runner = await backend.open(new AbortController().signal);
  const kept = { ...runner, dispose: () => Promise.resolve() };
  return { backend: { ...backend, open: () => Promise.resolve(kept) }, close: () => runner.dispose() };
}

export async function engineAgainstRaw(options: EngineOptions, name: 'native' | 'wasm'): Promise<Line[]> {
  const { defaults } = await readCatalog();
  const { detail } = defaults[options.model];
  const { blend, loaded } = await loadModel({ model: options.model, quality: 'fast', detail });
  const [width, height] = options[name];
  const picture: PictureFormat = { width, height, channels: 3, depth: 8 };
  const source = drawnSource(picture);
  const run = (backend: Backend): Promise<EnhanceResult> =>
    enhance(source(), nowhere, {
      network: blend,
      target: wholeTarget(picture, { kind: 'factor', factor: 4 }),
      backends: [backend],
      signal: new AbortController().signal,
    });

  // One worker for WASM: raw session.run has one thread there.
  const one = await opened(name === 'native' ? nativeBackend(loaded) : wasmNodeBackend(loaded, 1));
  const two = name === 'wasm' ? await opened(wasmNodeBackend(loaded, 2)) : undefined;
  try {
    const tiles: Tile[] = [];
    // Also warms up: each backend opens a session for the tile's shape with the first of them.
    const result = await run(recording(one.backend, tiles));
    if (two) await run(two.backend);
    const raw = await rawRun(name, loaded, tiles);
    await raw();
    const engine = () => seconds(() => run(one.backend));
    const [first] = tiles;
    const size =
      `${options.model}, ${width} × ${height}, ${tiles.length} tiles of ${first?.width} × ${first?.height}, ` +
      `${(result.recomputed * 100).toFixed(0)} % computed twice`;

    if (!two) {
      const times = await alternate(options.rounds, { raw, engine });
      return [
        { what: 'native: session.run of the tiles alone', value: median(times.raw), unit: 's', note: size },
        { what: 'native: enhance', value: median(times.engine), unit: 's' },
        {
          what: 'native: enhance over session.run',
          value: ratio(times.engine, times.raw),
          unit: '×',
          target: { atMost: 1.1 },
        },
      ];
    }
    const both = () => seconds(() => run(two.backend));
    const times = await alternate(options.rounds, { raw, engine, both });
    return [
      {
        what: 'WASM: session.run of the tiles alone, one thread',
        value: median(times.raw),
        unit: 's',
        note: size,
      },
      { what: 'WASM: enhance with one worker', value: median(times.engine), unit: 's' },
      {
        what: 'WASM: enhance over session.run',
        value: ratio(times.engine, times.raw),
        unit: '×',
        target: { atMost: 1.1 },
      },
      { what: 'WASM: enhance with two workers', value: median(times.both), unit: 's' },
      {
        what: 'WASM: two workers against one',
        value: ratio(times.engine, times.both),
        unit: '×',
        target: { atLeast: 1.7 },
      },
    ];
  } finally {
    await one.close();
    await two?.close();
  }
}
