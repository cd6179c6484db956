/**
 * In a page: the video worker as the panel has it, over a host that keeps files in memory and an engine that copies
 * pixels; and a second reader of films, mediabunny's with the browser's own decoders.
 */
import { expose } from 'comlink';
import { ALL_FORMATS, BufferSource, Input, VideoSampleSink, type VideoSample } from 'mediabunny';
import { frameNumber } from '../../simulator/samples/clip-picture.ts';
import { decodeBase64, encodeBase64 } from '../../src/bridge/base64.ts';
import type { Codec } from '../../src/bridge/premiere-calls.ts';
import { moved } from '../../src/comlink.ts';
import type { PictureFormat } from '../../src/engine/types.ts';
import { LoupeError } from '../../src/errors.ts';
import type { MediaHost } from '../../src/panel/clip/media.ts';
import { footageOf, planOf } from '../../src/panel/clip/plan.ts';
import type { RenderHost } from '../../src/panel/clip/render.ts';
import { createVideo, type ClipVideo } from '../../src/panel/clip/video-client.ts';
import type { Engine, EngineJob } from '../../src/panel/engine/protocol.ts';
import { registerProres } from '../../src/video/prores-decoder.ts';
import { framesOfSecond, TICKS_PER_SECOND, ticksOf } from '../../src/video/rate.ts';
import type { ClipFacts, FrameEngine, RemasterProgress, RemasterResult } from '../../src/video/types.ts';

/** What a run is to be disturbed by. */
export interface Trouble {
  /** The GPU is lost at that frame of the run. */
  readonly gpuLostAt?: number;
  /** The disk is full at that write of the run. */
  readonly diskFullAt?: number;
  /** The panel is cancelled when so many frames are done. */
  readonly cancelAt?: number;
  /** Paused for a while when so many frames are done. */
  readonly pauseAt?: number;
}

export interface Choice {
  readonly codec: Codec;
  readonly bitDepth?: 8 | 10 | 16;
  /** Seconds of the source; all of it unless given. */
  readonly range?: readonly [number, number];
  readonly handles?: number;
  readonly scale?: number;
  /** As Premiere interprets it, other than the file says. */
  readonly rate?: number;
  /** Goes on with what a run before has left. */
  readonly goOn?: boolean;
}

export interface Made {
  readonly result: RemasterResult;
  readonly facts: ClipFacts;
  readonly job: { readonly first: number; readonly end: number };
  readonly progress: readonly Omit<RemasterProgress, 'picture'>[];
  readonly pictures: readonly { readonly width: number; readonly height: number }[];
}

/** A file that grows where it is written to. */
class Part {
  bytes = new Uint8Array(1 << 16);
  size = 0;

  write(position: number, bytes: Uint8Array): void {
    this.size = Math.max(this.size, position + bytes.length);
    if (this.size > this.bytes.length) {
      const grown = new Uint8Array(2 * this.size);
      grown.set(this.bytes);
      this.bytes = grown;
    }
    this.bytes.set(bytes, position);
  }

  get whole(): Uint8Array {
    return this.bytes.slice(0, this.size);
  }
}

class Host implements MediaHost, RenderHost {
  readonly media = new Map<string, Uint8Array>();
  /** By name; '' is the part file. */
  readonly parts = new Map<string, Part>();
  journal: string[] = [];
  reads = 0;
  writes = 0;
  diskFullAt = Infinity;
  open = 0;
  closed = false;

  openMedia: MediaHost['openMedia'] = ({ path }) => {
    const bytes = this.media.get(path);
    if (!bytes) return Promise.reject(new LoupeError('clip-offline', path));
    this.open++;
    return Promise.resolve({ media: path, size: bytes.length });
  };

  readMedia: MediaHost['readMedia'] = ({ media, position, length }) => {
    this.reads++;
    const bytes = this.media.get(media)?.slice(position, position + length) ?? new Uint8Array();
    return Promise.resolve({ bytes: encodeBase64(bytes) });
  };

  closeMedia: MediaHost['closeMedia'] = () => {
    this.open--;
    return Promise.resolve(null);
  };

  writeRender: RenderHost['writeRender'] = async ({ file, position, bytes }) => {
    if (this.closed) throw new Error('a write after the end');
    if (++this.writes >= this.diskFullAt) throw new LoupeError('disk-full');
    await Promise.resolve();
    const part = this.parts.get(file ?? '') ?? new Part();
    this.parts.set(file ?? '', part);
    part.write(position, decodeBase64(bytes));
    return null;
  };

  recordRender: RenderHost['recordRender'] = ({ line }) => {
    this.journal.push(line);
    return Promise.resolve(null);
  };
}

/** Copies rows, clipped to 0..1 as networks do; other sizes by the nearest pixel. */
class Copying implements Pick<Engine, 'openClip'> {
  frames = 0;
  mostAtOnce = 0;
  clips = 0;
  gpuLostAt = Infinity;

