import { describe, expect, test } from '@jest/globals';
import type { ClipFacts, CodecReport } from '../../../src/video/types.ts';
import { ticksOf } from '../../../src/video/rate.ts';
import {
  codecOf,
  footageOf,
  goalOf,
  middleFrame,
  pictureJob,
  placementOf,
  planOf,
} from '../../../src/panel/clip/plan.ts';
import { notesOf } from '../../../src/panel/clip/notes.ts';
import { isFileName, renderName } from '../../../src/panel/clip/names.ts';
import { timecode } from '../../../src/panel/clip/timecode.ts';
import { clipOf, FACTS } from './clip-world.ts';

const NTSC = { numerator: 30_000, denominator: 1001 };
const prores: CodecReport = { codec: 'prores', bitDepth: 10, constantQuality: true, frameBytes: 1000 };
const vp9: CodecReport = { codec: 'vp9', bitDepth: 10, constantQuality: true, frameBytes: 100 };
const facts = (change: Partial<ClipFacts> = {}): ClipFacts => ({ ...FACTS, ...change });
const goal = { width: 640, height: 360 };

describe('The frames of a clip', () => {
  test('are those from in to out, with as many handles as the file has', () => {
    const plan = planOf(facts(), clipOf({ from: 10, to: 30 }), { handles: 12 }, goal, prores);
    expect(plan).toMatchObject({
      frames: 42,
      handles: { before: 10, after: 12 },
      job: { first: 0, end: 42, rate: { numerator: 25, denominator: 1 }, resampled: false },
    });
  });

  test('are counted at the rate Premiere interprets the footage by, exactly', () => {
    const clip = clipOf({ from: 100, to: 160, rate: NTSC, interpretation: { rate: 29.97 } });
    const { job } = planOf(facts({ rate: NTSC, frames: 900 }), clip, { handles: 0 }, goal, prores);
    expect([job.first, job.end, job.rate]).toEqual([100, 160, NTSC]);
  });

  test('of a variable rate are resampled, as many as fit its time', () => {
    const plain = footageOf(facts({ variable: true, seconds: 2, frames: 31 }), clipOf());
    expect(plain.frames).toBe(50);
    // A frame that begins within the time is shown, though its time is cut short.
    const short = footageOf(facts({ variable: true, seconds: 1.99 }), clipOf());
    expect(short.frames).toBe(50);
    const { job } = planOf(facts({ variable: true, seconds: 2 }), clipOf(), { handles: 0 }, goal, prores);
    expect(job.resampled).toBe(true);
  });

  test('have their middle one within the clip', () => {
    expect(middleFrame(facts(), clipOf({ from: 10, to: 30 }))).toBe(20);
    const { first, end } = pictureJob(facts(), clipOf({ from: 10, to: 30 }));
    expect([first, end]).toEqual([10, 30]);
  });

  test('lie in the render where the clip’s in and out points stay', () => {
    const clip = clipOf({ from: 10, to: 30, mediaStart: 90_000 });
    const { job } = planOf(facts(), clip, { handles: 4 }, goal, prores);
    const placed = placementOf(job, clip, { width: 320, height: 180 });
    const rate = { numerator: 25, denominator: 1 };
    expect(placed).toEqual({
      inTicks: String(ticksOf(4, rate)),
      outTicks: String(ticksOf(24, rate)),
      scaleX: 2,
      scaleY: 2,
      mediaStartTicks: String(ticksOf(90_006, rate)),
      rate: 25,
    });
  });
});

describe('A clip whose sound outlasts its picture', () => {
  const clip = clipOf({ from: 80, to: 105 });

  test('is rendered and laid as far as there is a picture', () => {
    const { job, frames, handles } = planOf(facts(), clip, { handles: 3 }, goal, prores);
    expect({ first: job.first, end: job.end, frames, handles }).toEqual({
      ...{ first: 77, end: 100, frames: 23 },
      handles: { before: 3, after: 0 },
    });
    const placed = placementOf(job, clip, { width: 320, height: 180 });
    expect([placed.inTicks, placed.outTicks]).toEqual(
      [3, 23].map((frame) => String(ticksOf(frame, FACTS.rate))),
    );
  });

  test('has it said by how many frames', () => {
    expect(notesOf({ facts: facts(), clip })).toEqual([{ kind: 'ends', frames: 5 }]);
    expect(notesOf({ facts: facts(), clip: clipOf({ from: 80, to: 100 }) })).toEqual([]);
  });
});

