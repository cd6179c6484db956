import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { encodeBase64 } from '../../../src/bridge/base64.ts';
import type {
  LayerReport,
  LayerSettings,
  PhotoshopApi,
  Report,
  Unfinished,
} from '../../../src/bridge/protocol.ts';
import { blendOfOne, MODELS, QUALITIES, type Catalog, type Network } from '../../../src/catalog.ts';
import type { EnhanceResult, PictureFormat } from '../../../src/engine/types.ts';
import { LoupeError, type ErrorCode } from '../../../src/errors.ts';
import { enlarge } from '../../../src/size.ts';
import type { Engine, EngineJob, Estimate, Proposal } from '../../../src/panel/engine/protocol.ts';
import type { Memory } from '../../../src/panel/needs.ts';
import { startSession, type Session } from '../../../src/panel/session.ts';
import { noteOf } from '../../../src/panel/unfinished.ts';

const network = (id: string): Network => ({
  id,
  file: `${id}.onnx`,
  sha256: '0'.repeat(64),
  size: 1,
  scale: 4,
  overlap: 8,
  receptiveField: 8,
  macsPerPixel: 1000,
  licence: 'MIT',
  origin: 'made up',
});
const entries = MODELS.flatMap((model) =>
  QUALITIES.map((quality) => ({
    model,
    quality,
    faithful: `${model}-${quality}-faithful`,
    detailed: `${model}-${quality}-detailed`,
    blend: quality === 'best' ? ('outputs' as const) : ('weights' as const),
    selfEnsemble: false,
  })),
);
const catalog: Catalog = {
  networks: entries.flatMap(({ faithful, detailed }) => [network(faithful), network(detailed)]),
  starts: [],
  entries,
  defaults: {
    face: { detail: 30, noise: 100 },
    landscape: { detail: 60, noise: 100 },
    art: { detail: 80, noise: 100 },
  },
  detector: {
    id: 'face-detector',
    file: 'd.onnx',
    sha256: '0'.repeat(64),
    size: 1,
    licence: 'MIT',
    origin: '',
  },
};

/** The networks of a job, e.g. `face-fast-faithful+face-fast-detailed`. */
const networksOf = ({ blend }: Pick<EngineJob, 'blend'>): string =>
  blend.parts.flatMap(({ weights }) => weights.map((each) => each.network.id)).join('+');

/** A model and a quality as the catalog above names them. */
const named = (model: string, quality = 'fast'): string =>
  `${model}-${quality}-faithful+${model}-${quality}-detailed`;

const WIDTH = 4;
const HEIGHT = 3;
const pixels = Uint8Array.from({ length: WIDTH * HEIGHT * 4 }, (_, i) => i);

/** Landscape, chosen by hand. */
const byHand: LayerSettings = {
  model: 'landscape',
  quality: 'fast',
  size: { kind: 'factor', factor: 4 },
  place: 'document',
  hideOriginal: false,
  detail: 60,
  noise: 100,
  sharpness: 0,
};

/** A layer, and what is remembered for it. */
function layerOf(
  id: number,
  name: string,
  remembered: LayerSettings | null = null,
  change: Partial<LayerReport> = {},
): LayerReport {
  return {
    id,
    name,
    left: 0,
    top: 0,
    width: WIDTH,
    height: HEIGHT,
    refusal: null,
    note: null,
    parts: ['layer'],
    remembered,
    ...change,
  };
}

/** A document with these layers selected. */
function reportWith(layers: readonly LayerReport[], last: LayerSettings | null = null): Report {
  return {
    document: {
      id: 1,
      name: 'sample.psd',
      width: WIDTH,
      height: HEIGHT,
      resolution: 72,
      mode: 'RGB Color',
      depth: 8,
      psb: false,
    },
    layers: [...layers],
    refusal: null,
    last,
  };
}
function reportOf(id: number, name: string, remembered: LayerSettings | null = null): Report {
  return reportWith([layerOf(id, name, remembered)]);
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
  readonly page: Session['page'];
  /** Names of the calls the host got, in order. */
  readonly calls: string[];
  /** What was written, in order. */
  readonly written: number[];
  /** The arguments of these calls, in order. */
  readonly remembered: Parameters<PhotoshopApi['remember']>[0][];
  readonly regions: Parameters<PhotoshopApi['region']>[0][];
  readonly enhanced: EngineJob[];
  readonly estimates: {
    networks: string;
    width: number;
    signal: AbortSignal;
    answer: ReturnType<typeof deferred<Estimate>>;
  }[];
  /** What was compared; `told` is the engine's word of its progress. */
  readonly compared: {
    networks: string;
    format: PictureFormat;
    signal: AbortSignal;
    told: (done: number, remainingMs: number | undefined) => void;
    answer: ReturnType<typeof deferred<number>>;
  }[];
  /** What Auto is shown and told. */
  readonly proposals: { width: number; signal: AbortSignal; answer: ReturnType<typeof deferred<Proposal>> }[];
  /** The files in the folder of own models: “fit”, or why one does not. */
  own: Record<string, string>;
  /** Alpha of the layer's thumbnail. */
  alpha: number;
  report: Report;
  /** Of the machine. */
  readonly memory: Memory;
  /** Where in its layer the part begins that a job reads. */
  begins: { left: number; top: number };
  /** What a former page left. */
  unfinished: Unfinished | null;
  /** The arguments of these calls, in order. */
  readonly opened: Parameters<PhotoshopApi['openJob']>[0][];
  readonly committed: Parameters<PhotoshopApi['commit']>[0][];
  readonly discarded: string[];
  /** Rows read and written, as `job y rows`. */
  readonly rowsWritten: string[];
  /** Layers whose job the host refuses when it is opened, or that it leaves out when it commits. */
  readonly unopenable: Set<number>;
  readonly uncommitted: Set<string>;
  /** What the host's call of that name throws. */
  readonly faults: Partial<Record<keyof PhotoshopApi, ErrorCode>>;
  /** Set to have a commit wait for it. */
  commit: Promise<void> | undefined;
  /** Set to have the engine stand still before its first row until it is cancelled. */
  stuck: boolean;
}