  openClip: Engine['openClip'] = ({ target }: EngineJob, format: PictureFormat) => {
    let atOnce = 0;
    let closed = false;
    this.clips++;
    const engine: FrameEngine = {
      enhance: async (source, sink) => {
        this.mostAtOnce = Math.max(this.mostAtOnce, ++atOnce);
        try {
          if (closed) throw new LoupeError('cancelled');
          if (this.frames++ === this.gpuLostAt) throw new LoupeError('gpu-lost');
          const { width, height } = target;
          const rows = (await source.read(format.height)) as Float32Array;
          await sink.open({ ...format, width, height });
          const out = new Float32Array(3 * width * height);
          for (let y = 0; y < height; y++) {
            const from = Math.floor(((y + 0.5) * format.height) / height) * format.width;
            for (let x = 0; x < width; x++) {
              const at = 3 * (from + Math.floor(((x + 0.5) * format.width) / width));
              for (let c = 0; c < 3; c++) {
                out[3 * (y * width + x) + c] = Math.min(1, Math.max(0, rows[at + c] ?? 0));
              }
            }
          }
          await sink.write(height, moved(out));
        } finally {
          atOnce--;
        }
      },
    };
    const { port1, port2 } = new MessageChannel();
    expose(engine, port1);
    return Promise.resolve({
      port: port2,
      backend: 'wasm',
      device: 'a copier',
      failed: new Promise<never>(() => undefined),
      close: () => {
        closed = true;
        this.clips--;
      },
    });
  };
}

/** A film as the browser decodes it. */
export interface Film {
  readonly numbers: readonly number[];
  readonly timestamps: readonly number[];
  readonly width: number;
  readonly height: number;
}

export class Lab {
  readonly host = new Host();
  readonly engine = new Copying();
  readonly video: ClipVideo = createVideo(this.host, this.engine);

  put(path: string, base64: string): void {
    this.host.media.set(path, decodeBase64(base64));
  }

  probe(path: string): Promise<ClipFacts> {
    return this.video.probe(path, new AbortController().signal);
  }

  /** Makes a render in memory; the one before is forgotten unless it is gone on with. */
  async remaster(path: string, choice: Choice, trouble: Trouble = {}): Promise<Made> {
    const { host, engine, video } = this;
    const facts = await this.probe(path);
    const rate = choice.rate ?? framesOfSecond(facts.rate);
    const aspect = facts.pixelAspect.numerator / facts.pixelAspect.denominator;
    const interpretation = { rate, pixelAspect: aspect, fields: 'default' as const };
    const footage = footageOf(facts, { interpretation });
    const ticks = (seconds: number): string =>
      String((BigInt(Math.round(seconds * 1e6)) * TICKS_PER_SECOND) / 1_000_000n);
    const [inTicks, outTicks] = choice.range?.map(ticks) ?? [
      '0',
      String(ticksOf(footage.frames, footage.rate)),
    ];
    const ref = {
      sequenceId: '',
      track: 0,
      startTicks: '0',
      inTicks: inTicks ?? '0',
      outTicks: outTicks ?? '0',
      itemId: '',
      path,
    };
    const { scale = 1, codec, bitDepth = 8, handles = 0 } = choice;
    const even = (side: number) => 2 * Math.round((side * scale) / 2);
    const goal = { width: even(footage.square.width), height: even(footage.square.height) };
    const report = { codec, bitDepth, constantQuality: true, frameBytes: 0 };
    const { job, target } = planOf(facts, { ref, interpretation }, { handles }, goal, report);

    if (!choice.goOn) {
      host.parts.clear();
      host.journal = [];
    }
    engine.frames = 0;
    engine.gpuLostAt = trouble.gpuLostAt ?? Infinity;
    host.writes = 0;
    host.diskFullAt = trouble.diskFullAt ?? Infinity;
    host.closed = false;
    const progress: Made['progress'][number][] = [];
    const pictures: Made['pictures'][number][] = [];
    const controller = new AbortController();
    try {
      const result = await video.remaster({
        path,
        render: 'render',
        name: 'clip',
        journal: host.journal,
        backend: undefined,
        paused: false,
        job,
        facts,
        engineJob: { target, noise: 100, sharpness: 0 } as EngineJob,
        signal: controller.signal,
        onBackend: () => undefined,
        onProgress: ({ picture, ...told }) => {
          progress.push(told);
          if (picture) pictures.push({ width: picture.width, height: picture.height });
          if (told.framesDone === trouble.cancelAt) controller.abort();
          if (told.framesDone === trouble.pauseAt) {
            video.pause(true);
            setTimeout(() => video.pause(false), 200);
          }
        },
      });
      return { result, facts, job: { first: job.first, end: job.end }, progress, pictures };
    } finally {
      host.closed = true;
    }
  }

