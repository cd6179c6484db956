/** The frames of a job as the engine is to see them: at the job's rate, progressive, upright. */
import { EncodedPacketSink } from 'mediabunny';
import { LoupeError } from '../errors.ts';
import { decodeFrames, decodeTimes, missing, TIME_SLACK, type Decoded, type Footage } from './decode.ts';
import { deinterlaced } from './deinterlace.ts';
import type { Planes } from './planes.ts';
import { framesOfSecond } from './rate.ts';
import { turned } from './turn.ts';
import type { RemasterJob } from './types.ts';

/** Where the last frame of a variable rate is shown for longer than the file says: so many frames of the job's rate. */
const HELD = 1.5;

/** Frames `from` to the job's end. Rejects with `clip-truncated` and a frame's number, or `cancelled`. */
export async function* framesOfJob(
  footage: Footage,
  job: RemasterJob,
  from: number,
  signal: AbortSignal,
): AsyncGenerator<Planes, void> {
  const rate = framesOfSecond(job.rate);
  const isWoven = job.fields !== 'progressive';
  const window = new Window(
    job.resampled
      ? decodeTimes(footage, await startOf(footage, from / rate, isWoven))
      : decodeFrames(footage, isWoven ? Math.max(0, from - 1) : from),
  );
  try {
    let made: { readonly of: Decoded; readonly planes: Planes } | undefined;
    for (let frame = from; frame < job.end; frame++) {
      if (signal.aborted) throw new LoupeError('cancelled');
      const current = job.resampled ? await shownAt(window, frame, rate) : await window.to(frame);
      if (made?.of !== current) made = { of: current, planes: await finished(window, current, job) };
      yield made.planes;
    }
  } finally {
    await window.close();
  }
}

async function finished(
  window: Window,
  current: Decoded,
  { fields, rotation }: RemasterJob,
): Promise<Planes> {
  if (fields === 'progressive') return turned(current.planes, rotation);
  const after = await window.peek();
  return turned(deinterlaced(window.before?.planes, current.planes, after?.planes, fields), rotation);
}

/** For fields the frame before the one that is shown is wanted, too, wherever a run begins. */
async function startOf({ track, timing }: Footage, seconds: number, isWoven: boolean): Promise<number> {
  if (!isWoven) return seconds;
  const packets = new EncodedPacketSink(track);
  const only = { metadataOnly: true };
  const shown = await packets.getPacket(timing.start + seconds + TIME_SLACK, only);
  const before = shown && (await packets.getPacket(shown.timestamp - TIME_SLACK, only));
  return before && before.timestamp >= timing.start ? before.timestamp - timing.start : seconds;
}

async function shownAt(window: Window, frame: number, rate: number): Promise<Decoded> {
  const time = frame / rate + TIME_SLACK;
  for (;;) {
    const after = await window.peek();
    if (window.current && (!after || after.time > time)) break;
    if (!(await window.advance())) throw missing(frame);
  }
  const { current } = window;
  if (current.time > time) throw missing(frame);
  const isLast = !(await window.peek());
  if (isLast && time > current.time + current.seconds + HELD / rate) throw missing(frame);
  return current;
}

/** A frame, the one before it and, once asked for, the one after it. */
class Window {
  before: Decoded | undefined;
  current: Decoded | undefined;
  readonly #frames: AsyncGenerator<Decoded, void>;
  #after: Decoded | undefined;

  constructor(frames: AsyncGenerator<Decoded, void>) {
    this.#frames = frames;
  }

  async peek(): Promise<Decoded | undefined> {
    this.#after ??= (await this.#frames.next()).value ?? undefined;
    return this.#after;
  }

  async advance(): Promise<boolean> {
    const after = await this.peek();
    if (!after) return false;
    this.before = this.current;
    this.current = after;
    this.#after = undefined;
    return true;
  }

  /** To frame `index`, which is not behind. */
  async to(index: number): Promise<Decoded> {
    while (this.current?.index !== index) if (!(await this.advance())) throw missing(index);
    return this.current;
  }

  async close(): Promise<void> {
    await this.#frames.return();
  }
}