function world(change: Partial<World> = {}): World {
  const calls: string[] = [];
  const written: number[] = [];
  const estimates: World['estimates'] = [];
  const compared: World['compared'] = [];
  const proposals: World['proposals'] = [];
  const remembered: World['remembered'] = [];
  const regions: World['regions'] = [];
  const enhanced: EngineJob[] = [];
  const faults: World['faults'] = {};
  const opened: World['opened'] = [];
  const committed: World['committed'] = [];
  const discarded: string[] = [];
  const rowsWritten: string[] = [];
  let committing: ReturnType<typeof deferred<never>> | undefined;

  const call = async <T>(name: keyof PhotoshopApi, answer: () => T | Promise<T>): Promise<T> => {
    calls.push(name);
    await Promise.resolve();
    const fault = faults[name];
    if (fault) throw new LoupeError(fault, 'x');
    return answer();
  };
  const host: Omit<PhotoshopApi, 'hello'> = {
    activeLayers: () => call('activeLayers', () => self.report),
    unfinished: () => call('unfinished', () => self.unfinished),
    remember: (args) =>
      call('remember', () => {
        remembered.push(args);
        return null;
      }),
    thumbnail: () =>
      call('thumbnail', () => ({
        width: 2,
        height: 2,
        rgba: encodeBase64(new Uint8Array(16).fill(self.alpha)),
      })),
    region: (args) =>
      call('region', () => {
        regions.push(args);
        const { width, height } = args;
        return { width, height, rgba: encodeBase64(new Uint8Array(width * height * 4)) };
      }),
    ownModels: () =>
      call('ownModels', () => ({
        folder: '/models',
        models: Object.keys(self.own).map((name) => ({ name, size: 1 })),
      })),
    readOwnModel: () => call('readOwnModel', () => ({ bytes: encodeBase64(new Uint8Array(1)) })),
    showModelsFolder: () => call('showModelsFolder', () => null),
    openJob: (args) =>
      call('openJob', () => {
        if (self.unopenable.has(args.layerId)) throw new LoupeError('layer-gone', 'x');
        opened.push(args);
        const { width, height, factorX, factorY } = enlarge(
          { width: WIDTH, height: HEIGHT },
          args.settings.size,
        );
        return {
          job: args.job,
          source: { width: WIDTH, height: HEIGHT, channels: 4, depth: 8 } as const,
          begins: self.begins,
          target: { width, height, scaleX: factorX, scaleY: factorY, offsetX: 0, offsetY: 0 },
        };
      }),
    readRows: ({ y, rows }) =>
      call('readRows', () => ({
        samples: encodeBase64(pixels.slice(y * WIDTH * 4, (y + rows) * WIDTH * 4)),
      })),
    writeRows: ({ job, y, rows }) =>
      call('writeRows', () => {
        rowsWritten.push(`${job} ${String(y)} ${String(rows)}`);
        return null;
      }),
    commit: (args) =>
      call('commit', async () => {
        committed.push(args);
        committing = deferred<never>();
        if (self.commit) await Promise.race([self.commit, committing.promise]);
        const results = args.jobs.map(({ job, layerName }, i) =>
          self.uncommitted.has(job)
            ? { job, problem: { code: 'layer-changed', detail: layerName } }
            : {
                job,
                layer: {
                  documentId: 1,
                  layerId: 12 + i,
                  name: layerName,
                  bounds: { left: 0, top: 0, right: WIDTH * 4, bottom: HEIGHT * 4 },
                  width: WIDTH * 4,
                  height: HEIGHT * 4,
                },
              },
        );
        return { results };
      }),
    discard: ({ job }) =>
      call('discard', () => {
        discarded.push(job);
        committing?.reject(new LoupeError('cancelled'));
        return null;
      }),
  };
  const engine: Engine = {
    backends: () => Promise.resolve([{ name: 'wasm', device: 'CPU, 2 workers' }]),
    estimate: (job, _: PictureFormat, signal) => {
      const answer = deferred<Estimate>();
      estimates.push({ networks: networksOf(job), width: job.target.width, signal, answer });
      return answer.promise;
    },
    propose: ({ width }, signal) => {
      const answer = deferred<Proposal>();
      proposals.push({ width, signal, answer });
      return answer.promise;
    },
    async compareEnds({ faithful, detailed }, source, signal, told) {
      const answer = deferred<number>();
      const first = source();
      const { format } = first;
      await first.read(format.height);
      await source().read(format.height);
      const networks = `${networksOf({ blend: faithful })} ${networksOf({ blend: detailed })}`;
      compared.push({ networks, format, signal, told, answer });
      return { width: 1, height: 1, values: new Uint8Array([9]), share: await answer.promise };
    },
    holdBack: () => () => undefined,
    openClip: () => Promise.reject(new LoupeError('backend-failed', 'layers only')),
    async inspectOwn(file, signal) {
      await file.read(signal);
      const verdict = self.own[file.name];
      if (verdict !== 'fit') throw new LoupeError('model-unfit', verdict);
      return blendOfOne({ ...network(file.name), scale: file.name.startsWith('2x') ? 2 : 4 });
    },
    async enhance(job, source, sink, signal, onProgress): Promise<EnhanceResult> {
      enhanced.push(job);
      if (self.stuck) {
        await new Promise((_, reject) => {
          const stop = (): void => reject(new LoupeError('cancelled'));
          if (signal.aborted) stop();
          signal.addEventListener('abort', stop);
        });
      }
      const { height } = source.format;
      const size = { width: job.target.width, height: job.target.height };
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
      return this.session.page;
    },
    calls,
    written,
    estimates,
    compared,
    opened,
    committed,
    discarded,
    rowsWritten,
    unopenable: new Set(),
    uncommitted: new Set(),
    unfinished: null,
    begins: { left: 0, top: 0 },
    memory: { most: Infinity, needed: () => 1 },
    proposals,
    remembered,
    regions,
    enhanced,
    own: {},
    alpha: 255,
    report: reportOf(7, 'Portrait', byHand),
    faults,
    commit: undefined,
    stuck: false,
    ...change,
  };
  const hello = { theme: 'light', locale: 'en' } as const;
  return Object.assign(self, {
    session: startSession({ host, hello, engine, catalog, now: () => 0, idleMs: 0, memory: self.memory }),
  });
}