  /** The render as a source. */
  probeRender(): Promise<ClipFacts> {
    this.host.media.set('render', this.host.parts.get('')?.whole ?? new Uint8Array());
    return this.probe('render');
  }

  /** Names of single frames' files. */
  frameFiles(): string[] {
    return [...this.host.parts.keys()];
  }

  /** As base64; of the part file unless named. */
  file(name = ''): string {
    return encodeBase64(this.host.parts.get(name)?.whole ?? new Uint8Array());
  }

  /** A render as the browser's own decoders show it. */
  async film(bytes: Uint8Array = this.host.parts.get('')?.whole ?? new Uint8Array()): Promise<Film> {
    const numbers: number[] = [];
    const timestamps: number[] = [];
    let size = { width: 0, height: 0 };
    for await (const sample of samplesOf(bytes)) {
      const picture = await signalsOf(sample);
      size = { width: picture.width, height: picture.height };
      numbers.push(frameNumber((x, y) => picture.luma[y * size.width + x] ?? 0, size));
      timestamps.push(sample.timestamp);
      sample.close();
    }
    return { numbers, timestamps, ...size };
  }

  /** The greatest difference of the render's signals to the source's, in 8-bit steps, of luma and of chroma. */
  async difference(path: string): Promise<{ luma: number; chroma: number }> {
    const source = samplesOf(this.host.media.get(path) ?? new Uint8Array());
    const render = samplesOf(this.host.parts.get('')?.whole ?? new Uint8Array());
    let [luma, chroma] = [0, 0];
    for await (const made of render) {
      const { value: given } = await source.next();
      if (!given) throw new Error('The render has more frames than the source.');
      const [one, other] = [await signalsOf(given), await signalsOf(made)];
      luma = Math.max(luma, greatest(one.luma, other.luma));
      chroma = Math.max(chroma, greatest(one.chroma, other.chroma));
      given.close();
      made.close();
    }
    await source.return(undefined);
    return { luma, chroma };
  }
}

async function* samplesOf(bytes: Uint8Array): AsyncGenerator<VideoSample, undefined> {
  registerProres();
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) throw new Error('There is no video.');
    yield* new VideoSampleSink(track).samples();
  } finally {
    input.dispose();
  }
  return undefined;
}

/**
 * Luma, and both chromas of two by two pixels, as signals of 0..255 over the full range: codes of the file's own matrix,
 * so that what is compared has not been through anybody's RGB.
 */
async function signalsOf(sample: VideoSample) {
  const { format, codedWidth: width, codedHeight: height } = sample;
  const parsed = /^I4(20|22|44)(?:P(10|12))?$/.exec(format ?? '');
  if (!parsed) throw new Error(`${format ?? 'no format'} is not known here`);
  const [, kind, depth = '8'] = parsed;
  const bytes = new Uint8Array(sample.allocationSize());
  const layouts = await sample.copyTo(bytes);
  const scale = 2 ** (Number(depth) - 8);
  const full = sample.colorSpace.fullRange === true;
  const across = kind === '44' ? 1 : 2;
  const down = kind === '20' ? 2 : 1;
  const view = new DataView(bytes.buffer);
  const codes = (plane: number, columns: number, rows: number) => {
    const { offset, stride } = layouts[plane] ?? { offset: 0, stride: 0 };
    return Float32Array.from({ length: columns * rows }, (_, at) => {
      const [x, y] = [at % columns, Math.floor(at / columns)];
      const place = offset + y * stride;
      return (depth === '8' ? (bytes[place + x] ?? 0) : view.getUint16(place + 2 * x, true)) / scale;
    });
  };
  const luma = codes(0, width, height).map((code) => (full ? code : ((code - 16) * 255) / 219));
  const [columns, rows] = [Math.ceil(width / across), Math.ceil(height / down)];
  const chroma = [1, 2].flatMap((plane) => {
    const all = codes(plane, columns, rows).map((code) => (full ? code : 128 + ((code - 128) * 255) / 224));
    if (down === 2) return [...all];
    // Of 4:2:2, as 4:2:0 has it: midway between two rows.
    return Array.from({ length: columns * (rows >> 1) }, (_, at) => {
      const [x, y] = [at % columns, 2 * Math.floor(at / columns)];
      return ((all[y * columns + x] ?? 0) + (all[(y + 1) * columns + x] ?? 0)) / 2;
    });
  });
  return { width, height, luma, chroma };
}

function greatest(one: ArrayLike<number>, other: ArrayLike<number>): number {
  if (one.length !== other.length) throw new Error(`${one.length} samples and ${other.length}`);
  let most = 0;
  for (let at = 0; at < one.length; at++) most = Math.max(most, Math.abs((one[at] ?? 0) - (other[at] ?? 0)));
  return most;
}
