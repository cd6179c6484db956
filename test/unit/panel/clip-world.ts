/** A clip, its file's facts and the hosts around the clip panel, made up for its tests. */
import { blendOfOne, MODELS, QUALITIES, type Catalog, type Network } from '../../../src/catalog.ts';
import type { ClipReport, ClipSettings, UnfinishedRender } from '../../../src/bridge/premiere-calls.ts';
import type { PremiereApi } from '../../../src/bridge/protocol.ts';
import { LoupeError, type ErrorCode } from '../../../src/errors.ts';
import type { Clip } from '../../../src/panel/clip/plan.ts';
import { startClipSession, type ClipSession } from '../../../src/panel/clip/session.ts';
import type { ClipVideo, RemasterCall } from '../../../src/panel/clip/video-client.ts';
import type { Engine } from '../../../src/panel/engine/protocol.ts';
import { ticksOf } from '../../../src/video/rate.ts';
import type { ClipFacts, CodecReport, Rate, RemasterResult } from '../../../src/video/types.ts';

export const FACTS: ClipFacts = {
  container: 'MP4',
  codecName: 'H.264',
  width: 320,
  height: 180,
  pixelAspect: { numerator: 1, denominator: 1 },
  rotation: 0,
  rate: { numerator: 25, denominator: 1 },
  variable: false,
  frames: 100,
  seconds: 4,
  bitDepth: 8,
  chroma: '420',
  colour: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false },
  assumed: [],
  dynamicRange: 'sdr',
  fields: 'progressive',
  combed: false,
  converted: false,
  sound: false,
};

export const SETTINGS: ClipSettings = {
  model: 'landscape',
  quality: 'fast',
  detail: 60,
  noise: 100,
  sharpness: 0,
  target: '2x',
  handles: 2,
  codec: 'prores',
  folder: null,
};

interface ClipOptions {
  /** Frames. */
  readonly from?: number;
  readonly to?: number;
  readonly rate?: Rate;
  readonly mediaStart?: number;
  readonly name?: string;
  readonly itemId?: string;
  readonly path?: string;
  readonly interpretation?: Partial<Clip['interpretation']>;
  readonly effects?: string[];
}

export function clipOf({
  from = 10,
  to = 20,
  rate = FACTS.rate,
  mediaStart = 0,
  name = 'Bridge.mov',
  itemId = 'item',
  path = '/media/bridge.mov',
  interpretation = {},
  effects = [],
}: ClipOptions = {}): Clip {
  return {
    ref: {
      sequenceId: 'sequence',
      track: 0,
      startTicks: '0',
      inTicks: String(ticksOf(from, rate)),
      outTicks: String(ticksOf(to, rate)),
      itemId,
      path,
    },
    name,
    interpretation: { rate: 25, pixelAspect: 1, fields: 'default', ...interpretation },
    mediaStartTicks: String(ticksOf(mediaStart, rate)),
    effects,
  };
}

export function reportOf(clip: Clip | null, change: Partial<ClipReport> = {}): ClipReport {
  return {
    project: { name: 'Project', path: '/projects/p.prproj' },
    sequence: { id: 'sequence', name: 'Sequence', width: 1920, height: 1080, ticksPerFrame: '10160640000' },
    clip,
    refusal: clip ? null : { code: 'no-clip', detail: '' },
    remembered: SETTINGS,
    last: null,
    unfinished: null,
    placed: null,
    ...change,
  };
}

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
    blend: 'weights' as const,
    selfEnsemble: false,
  })),
);
export const catalog: Catalog = {
  networks: entries.flatMap(({ faithful, detailed }) => [network(faithful), network(detailed)]),
  starts: [],
  entries,
  defaults: {
    face: { detail: 30, noise: 100 },
    landscape: { detail: 60, noise: 100 },
    art: { detail: 80, noise: 100 },
  },
  detector: { id: 'd', file: 'd.onnx', sha256: '0'.repeat(64), size: 1, licence: 'MIT', origin: '' },
};

const CODECS: readonly CodecReport[] = [
  { codec: 'prores', bitDepth: 10, constantQuality: true, frameBytes: 1000 },
  { codec: 'vp9', bitDepth: 10, constantQuality: true, frameBytes: 100 },
];