const items = ({ session }: World) => {
  const { view } = session.getState();
  if (view.kind !== 'ready') throw new Error(`not ready but ${view.kind}`);
  return view.items;
};
const kind = ({ session }: World): string => session.getState().view.kind;

/** Lets everything that waits for nothing but promises, or for an idle moment, come to rest. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** Gives the estimates asked for so far their answers, and those asked for then. */
async function estimated({ estimates }: World): Promise<void> {
  for (const { answer } of estimates) answer.resolve({ backend: 'wasm', device: '', ms: 12_000 });
  await settled();
  for (const { answer } of estimates) answer.resolve({ backend: 'wasm', device: '', ms: 240_000 });
  await settled();
}

async function readyWorld(change: Partial<World> = {}): Promise<World> {
  const made = world(change);
  await settled();
  expect(kind(made)).toBe('ready');
  return made;
}

describe('At the start', () => {
  test('the panel asks for what a former one left, then for what is selected', async () => {
    const made = world();
    await settled();
    expect(made.calls).toEqual(['ownModels', 'unfinished', 'activeLayers', 'thumbnail']);
    expect(made.session.getState()).toMatchObject({ theme: 'light', thumbnail: { layerId: 7 } });
  });
});

describe('The estimates', () => {
  test('are asked for once for a layer, one quality after the other, and shown as they come', async () => {
    const made = await readyWorld();
    made.page.layerChanged({});
    await settled();
    expect(made.estimates.map(({ networks, width }) => [networks, width])).toEqual([
      [named('landscape'), 4 * WIDTH],
    ]);
    made.estimates[0]?.answer.resolve({ backend: 'wasm', device: '', ms: 12_000 });
    await settled();
    expect(items(made)[0]).toMatchObject({
      estimates: { fast: { kind: 'known', ms: 12_000 }, best: { kind: 'measuring' } },
    });
    expect(made.estimates.map(({ networks }) => networks)).toEqual([
      named('landscape'),
      named('landscape', 'best'),
    ]);
    made.estimates[1]?.answer.resolve({ backend: 'wasm', device: '', ms: 240_000 });
    await settled();
    expect(items(made)[0]).toMatchObject({
      estimates: { best: { kind: 'known', ms: 240_000 } },
    });
  });

  test('begin with the quality that is chosen', async () => {
    const made = await readyWorld({ report: reportOf(7, 'Portrait', { ...byHand, quality: 'best' }) });
    expect(made.estimates.map(({ networks }) => networks)).toEqual([named('landscape', 'best')]);
  });

  test('are asked for anew when the model changes, and an answer to the old question is not shown', async () => {
    const made = await readyWorld();
    made.session.choose({ model: 'art' });
    await settled();
    expect(made.estimates.map(({ networks }) => networks)).toEqual([named('landscape'), named('art')]);
    expect(made.estimates[0]?.signal.aborted).toBe(true);
    made.estimates[0]?.answer.resolve({ backend: 'wasm', device: '', ms: 1 });
    await settled();
    expect(items(made)[0]).toMatchObject({ estimates: { fast: { kind: 'measuring' } } });
  });

  test('are left as they are by what costs no time, and asked for anew at an end of Detail', async () => {
    const made = await readyWorld();
    await estimated(made);
    for (const change of [
      { detail: 61 },
      { detail: 10, noise: 0 },
      { sharpness: 50 },
      { quality: 'best' },
    ] as const) {
      made.session.choose(change);
    }
    await settled();
    expect(made.estimates).toHaveLength(2);
    made.session.choose({ detail: 0 });
    await settled();
    expect(made.estimates[2]?.networks).toBe('landscape-best-faithful');
  });

  test('make way for the map, and go on where they were', async () => {
    const made = await readyWorld();
    made.estimates[0]?.answer.resolve({ backend: 'wasm', device: '', ms: 12_000 });
    await settled();
    made.session.showInvented();
    expect(made.estimates[1]?.signal.aborted).toBe(true);
    await settled();
    made.compared[0]?.answer.resolve(0.5);
    await settled();
    expect(items(made)[0]).toMatchObject({
      estimates: { fast: { kind: 'known', ms: 12_000 }, best: { kind: 'measuring' } },
    });
    expect(made.estimates.map(({ networks }) => networks).slice(2)).toEqual([named('landscape', 'best')]);
  });

  test('stop when the run begins', async () => {
    const made = await readyWorld({ stuck: true });
    made.session.enhance();
    expect(made.estimates[0]?.signal.aborted).toBe(true);
    made.session.cancel();
    await settled();
  });
});

