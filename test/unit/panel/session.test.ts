import { describe, expect, test } from '@jest/globals';
import { encodeBase64 } from '../../../src/bridge/base64.ts';
import type { HostApi, LayerReport, PageApi } from '../../../src/bridge/protocol.ts';
import type { Catalog } from '../../../src/catalog.ts';
import type { EnhanceResult, PictureFormat } from '../../../src/engine/types.ts';
import { LoupeError, type ErrorCode } from '../../../src/errors.ts';
import type { Engine, Estimate } from '../../../src/panel/engine/protocol.ts';
import { startSession, type Session } from '../../../src/panel/session.ts';

const catalog = {
  entries: (['face', 'landscape', 'art'] as const).map((model) => ({
    id: model,
    model,
    quality: 'fast',
    scale: 4,
  })),
} as Catalog;

const WIDTH = 4;
const HEIGHT = 3;
const pixels = Uint8Array.from({ length: WIDTH * HEIGHT * 4 }, (_, i) => i);

function reportOf(id: number, name: string): LayerReport {
  return {
    document: { id: 1, name: 'sample.psd', width: WIDTH, height: HEIGHT },
    layer: { id, name, left: 0, top: 0, width: WIDTH, height: HEIGHT },
    refusal: null,
    largestScale: null,
    note: null,
    remembered: null,
  };
}

/** A promise settled from outside. */
function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

interface World {
  readonly session: Session;
  readonly page: PageApi;
  /** Names of the calls the host got, in order. */
  readonly calls: string[];
  /** What was written, in order. */
  readonly written: number[];
  readonly estimates: {
    model: string;
    scale: number;
    signal: AbortSignal;
    answer: ReturnType<typeof deferred<Estimate>>;
  }[];
  report: LayerReport;
  /** What the host's call of that name throws. */
  readonly faults: Partial<Record<keyof HostApi, ErrorCode>>;
  /** Set to have a commit wait for it. */
  commit: Promise<void> | undefined;
  /** Set to have the engine stand still before its first row until it is cancelled. */
  stuck: boolean;
}

function world(app: 'photoshop' | 'premiere' = 'photoshop', change: Partial<World> = {}): World {
  const calls: string[] = [];
  const written: number[] = [];
  const estimates: World['estimates'] = [];
  const faults: World['faults'] = {};
  let committing: ReturnType<typeof deferred<never>> | undefined;
  let page: PageApi | undefined;

  const call = async <T>(name: keyof HostApi, answer: () => T | Promise<T>): Promise<T> => {
    calls.push(name);
    await Promise.resolve();
    const fault = faults[name];
    if (fault) throw new LoupeError(fault, 'x');
    return answer();
  };
  const host: HostApi = {
    hello: () =>
      call('hello', () => ({ protocol: 1, app, appVersion: '26.0', locale: 'en', theme: 'light' as const })),
    activeLayer: () => call('activeLayer', () => self.report),
    remember: () => call('remember', () => null),
    thumbnail: () =>
      call('thumbnail', () => ({ width: 1, height: 1, rgba: encodeBase64(new Uint8Array(4)) })),
    region: () => call('region', () => ({ width: 1, height: 1, rgba: encodeBase64(new Uint8Array(4)) })),
    openJob: () =>
      call('openJob', () => ({
        job: 'job-1',
        source: { width: WIDTH, height: HEIGHT, channels: 4, depth: 8 } as const,
      })),
    readRows: ({ y, rows }) =>
      call('readRows', () => ({
        samples: encodeBase64(pixels.slice(y * WIDTH * 4, (y + rows) * WIDTH * 4)),
      })),
    writeRows: () => call('writeRows', () => null),
    commit: ({ layerName }) =>
      call('commit', async () => {
        committing = deferred<never>();
        if (self.commit) await Promise.race([self.commit, committing.promise]);
        return { layerId: 12, name: layerName, left: 0, top: 0, width: WIDTH * 4, height: HEIGHT * 4 };
      }),
    discard: () =>
      call('discard', () => {
        committing?.reject(new LoupeError('cancelled'));
        return null;
      }),
  };
  const engine: Engine = {
    backends: () => Promise.resolve([{ name: 'wasm', device: 'CPU, 2 workers' }]),
    estimate: ({ entry, scale }, _: PictureFormat, signal) => {
      const answer = deferred<Estimate>();
      estimates.push({ model: entry.model, scale, signal, answer });
      return answer.promise;
    },
    async enhance({ scale }, source, sink, signal, onProgress): Promise<EnhanceResult> {
      if (self.stuck) {
        await new Promise((_, reject) => {
          const stop = (): void => reject(new LoupeError('cancelled'));
          if (signal.aborted) stop();
          signal.addEventListener('abort', stop);
        });
      }
      const { width, height } = source.format;
      const size = { width: width * scale, height: height * scale };
      const rows = await source.read(height);
      written.push(...rows);
      await sink.open({ ...source.format, ...size });
      await sink.write(size.height, new Uint8Array(size.width * size.height * 4));
      const device = 'CPU, 2 workers';
      const backend = 'wasm' as const;
      onProgress({
        tilesDone: 1,
        tiles: 1,
        rowsWritten: 12,
        rows: 12,
        elapsedMs: 1,
        remainingMs: 0,
        backend,
        device,
      });
      return { ...size, tiles: 1, tilesSkipped: 0, recomputed: 0, backend, device, fallbacks: [], ms: 1 };
    },
  };
  const self: World = {
    session: undefined as unknown as Session,
    get page() {
      if (!page) throw new Error('not connected');
      return page;
    },
    calls,
    written,
    estimates,
    report: reportOf(7, 'Portrait'),
    faults,
    commit: undefined,
    stuck: false,
    ...change,
  };
  const connect = (given: PageApi): HostApi => {
    page = given;
    return host;
  };
  return Object.assign(self, { session: startSession({ connect, engine, catalog, now: () => 0 }) });
}

