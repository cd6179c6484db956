/**
 * How steady a clip comes out of each shipped model, beside its source: as the model makes it and as it is rendered.
 * Models run natively; the frames come from ffmpeg, since Node decodes no video.
 */
import { spawnSync } from 'node:child_process';
import { MODELS, QUALITIES, type ModelName, type Quality } from '../src/catalog.ts';
import { loadModel, readCatalog } from '../src/cli/model.ts';
import { enhance } from '../src/engine/enhance.ts';
import { KeptBackend } from '../src/engine/kept-backend.ts';
import { nativeBackend } from '../src/runtime/native.ts';
import { wholeTarget } from '../src/size.ts';
import { Flicker } from '../src/video/flicker.ts';
import { allocatePlanes, type Planes } from '../src/video/planes.ts';
import { RowsIn } from '../src/video/rows-in.ts';
import { RowsOut } from '../src/video/rows-out.ts';
import { Steady } from '../src/video/steady.ts';
import type { ColourTags } from '../src/video/types.ts';
import type { Line } from './measure.ts';

const FACTOR = 4;
const BT709: ColourTags = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false };
const OUT = { format: 'yuv422', depth: 10, colour: BT709 } as const;
const COLOURS = { source: BT709, render: BT709 };

export interface FlickerOptions {
  readonly clip: string;
  /** The best networks take some fifteen times as long. */
  readonly frames: Readonly<Record<Quality, number>>;
  readonly models?: readonly ModelName[];
  readonly qualities?: readonly Quality[];
  /** Each model's own default unless given. */
  readonly detail?: number;
}

export async function modelFlicker({
  clip,
  frames: counts,
  models = MODELS,
  qualities = QUALITIES,
  detail: asked,
}: FlickerOptions): Promise<Line[]> {
  const frames = decoded(clip, Math.max(...Object.values(counts)));
  const [first] = frames;
  if (first === undefined) return [];
  const { width, height } = first;
  const enlarged = scaled(frames, width * FACTOR, height * FACTOR);
  const lines: Line[] = [];
  for (const model of models) {
    for (const quality of qualities) {
      const detail = asked ?? (await readCatalog()).defaults[model].detail;
      const { blend, loaded } = await loadModel({ model, quality, detail });
      const backend = new KeptBackend(nativeBackend(loaded));
      const steady = new Steady(COLOURS);
      const made = { atSource: new Flicker(COLOURS), inFull: new Flicker(COLOURS) };
      const rendered = { atSource: new Flicker(COLOURS), inFull: new Flicker(COLOURS) };
      let steadying = 0;
      for (const [index, source] of frames.slice(0, counts[quality]).entries()) {
        const rows = new RowsIn(source, BT709);
        const out = new RowsOut(OUT, rows);
        await enhance(rows, out, {
          network: blend,
          target: wholeTarget(source, { kind: 'factor', factor: FACTOR }),
          backends: [backend],
          signal: new AbortController().signal,
        });
        const began = performance.now();
        const steadied = steady.next(source, out.picture);
        steadying += performance.now() - began;
        const large = enlarged[index] as Planes;
        made.atSource.add(source, out.picture);
        made.inFull.add(large, out.picture);
        rendered.atSource.add(source, steadied);
        rendered.inFull.add(large, steadied);
      }
      await backend.close();
      const what = `${model}, ${quality}, detail ${detail}: flicker`;
      const note = `as the model makes it ${made.atSource.ratio.toFixed(3)}`;
      lines.push(
        {
          what: `${what} beside the source’s`,
          value: rendered.atSource.ratio,
          unit: '×',
          target: { atMost: 1.1 },
          note,
        },
        {
          what: `${what} in full, beside bicubic`,
          value: rendered.inFull.ratio,
          unit: '×',
          note: `as the model makes it ${made.inFull.ratio.toFixed(3)}; ${(steadying / counts[quality]).toFixed(0)} ms a frame`,
        },
      );
    }
  }
  return lines;
}

function decoded(clip: string, count: number): Planes[] {
  const probe = [
    '-v',
    'error',
    '-select_streams',
    'v:0',
    '-show_entries',
    'stream=width,height',
    '-of',
    'csv=p=0',
  ];
  const [width = 0, height = 0] = String(spawnSync('ffprobe', [...probe, clip]).stdout)
    .split(',')
    .map(Number);
  const args = [
    '-v',
    'error',
    '-i',
    clip,
    '-frames:v',
    String(count),
    '-f',
    'rawvideo',
    '-pix_fmt',
    'yuv420p',
    '-',
  ];
  return framesOf(spawnSync('ffmpeg', args, { maxBuffer: 1 << 30 }).stdout, width, height);
}

/** By ffmpeg's bicubic. */
function scaled(frames: readonly Planes[], width: number, height: number): Planes[] {
  const [first] = frames as readonly [Planes];
  const from = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${first.width}x${first.height}`, '-i', '-'];
  const to = ['-vf', `scale=${width}:${height}:flags=bicubic`, '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-'];
  const input = Buffer.concat(frames.flatMap(({ planes }) => planes.map((plane) => Buffer.from(plane))));
  return framesOf(
    spawnSync('ffmpeg', ['-v', 'error', ...from, ...to], { input, maxBuffer: 1 << 30 }).stdout,
    width,
    height,
  );
}

function framesOf(bytes: Uint8Array, width: number, height: number): Planes[] {
  const frames: Planes[] = [];
  for (let at = 0; at + (width * height * 3) / 2 <= bytes.length;) {
    const frame = allocatePlanes('yuv420', width, height, 8);
    for (const plane of frame.planes) {
      plane.set(bytes.subarray(at, at + plane.length));
      at += plane.length;
    }
    frames.push(frame);
  }
  return frames;
}
