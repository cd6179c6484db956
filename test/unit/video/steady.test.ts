import { describe, expect, test } from '@jest/globals';
import { Flicker } from '../../../src/video/flicker.ts';
import { allocatePlanes, type Planes } from '../../../src/video/planes.ts';
import { Steady } from '../../../src/video/steady.ts';
import { random } from '../engine/fakes.ts';

const [WIDTH, HEIGHT] = [80, 64];
const FACTOR = 2;
const COLOURS = { source: { fullRange: false }, render: { fullRange: false } };

/** Luma at a place, in pixels of the source. */
type Scene = (x: number, y: number) => number;

const textured: Scene = (x, y) =>
  120 + 30 * Math.sin(x / 15) * Math.cos(y / 11) + 25 * Math.sin(x / 1.7 + y / 2.3) + 15 * Math.sin(y / 1.3);

const moved =
  (scene: Scene, byX: number, byY: number): Scene =>
  (x, y) =>
    scene(x - byX, y - byY);

/** The scene with so many pixels to each of the source's. */
function frameOf(scene: Scene, factor: number): Planes {
  const frame = allocatePlanes('yuv420', WIDTH * factor, HEIGHT * factor, 8);
  const [luma, ...chroma] = frame.planes;
  const { width, height } = frame;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) luma[y * width + x] = scene((x + 0.5) / factor, (y + 0.5) / factor);
  }
  for (const plane of chroma) plane.fill(128);
  return frame;
}

/** With noise of that deviation, in squares of `size` pixels, new with each call of the same generator. */
function noisy(frame: Planes, deviation: number, size: number, next: () => number): Planes {
  const [luma, blue, red] = frame.planes;
  const columns = frame.width / size;
  const out = luma.slice();
  const noise = Float32Array.from({ length: columns * (frame.height / size) }, () => {
    return 2 * deviation * (next() + next() + next() - 1.5);
  });
  for (let at = 0; at < out.length; at++) {
    const x = ((at % frame.width) / size) | 0;
    const y = (((at / frame.width) | 0) / size) | 0;
    out[at] = (luma[at] as number) + (noise[y * columns + x] as number) + 0.5;
  }
  return { ...frame, planes: [out, blue, red] };
}

function run(source: readonly Planes[], enhanced: readonly Planes[]) {
  const steady = new Steady(COLOURS);
  const before = new Flicker(COLOURS);
  const after = new Flicker(COLOURS);
  const frames = source.map((from, k) => {
    const made = enhanced[k] as Planes;
    const frame = steady.next(from, made);
    before.add(from, made);
    after.add(from, frame);
    return frame;
  });
  return { frames, before: before.ratio, after: after.ratio };
}