describe('A choice', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  test('is remembered for the layer, once the choosing pauses and as it then is', async () => {
    const made = await readyWorld();
    jest.useFakeTimers();
    for (const detail of [10, 20, 30]) made.session.choose({ detail });
    made.session.choose({ size: { kind: 'factor', factor: 2 } });
    expect(made.remembered).toEqual([]);
    await jest.advanceTimersByTimeAsync(1000);
    expect(made.remembered).toMatchObject([{ layerId: 7, settings: { detail: 30, size: { factor: 2 } } }]);
  });

  test('is remembered for its own layer when another is selected at once', async () => {
    const made = await readyWorld();
    made.session.choose({ detail: 10 });
    made.report = reportOf(9, 'Sky', byHand);
    made.page.layerChanged({});
    await settled();
    made.session.choose({ detail: 20 });
    await settled();
    expect(made.remembered).toMatchObject([{ layerId: 7, settings: { detail: 10 } }]);
    made.session.enhance();
    await settled();
    expect(made.remembered[1]).toMatchObject({ layerId: 9, settings: { detail: 20 } });
  });
});

describe('Auto', () => {
  const untouched = { report: reportOf(7, 'Portrait') };
  const portrait: Proposal = { model: 'face', reason: 'portrait', faces: [] };

  test('looks at the layer before anything is measured, and what it comes to is run and named', async () => {
    const made = await readyWorld(untouched);
    expect(made.proposals).toHaveLength(1);
    expect(made.estimates).toEqual([]);
    made.session.enhance();
    expect(kind(made)).toBe('ready');
    made.proposals[0]?.answer.resolve(portrait);
    await settled();
    expect(made.estimates.map(({ networks }) => networks)).toEqual([named('face')]);
    made.session.enhance();
    await settled();
    expect(made.enhanced.map(networksOf)).toEqual([named('face')]);
    expect(made.enhanced[0]?.faces).toBeUndefined();
    expect(made.session.getState().view).toMatchObject({
      result: { outcomes: [{ made: { name: 'Portrait – Face 4×' } }] },
    });
  });

  test('has the face model run where the faces are, in pixels of the layer', async () => {
    const made = await readyWorld(untouched);
    const faces = [{ x: 1, y: 0, width: 1, height: 2 }];
    made.proposals[0]?.answer.resolve({ model: 'landscape', reason: 'faces', faces });
    await settled();
    made.session.enhance();
    await settled();
    const [job] = made.enhanced;
    expect(job && networksOf(job)).toBe(named('landscape'));
    expect(job?.faces && networksOf(job.faces)).toBe(named('face'));
    // The picture looked at is 2 × 2, the layer 4 × 3.
    expect(job?.faces?.regions).toEqual([{ x: 2, y: 0, width: 2, height: 3 }]);
    expect(made.session.getState().view).toMatchObject({
      result: { outcomes: [{ made: { name: 'Portrait – Landscape 4×' } }] },
    });
  });

  test('is Landscape when the layer cannot be looked at', async () => {
    const made = await readyWorld(untouched);
    made.proposals[0]?.answer.reject(new LoupeError('backend-failed'));
    await settled();
    expect(items(made)[0]).toMatchObject({ auto: { kind: 'failed' } });
    expect(made.estimates.map(({ networks }) => networks)).toEqual([named('landscape')]);
  });

  test('stops looking when a model is chosen by hand, and looks again when it is chosen again', async () => {
    const made = await readyWorld(untouched);
    made.session.choose({ model: 'art' });
    expect(made.proposals[0]?.signal.aborted).toBe(true);
    made.proposals[0]?.answer.resolve(portrait);
    await settled();
    expect(items(made)[0]).toMatchObject({ settings: { model: 'art' }, auto: undefined });
    made.session.choose({ model: 'auto' });
    await settled();
    expect(made.proposals).toHaveLength(2);
  });
});

