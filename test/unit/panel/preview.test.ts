import { describe, expect, test } from '@jest/globals';
import { blendOfOne, type Blend } from '../../../src/catalog.ts';
import { enhance } from '../../../src/engine/enhance.ts';
import type { PictureFormat, Samples } from '../../../src/engine/types.ts';
import { LoupeError } from '../../../src/errors.ts';
import type { Rect } from '../../../src/panel/comparison.ts';
import type { Engine, EngineJob } from '../../../src/panel/engine/protocol.ts';
import { shownLayer } from '../../../src/panel/layer.ts';
import { rowsOf, type Pixels } from '../../../src/panel/pixels.ts';
import { Preview, type Shot, type Wish } from '../../../src/panel/preview.ts';
import { bicubic } from '../../../src/panel/preview-bicubic.ts';
import { cropFor } from '../../../src/panel/preview-crop.ts';
import type { Region } from '../../../src/panel/session.ts';
import { enlarge, targetOf, type Size, type Target } from '../../../src/size.ts';
import { backendOf, photo, sharpen, smooth, type Net } from '../engine/fakes.ts';

const WIDTH = 100;
const HEIGHT = 74;
/** Where the layer lies in its document. */
const LEFT = -13;
const TOP = 7;

const drawn = photo(WIDTH, HEIGHT, 4, 3);
const layerPixels: Pixels = {
  width: WIDTH,
  height: HEIGHT,
  rgba: new Uint8ClampedArray(drawn.samples),
};
// A soft edge, so that alpha must be in register too.
for (let i = 0; i < WIDTH * HEIGHT; i += 1) {
  layerPixels.rgba[4 * i + 3] = Math.max(0, Math.min(255, 4 * (i % WIDTH) - 60));
}

const layer = shownLayer(1, {
  id: 7,
  name: 'Portrait',
  left: LEFT,
  top: TOP,
  width: WIDTH,
  height: HEIGHT,
  refusal: null,
  note: null,
  parts: ['layer'],
  remembered: null,
});

const blendNamed = (id: string): Blend =>
  blendOfOne({
    id,
    file: `${id}.onnx`,
    sha256: '0'.repeat(64),
    size: 1,
    scale: 4,
    overlap: 4,
    receptiveField: 4,
    macsPerPixel: 1000,
    licence: 'MIT',
    origin: 'made up',
  });
const NETS: Record<string, Net> = { base: sharpen, faces: smooth };

/** The engine without its workers. */
function run(
  job: EngineJob,
  source: { format: PictureFormat; read(rows: number): Promise<Samples> },
  sink: { open(format: PictureFormat): Promise<void>; write(rows: number, samples: Samples): Promise<void> },
  signal: AbortSignal,
) {
  const backends = ({ parts }: Blend) => {
    const id = parts[0]?.weights[0]?.network.id ?? '';
    return [backendOf(NETS[id] ?? sharpen)];
  };
  const { blend, faces, ...rest } = job;
  return enhance(source, sink, {
    ...rest,
    network: blend,
    backends: backends(blend),
    ...(faces && {
      local: { network: faces.blend, backends: backends(faces.blend), regions: faces.regions },
    }),
    signal,
  });
}

/** What Enhance makes of the whole layer. */
async function wholeResult(job: EngineJob): Promise<Pixels> {
  const rgba: number[] = [];
  const sink = {
    open: () => Promise.resolve(),
    write: (_: number, samples: Samples) => {
      for (const each of samples) rgba.push(each);
      return Promise.resolve();
    },
  };
  await run(job, rowsOf(layerPixels), sink, new AbortController().signal);
  const { width, height } = job.target;
  return { width, height, rgba: new Uint8ClampedArray(rgba) };
}

interface Asked {
  readonly job: EngineJob;
  readonly signal: AbortSignal;
  readonly fail: (error: unknown) => void;
}

