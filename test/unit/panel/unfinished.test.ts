import { describe, expect, test } from '@jest/globals';
import { decodeBase64, encodeBase64 } from '../../../src/bridge/base64.ts';
import { blendOfOne } from '../../../src/catalog.ts';
import type { EngineJob, RemoteSink, RemoteSource } from '../../../src/panel/engine/protocol.ts';
import {
  noteOf,
  notedIn,
  restOf,
  rowsOf,
  storedShare,
  workOf,
  type Noted,
} from '../../../src/panel/unfinished.ts';
import { enlarge, targetOf, type Target } from '../../../src/size.ts';

const WIDTH = 1;
const HEIGHT = 700;
const CHANNELS = 4;
/** Source rows that the fake engine looks at above and below a place: as many as any network does. */
const REACH = 40;

/** Something that is different in every row. */
const source = Uint8Array.from({ length: WIDTH * HEIGHT * CHANNELS }, (_, i) => {
  const y = Math.floor(i / (WIDTH * CHANNELS));
  return 128 + 90 * Math.sin(y / 7) + 30 * Math.sin((y * y) / 900 + i);
});

/**
 * Makes each result row from the source rows around the place that the target says it lies at, weighted by a bell, with
 * the picture mirrored beyond its edges.
 */
async function enhance(target: Target, from: RemoteSource, to: RemoteSink): Promise<void> {
  const { width, height } = from.format;
  const rows = await from.read(height);
  await to.open({ ...from.format, width: target.width, height: target.height });
  for (let y = 0; y < target.height; y += 1) {
    const at = (y + 0.5 + target.offsetY) / target.scaleY - 0.5;
    const near = Array.from({ length: 2 * REACH + 1 }, (_, i) => Math.floor(at) - REACH + i).map((sy) => ({
      row: sy < 0 ? -1 - sy : sy >= height ? 2 * height - 1 - sy : sy,
      weight: Math.exp(-(((sy - at) / (REACH / 4)) ** 2)) * Math.cos((sy - at) / 2),
    }));
    const weights = near.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
    const columns = Array.from({ length: width * CHANNELS }, (_, column) => {
      const sum = near.reduce(
        (all, { row, weight }) => all + weight * (rows[row * width * CHANNELS + column] ?? 0),
        0,
      );
      return Math.max(0, Math.min(255, Math.round(128 + sum / weights)));
    });
    const row = Uint8Array.from(
      { length: target.width * CHANNELS },
      (_, i) => columns[i % columns.length] ?? 0,
    );
    await to.write(1, row);
  }
}

/** The host's rows of one job. */
function hostOf(target: Target) {
  const perRow = target.width * CHANNELS;
  const result = new Uint8Array(perRow * target.height);
  const asked: number[] = [];
  const written: number[] = [];
  return {
    result,
    asked,
    written,
    readRows: ({ y, rows }: { y: number; rows: number }) => {
      asked.push(y);
      const from = y * WIDTH * CHANNELS;
      return Promise.resolve({ samples: encodeBase64(source.slice(from, from + rows * WIDTH * CHANNELS)) });
    },
    writeRows: ({ y, rows, samples }: { y: number; rows: number; samples: string }) => {
      for (let row = 0; row < rows; row += 1) written.push(y + row);
      result.set(decodeBase64(samples), y * perRow);
      return Promise.resolve(null);
    },
  };
}

const format = { width: WIDTH, height: HEIGHT, channels: CHANNELS, depth: 8 } as const;