function psnr(one: Planes, other: Planes): number {
  let squares = 0;
  const values = other.planes[0];
  one.planes[0].forEach((value, at) => (squares += (value - (values[at] as number)) ** 2));
  return 10 * Math.log10(255 ** 2 / (squares / values.length));
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

describe.each([
  { what: 'stands still', byX: 0, byY: 0 },
  { what: 'moves by whole pixels', byX: 2, byY: -1 },
  { what: 'moves by parts of pixels', byX: 1.25, byY: 0.75 },
])('a scene that $what', ({ byX, byY }) => {
  const scenes = times(5, (k) => moved(textured, k * byX, k * byY));
  const next = random(5);
  const truth = scenes.map((scene) => frameOf(scene, FACTOR));
  const grainy = scenes.map((scene) => noisy(frameOf(scene, 1), 1.5, 1, next));

  test('by a network that makes other detail with every frame becomes as steady as its source', () => {
    const flickering = truth.map((frame) => noisy(frame, 2.4, FACTOR, next));
    const { frames, before, after } = run(grainy, flickering);
    if (byX === 0) expect(before).toBeGreaterThan(1.4);
    expect(after).toBeLessThanOrEqual(Math.min(1.1, before + 0.005));
    // What moves is not smeared.
    frames.forEach((frame, k) => {
      const was = psnr(flickering[k] as Planes, truth[k] as Planes);
      expect(psnr(frame, truth[k] as Planes)).toBeGreaterThan(was - 0.01);
    });
  });

  test('by a network that is true stays as it is', () => {
    const clean = scenes.map((scene) => frameOf(scene, 1));
    expect(run(clean, truth).frames.map((frame, k) => frame === truth[k])).not.toContain(false);
  });

  test('by a network that takes out the grain stays as it is', () => {
    expect(run(grainy, truth).frames.map((frame, k) => frame === truth[k])).not.toContain(false);
  });
});

test('static grain that a network sharpens is as steady as the source’s', () => {
  const next = random(9);
  const grain = times(6, () => noisy(frameOf(textured, FACTOR), 2, FACTOR, next));
  const source = grain.map((frame) => shrunk(frame));
  const sharpened = grain.map((frame) => contrasted(frame, frameOf(textured, FACTOR), 1.5));
  const { before, after } = run(source, sharpened);
  expect(before).toBeGreaterThan(1.35);
  expect(after).toBeLessThanOrEqual(1.1);
});

describe('a cut', () => {
  const next = random(2);
  const other: Scene = (x, y) => 90 + 60 * Math.sin(x / 9 + 2) * Math.sin(y / 13 + 1);
  const scenes = [textured, textured, other, other];
  const source = scenes.map((scene) => noisy(frameOf(scene, 1), 1, 1, next));
  const enhanced = scenes.map((scene) => noisy(frameOf(scene, FACTOR), 4, FACTOR, next));

  test('is left as the network made it', () => {
    const { frames } = run(source, enhanced);
    expect(frames.map((frame, k) => frame === enhanced[k])).toEqual([true, false, true, false]);
  });

  test('is left out of the measure', () => {
    const across = new Flicker(COLOURS);
    const within = new Flicker(COLOURS);
    source.forEach((frame, k) => across.add(frame, enhanced[k] as Planes));
    [0, 1].forEach((k) => within.add(source[k] as Planes, enhanced[k] as Planes));
    expect(Math.abs(across.ratio - within.ratio)).toBeLessThan(0.2);
    expect(across.ratio).toBeGreaterThan(2);
  });
});

test('a run that goes on from the frame before makes the same frames, and changes none that it was given', () => {
  const next = random(4);
  const source = times(4, () => noisy(frameOf(textured, 1), 1, 1, next));
  const enhanced = times(4, () => noisy(frameOf(textured, FACTOR), 4, FACTOR, next));
  const copies = enhanced.map((frame) => frame.planes[0].slice());
  const whole = run(source, enhanced).frames;
  const resumed = run(source.slice(1), enhanced.slice(1)).frames;
  expect(whole[1]).not.toBe(enhanced[1]);
  expect(resumed.slice(1).map(({ planes }) => planes)).toEqual(whole.slice(2).map(({ planes }) => planes));
  expect(enhanced.map(({ planes }) => planes[0])).toEqual(copies);
});

test('no block shows where part of the picture is blended', () => {
  // What flickers grows from none on the left to much on the right.
  const flickering = times(4, (k) => {
    const frame = frameOf(textured, FACTOR);
    const [luma, ...chroma] = frame.planes;
    const sign = k % 2 === 0 ? 1 : -1;
    const out = luma.map((value, at) => value + (sign * 12 * (at % frame.width)) / frame.width);
    return { ...frame, planes: [out, ...chroma] as unknown as Planes['planes'] };
  });
  const source = times(4, () => frameOf(textured, 1));
  const { frames } = run(source, flickering);
  const frame = frames[2] as Planes;
  const pulled = Array.from(frame.planes[0], (value, at) => {
    return value - ((flickering[2] as Planes).planes[0][at] as number);
  });
  expect(Math.min(...pulled)).toBeLessThan(-8);
  const steps = pulled.map((value, at) =>
    at % frame.width === 0 ? 0 : Math.abs(value - (pulled[at - 1] as number)),
  );
  // The flicker's own steps are whole codes, of two frames.
  expect(Math.max(...steps)).toBeLessThanOrEqual(3);
});

test.each(['yuv422', 'yuv444', 'rgb'] as const)('%s of 10 bits is steadied in all its planes', (format) => {
  const next = random(6);
  const source = times(3, () => noisy(frameOf(textured, 1), 1, 1, next));
  const enhanced = times(3, () => {
    const frame = allocatePlanes(format, WIDTH * 1.5, HEIGHT * 1.5, 10);
    frame.planes.forEach((plane) => {
      for (let at = 0; at < plane.length; at++) plane[at] = 500 + 80 * (next() - 0.5);
    });
    return frame;
  });
  const { frames } = run(source, enhanced);
  const spread = (frame: Planes, index: 0 | 1 | 2) => {
    let squares = 0;
    frame.planes[index].forEach((value) => (squares += (value - 500) ** 2));
    return Math.sqrt(squares / frame.planes[index].length);
  };
  for (const index of [0, 1, 2] as const) {
    expect(spread(frames[2] as Planes, index)).toBeLessThan(0.8 * spread(enhanced[2] as Planes, index));
  }
});

describe('the measure', () => {
  test('is 1 for a render that is the source enlarged, whatever the range', () => {
    const next = random(8);
    const source = times(3, () => noisy(frameOf(textured, 1), 3, 1, next));
    const render = source.map((frame) => repeated(frame));
    expect(ratioOf(source, render, COLOURS)).toBeCloseTo(1, 5);
    const full = { source: { fullRange: true }, render: { fullRange: false } };
    const limited = render.map((frame) =>
      contrasted(
        frame,
        frameOf(() => 16, FACTOR),
        219 / 255,
      ),
    );
    expect(ratioOf(source, limited, full)).toBeCloseTo(1, 1);
  });

  test('is 1 where nothing moves', () => {
    const still = frameOf(textured, 1);
    expect(ratioOf([still, still], [repeated(still), repeated(still)], COLOURS)).toBe(1);
  });
});

function ratioOf(source: readonly Planes[], render: readonly Planes[], colours: typeof COLOURS): number {
  const flicker = new Flicker(colours);
  source.forEach((frame, k) => flicker.add(frame, render[k] as Planes));
  return flicker.ratio;
}

/** Every pixel FACTOR × FACTOR times. */
function repeated({ planes, width }: Planes): Planes {
  const frame = allocatePlanes('yuv420', WIDTH * FACTOR, HEIGHT * FACTOR, 8);
  for (let at = 0; at < frame.planes[0].length; at++) {
    const x = Math.floor((at % frame.width) / FACTOR);
    const y = Math.floor(Math.floor(at / frame.width) / FACTOR);
    frame.planes[0][at] = planes[0][y * width + x] as number;
  }
  return frame;
}

/** Every FACTORth pixel. */
function shrunk({ planes, width }: Planes): Planes {
  const frame = allocatePlanes('yuv420', WIDTH, HEIGHT, 8);
  for (let at = 0; at < frame.planes[0].length; at++) {
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)];
    frame.planes[0][at] = planes[0][y * FACTOR * width + x * FACTOR] as number;
  }
  return frame;
}

/** Luma so many times as far from another's. */
function contrasted(frame: Planes, from: Planes, times: number): Planes {
  const [luma, blue, red] = frame.planes;
  const out = luma.map((value, at) => {
    const middle = from.planes[0][at] as number;
    return Math.round(middle + times * (value - middle));
  });
  return { ...frame, planes: [out, blue, red] };
}