/** A remaster under way, settled from outside. */
export interface UnderWay {
  readonly call: RemasterCall;
  readonly finish: () => void;
  readonly fail: (code: ErrorCode, detail?: string) => void;
  /** Tells of frames done, and records them. */
  readonly progress: (framesDone: number, recorded?: boolean) => Promise<void>;
}

export interface World {
  readonly session: ClipSession;
  /** Names of the calls the host got, in order, but for looking. */
  readonly calls: string[];
  readonly opened: Parameters<PremiereApi['openRender']>[0][];
  readonly laid: Parameters<PremiereApi['placeRender']>[0][];
  readonly remembered: Parameters<PremiereApi['rememberClip']>[0][];
  readonly remasters: UnderWay[];
  readonly pauses: boolean[];
  report: ClipReport;
  facts: ClipFacts | LoupeError;
  codecs: readonly CodecReport[] | LoupeError;
  /** Names that are taken. */
  readonly taken: Set<string>;
  besideProject: string | null;
  placing: Awaited<ReturnType<PremiereApi['placeRender']>> | LoupeError;
  /** Files in the folder of own models. */
  own: readonly string[];
  /** Until when they are being tried. */
  trial: Promise<void>;
  /** Of the media's file. */
  size: number;
  journal: string[];
  proposal: Awaited<ReturnType<Engine['propose']>>;
  readonly pictured: number[];
  readonly faults: Partial<Record<keyof PremiereApi, ErrorCode>>;
}

const worlds: World[] = [];

/** Ends what is under way in all worlds so far: a remaster has a clock. */
export async function endAll(): Promise<void> {
  for (const { session } of worlds.splice(0)) session.cancel();
  await settled();
}