describe('A run that goes on', () => {
  const rectangle = { left: 5, top: 11, right: 5 + WIDTH, bottom: 11 + HEIGHT };
  const times = (height: number) =>
    targetOf(
      rectangle,
      enlarge({ width: 100, height: 1000 }, { kind: 'pixels', side: 'height', pixels: height }),
    );

  test.each([
    ['4×, from the middle', times(4000), 1500],
    ['3.6×, from the middle', times(3607), 1801],
    ['1.13×, from far down', times(1131), 777],
    ['2×, from its first row', times(2000), 0],
    ['2×, from within the margin', times(2000), 77],
    ['4×, for its last row', times(4000), 4 * HEIGHT - 1],
  ])('at %s makes what it would have made in one go, within a step', async (_, target, rowsDone) => {
    const whole = hostOf(target);
    const all = rowsOf(whole, 'job-1', format, restOf(target, 0));
    await enhance(target, all.source, all.sink);

    const host = hostOf(target);
    const perRow = target.width * CHANNELS;
    host.result.set(whole.result.subarray(0, rowsDone * perRow));
    const rest = restOf(target, rowsDone);
    const ends = rowsOf(host, 'job-1', format, rest);
    await enhance(rest.target, ends.source, ends.sink);

    expect(host.written).toEqual(Array.from({ length: target.height - rowsDone }, (__, i) => rowsDone + i));
    let worst = 0;
    host.result.forEach((value, i) => {
      worst = Math.max(worst, Math.abs(value - (whole.result[i] ?? 0)));
    });
    expect(worst).toBeLessThanOrEqual(1);
  });

  test('reads no more of the source than it needs', () => {
    const { sourceTop, target } = restOf(times(4000), 2000);
    expect(sourceTop).toBe(500 - 256);
    expect(target.height).toBeLessThan(4 * (HEIGHT - sourceTop) + 2);
  });

  test('has faces where they lie in what is read, and none that lie above it', () => {
    const work: EngineJob = {
      blend: blendOfOne({
        id: 'x',
        file: 'x.onnx',
        sha256: '',
        size: 1,
        scale: 4,
        overlap: 8,
        receptiveField: 8,
        macsPerPixel: 1,
        licence: '',
        origin: '',
      }),
      target: times(4000),
      noise: 100,
      sharpness: 0,
    };
    const regions = [
      { x: 0, y: 10, width: 2, height: 20 },
      { x: 1, y: 300, width: 2, height: 50 },
    ];
    const rest = restOf(work.target, 2000);
    const { faces, target } = workOf({ ...work, faces: { blend: work.blend, regions } }, rest);
    expect(faces?.regions).toEqual([{ x: 1, y: 300 - rest.sourceTop, width: 2, height: 50 }]);
    expect(target).toEqual(rest.target);
  });
});

describe('The note of a job', () => {
  const noted: Noted = {
    layer: { name: 'Portrait', left: -3, top: 4, width: 10, height: 20 },
    settings: {
      model: 'auto',
      quality: 'best',
      size: { kind: 'print', side: 'height', length: 60.5, unit: 'cm', ppi: 300 },
      place: 'smart-object',
      hideOriginal: true,
      detail: 40,
      noise: 90,
      sharpness: 5,
    },
    part: 'mask',
    auto: {
      kind: 'proposed',
      model: 'landscape',
      reason: 'faces',
      faces: [{ x: 1, y: 2, width: 3, height: 4 }],
    },
  };

  test('comes back as it was', () => {
    expect(notedIn(noteOf(noted))).toEqual(noted);
  });

  test.each([
    ['nothing', ''],
    ['something else', '{}'],
    ['a later version', JSON.stringify({ ...JSON.parse(noteOf(noted)), version: 2 })],
  ])('that is %s is not understood', (_, note) => {
    expect(notedIn(note)).toBeUndefined();
  });
});

test('How much is done counts every layer by its area', () => {
  const target = (width: number, height: number): Target => ({
    ...restOf(timesOne, 0).target,
    width,
    height,
  });
  const job = { job: 'a', layerId: 1, layerName: 'x', source: format, begins: { left: 0, top: 0 }, note: '' };
  const jobs = [
    { ...job, target: target(10, 100), rowsDone: 100 },
    { ...job, target: target(30, 100), rowsDone: 10 },
  ];
  expect(storedShare({ documentId: 1, jobs })).toBeCloseTo((1000 + 300) / 4000);
});
const timesOne: Target = { width: 1, height: 1, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