/** A preview over the layer, on an engine that is real, or that waits until it is told. */
function world({ engine = 'real' }: { engine?: 'real' | 'waits' } = {}) {
  const asked: Asked[] = [];
  const regions: Region[] = [];
  const faults = { region: false };
  const waits: Engine['enhance'] = (job, _source, _sink, signal) =>
    new Promise((_, reject) => {
      asked.push({ job, signal, fail: reject });
      signal.addEventListener('abort', () => reject(new LoupeError('cancelled')));
    });
  const real: Engine['enhance'] = (job, source, sink, signal) => {
    asked.push({ job, signal, fail: () => undefined });
    return run(job, source, sink, signal);
  };
  const region = (wanted: Region): Promise<Pixels> => {
    regions.push(wanted);
    if (faults.region) return Promise.reject(new LoupeError('host-busy'));
    const { left, top, width, height } = wanted;
    const rgba = new Uint8ClampedArray(4 * width * height);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const [fromX, fromY] = [left - LEFT + x, top - TOP + y];
        const from = 4 * (fromY * WIDTH + fromX);
        if (fromX >= 0 && fromY >= 0 && fromX < WIDTH && fromY < HEIGHT) {
          rgba.set(layerPixels.rgba.subarray(from, from + 4), 4 * (y * width + x));
        }
      }
    }
    return Promise.resolve({ width, height, rgba });
  };
  const holds = { now: 0 };
  const holdBack = (): (() => void) => {
    holds.now += 1;
    return () => (holds.now -= 1);
  };
  const preview = new Preview({
    engine: { enhance: engine === 'real' ? real : waits, holdBack },
    region,
    restMs: 0,
    idleMs: 30,
  });
  return { preview, asked, regions, faults, holds };
}

/** The layer in a document of 200 × 160 pixels that is enlarged. */
function targetAt(size: Size): Target {
  return targetOf(
    { left: LEFT, top: TOP, right: LEFT + WIDTH, bottom: TOP + HEIGHT },
    enlarge({ width: 200, height: 160 }, size),
  );
}

const jobAt = (size: Size, change: Partial<EngineJob> = {}): EngineJob => ({
  blend: blendNamed('base'),
  target: targetAt(size),
  noise: 100,
  sharpness: 0,
  ...change,
});
const FOUR: Size = { kind: 'factor', factor: 4 };
const wishFor = (job: EngineJob, window: Rect): Wish => ({ layer, job, window });

async function settled(preview: Preview): Promise<Shot | undefined> {
  for (let turn = 0; turn < 2000; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (!preview.getState().making) break;
  }
  return preview.getState().after;
}

/** The largest difference of a shot from the same place of the whole, at what can be seen of both. */
function difference(shot: Shot | undefined, whole: Pixels): number {
  if (!shot) throw new Error('nothing was made');
  const { at, pixels } = shot;
  expect([pixels.width, pixels.height]).toEqual([at.width, at.height]);
  let most = 0;
  for (let y = 0; y < at.height; y += 1) {
    for (let x = 0; x < at.width; x += 1) {
      const one = 4 * (y * at.width + x);
      const other = 4 * ((at.y + y) * whole.width + at.x + x);
      // What is hardly there hardly shows: colours count as much as they are opaque.
      const seen = (pixels.rgba[one + 3] ?? 0) / 255;
      for (let c = 0; c < 4; c += 1) {
        const apart = Math.abs((pixels.rgba[one + c] ?? 0) - (whole.rgba[other + c] ?? 0));
        most = Math.max(most, c === 3 ? apart : seen * apart);
      }
    }
  }
  return most;
}

