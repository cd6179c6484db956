/** A file's frames in the order they are shown, each exactly once, from any of them on. */
import { EncodedPacketSink, VideoSampleSink, type InputVideoTrack, type VideoSample } from 'mediabunny';
import { LoupeError } from '../errors.ts';
import type { Planes } from './planes.ts';
import { framesOfSecond } from './rate.ts';
import { planesOf } from './sample-planes.ts';
import type { Timing } from './timing.ts';

export interface Decoded {
  /** Of the file; where its rate is variable, counted from where decoding began. */
  readonly index: number;
  /** Seconds from frame 0, and how long it is shown. */
  readonly time: number;
  readonly seconds: number;
  readonly planes: Planes;
}

/** More than times are rounded by in any container, and far less than a frame: Matroska's are whole milliseconds. */
export const TIME_SLACK = 1e-3;
/** Key frames further back that are tried where decoding from one does not give the frame that is wanted. */
const TRIES = 3;

/** Of a constant rate, from frame `from` on. Rejects with `clip-truncated` and the number of a frame that is missing. */
export async function* decodeFrames(
  track: InputVideoTrack,
  timing: Timing,
  from: number,
): AsyncGenerator<Decoded, void> {
  const rate = framesOfSecond(timing.rate);
  let wanted = from;
  const samples = samplesFrom(track, timing, (from + 0.25) / rate, () => wanted);
  for await (const sample of samples) {
    const time = timeOf(sample, timing);
    const index = Math.round(time * rate);
    if (index < wanted) {
      sample.close();
      continue;
    }
    const { duration: seconds } = sample;
    // Closes the sample, whatever it is.
    const planes = await planesOf(sample);
    if (index > wanted) throw missing(wanted);
    yield { index, time, seconds, planes };
    wanted++;
  }
}

/** As the file times them: the one that is shown at `seconds`, and all after it. */
export async function* decodeTimes(
  track: InputVideoTrack,
  timing: Timing,
  seconds: number,
): AsyncGenerator<Decoded, void> {
  let index = 0;
  let held: VideoSample | undefined;
  try {
    for await (const sample of samplesFrom(track, timing, seconds + TIME_SLACK, () => index)) {
      // A sample may come before the one that is shown; only what follows it tells.
      const before = held;
      held = sample;
      if (!before) continue;
      if (timeOf(sample, timing) <= seconds + TIME_SLACK) before.close();
      else yield await decoded(before, timing, index++);
    }
    if (!held) return;
    const last = held;
    held = undefined;
    yield await decoded(last, timing, index);
  } finally {
    held?.close();
  }
}

export function missing(frame: number): LoupeError {
  return new LoupeError('clip-truncated', `#${frame}`);
}

async function decoded(sample: VideoSample, timing: Timing, index: number): Promise<Decoded> {
  const { duration: seconds } = sample;
  return { index, time: timeOf(sample, timing), seconds, planes: await planesOf(sample) };
}

/**
 * Samples from one on that is shown at or before `seconds` from frame 0. `name` is of the frame that is waited for.
 *
 * A decoder may give nothing for the first frames after a key frame that refer to what is before it. Then decoding begins
 * at an earlier one.
 */
async function* samplesFrom(
  track: InputVideoTrack,
  timing: Timing,
  seconds: number,
  name: () => number,
): AsyncGenerator<VideoSample, void> {
  try {
    const packets = new EncodedPacketSink(track);
    let begin = timing.start + seconds;
    for (let tried = 1; ; tried++) {
      const samples = new VideoSampleSink(track).samples(begin);
      const first = await samples.next();
      if (first.done) return;
      const isLate = timeOf(first.value, timing) > seconds;
      const key = isLate && tried < TRIES ? await packets.getKeyPacket(begin) : null;
      const earlier = key && (await packets.getKeyPacket(key.timestamp - TIME_SLACK));
      if (!earlier) {
        yield first.value;
        yield* samples;
        return;
      }
      first.value.close();
      await samples.return();
      begin = earlier.timestamp;
    }
  } catch (thrown) {
    if (thrown instanceof LoupeError) throw thrown;
    throw new LoupeError('clip-truncated', `#${name()}`, { cause: thrown });
  }
}

/**
 * Seconds from frame 0. mediabunny numbers what a decoder gives by order, so that after a frame that it leaves out all
 * others would be one too early; the browser's own frame keeps the time of the packet it came of (W3C WebCodecs,
 * “Output VideoFrames”).
 */
function timeOf(sample: VideoSample, { start }: Timing): number {
  const image = typeof VideoFrame === 'undefined' ? undefined : sample.toCanvasImageSource();
  const own = image instanceof VideoFrame ? image.timestamp / 1e6 : sample.timestamp;
  return own - start;
}
