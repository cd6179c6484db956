/** In the page of video-decode.test.ts: clips opened from memory, their frames read by what is painted on them. */
import { frameNumber, paintOf } from '../../simulator/samples/clip-picture.ts';
import { decodeBase64 } from '../../src/bridge/base64.ts';
import { LoupeError } from '../../src/errors.ts';
import { Clip } from '../../src/video/clip.ts';
import { planeSize, type Planes } from '../../src/video/planes.ts';
import { RgbRows } from '../../src/video/rgb-rows.ts';
import { RowsIn } from '../../src/video/rows-in.ts';
import { RowsOut } from '../../src/video/rows-out.ts';
import { isCombed } from '../../src/video/combed.ts';
import type { ClipFacts, RemasterJob, RemoteMedia } from '../../src/video/types.ts';

let bytesRead = 0;

function mediaOf(base64: string): RemoteMedia {
  const bytes = decodeBase64(base64);
  return {
    size: bytes.length,
    read: (start, end) => {
      bytesRead += end - start;
      return Promise.resolve(bytes.slice(start, end));
    },
  };
}

/** What a promise rejects with, as `code detail`. */
async function orProblem<T>(run: Promise<T>): Promise<T | string> {
  try {
    return await run;
  } catch (thrown) {
    if (thrown instanceof LoupeError) return `${thrown.code} ${thrown.detail}`.trim();
    throw thrown;
  }
}

async function withClip<T>(base64: string, use: (clip: Clip) => Promise<T>): Promise<T> {
  const clip = await Clip.open(mediaOf(base64));
  try {
    return await use(clip);
  } finally {
    clip.close();
  }
}

export function facts(base64: string): Promise<ClipFacts | string> {
  return orProblem(withClip(base64, (clip) => clip.facts()));
}

function jobOf(facts: ClipFacts, change: Partial<RemasterJob>): RemasterJob {
  const { rate, pixelAspect, rotation, fields, colour } = facts;
  return {
    first: 0,
    end: facts.frames,
    rate,
    resampled: facts.variable,
    target: facts,
    pixelAspect,
    rotation,
    fields: fields === 'unknown' ? 'progressive' : fields,
    colour,
    codec: 'h264',
    bitDepth: 8,
    ...change,
  };
}

function numberOf(picture: Planes, facts: ClipFacts): number {
  const rows = new RgbRows(picture, facts.colour);
  const row = new Float32Array(3 * picture.width);
  const light = (x: number, y: number): number => {
    rows.read(y, row, 0);
    return row[3 * x + 1] ?? 0;
  };
  return frameNumber(light, picture, 1);
}

export interface Frames {
  readonly numbers: readonly number[];
  readonly layout: string;
  readonly combed: boolean;
  /** How it ended, if not well. */
  readonly problem: string;
}

/** The frames of a job from `from` on, by the numbers painted on them. */
export async function frames(base64: string, change: Partial<RemasterJob>, from: number): Promise<Frames> {
  return withClip(base64, async (clip) => {
    const facts = await clip.facts();
    const numbers: number[] = [];
    let layout = '';
    let combed = false;
    const problem = await orProblem(
      (async () => {
        for await (const picture of clip.frames(jobOf(facts, change), from, new AbortController().signal)) {
          numbers.push(numberOf(picture, facts));
          layout = `${picture.format} ${picture.width}×${picture.height} ${picture.depth}`;
          combed ||= isCombed(picture);
        }
        return '';
      })(),
    );
    return { numbers, layout, combed, problem };
  });
}

/** Cancelled after two frames. */
export function cancelled(base64: string): Promise<number | string> {
  return orProblem(
    withClip(base64, async (clip) => {
      const controller = new AbortController();
      let count = 0;
      for await (const picture of clip.frames(jobOf(await clip.facts(), {}), 0, controller.signal)) {
        count += Math.sign(picture.width);
        if (count === 2) controller.abort();
      }
      return count;
    }),
  );
}

export interface Colours {
  /** The greatest difference after a frame engine that changes nothing, in 8-bit steps of codes. */
  readonly identity: number;
  /** The mean difference of frame 0's R, G and B from what was painted, in 8-bit steps; by each matrix and range. */
  readonly painted: Readonly<Record<string, number>>;
}

export async function colours(base64: string): Promise<Colours> {
  return withClip(base64, async (clip) => {
    const facts = await clip.facts();
    const job = jobOf(facts, {});
    const { value: picture } = await clip.frames(job, 0, new AbortController().signal).next();
    if (!picture) throw new Error('no frame');
    const source = new RowsIn(picture, facts.colour);
    const format = picture.format as 'yuv420';
    const sink = new RowsOut({ format, depth: picture.depth, colour: facts.colour }, source);
    await sink.open(source.format);
    const samples = await source.read(picture.height);
    await sink.write(
      picture.height,
      samples.map((value) => Math.min(Math.max(value, 0), 1)),
    );
    let identity = 0;
    picture.planes.forEach((plane, index) => {
      const { width, height } = planeSize(picture, index);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const was = plane[y * picture.strides[index as 0 | 1 | 2] + x] ?? 0;
          identity = Math.max(identity, Math.abs(was - (sink.picture.planes[index]?.[y * width + x] ?? 0)));
        }
      }
    });
    const painted: Record<string, number> = {};
    for (const matrix of ['smpte170m', 'bt709', 'bt2020-ncl'] as const) {
      for (const fullRange of [false, true]) {
        const rows = new RowsIn(picture, { ...facts.colour, matrix, fullRange });
        const name = `${matrix} ${fullRange ? 'full' : 'limited'}`;
        painted[name] = paintedDifference(await rows.read(picture.height), picture, facts);
      }
    }
    return { identity: identity / 2 ** (picture.depth - 8), painted };
  });
}

const LUMA: Readonly<Record<string, readonly [number, number]>> = {
  bt709: [0.2126, 0.0722],
  'bt2020-ncl': [0.2627, 0.0593],
  smpte170m: [0.299, 0.114],
};

/** Below the numbers, whose hard edges compression blurs. */
function paintedDifference(samples: Float32Array, picture: Planes, facts: ClipFacts): number {
  const paint = paintOf(0, 0, picture);
  const [kr, kb] = LUMA[facts.colour.matrix] ?? [NaN, NaN];
  let sum = 0;
  let count = 0;
  for (let y = picture.height >> 1; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++, count++) {
      const [luma, blue, red] = paint(x, y);
      const r = luma + 2 * (1 - kr) * (red - 0.5);
      const b = luma + 2 * (1 - kb) * (blue - 0.5);
      const g = (luma - kr * r - kb * b) / (1 - kr - kb);
      [r, g, b].forEach((value, channel) => {
        sum += Math.abs(value - (samples[3 * (y * picture.width + x) + channel] ?? 0));
      });
    }
  }
  return (255 * sum) / (3 * count);
}

/** Bytes read to find frame `frame` of a long file. */
export async function bytesToFrame(
  base64: string,
  frame: number,
): Promise<{ size: number; read: number; number: number }> {
  bytesRead = 0;
  const { numbers } = await frames(base64, { first: frame, end: frame + 1 }, frame);
  return { size: decodeBase64(base64).length, read: bytesRead, number: numbers[0] ?? NaN };
}