describe('What the preview shows', () => {
  test.each([
    ['the middle at 4×', FOUR, { x: 170, y: 130, width: 60, height: 40 }],
    ['a corner at 4×', FOUR, { x: 0, y: 0, width: 80, height: 50 }],
    ['the last corner at 4×', FOUR, { x: 320, y: 246, width: 80, height: 50 }],
    ['the middle at 2×', { kind: 'factor', factor: 2 }, { x: 71, y: 57, width: 60, height: 40 }],
    ['the middle at 8×', { kind: 'factor', factor: 8 }, { x: 411, y: 233, width: 80, height: 50 }],
    [
      'an odd place at an odd size',
      { kind: 'pixels', side: 'width', pixels: 733 },
      { x: 151, y: 111, width: 71, height: 43 },
    ],
    [
      'the last corner at an odd size',
      { kind: 'pixels', side: 'width', pixels: 733 },
      { x: 290, y: 220, width: 76, height: 51 },
    ],
  ] as const)('is, in %s, what the whole result has there', async (_, size, window) => {
    const { preview, asked } = world();
    const job = jobAt(size);
    preview.wish(wishFor(job, window));
    const shot = await settled(preview);
    expect(difference(shot, await wholeResult(job))).toBeLessThanOrEqual(1);
    // Far less than the whole was run.
    const { width, height } = asked[0]?.job.target ?? job.target;
    if (size === FOUR) expect(width * height).toBeLessThan(0.6 * job.target.width * job.target.height);
  });

  test('has the faces where the whole has them, and none that are elsewhere', async () => {
    const { preview, asked } = world();
    const faces = {
      blend: blendNamed('faces'),
      regions: [
        { x: 45, y: 30, width: 24, height: 20 },
        { x: 0, y: 0, width: 8, height: 8 },
      ],
    };
    const job = jobAt(FOUR, { faces });
    const window = { x: 200, y: 120, width: 60, height: 60 };
    preview.wish(wishFor(job, window));
    const shot = await settled(preview);
    const whole = await wholeResult(job);
    expect(difference(shot, whole)).toBeLessThanOrEqual(1);
    // The faces do differ from the rest, or this would say nothing.
    expect(difference(shot, await wholeResult(jobAt(FOUR)))).toBeGreaterThan(4);
    expect(asked[0]?.job.faces?.regions).toHaveLength(1);
  });

  test('shows before the same place, enlarged smoothly', async () => {
    const { preview } = world();
    const job = jobAt({ kind: 'pixels', side: 'width', pixels: 733 });
    preview.wish(wishFor(job, { x: 151, y: 111, width: 71, height: 43 }));
    await settled(preview);
    const { before } = preview.getState();
    expect(difference(before, bicubic(layerPixels, job.target))).toBeLessThanOrEqual(1);
  });

  test('reaches no further than the layer, and nowhere at all beside it', () => {
    const whole = targetAt(FOUR);
    const crop = cropFor({ x: -40, y: -20, width: 200, height: 100 }, layer, whole, 10);
    expect(crop?.seen).toEqual({ x: 0, y: 0, width: 160, height: 80 });
    expect(crop?.source).toEqual({ x: 0, y: 0, width: 50, height: 30 });
    expect(cropFor({ x: 5000, y: 0, width: 200, height: 100 }, layer, whole, 10)).toBeUndefined();
  });
});

describe('The picture before', () => {
  test('keeps the colour of what is half see-through', () => {
    const orange = [255, 128, 0];
    const pixels: Pixels = {
      width: 8,
      height: 8,
      rgba: Uint8ClampedArray.from({ length: 256 }, (_, i) => {
        const x = (i >> 2) % 8;
        // Black where nothing is.
        if (x < 4) return 0;
        return i % 4 === 3 ? 255 : (orange[i % 4] ?? 0);
      }),
    };
    const target = targetOf({ left: 0, top: 0, right: 8, bottom: 8 }, enlarge(pixels, FOUR));
    const { rgba } = bicubic(pixels, target);
    const middle = 4 * (16 * 32 + 15);
    expect(rgba[middle + 3]).toBeGreaterThan(40);
    expect(rgba[middle + 3]).toBeLessThan(215);
    expect([...rgba.subarray(middle, middle + 3)]).toEqual(orange);
  });
});