describe('What would be invented', () => {
  test('is tried with the fast ends once the estimates are there, where the layer lies', async () => {
    const remembered: LayerSettings = { ...byHand, quality: 'best' };
    const report = reportWith([layerOf(7, 'Portrait', remembered, { left: 10, top: 20 })]);
    const made = await readyWorld({ report });
    expect(made.regions).toEqual([]);
    await estimated(made);
    expect(made.regions).toMatchObject([{ layerId: 7, left: 10, top: 20, width: WIDTH, height: HEIGHT }]);
    expect(made.compared.map(({ networks }) => networks)).toEqual([
      'landscape-fast-faithful landscape-fast-detailed',
    ]);
    made.compared[0]?.answer.resolve(0.7);
    await settled();
    expect(items(made)[0]).toMatchObject({ invented: { share: 0.7 } });
  });

  test('is not tried where the layer is see-through', async () => {
    const made = await readyWorld({ alpha: 100 });
    await estimated(made);
    expect(made.compared).toEqual([]);
    expect(items(made)[0]).toMatchObject({ invented: null });
  });

  test('is tried anew when the user does something meanwhile, and not after it is known', async () => {
    const made = await readyWorld();
    await estimated(made);
    made.session.choose({ noise: 50 });
    expect(made.compared[0]?.signal.aborted).toBe(true);
    await settled();
    expect(made.compared).toHaveLength(2);
    made.compared[1]?.answer.resolve(0.2);
    await settled();
    made.session.choose({ noise: 60 });
    await settled();
    expect(made.compared).toHaveLength(2);
  });

  test('is passed over in silence where it cannot be tried', async () => {
    const made = await readyWorld();
    made.faults.region = 'host-busy';
    await estimated(made);
    expect(items(made)[0]).toMatchObject({ invented: null });
  });

  test('is mapped over the whole layer on request, with the ends of the chosen quality', async () => {
    const made = await readyWorld({ report: reportOf(7, 'Portrait', { ...byHand, quality: 'best' }) });
    made.calls.length = 0;
    made.session.showInvented();
    await settled();
    expect(made.compared).toMatchObject([
      {
        networks: 'landscape-best-faithful landscape-best-detailed',
        format: { width: WIDTH, height: HEIGHT },
      },
    ]);
    made.compared[0]?.told(0.4, 8_000);
    expect(items(made)[0]).toMatchObject({ map: { kind: 'making', fraction: 0.4 } });
    made.compared[0]?.answer.resolve(0.6);
    await settled();
    expect(items(made)[0]).toMatchObject({
      map: { kind: 'shown', map: { share: 0.6 }, picture: { width: 2 } },
    });
    expect(made.calls).toEqual(['thumbnail', 'openJob', 'readRows', 'readRows', 'discard']);
  });

  test('as a map can be cancelled, which leaves no job and no map', async () => {
    const made = await readyWorld();
    made.session.showInvented();
    await settled();
    made.session.hideInvented();
    expect(made.compared[0]?.signal.aborted).toBe(true);
    made.compared[0]?.answer.reject(new LoupeError('cancelled'));
    await settled();
    expect(made.calls).toContain('discard');
    expect(items(made)[0]).toMatchObject({ map: undefined });
  });

  test('as a map says why it could not be made', async () => {
    const made = await readyWorld();
    made.faults.openJob = 'host-busy';
    made.session.showInvented();
    await settled();
    expect(items(made)[0]).toMatchObject({
      map: { kind: 'failed', error: { code: 'host-busy' } },
    });
  });
});

