/** A file's frames in the order they are shown, each exactly once, from any of them on. */
import {
  EncodedPacketSink,
  VideoSampleSink,
  type InputVideoTrack,
  type VideoSample,
  type VideoSinkDecoderOptions,
} from 'mediabunny';
import { LoupeError } from '../errors.ts';
import type { Planes } from './planes.ts';
import { framesOfSecond } from './rate.ts';
import { planesOf } from './sample-planes.ts';
import type { Timing } from './timing.ts';

/** What is decoded, and how. */
export interface Footage {
  readonly track: InputVideoTrack;
  readonly timing: Timing;
  readonly decoder: VideoSinkDecoderOptions;
  /** Whether the browser decodes it, and not a decoder of ours. */
  readonly isBrowsers: boolean;
}

export interface Decoded {
  /** Of the file; where its rate is variable, counted from where decoding began. */
  readonly index: number;
  /** Seconds from frame 0, and how long it is shown. */
  readonly time: number;
  readonly seconds: number;
  readonly planes: Planes;
  /** The browser has converted it, to 8 bits of sRGB. */
  readonly isConverted: boolean;
}

/** More than times are rounded by in any container, and far less than a frame: Matroska's are whole milliseconds. */
export const TIME_SLACK = 1e-3;
/** Key frames further back that are tried where decoding from one does not give the frame that is wanted. */
const TRIES = 3;

/** Of a constant rate, from frame `from` on. Rejects with `clip-truncated` and the number of a frame that is missing. */
export async function* decodeFrames(footage: Footage, from: number): AsyncGenerator<Decoded, void> {
  const { timing } = footage;
  const rate = framesOfSecond(timing.rate);
  let wanted = from;
  const samples = samplesFrom(footage, (from + 0.25) / rate, () => wanted);
  for await (const sample of samples) {
    const time = timeOf(sample, footage);
    const index = Math.round(time * rate);
    if (index < wanted) {
      sample.close();
      continue;
    }
    if (index > wanted) {
      sample.close();
      throw missing(wanted);
    }
    yield await decoded(sample, footage, index);
    wanted++;
  }
}

/** As the file times them: the one that is shown at `seconds`, and all after it. */
export async function* decodeTimes(footage: Footage, seconds: number): AsyncGenerator<Decoded, void> {
  let index = 0;
  let held: VideoSample | undefined;
  try {
    for await (const sample of samplesFrom(footage, seconds + TIME_SLACK, () => index)) {
      // A sample may come before the one that is shown; only what follows it tells.
      const before = held;
      held = sample;
      if (!before) continue;
      if (timeOf(sample, footage) <= seconds + TIME_SLACK) before.close();
      else yield await decoded(before, footage, index++);
    }
    if (!held) return;
    const last = held;
    held = undefined;
    yield await decoded(last, footage, index);
  } finally {
    held?.close();
  }
}

export function missing(frame: number): LoupeError {
  return new LoupeError('clip-truncated', `#${frame}`);
}

async function decoded(sample: VideoSample, footage: Footage, index: number): Promise<Decoded> {
  const { duration: seconds, format } = sample;
  const time = timeOf(sample, footage);
  return { index, time, seconds, planes: await planesOf(sample), isConverted: format === null };
}

/**
 * Samples from one on that is shown at or before `seconds` from frame 0. `name` is of the frame that is waited for.
 *
 * A decoder may give nothing for the first frames after a key frame that refer to what is before it. Then decoding begins
 * at an earlier one.
 */
async function* samplesFrom(
  footage: Footage,
  seconds: number,
  name: () => number,
): AsyncGenerator<VideoSample, void> {
  const { track, timing, decoder } = footage;
  try {
    const packets = new EncodedPacketSink(track);
    let begin = timing.start + seconds;
    for (let tried = 1; ; tried++) {
      const samples = new VideoSampleSink(track, decoder).samples(begin);
      const first = await samples.next();
      if (first.done) return;
      let isTaken = false;
      let isOver = false;
      try {
        const isLate = timeOf(first.value, footage) > seconds;
        const key = isLate && tried < TRIES ? await packets.getKeyPacket(begin) : null;
        const earlier = key && (await packets.getKeyPacket(key.timestamp - TIME_SLACK));
        if (!earlier) {
          isTaken = true;
          yield first.value;
          yield* samples;
          isOver = true;
          return;
        }
        begin = earlier.timestamp;
      } finally {
        if (!isTaken) first.value.close();
        // At its end it would close the last sample, which is still in use.
        if (!isOver) await samples.return();
      }
    }
  } catch (thrown) {
    if (thrown instanceof LoupeError) throw thrown;
    throw new LoupeError('clip-truncated', `#${name()}`, { cause: thrown });
  }
}

/**
 * Seconds from frame 0. What a browser's decoder gives mediabunny times by order, so that after a frame that it leaves out
 * all others would be one too early; the browser's own frame keeps the time of the packet it came of (W3C WebCodecs,
 * “Output VideoFrames”).
 */
function timeOf(sample: VideoSample, { timing, isBrowsers }: Footage): number {
  const image = isBrowsers ? sample.toCanvasImageSource() : undefined;
  const own = image instanceof VideoFrame ? image.timestamp / 1e6 : sample.timestamp;
  return own - timing.start;
}
