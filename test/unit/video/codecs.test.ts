/** What is asked of encoders, with one that takes what it is told to. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  codecReports,
  encoderSetup,
  extensionOf,
  outFormat,
  segmentFrames,
  setupOf,
} from '../../../src/video/codecs.ts';
import { levelOf } from '../../../src/video/levels.ts';
import type { Codec, RemasterJob } from '../../../src/video/types.ts';

const rate = { numerator: 25, denominator: 1 };
const job = (codec: Codec, bitDepth: 8 | 10 | 16 = 8): RemasterJob => ({
  first: 0,
  end: 10,
  rate,
  resampled: false,
  target: { width: 1920, height: 1080 },
  pixelAspect: { numerator: 1, denominator: 1 },
  rotation: 0,
  fields: 'progressive',
  colour: { primaries: 'bt709', transfer: 'bt709', matrix: 'rgb', fullRange: true },
  codec,
  bitDepth,
});

let takes: (config: VideoEncoderConfig) => boolean = () => false;
beforeEach(() => {
  Object.assign(globalThis, {
    VideoEncoder: {
      isConfigSupported: (config: VideoEncoderConfig) =>
        config.codec.startsWith('hvc1')
          ? Promise.reject(new TypeError('never heard of'))
          : Promise.resolve({ supported: takes(config), config }),
    },
  });
});
afterEach(() => {
  Reflect.deleteProperty(globalThis, 'VideoEncoder');
});

describe('levels', () => {
  test.each([
    ['h264', 8, 1920, 1080, 25, 26e6, 'avc1.640029'],
    ['h264', 8, 1920, 1080, 50, 50e6, 'avc1.64002a'],
    ['h264', 8, 3840, 2160, 25, 104e6, 'avc1.640033'],
    ['h264', 8, 3840, 2160, 60, 240e6, 'avc1.640034'],
    ['h264', 8, 7680, 4320, 25, 415e6, 'avc1.64003d'],
    ['h264', 8, 96, 64, 25, 1e5, 'avc1.64001e'],
    ['hevc', 8, 1920, 1080, 25, 11e6, 'hvc1.1.6.L120.B0'],
    ['hevc', 10, 3840, 2160, 50, 150e6, 'hvc1.2.4.H153.B0'],
    ['vp9', 8, 1920, 1080, 30, 1e9, 'vp09.00.40.08'],
    ['vp9', 10, 3840, 2160, 60, 1e9, 'vp09.02.51.10'],
    ['av1', 8, 1920, 1080, 60, 1e9, 'av01.0.09M.08'],
    ['av1', 10, 7680, 4320, 24, 1e9, 'av01.0.16M.10'],
  ] as const)(
    'of %s, %d bits, %d × %d at %d frames and %d bits a second: %s',
    (codec, depth, w, h, fps, bits, name) => {
      expect(levelOf(codec, depth, w, h, fps, bits)?.codec).toBe(name);
    },
  );

  test('bound the bitrate, and are none for pictures that are too large', () => {
    expect(levelOf('h264', 8, 7680, 4320, 60, 2e9)).toEqual({ codec: 'avc1.64003e', bitrate: 8e8 });
    expect(levelOf('h264', 8, 16_384, 8192, 25, 1e6)).toBeUndefined();
    expect(levelOf('vp9', 8, 7680, 4320, 1000, 1e6)?.codec).toBe('vp09.00.62.08');
  });
});

describe('an encoder', () => {
  test('is asked for constant quality where it has it, frame by frame', async () => {
    takes = ({ bitrateMode }) => bitrateMode === 'quantizer';
    const setup = await encoderSetup('vp9', 10, 1920, 1080, rate);
    expect(setup?.config).toMatchObject({ codec: 'vp09.02.40.10', bitrateMode: 'quantizer', framerate: 25 });
    expect(setup?.config.bitrate).toBeUndefined();
    expect(Object.keys(setup?.options ?? {})).toEqual(['vp9']);
    const { options } = await setupOf(job('h264'));
    expect(options.avc?.quantizer).toBeGreaterThan(0);
  });

  test('else for a high bitrate', async () => {
    takes = ({ bitrateMode }) => bitrateMode === 'variable';
    const { config, options } = await setupOf(job('h264'));
    expect(config).toMatchObject({ bitrateMode: 'variable', avc: { format: 'avc' } });
    expect((config.bitrate ?? 0) / (1920 * 1080 * 25)).toBeGreaterThanOrEqual(0.3);
    expect(options).toEqual({});
  });

  test('with a bound of its own is asked for less', async () => {
    takes = ({ bitrateMode, bitrate = 0 }) => bitrateMode === 'variable' && bitrate < 20e6;
    const { config } = await setupOf(job('h264'));
    expect((config.bitrate ?? 0) / (1920 * 1080 * 25)).toBeGreaterThanOrEqual(0.3);
    expect(config.bitrate).toBeLessThan(20e6);
  });

  test('that is not there is said by its name', async () => {
    takes = () => false;
    await expect(setupOf(job('av1'))).rejects.toMatchObject({ code: 'codec-unencodable', detail: 'AV1' });
    await expect(setupOf(job('hevc'))).rejects.toMatchObject({ code: 'codec-unencodable', detail: 'HEVC' });
  });
});

describe('reports', () => {
  test('name what can be encoded here, how deep, and what a frame takes', async () => {
    takes = ({ codec, bitrateMode }) =>
      codec.startsWith('vp09') ? true : codec.startsWith('avc1') && bitrateMode !== 'quantizer';
    const reports = await codecReports(1920, 1080);
    expect(reports.map(({ codec, bitDepth, constantQuality }) => [codec, bitDepth, constantQuality])).toEqual(
      [
        ['prores', 10, true],
        ['png', 16, true],
        ['tiff', 16, true],
        ['h264', 8, false],
        ['vp9', 10, true],
      ],
    );
    const bytes = new Map(reports.map(({ codec, frameBytes }) => [codec, frameBytes]));
    // 220 Mb/s at 29.97 frames a second.
    expect((bytes.get('prores') ?? 0) / (220e6 / 8 / 29.97)).toBeCloseTo(1, 1);
    expect(bytes.get('tiff')).toBe(1920 * 1080 * 6);
  });

  test('without WebCodecs name what needs none', async () => {
    Reflect.deleteProperty(globalThis, 'VideoEncoder');
    expect((await codecReports(640, 360)).map(({ codec }) => codec)).toEqual(['prores', 'png', 'tiff']);
  });
});

test('a frame is given to each codec as it takes it', () => {
  const colour = { ...job('h264').colour, matrix: 'bt709' };
  expect(outFormat(job('prores', 10))).toEqual({
    format: 'yuv422',
    depth: 10,
    colour: { ...colour, fullRange: false },
  });
  expect(outFormat(job('h264'))).toEqual({ format: 'yuv420', depth: 8, colour });
  expect(outFormat(job('vp9', 10))).toEqual({ format: 'yuv420', depth: 10, colour });
  expect(outFormat(job('png'))).toMatchObject({ format: 'rgb', depth: 8 });
  expect(outFormat(job('png', 16))).toMatchObject({ format: 'rgb', depth: 16 });
  expect(outFormat(job('tiff', 16))).toMatchObject({ format: 'rgb', depth: 16 });
});

test('a segment is two seconds, of a frame at least and 120 at most', () => {
  const of = (numerator: number, denominator = 1): number => segmentFrames({ numerator, denominator });
  expect([of(25), of(24_000, 1001), of(60_000, 1001), of(120), of(1, 5)]).toEqual([50, 48, 120, 120, 1]);
});

test('a codec’s file is a film or a picture', () => {
  expect((['prores', 'h264', 'hevc', 'av1', 'vp9', 'png', 'tiff'] as const).map(extensionOf)).toEqual([
    'mov',
    'mp4',
    'mp4',
    'mp4',
    'mp4',
    'png',
    'tif',
  ]);
});