export function world(change: Partial<World> = {}): World {
  const calls: string[] = [];
  const call = async <T>(name: keyof PremiereApi, answer: () => T): Promise<T> => {
    calls.push(name);
    await Promise.resolve();
    const fault = self.faults[name];
    if (fault) throw new LoupeError(fault, 'x');
    return answer();
  };
  const quiet = async <T>(name: keyof PremiereApi, answer: () => T): Promise<T> => {
    const result = await call(name, answer).finally(() => calls.splice(calls.lastIndexOf(name), 1));
    return result;
  };
  const host: Omit<PremiereApi, 'hello'> = {
    ownModels: () =>
      quiet('ownModels', () => ({ folder: '/models', models: self.own.map((name) => ({ name, size: 1 })) })),
    readOwnModel: () => call('readOwnModel', () => ({ bytes: '' })),
    showModelsFolder: () => call('showModelsFolder', () => null),
    activeClip: () => quiet('activeClip', () => self.report),
    rememberClip: (args) =>
      quiet('rememberClip', () => {
        self.remembered.push(args);
        return null;
      }),
    openMedia: ({ path }) => quiet('openMedia', () => ({ media: path, size: self.size })),
    readMedia: () => call('readMedia', () => ({ bytes: '' })),
    closeMedia: () => quiet('closeMedia', () => null),
    chooseFolder: () => call('chooseFolder', () => ({ folder: '/chosen' })),
    defaultFolder: () => quiet('defaultFolder', () => ({ folder: self.besideProject })),
    freeName: ({ base }) => quiet('freeName', () => ({ name: self.taken.has(base) ? `${base} 2` : base })),
    openRender: (args) =>
      call('openRender', () => {
        self.opened.push(args);
        return null;
      }),
    continueRender: () => call('continueRender', () => ({ note: '', journal: self.journal })),
    writeRender: () => call('writeRender', () => null),
    recordRender: ({ line }) =>
      quiet('recordRender', () => {
        self.journal.push(line);
        return null;
      }),
    leaveRender: () => call('leaveRender', () => null),
    discardRender: () => call('discardRender', () => null),
    finishRender: () => call('finishRender', () => ({ path: '/out/render.mov' })),
    placeRender: (args) =>
      call('placeRender', () => {
        self.laid.push(args);
        const { placing } = self;
        if (placing instanceof LoupeError) throw placing;
        if (placing.kind === 'placed') {
          const placed = { render: args.render, path: '/out/render.mov', trackName: placing.trackName };
          self.report = { ...self.report, placed };
        }
        return placing;
      }),
    undoRemaster: () =>
      call('undoRemaster', () => {
        self.report = { ...self.report, placed: null };
        return null;
      }),
  };
  const refuse = (): Promise<never> => Promise.reject(new LoupeError('backend-failed', 'not here'));
  const engine: Engine = {
    backends: () => Promise.resolve([{ name: 'wasm', device: 'CPU, 2 workers' }]),
    estimate: () => Promise.resolve({ backend: 'wasm', device: 'CPU', ms: 500 }),
    propose: () => Promise.resolve(self.proposal),
    compareEnds: refuse,
    enhance: refuse,
    openClip: refuse,
    holdBack: () => () => undefined,
    inspectOwn: async () => {
      await self.trial;
      return blendOfOne(network('own'));
    },
  };
  const video = (wire: typeof host): ClipVideo => ({
    probe: () =>
      self.facts instanceof LoupeError ? Promise.reject(self.facts) : Promise.resolve(self.facts),
    codecs: () =>
      self.codecs instanceof LoupeError ? Promise.reject(self.codecs) : Promise.resolve(self.codecs),
    picture: (_, job, frame) => {
      if (frame < job.first || frame >= job.end) return Promise.reject(new LoupeError('clip-truncated'));
      self.pictured.push(frame);
      return Promise.resolve({ width: 2, height: 2, rgba: new Uint8ClampedArray(16).fill(frame) });
    },
    pause: (paused) => self.pauses.push(paused),
    remaster: (options) =>
      new Promise<RemasterResult>((resolve, reject) => {
        const frames = options.job.end - options.job.first;
        options.onBackend({ name: 'webgpu', device: 'Zebra M2' });
        options.signal.addEventListener('abort', () => reject(new LoupeError('cancelled')));
        self.remasters.push({
          call: options,
          finish: () =>
            resolve({
              frames,
              ...options.job.target,
              ms: 1,
              shares: { decode: 0, model: 0, steady: 0, encode: 0, bridge: 0 },
              flicker: 1,
            }),
          fail: (code, detail) => reject(new LoupeError(code, detail)),
          progress: async (framesDone, recorded = false) => {
            if (recorded) {
              const line = JSON.stringify({ segment: 0, frames: framesDone, framesDone });
              await wire.recordRender({ render: options.render, line });
            }
            options.onProgress({ framesDone, frames, framesPerSecond: 2, remainingMs: 9000 });
          },
        });
      }),
  });
  const self: World = {
    session: undefined as unknown as ClipSession,
    calls,
    opened: [],
    laid: [],
    remembered: [],
    remasters: [],
    pauses: [],
    report: reportOf(clipOf()),
    facts: FACTS,
    codecs: CODECS,
    taken: new Set(),
    besideProject: '/projects',
    placing: { kind: 'placed', trackName: 'V2', newTrack: true, originalHidden: false },
    own: [],
    trial: Promise.resolve(),
    size: 1234,
    journal: [],
    proposal: { model: 'art', reason: 'drawing', faces: [] },
    pictured: [],
    faults: {},
    ...change,
  };
  worlds.push(self);
  return Object.assign(self, {
    session: startClipSession({
      host,
      hello: { theme: 'light', locale: 'en' },
      engine,
      video,
      catalog,
      now: () => 0,
    }),
  });
}

/** Lets everything that waits for nothing but promises come to rest. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** What the host gives of a render that was begun on another day. */
export function unfinishedOf(
  { opened }: Pick<World, 'opened'>,
  framesDone: number,
  change: Partial<UnfinishedRender> = {},
): UnfinishedRender {
  const [first] = opened;
  if (!first) throw new Error('no render was opened');
  const { render, ref, clipName, folder, name, extension, note } = first;
  return {
    render,
    ref,
    clipName,
    folder,
    fileName: `${name}.${extension}`,
    note,
    last: JSON.stringify({ segment: 0, frames: framesDone, framesDone }),
    ...change,
  };
}