test('A clip whose in point is rounded to before its frame begins with the render, as long as it was', () => {
  const clip = clipOf({ from: 10, to: 30 });
  const inTicks = String(BigInt(clip.ref.inTicks) - 1n);
  const early = { ...clip, ref: { ...clip.ref, inTicks } };
  const { job } = planOf(facts(), early, { handles: 0 }, goal, prores);
  expect(job.first).toBe(10);
  const placed = placementOf(job, early, { width: 320, height: 180 });
  expect([placed.inTicks, placed.outTicks]).toEqual(['0', String(ticksOf(20, FACTS.rate) + 1n)]);
});

describe('The size of a render', () => {
  const square = { width: 720, height: 405 };
  test.each([
    ['2x', { width: 1440, height: 810 }],
    ['4x', { width: 2880, height: 1620 }],
    ['uhd', { width: 3840, height: 2160 }],
    ['8k', { width: 7680, height: 4320 }],
    ['sequence', { width: 1920, height: 1080 }],
  ] as const)('as %s is even and keeps the picture’s proportions', (target, sides) => {
    expect(goalOf(square, target, { width: 1920, height: 1080 })).toMatchObject({
      ...sides,
      problem: undefined,
    });
  });

  test('is fitted into a frame of other proportions, and is upright for an upright picture', () => {
    expect(goalOf({ width: 640, height: 480 }, 'uhd', undefined)).toMatchObject({
      width: 2880,
      height: 2160,
    });
    expect(goalOf({ width: 405, height: 720 }, 'uhd', undefined)).toMatchObject({
      width: 2160,
      height: 3840,
    });
  });

  test('is refused where it would be smaller, or more than sixteen times larger', () => {
    expect(goalOf({ width: 1920, height: 1080 }, 'sequence', { width: 1280, height: 720 }).problem).toBe(
      'smaller',
    );
    expect(goalOf({ width: 96, height: 64 }, '8k', undefined).problem).toBe('beyond');
    expect(
      goalOf({ width: 1920, height: 1080 }, 'sequence', { width: 1920, height: 1080 }).problem,
    ).toBeUndefined();
    // 91 × 67 becomes even.
    expect(goalOf({ width: 91, height: 67 }, 'sequence', { width: 91, height: 67 }).problem).toBeUndefined();
  });

  test('is reckoned from square pixels, upright, by Premiere’s shape of a pixel', () => {
    const clip = clipOf({ interpretation: { pixelAspect: 1.094 } });
    const pal = facts({ width: 720, height: 576, pixelAspect: { numerator: 16, denominator: 15 } });
    expect(footageOf(pal, clip).square).toEqual({ width: 788, height: 576 });
    const meant = clipOf({ interpretation: { pixelAspect: 1.0667 } });
    expect(footageOf(pal, meant)).toMatchObject({
      square: { width: 768, height: 576 },
      pixelAspect: { numerator: 16, denominator: 15 },
    });
    const turned = facts({ width: 1920, height: 1080, rotation: 90 });
    expect(footageOf(turned, clipOf()).square).toEqual({ width: 1080, height: 1920 });
    // The engine reads the pixels as they are.
    const { target } = planOf(pal, meant, { handles: 0 }, { width: 1536, height: 1152 }, prores);
    expect([target.scaleX.toFixed(4), target.scaleY]).toEqual([(1536 / 720).toFixed(4), 2]);
  });
});

describe('The codec', () => {
  test('is the one asked for where it can be had, else the first that can', () => {
    expect(codecOf('vp9', [prores, vp9])).toBe(vp9);
    expect(codecOf('hevc', [prores, vp9])).toBe(prores);
    expect(codecOf('hevc', [])).toBeUndefined();
  });

  test.each([
    [8, prores, 10],
    [8, vp9, 8],
    [10, vp9, 10],
    [10, { ...vp9, codec: 'h264', bitDepth: 8 } as const, 8],
    [8, { ...vp9, codec: 'png', bitDepth: 16 } as const, 8],
    [12, { ...vp9, codec: 'png', bitDepth: 16 } as const, 16],
    [8, { ...vp9, codec: 'tiff', bitDepth: 16 } as const, 16],
  ] as const)('of a source of %d bits, %j, has %d', (source, report, bits) => {
    const { job } = planOf(facts({ bitDepth: source }), clipOf(), { handles: 0 }, goal, report);
    expect(job.bitDepth).toBe(bits);
  });
});