describe('The user’s own models', () => {
  const own = { 'broken.onnx': 'it takes two pictures', 'mine.onnx': 'fit' };

  test('are tried at the start, each with its outcome', async () => {
    const made = await readyWorld({ own });
    expect(made.session.getState().own).toMatchObject({
      folder: '/models',
      models: [
        {
          name: 'broken.onnx',
          kind: 'unfit',
          error: { code: 'model-unfit', detail: 'it takes two pictures' },
        },
        { name: 'mine.onnx', kind: 'fit' },
      ],
    });
  });

  test('are run by name, and the new layer has it', async () => {
    const made = await readyWorld({ own });
    made.session.choose({ model: 'own:mine.onnx' });
    await settled();
    expect(made.estimates.at(-1)?.networks).toBe('mine.onnx');
    made.session.enhance();
    await settled();
    expect(made.enhanced.map(networksOf)).toEqual(['mine.onnx']);
    expect(made.session.getState().view).toMatchObject({
      result: { outcomes: [{ made: { name: 'Portrait – mine 4×' } }] },
    });
  });

  test('are asked for the size that is set, whatever their own scale', async () => {
    const made = await readyWorld({ own: { '2x-small.onnx': 'fit' } });
    made.session.choose({ model: 'own:2x-small.onnx' });
    made.session.enhance();
    await settled();
    expect(made.enhanced.map(({ blend, target }) => [blend.scale, target.width])).toEqual([[2, 4 * WIDTH]]);
  });

  test('are not run when they do not fit, or are gone', async () => {
    const made = await readyWorld({ own });
    for (const model of ['own:broken.onnx', 'own:gone.onnx'] as const) {
      made.session.choose({ model });
      made.session.enhance();
      await settled();
    }
    expect(made.enhanced).toEqual([]);
    expect(kind(made)).toBe('ready');
  });

  test('put there later are found on request, and the others are not tried again', async () => {
    const made = await readyWorld({ own });
    made.own = { ...own, 'new.onnx': 'fit' };
    made.calls.length = 0;
    made.session.lookForOwnModels();
    await settled();
    expect(made.session.getState().own.models.map(({ name, kind }) => [name, kind])).toEqual([
      ['broken.onnx', 'unfit'],
      ['mine.onnx', 'fit'],
      ['new.onnx', 'fit'],
    ]);
    expect(made.calls).toEqual(['ownModels', 'readOwnModel']);
  });
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
      result: {
        outcomes: [
          {
            made: { layerId: 12, name: 'Portrait – Landscape 4×' },
            backend: { name: 'wasm' },
            fellBack: false,
          },
        ],
      },
    });
  });

  test('stays bound to its layer when the selection changes', async () => {
    const made = await readyWorld({ stuck: true });
    made.session.enhance();
    await settled();
    made.report = reportOf(9, 'Sky', byHand);
    made.page.layerChanged({});
    await settled();
    expect(made.session.getState().view).toMatchObject({
      kind: 'working',
      items: [{ layer: { name: 'Portrait' } }],
    });
    made.session.cancel();
    await settled();
    expect(made.session.getState().view).toMatchObject({
      kind: 'ready',
      items: [{ layer: { name: 'Sky' } }],
    });
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

  test('once undone is no longer told of; a layer that cannot be looked at just now is no sign of that', async () => {
    const made = await readyWorld();
    made.session.enhance();
    await settled();
    made.faults.thumbnail = 'host-busy';
    made.page.layerChanged({});
    await settled();
    expect(kind(made)).toBe('done');
    made.faults.thumbnail = 'layer-gone';
    made.page.layerChanged({});
    await settled();
    expect(kind(made)).toBe('ready');
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
    made.report = reportOf(9, 'Sky', byHand);
    made.session.tryAgain();
    await settled();
    expect(made.session.getState().view).toMatchObject({
      kind: 'ready',
      items: [{ layer: { name: 'Sky' } }],
    });
  });
});

test('A question the host cannot answer just now leaves the layer that is shown', async () => {
  const made = await readyWorld();
  made.faults.activeLayers = 'host-busy';
  made.page.layerChanged({});
  await settled();
  expect(kind(made)).toBe('ready');
});

test('“Enhance another” shows the layer that is active by now', async () => {
  const made = await readyWorld();
  made.session.enhance();
  await settled();
  made.report = reportOf(12, 'Portrait – Landscape 4×', byHand);
  made.session.another();
  await settled();
  expect(made.session.getState().view).toMatchObject({
    kind: 'ready',
    items: [{ layer: { layerId: 12 } }],
  });
});

describe('A run of several layers', () => {
  const three = [
    layerOf(7, 'Portrait', byHand),
    layerOf(8, 'Sky', { ...byHand, model: 'art' }),
    layerOf(9, 'Sea', byHand),
  ];
  const several = { report: reportWith(three) };
  const outcomes = (made: World) => {
    const { view } = made.session.getState();
    if (view.kind !== 'done') throw new Error(`not done but ${view.kind}`);
    return view.result.outcomes.map((each) => (each.kind === 'made' ? each.made.name : each.error.code));
  };

  test('reads all, enhances one after the other with its own model, and commits them as one', async () => {
    const made = await readyWorld(several);
    made.calls.length = 0;
    made.session.enhance();
    await settled();
    expect(made.opened.map(({ layerId }) => layerId)).toEqual([7, 8, 9]);
    expect(made.enhanced.map(networksOf)).toEqual([named('landscape'), named('art'), named('landscape')]);
    expect(made.calls.filter((name) => name === 'commit')).toHaveLength(1);
    expect(made.calls.lastIndexOf('openJob')).toBeLessThan(made.calls.indexOf('readRows'));
    expect(made.committed[0]?.historyName).toBe('Enhance 3 layers');
    expect(outcomes(made)).toEqual(['Portrait – Landscape 4×', 'Sky – Art 4×', 'Sea – Landscape 4×']);
  });

  test('goes on without one that cannot be read, and says why', async () => {
    const made = await readyWorld(several);
    made.unopenable.add(8);
    made.session.enhance();
    await settled();
    expect(made.committed[0]?.jobs).toHaveLength(2);
    expect(outcomes(made)).toEqual(['Portrait – Landscape 4×', 'layer-gone', 'Sea – Landscape 4×']);
  });

  test('says why one was left out when the others were written', async () => {
    const written = deferred<undefined>();
    const made = await readyWorld({ ...several, commit: written.promise });
    made.session.enhance();
    await settled();
    made.uncommitted.add(made.committed[0]?.jobs[2]?.job ?? '');
    written.resolve(undefined);
    await settled();
    expect(outcomes(made)).toEqual(['Portrait – Landscape 4×', 'Sky – Art 4×', 'layer-changed']);
  });

  test('fails as a whole when none of them can be read', async () => {
    const made = await readyWorld(several);
    for (const id of [7, 8, 9]) made.unopenable.add(id);
    made.session.enhance();
    await settled();
    expect(made.session.getState().view).toMatchObject({ kind: 'failed', error: { code: 'layer-gone' } });
    expect(made.calls).not.toContain('commit');
  });

  test('is cancelled as a whole: every job is discarded, and nothing is written', async () => {
    const made = await readyWorld({ ...several, stuck: true });
    made.session.enhance();
    await settled();
    made.session.cancel();
    await settled();
    expect(new Set(made.discarded)).toEqual(new Set(made.opened.map(({ job }) => job)));
    expect(made.calls).not.toContain('commit');
    expect(kind(made)).toBe('ready');
  });

  test('leaves out layers that cannot be enhanced', async () => {
    const locked = layerOf(10, 'Locked', null, { refusal: { code: 'locked-layer', detail: 'Locked' } });
    const made = await readyWorld({ report: reportWith([locked, ...three.slice(0, 1)]) });
    made.session.enhance();
    await settled();
    expect(made.opened.map(({ layerId }) => layerId)).toEqual([7]);
  });

  test('has Auto look at each of them before it begins', async () => {
    const made = await readyWorld({ report: reportWith([layerOf(7, 'A'), layerOf(8, 'B')]) });
    made.proposals[0]?.answer.resolve({ model: 'art', reason: 'drawing', faces: [] });
    await settled();
    made.session.enhance();
    expect(kind(made)).toBe('ready');
    made.proposals[1]?.answer.resolve({ model: 'face', reason: 'portrait', faces: [] });
    await settled();
    made.session.enhance();
    await settled();
    expect(made.enhanced.map(networksOf)).toEqual([named('art'), named('face')]);
  });

  test('is remembered in size and place by all of them, and in the rest by the one it was set for', async () => {
    const made = await readyWorld(several);
    made.session.open(8);
    made.session.choose({ detail: 12 });
    made.session.choose({ place: 'smart-object' });
    made.session.enhance();
    await settled();
    expect(
      made.remembered.map(({ layerId, settings }) => [layerId, settings.detail, settings.place]),
    ).toEqual([
      [8, 12, 'smart-object'],
      [7, 60, 'smart-object'],
      [9, 60, 'smart-object'],
    ]);
  });
});

