/** Small deterministic networks, sources and sinks for the engine's tests. */
import { enhance } from '../../../src/engine/enhance.ts';
import { type Target, wholeTarget } from '../../../src/size.ts';
import { mirrorIndex } from '../../../src/engine/mirror.ts';
import type {
  Backend,
  EnhanceOptions,
  EnhanceResult,
  PictureFormat,
  Samples,
  Sink,
  Source,
  Tile,
  TileRunner,
} from '../../../src/engine/types.ts';

export interface Picture extends PictureFormat {
  readonly samples: Samples;
}

/** A picture whose samples are `value(x, y, channel)`, 0..1, rounded to the depth. */
export function picture(
  width: number,
  height: number,
  channels: PictureFormat['channels'],
  depth: PictureFormat['depth'],
  value: (x: number, y: number, channel: number) => number,
): Picture {
  const length = width * height * channels;
  const samples =
    depth === 8 ? new Uint8Array(length) : depth === 16 ? new Uint16Array(length) : new Float32Array(length);
  const white = depth === 8 ? 255 : depth === 16 ? 65535 : 1;
  const { round } = Math;
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < channels; channel++) {
        const exact = value(x, y, channel) * white;
        samples[at++] = depth === 32 ? exact : round(exact);
      }
    }
  }
  return { width, height, channels, depth, samples };
}

/** Repeatable numbers in 0..1 (mulberry32). */
export function random(seed: number): () => number {
  const { imul } = Math;
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Something like a photo: light falling off, soft and hard shapes in several colours, texture and noise. */
export function photo(
  width: number,
  height: number,
  channels: PictureFormat['channels'] = 3,
  seed = 1,
): Picture {
  const next = random(seed);
  const shapes = Array.from({ length: 24 }, () => ({
    x: next() * width,
    y: next() * height,
    radius: (0.03 + 0.2 * next()) * Math.max(width, height),
    soft: 0.5 + 6 * next() ** 2,
    color: [next(), next(), next()],
    wave: next() * 0.9,
  }));
  const { exp, hypot, sin } = Math;
  return picture(width, height, channels, 8, (x, y, channel) => {
    if (channel === 3 || (channels === 2 && channel === 1)) return 1;
    let value = 0.25 + (0.4 * y) / height + (0.05 * channel * x) / width;
    for (const shape of shapes) {
      const inside = 1 / (1 + exp((hypot(x - shape.x, y - shape.y) - shape.radius) / shape.soft));
      const texture = 0.08 * sin(x * shape.wave + y * (1 - shape.wave));
      value += inside * 0.7 * ((shape.color[channel] ?? 0) + texture - value);
    }
    value += 0.03 * (next() - 0.5);
    return value < 0 ? 0 : value > 1 ? 1 : value;
  });
}

export interface FakeSource extends Source {
  /** Rows of each read, in order; `inFlight` counts reads that have not settled. */
  readonly reads: number[];
  overlappingReads: number;
}

export function sourceOf(from: Picture): FakeSource {
  let at = 0;
  let busy = false;
  return {
    format: {
      width: from.width,
      height: from.height,
      channels: from.channels,
      depth: from.depth,
      ...(from.range && { range: from.range }),
    },
    reads: [],
    overlappingReads: 0,
    async read(rows) {
      if (busy) this.overlappingReads++;
      busy = true;
      await nextTurn();
      this.reads.push(rows);
      const start = at * from.width * from.channels;
      at += rows;
      busy = false;
      return from.samples.slice(start, start + rows * from.width * from.channels);
    },
  };
}

export interface FakeSink extends Sink {
  format: PictureFormat | undefined;
  readonly writes: { rows: number; samples: Samples }[];
  rowsWritten: number;
  picture(): Picture;
}

export function sinkFor(): FakeSink {
  return {
    format: undefined,
    writes: [],
    rowsWritten: 0,
    async open(format) {
      await nextTurn();
      this.format = format;
    },
    async write(rows, samples) {
      await nextTurn();
      this.writes.push({ rows, samples });
      this.rowsWritten += rows;
    },
    picture() {
      if (!this.format) throw new Error('the sink was not opened');
      const all = picture(
        this.format.width,
        this.format.height,
        this.format.channels,
        this.format.depth,
        () => 0,
      );
      let at = 0;
      for (const { samples } of this.writes) {
        all.samples.set(samples, at);
        at += samples.length;
      }
      if (at !== all.samples.length) throw new Error(`${at} samples were written of ${all.samples.length}`);
      return all;
    },
  };
}

export const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** What a network does to a picture: planar RGB in, `SCALE` times the size out. */
export type Net = (tile: Tile, signal: AbortSignal) => Tile | Promise<Tile>;

export const SCALE = 4;

/** The target of a whole picture, `factor` times as large. */
export function targetAt({ width, height }: Pick<PictureFormat, 'width' | 'height'>, factor: number): Target {
  return wholeTarget({ width, height }, { kind: 'factor', factor });
}

// In Jest, looking up a global (Math, NaN) is slow: not in the inner loops.

/** Each pixel 16 times. */
export const nearest: Net = ({ width, height, data }) => {
  const out = new Float32Array(data.length * SCALE * SCALE);
  const outWidth = width * SCALE;
  for (let row = 0; row < 3 * height * SCALE; row++) {
    const from = ((row / SCALE) | 0) * width;
    for (let x = 0; x < outWidth; x++) out[row * outWidth + x] = data[from + ((x / SCALE) | 0)] as number;
  }
  return { width: outWidth, height: height * SCALE, data: out };
};

/** A stand-in for smooth enlargement: nothing finer than the input's pixels. */
export const smooth: Net = ({ width, height, data }) => {
  const out = new Float32Array(16 * data.length);
  const { floor, max, min } = Math;
  const at = (c: number, x: number, y: number) =>
    data[(c * height + max(0, min(height - 1, y))) * width + max(0, min(width - 1, x))] as number;
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < 4 * height; y++) {
      const v = (y + 0.5) / 4 - 0.5;
      const [top, q] = [floor(v), v - floor(v)];
      for (let x = 0; x < 4 * width; x++) {
        const u = (x + 0.5) / 4 - 0.5;
        const [left, p] = [floor(u), u - floor(u)];
        out[(c * 4 * height + y) * 4 * width + x] =
          (1 - q) * ((1 - p) * at(c, left, top) + p * at(c, left + 1, top)) +
          q * ((1 - p) * at(c, left, top + 1) + p * at(c, left + 1, top + 1));
      }
    }
  }
  return { width: 4 * width, height: 4 * height, data: out };
};