describe('While settings move', () => {
  const window = { x: 180, y: 130, width: 40, height: 30 };

  test('the layer as it is shows at once, and some of it around, before the network has made anything', async () => {
    const { preview } = world({ engine: 'waits' });
    const job = jobAt(FOUR);
    preview.wish(wishFor(job, window));
    await new Promise((resolve) => setTimeout(resolve, 10));
    const { before, after, making } = preview.getState();
    expect([making, after]).toEqual([true, undefined]);
    expect(difference(before, bicubic(layerPixels, job.target))).toBeLessThanOrEqual(1);
    const { x, y, width, height } = before?.at ?? { x: 0, y: 0, width: 0, height: 0 };
    expect([x, y]).toEqual([180 - 36, 130 - 36].map((side) => expect.closeTo(side, -1)));
    expect([width, height]).toEqual([40 + 72, 30 + 72].map((side) => expect.closeTo(side, -1)));
  });

  test('what nobody waits for is held back from the first wish until the preview has rested for a while', async () => {
    const { preview, holds, asked } = world({ engine: 'waits' });
    preview.wish(wishFor(jobAt(FOUR), window));
    await Promise.resolve();
    expect(holds.now).toBe(1);
    preview.wish(wishFor(jobAt(FOUR, { noise: 50 }), window));
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(holds.now).toBe(1);
    asked[0]?.fail(new LoupeError('model-missing', 'base.onnx'));
    await settled(preview);
    expect(holds.now).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(holds.now).toBe(0);
  });

  test('what was held back goes on as soon as there is nothing to show', async () => {
    const { preview, holds } = world({ engine: 'waits' });
    preview.wish(wishFor(jobAt(FOUR), window));
    await new Promise((resolve) => setTimeout(resolve, 10));
    preview.wish(undefined);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(holds.now).toBe(0);
  });

  test('the latest wish wins, and what was under way ends', async () => {
    const { preview, asked } = world({ engine: 'waits' });
    preview.wish(wishFor(jobAt(FOUR, { sharpness: 1 }), window));
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(asked.map(({ job }) => job.sharpness)).toEqual([1]);
    preview.wish(wishFor(jobAt(FOUR, { sharpness: 2 }), window));
    expect(asked[0]?.signal.aborted).toBe(true);
    preview.wish(wishFor(jobAt(FOUR, { sharpness: 3 }), window));
    await new Promise((resolve) => setTimeout(resolve, 10));
    // The one between was never begun.
    expect(asked.map(({ job }) => job.sharpness)).toEqual([1, 3]);
    expect(asked[1]?.signal.aborted).toBe(false);
    expect(preview.getState()).toMatchObject({ making: true, problem: undefined });
  });

  test.each([
    ['the model', jobAt(FOUR, { blend: blendNamed('faces') })],
    ['noise', jobAt(FOUR, { noise: 0 })],
    ['sharpness', jobAt(FOUR, { sharpness: 100 })],
    ['the size', jobAt({ kind: 'factor', factor: 3 })],
  ])('it follows %s', async (_, next) => {
    const { preview } = world();
    preview.wish(wishFor(jobAt(FOUR), window));
    const first = await settled(preview);
    preview.wish(wishFor(next, window));
    // The stale picture stays until the next is there.
    expect(preview.getState().after).toBe(first);
    const second = await settled(preview);
    expect(second?.pixels.rgba).not.toEqual(first?.pixels.rgba);
    expect(difference(second, await wholeResult(next))).toBeLessThanOrEqual(1);
  });

  test('it is made anew when the layer has been painted on, and only then', async () => {
    const { preview, asked } = world();
    const wish = wishFor(jobAt(FOUR), window);
    const small = (value: number): Pixels => ({
      width: 1,
      height: 1,
      rgba: new Uint8ClampedArray(4).fill(value),
    });
    preview.seen(small(1));
    preview.wish(wish);
    await settled(preview);
    preview.seen(small(1));
    preview.wish(wish);
    await settled(preview);
    expect(asked).toHaveLength(1);
    preview.seen(small(2));
    preview.wish(wish);
    await settled(preview);
    expect(asked).toHaveLength(2);
  });

  test('nothing is made any more once there is nothing to show', async () => {
    const { preview, asked } = world({ engine: 'waits' });
    preview.wish(wishFor(jobAt(FOUR), window));
    await new Promise((resolve) => setTimeout(resolve, 10));
    preview.wish(undefined);
    expect(asked[0]?.signal.aborted).toBe(true);
    await settled(preview);
    expect(preview.getState()).toMatchObject({ making: false, problem: undefined, after: undefined });
  });
});

describe('A preview that cannot be made', () => {
  const window = { x: 0, y: 0, width: 40, height: 30 };

  test('says that the layer cannot be read, and recovers', async () => {
    const { preview, faults } = world();
    faults.region = true;
    preview.wish(wishFor(jobAt(FOUR), window));
    await settled(preview);
    expect(preview.getState().problem).toBe('unreadable');
    faults.region = false;
    preview.wish(wishFor(jobAt(FOUR, { noise: 50 }), window));
    await settled(preview);
    expect(preview.getState().problem).toBeUndefined();
    expect(preview.getState().after).toBeDefined();
  });

  test('says why the model could not be run, and keeps the picture there was', async () => {
    const { preview, asked } = world({ engine: 'waits' });
    preview.wish(wishFor(jobAt(FOUR), window));
    await new Promise((resolve) => setTimeout(resolve, 10));
    asked[0]?.fail(new LoupeError('model-missing', 'base.onnx'));
    await settled(preview);
    expect(preview.getState().problem).toMatchObject({ code: 'model-missing' });
  });
});

test('Where a layer is looked at is kept for that layer; another is looked at in its middle', () => {
  const { preview } = world();
  preview.lookAt(7, { x: 0.2, y: 0.9 });
  expect(preview.middleOf(7)).toEqual({ x: 0.2, y: 0.9 });
  expect(preview.middleOf(8)).toEqual({ x: 0.5, y: 0.5 });
});

test('It stays open, and as it was shown, until it is closed', () => {
  const { preview } = world();
  expect(preview.getState()).toMatchObject({ open: false, way: 'split' });
  preview.open(true);
  preview.show('beside');
  preview.wish(undefined);
  expect(preview.getState()).toMatchObject({ open: true, way: 'beside' });
});