describe('The part of a layer', () => {
  test('that is enhanced is the selection if there is one, and what the host opens', async () => {
    const selected = layerOf(7, 'Portrait', byHand, { parts: ['layer', 'selection', 'mask'] });
    const made = await readyWorld({ report: reportWith([selected]) });
    made.session.enhance();
    await settled();
    made.session.another();
    await settled();
    made.session.choosePart('mask');
    made.session.enhance();
    await settled();
    expect(made.opened.map(({ part }) => part)).toEqual(['selection', 'mask']);
  });

  test('has the faces that lie in it, where they lie in it', async () => {
    const selected = layerOf(7, 'Portrait', null, { parts: ['layer', 'selection'] });
    const made = await readyWorld({ report: reportWith([selected]), begins: { left: 1, top: 2 } });
    // The picture looked at is 2 × 2, the layer 4 × 3.
    const faces = [
      { x: 0, y: 0, width: 1, height: 1 },
      { x: 1, y: 1, width: 1, height: 1 },
    ];
    made.proposals[0]?.answer.resolve({ model: 'landscape', reason: 'faces', faces });
    await settled();
    made.session.enhance();
    await settled();
    expect(made.enhanced.map(({ faces: told }) => told?.regions)).toEqual([
      [{ x: 1, y: -1, width: 2, height: 2 }],
    ]);
  });
});

describe('What a run will take', () => {
  const view = ({ session }: World) => {
    const shown = session.getState().view;
    if (shown.kind !== 'ready') throw new Error(`not ready but ${shown.kind}`);
    return shown;
  };

  test('is the disk for all layers and results, and the memory for the largest', async () => {
    const wide = layerOf(8, 'Sky', byHand, { width: 2 * WIDTH });
    const memory: Memory = { most: 1000, needed: (_, { width }) => 100 * width };
    const made = await readyWorld({ report: reportWith([layerOf(7, 'Portrait', byHand), wide]), memory });
    expect(made.session.needs(view(made))).toEqual({
      disk: 3 * WIDTH * HEIGHT * 4 * (1 + 16),
      memory: 100 * 2 * WIDTH,
    });
    expect(made.session.hindrance(view(made))).toBeUndefined();
  });

  test('is refused before it begins where the memory cannot hold it', async () => {
    const made = await readyWorld({ memory: { most: 99, needed: () => 100 } });
    expect(made.session.hindrance(view(made))).toEqual({ kind: 'memory', needed: 100, most: 99 });
    made.session.enhance();
    await settled();
    expect(made.opened).toEqual([]);
  });

  test('is not begun with a size that is mistyped or cannot be', async () => {
    const made = await readyWorld();
    made.session.mistype(true);
    expect(made.session.hindrance(view(made))).toEqual({ kind: 'mistyped' });
    made.session.mistype(false);
    made.session.choose({ size: { kind: 'pixels', side: 'width', pixels: WIDTH - 1 } });
    expect(made.session.hindrance(view(made))).toMatchObject({
      kind: 'size',
      error: { code: 'size-smaller' },
    });
    made.session.enhance();
    await settled();
    expect(made.opened).toEqual([]);
  });
});