/** The sum of 9 samples `stride` apart about each of `length` from `start` on, zero beyond the ends. */
function sumOfNine(
  from: Float32Array,
  to: Float32Array,
  start: number,
  length: number,
  stride: number,
): void {
  for (let i = 0; i < length; i++) {
    let sum = 0;
    for (let j = i < 4 ? 0 : i - 4; j <= i + 4 && j < length; j++) sum += from[start + j * stride] as number;
    to[start + i * stride] = sum;
  }
}

/**
 * A network with a receptive field of radius 4, zero padding as real ones have, a shift of colour and a bend:
 * sharpened against a mean of 9 × 9, then made larger.
 */
export const sharpen: Net = ({ width, height, data }, signal) => {
  const plane = width * height;
  const across = new Float32Array(data.length);
  const sums = new Float32Array(data.length);
  for (let row = 0; row < 3 * height; row++) sumOfNine(data, across, row * width, width, 1);
  for (let c = 0; c < 3; c++) {
    for (let x = 0; x < width; x++) sumOfNine(across, sums, c * plane + x, height, width);
  }
  const sharp = data.map((value, i) => {
    const shift = 0.02 * (((i / plane) | 0) + 1) - 0.03;
    return 0.97 * value + 0.5 * (value - (sums[i] as number) / 81) * value + shift;
  });
  return nearest({ width, height, data: sharp }, signal);
};

export interface FakeBackend extends Backend {
  /** Tiles run, and the pixels of each. */
  readonly ran: { width: number; height: number }[];
  opened: number;
  disposed: number;
  mostInFlight: number;
}

export function backendOf(
  net: Net,
  given: { name?: Backend['name']; lanes?: number; maxTilePixels?: number } = {},
): FakeBackend {
  const { name = 'native', lanes = 1, maxTilePixels = 64 * 64 } = given;
  let inFlight = 0;
  const backend: FakeBackend = {
    name,
    maxTilePixels,
    ran: [],
    opened: 0,
    disposed: 0,
    mostInFlight: 0,
    open: () => {
      backend.opened++;
      const runner: TileRunner = {
        backend: name,
        device: `the ${name} device`,
        lanes,
        run: async (tile, signal) => {
          backend.ran.push({ width: tile.width, height: tile.height });
          backend.mostInFlight = Math.max(backend.mostInFlight, ++inFlight);
          try {
            await nextTurn();
            return await net(tile, signal);
          } finally {
            inFlight--;
          }
        },
        dispose: () => {
          backend.disposed++;
          return Promise.resolve();
        },
      };
      return Promise.resolve(runner);
    },
  };
  return backend;
}

/** `scale` stands for the target of the whole picture, so many times as large. */
export type Options = Partial<EnhanceOptions> & { overlap?: number; scale?: number };

/** Enhances `from` with the given network and gives the picture back with the engine's result. */
export async function enhancePicture(
  from: Picture,
  backends: readonly Backend[],
  { overlap = 4, scale = 4, ...options }: Options = {},
): Promise<{ picture: Picture; result: EnhanceResult }> {
  const sink = sinkFor();
  const result = await enhance(sourceOf(from), sink, {
    network: { scale: SCALE, overlap },
    target: targetAt(from, scale),
    backends,
    signal: new AbortController().signal,
    ...options,
  });
  return { picture: sink.picture(), result };
}

/** The largest difference of two pictures' samples, in steps of their depth. */
export function largestDifference(a: Picture, b: Picture): number {
  if (a.samples.length !== b.samples.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.samples.length; i++) {
    const difference = (a.samples[i] as number) - (b.samples[i] as number);
    if (difference > largest) largest = difference;
    if (-difference > largest) largest = -difference;
  }
  return largest;
}

/** The mean of each channel, in steps of the depth. */
export function means({ samples, channels }: Picture): number[] {
  const sums = new Array<number>(channels).fill(0);
  samples.forEach((value, i) => (sums[i % channels] = (sums[i % channels] ?? 0) + value));
  return sums.map((sum) => (sum * channels) / samples.length);
}

/** The picture mirrored outwards by `margin`, as one tile. */
export function extended(from: Picture, margin: number): Tile {
  const width = from.width + 2 * margin;
  const height = from.height + 2 * margin;
  const data = new Float32Array(3 * width * height);
  for (let plane = 0; plane < 3; plane++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = mirrorIndex(y - margin, from.height) * from.width + mirrorIndex(x - margin, from.width);
        data[(plane * height + y) * width + x] = (from.samples[at * from.channels + plane] as number) / 255;
      }
    }
  }
  return { width, height, data };
}