const kind = ({ session }: World): string => session.getState().view.kind;

/** Lets everything that waits for nothing but promises come to rest. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
}

async function readyWorld(change: Partial<World> = {}): Promise<World> {
  const made = world('photoshop', change);
  await settled();
  expect(kind(made)).toBe('ready');
  return made;
}

describe('At the start', () => {
  test('the panel greets the host before it asks for anything, and follows its theme', async () => {
    const made = world();
    made.page.layerChanged({});
    expect(made.calls).toEqual(['hello']);
    await settled();
    expect(made.calls).toEqual(['hello', 'activeLayer', 'thumbnail']);
    expect(made.session.getState()).toMatchObject({ theme: 'light', thumbnail: { layerId: 7 } });
  });

  test('in Premiere nothing is asked, whatever is selected', async () => {
    const made = world('premiere');
    await settled();
    made.page.layerChanged({});
    await settled();
    expect(made.calls).toEqual(['hello']);
    expect(made.session.getState().view).toEqual({ kind: 'empty', reason: 'premiere' });
  });

  test('a host of another version is an error, and Try again greets it anew', async () => {
    const made = world();
    made.faults.hello = 'protocol-mismatch';
    await settled();
    expect(made.session.getState().view).toMatchObject({
      kind: 'failed',
      error: { code: 'protocol-mismatch' },
    });
    delete made.faults.hello;
    made.session.tryAgain();
    await settled();
    expect(kind(made)).toBe('ready');
    expect(made.calls).not.toContain('openJob');
  });
});

describe('The estimate', () => {
  test('is asked for once for a layer, and shown when it comes', async () => {
    const made = await readyWorld();
    made.page.layerChanged({});
    await settled();
    expect(made.estimates.map(({ model, scale }) => [model, scale])).toEqual([['landscape', 4]]);
    made.estimates[0]?.answer.resolve({ backend: 'wasm', device: '', ms: 12_000 });
    await settled();
    expect(made.session.getState().view).toMatchObject({ estimate: { kind: 'known', ms: 12_000 } });
  });

  test('is asked for anew when the model changes, and an answer to the old question is not shown', async () => {
    const made = await readyWorld();
    made.session.chooseModel('art');
    expect(made.estimates.map(({ model }) => model)).toEqual(['landscape', 'art']);
    expect(made.estimates[0]?.signal.aborted).toBe(true);
    made.estimates[0]?.answer.resolve({ backend: 'wasm', device: '', ms: 1 });
    await settled();
    expect(made.session.getState().view).toMatchObject({ estimate: { kind: 'measuring' } });
  });

  test('stops when the run begins', async () => {
    const made = await readyWorld({ stuck: true });
    made.session.enhance();
    expect(made.estimates[0]?.signal.aborted).toBe(true);
    made.session.cancel();
    await settled();
  });
});

test('A choice is remembered for the layer', async () => {
  const made = await readyWorld();
  made.session.chooseScale(2);
  expect(made.calls.at(-1)).toBe('remember');
  expect(made.session.getState().view).toMatchObject({ settings: { model: 'landscape', scale: 2 } });
});

describe('A run', () => {
  test('reads the layer, writes the result, and commits it under its name', async () => {
    const made = await readyWorld();
    made.calls.length = 0;
    made.session.enhance();
    await settled();
    expect(made.calls).toEqual(['openJob', 'readRows', 'writeRows', 'commit']);
    expect(made.written).toEqual([...pixels]);
    expect(made.session.getState().view).toMatchObject({
      kind: 'done',
      result: { layer: { layerId: 12, name: 'Portrait – Landscape 4×' }, backend: 'wasm', fellBack: false },
    });
  });

  test('stays bound to its layer when the selection changes', async () => {
    const made = await readyWorld({ stuck: true });
    made.session.enhance();
    await settled();
    made.report = reportOf(9, 'Sky');
    made.page.layerChanged({});
    await settled();
    expect(made.session.getState().view).toMatchObject({ kind: 'working', target: { name: 'Portrait' } });
    made.session.cancel();
    await settled();
    expect(made.session.getState().view).toMatchObject({ kind: 'ready', target: { name: 'Sky' } });
  });

  test('cancelled while the model runs is discarded and not committed', async () => {
    const made = await readyWorld({ stuck: true });
    made.session.enhance();
    await settled();
    made.session.cancel();
    await settled();
    expect(made.calls).toContain('discard');
    expect(made.calls).not.toContain('commit');
    expect(made.session.getState().view).toMatchObject({ kind: 'ready', cancelled: true });
  });

  test('cancelled while the layer is read is discarded as soon as there is a job', async () => {
    const made = await readyWorld({ stuck: true });
    made.session.enhance();
    made.session.cancel();
    await settled();
    expect(made.calls).toContain('discard');
    expect(made.calls).not.toContain('readRows');
    expect(kind(made)).toBe('ready');
  });

  test('cancelled while it is written is rolled back by the host', async () => {
    const made = await readyWorld({ commit: new Promise(() => undefined) });
    made.session.enhance();
    await settled();
    expect(made.calls.at(-1)).toBe('commit');
    made.session.cancel();
    await settled();
    expect(made.calls).toContain('discard');
    expect(made.session.getState().view).toMatchObject({ kind: 'ready', cancelled: true });
  });

  test('cancelled too late for the host to roll back is done: the layer is there', async () => {
    const written = deferred<undefined>();
    const made = await readyWorld({ commit: written.promise });
    made.faults.discard = 'host-failed';
    made.session.enhance();
    await settled();
    made.session.cancel();
    await settled();
    expect(made.session.getState().view).toMatchObject({ kind: 'working', run: { cancelling: true } });
    written.resolve(undefined);
    await settled();
    expect(kind(made)).toBe('done');
  });

  test.each([
    ['openJob', 'host-busy'],
    ['writeRows', 'disk-full'],
    ['commit', 'layer-gone'],
  ] as const)('fails with the host’s own words when %s throws %s, and leaves no job', async (name, code) => {
    const made = await readyWorld();
    made.faults[name] = code;
    made.session.enhance();
    await settled();
    expect(made.session.getState().view).toMatchObject({ kind: 'failed', error: { code } });
    expect(made.calls.includes('discard')).toBe(true);
  });

  test('is begun again by Try again if its layer is still the active one', async () => {
    const made = await readyWorld();
    made.faults.openJob = 'host-busy';
    made.session.enhance();
    await settled();
    delete made.faults.openJob;
    made.session.tryAgain();
    await settled();
    expect(kind(made)).toBe('done');
  });

  test('is not begun on another layer by Try again', async () => {
    const made = await readyWorld();
    made.faults.openJob = 'layer-gone';
    made.session.enhance();
    await settled();
    made.report = reportOf(9, 'Sky');
    made.session.tryAgain();
    await settled();
    expect(made.session.getState().view).toMatchObject({ kind: 'ready', target: { name: 'Sky' } });
  });
});

test('A question the host cannot answer just now leaves the layer that is shown', async () => {
  const made = await readyWorld();
  made.faults.activeLayer = 'host-busy';
  made.page.layerChanged({});
  await settled();
  expect(kind(made)).toBe('ready');
});

test('“Enhance another” shows the layer that is active by now', async () => {
  const made = await readyWorld();
  made.session.enhance();
  await settled();
  made.report = reportOf(12, 'Portrait – Landscape 4×');
  made.session.another();
  await settled();
  expect(made.session.getState().view).toMatchObject({ kind: 'ready', target: { layerId: 12 } });
});