describe('A plugin command', () => {
  const last: LayerSettings = {
    ...byHand,
    model: 'art',
    place: 'new-document',
    size: { kind: 'factor', factor: 2 },
  };

  test('enhances what is selected with its own settings', async () => {
    const made = await readyWorld();
    made.page.enhance({ settings: 'own' });
    await settled();
    expect(made.opened).toMatchObject([{ layerId: 7, settings: byHand }]);
    expect(kind(made)).toBe('done');
  });

  test('enhances with the settings of the last run', async () => {
    const made = await readyWorld({ report: reportWith([layerOf(7, 'Portrait', byHand)], last) });
    made.page.enhance({ settings: 'last' });
    await settled();
    expect(made.opened).toMatchObject([{ layerId: 7, settings: last }]);
  });

  test('waits until Auto has looked', async () => {
    const made = await readyWorld({ report: reportOf(7, 'Portrait') });
    made.page.enhance({ settings: 'own' });
    await settled();
    expect(kind(made)).toBe('ready');
    made.proposals[0]?.answer.resolve({ model: 'face', reason: 'portrait', faces: [] });
    await settled();
    expect(kind(made)).toBe('done');
    expect(made.opened).toHaveLength(1);
  });

  test('given before the panel is there is carried out when it is', async () => {
    const made = world();
    made.page.enhance({ settings: 'own' });
    await settled();
    await settled();
    expect(kind(made)).toBe('done');
  });

  test('leaves the result of a run before it for what is selected now', async () => {
    const made = await readyWorld();
    made.session.enhance();
    await settled();
    made.report = reportOf(9, 'Sky', byHand);
    made.page.enhance({ settings: 'own' });
    await settled();
    expect(made.opened.map(({ layerId }) => layerId)).toEqual([7, 9]);
  });

  test('is dropped where nothing can be enhanced, and the panel says why', async () => {
    const made = await readyWorld();
    made.report = reportWith([layerOf(9, 'x', null, { refusal: { code: 'locked-layer', detail: 'x' } })]);
    made.page.enhance({ settings: 'own' });
    await settled();
    expect(kind(made)).toBe('refused');
    made.report = reportOf(7, 'Portrait', byHand);
    made.page.layerChanged({});
    await settled();
    expect(kind(made)).toBe('ready');
    expect(made.opened).toEqual([]);
  });

  test('during a run is refused, and the run goes on', async () => {
    const made = await readyWorld({ stuck: true });
    made.session.enhance();
    await settled();
    made.page.enhance({ settings: 'last' });
    await settled();
    expect(made.session.getState().view).toMatchObject({ kind: 'working', run: { askedAgain: true } });
    expect(made.opened).toHaveLength(1);
    made.session.cancel();
    await settled();
  });
});

describe('An unfinished run', () => {
  const noted = noteOf({
    layer: { name: 'Portrait', left: 0, top: 0, width: WIDTH, height: HEIGHT },
    settings: byHand,
    part: 'layer',
    auto: undefined,
  });
  const target = { width: 16, height: 12, scaleX: 4, scaleY: 4, offsetX: 0, offsetY: 0 };
  const job = {
    job: 'old-0',
    layerId: 7,
    layerName: 'Portrait',
    source: { width: WIDTH, height: HEIGHT, channels: 4, depth: 8 } as const,
    begins: { left: 0, top: 0 },
    target,
    rowsDone: 5,
    note: noted,
  };
  const left = async (note = noted): Promise<World> => {
    const second = { ...job, job: 'old-1', layerId: 8, layerName: 'Sky', rowsDone: 12 };
    const made = world({
      unfinished: { documentId: 1, jobs: [{ ...job, note }, second] },
    });
    await settled();
    expect(kind(made)).toBe('unfinished');
    return made;
  };

  test('is asked about before anything else, whatever is selected', async () => {
    const made = await left();
    made.page.layerChanged({});
    await settled();
    expect(kind(made)).toBe('unfinished');
  });

  test('goes on: what is stored is not written again, what was whole is not made again', async () => {
    const made = await left();
    made.session.goOn();
    await settled();
    expect(made.opened).toEqual([]);
    expect(made.enhanced.map(networksOf)).toEqual([named('landscape')]);
    expect(made.rowsWritten).toEqual(['old-0 5 7']);
    expect(made.committed[0]?.jobs).toEqual([
      { job: 'old-0', layerName: 'Portrait – Landscape 4×' },
      { job: 'old-1', layerName: 'Portrait – Landscape 4×' },
    ]);
    expect(kind(made)).toBe('done');
  });

  test('is discarded with all its jobs, and makes way for what is selected', async () => {
    const made = await left();
    made.session.discard();
    await settled();
    expect(made.discarded).toEqual(['old-0', 'old-1']);
    expect(kind(made)).toBe('ready');
  });

  test('whose note cannot be understood is given up in plain words', async () => {
    const made = await left('{"version":2}');
    made.session.goOn();
    await settled();
    expect(made.discarded).toEqual(['old-0', 'old-1']);
    expect(made.session.getState().view).toMatchObject({ kind: 'failed', error: { code: 'bad-message' } });
  });
});