describe('What is unusual', () => {
  const kinds = (change: Partial<ClipFacts>, clip = clipOf()): string[] =>
    notesOf({ facts: facts(change), clip }).map(({ kind }) => kind);

  test('is nothing of most clips', () => {
    expect(kinds({})).toEqual([]);
  });

  test('is how the file differs, the weightiest first', () => {
    expect(
      kinds(
        {
          dynamicRange: 'hlg',
          fields: 'upper-first',
          variable: true,
          rotation: 90,
          assumed: ['matrix'],
          pixelAspect: { numerator: 4, denominator: 3 },
        },
        clipOf({ interpretation: { pixelAspect: 4 / 3 }, effects: ['Lumetri Color'] }),
      ),
    ).toEqual(['range', 'interlaced', 'variable', 'assumed', 'rotated', 'aspect', 'effects']);
  });

  test('is that fields are guessed where nothing tells them, and that Premiere’s word counts', () => {
    const combed = { fields: 'unknown', combed: true } as const;
    expect(notesOf({ facts: facts(combed), clip: clipOf() })).toEqual([
      { kind: 'interlaced', fields: 'upper-first', guessed: true },
    ]);
    expect(notesOf({ facts: facts({ ...combed, height: 480 }), clip: clipOf() })).toMatchObject([
      { fields: 'lower-first' },
    ]);
    expect(kinds(combed, clipOf({ interpretation: { fields: 'progressive' } }))).toEqual(['combed']);
  });

  test('is that Premiere plays it at another rate', () => {
    expect(notesOf({ facts: facts(), clip: clipOf({ interpretation: { rate: 24 } }) })).toEqual([
      { kind: 'reinterpreted', rate: 24, own: 25 },
    ]);
  });

  test.each([
    [24, { numerator: 24_000, denominator: 1001 }, true],
    [23.976, { numerator: 24, denominator: 1 }, true],
    [30, NTSC, true],
    [59.94, { numerator: 60, denominator: 1 }, true],
    [29.97, NTSC, false],
    [29.97, { numerator: 2997, denominator: 100 }, false],
  ])('is that Premiere plays it at %d and the file says %j: %s', (rate, own, told) => {
    expect(kinds({ rate: own }, clipOf({ interpretation: { rate } }))).toEqual(told ? ['reinterpreted'] : []);
  });

  test('is what becomes of more than 8 bits', () => {
    const given = { facts: facts({ bitDepth: 10 }), clip: clipOf() };
    expect(notesOf({ ...given, job: { bitDepth: 8 } })).toEqual([{ kind: 'depth', source: 10, kept: 8 }]);
  });

  test('is that the browser converts it, and then not that the render keeps all bits', () => {
    const converted = facts({ bitDepth: 10, converted: true });
    expect(notesOf({ facts: converted, clip: clipOf(), job: { bitDepth: 10 } })).toEqual([
      { kind: 'converted' },
    ]);
  });
});

describe('A timecode', () => {
  const at = (frame: number, rate: { numerator: number; denominator: number }): string =>
    timecode(ticksOf(frame, rate), rate);

  test.each([
    [0, NTSC, '00;00;00;00'],
    [1799, NTSC, '00;00;59;29'],
    [1800, NTSC, '00;01;00;02'],
    [17_981, NTSC, '00;09;59;29'],
    [17_982, NTSC, '00;10;00;00'],
    [107_892, NTSC, '01;00;00;00'],
    [3600, { numerator: 60_000, denominator: 1001 }, '00;01;00;04'],
    [1440, { numerator: 24_000, denominator: 1001 }, '00:01:00:00'],
    [90_012, { numerator: 25, denominator: 1 }, '01:00:00:12'],
    [59, { numerator: 60, denominator: 1 }, '00:00:00:59'],
  ])('of frame %d at %j is %s', (frame, rate, text) => {
    expect(at(frame, rate)).toBe(text);
  });
});

describe('The name of a render', () => {
  const size = { width: 1440, height: 1080 };
  test.each([
    ['A001_C003.mov', '4x', 'landscape', 'A001_C003 4x landscape'],
    ['Bridge', 'sequence', 'art', 'Bridge 1440x1080 art'],
    ['Bridge', 'uhd', 'own:2x_Old-Film.onnx', 'Bridge UHD 2x_Old-Film'],
    ['..hidden/up?', '2x', 'face', 'hidden-up- 2x face'],
    ['  ', '8k', 'face', 'Clip 8K face'],
    ['橋の上.mp4', '2x', 'face', '橋の上 2x face'],
  ] as const)('of %s, %s, %s is “%s”', (clip, target, model, name) => {
    expect(renderName(clip, target, size, model)).toBe(name);
    expect(isFileName(name)).toBe(true);
  });

  test('is short enough for any system, however long the clip’s is', () => {
    const name = renderName('🎞️'.repeat(100), '4x', size, `own:${'x'.repeat(240)}.onnx`);
    expect(name.length).toBeLessThanOrEqual(130);
    expect(isFileName(name)).toBe(true);
    expect(name).toContain('4x');
  });

  test('that is typed may be what any system takes', () => {
    expect(['Bridge', 'a.b', '橋'].map(isFileName)).toEqual([true, true, true]);
    expect(['', '.a', 'a.', 'a/b', 'a:b', 'a?', ' a', 'a\u0007'].map(isFileName)).toEqual(
      Array(8).fill(false),
    );
  });
});
