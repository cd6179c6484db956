/** What is asked of the browser's encoder, and what becomes of its failures, with one made for that. */
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { webEncoder, type Packet, type SegmentEncoder } from '../../../src/video/encode.ts';
import { allocatePlanes, type Planes } from '../../../src/video/planes.ts';
import type { RemasterJob } from '../../../src/video/types.ts';

const job: RemasterJob = {
  first: 0,
  end: 100,
  rate: { numerator: 30_000, denominator: 1001 },
  resampled: false,
  target: { width: 4, height: 2 },
  pixelAspect: { numerator: 1, denominator: 1 },
  rotation: 0,
  fields: 'progressive',
  colour: { primaries: 'smpte170m', transfer: 'smpte170m', matrix: 'smpte170m', fullRange: true },
  codec: 'h264',
  bitDepth: 8,
};

interface Frame {
  readonly bytes: Uint8Array;
  readonly init: VideoFrameBufferInit;
  closed: boolean;
}

/** Keeps `held` frames back, and does as `faults` says. */
class FakeEncoder extends EventTarget {
  static opened: FakeEncoder[] = [];
  static held = 0;
  static isConfigSupported = (config: VideoEncoderConfig) => Promise.resolve({ supported: true, config });

  state: CodecState = 'unconfigured';
  readonly frames: Frame[] = [];
  readonly options: (VideoEncoderEncodeOptions & Record<string, unknown>)[] = [];
  #waiting: { timestamp: number; key: boolean; index: number }[] = [];
  config: VideoEncoderConfig | undefined;

  constructor(readonly init: VideoEncoderInit) {
    super();
    FakeEncoder.opened.push(this);
  }

  get encodeQueueSize(): number {
    return Math.max(0, this.#waiting.length - FakeEncoder.held);
  }

  configure(config: VideoEncoderConfig): void {
    this.config = config;
    this.state = 'configured';
  }

  encode(frame: Frame, options: VideoEncoderEncodeOptions): void {
    if (this.state !== 'configured') throw new DOMException('closed', 'InvalidStateError');
    this.frames.push(frame);
    this.options.push({ ...options });
    this.#waiting.push({
      timestamp: frame.init.timestamp,
      key: options.keyFrame === true,
      index: this.frames.length,
    });
    setTimeout(() => {
      this.#give(FakeEncoder.held);
    });
  }

  flush(): Promise<void> {
    this.#give(0);
    return Promise.resolve();
  }

  close(): void {
    this.state = 'closed';
  }

  fail(error: DOMException): void {
    this.state = 'closed';
    this.init.error(error);
  }

  #give(left: number): void {
    while (this.state === 'configured' && this.#waiting.length > left) {
      const next = this.#waiting.shift();
      if (!next) return;
      const { timestamp, key, index } = next;
      const chunk = {
        type: key ? 'key' : 'delta',
        timestamp,
        byteLength: 1,
        copyTo: (to: Uint8Array) => to.fill(index),
      } as unknown as EncodedVideoChunk;
      const decoderConfig = { codec: 'avc1.64001e', description: Uint8Array.of(1, 100) };
      this.init.output(chunk, index === 1 ? { decoderConfig } : {});
    }
    this.dispatchEvent(new Event('dequeue'));
  }
}

const before = { VideoEncoder: globalThis.VideoEncoder, VideoFrame: globalThis.VideoFrame };
beforeEach(() => {
  FakeEncoder.opened = [];
  FakeEncoder.held = 0;
  Object.assign(globalThis, {
    VideoEncoder: FakeEncoder,
    VideoFrame: class {
      closed = false;
      readonly bytes: Uint8Array;
      constructor(
        buffer: ArrayBuffer,
        readonly init: VideoFrameBufferInit,
      ) {
        this.bytes = new Uint8Array(buffer.slice(0));
      }
      close(): void {
        this.closed = true;
      }
    },
  });
});
afterAll(() => {
  Object.assign(globalThis, before);
});

function gray(depth: 8 | 10 = 8): Planes {
  const picture = allocatePlanes('yuv420', 4, 2, depth);
  picture.planes.forEach((plane, index) => plane.fill(100 * (index + 1)));
  return picture;
}

async function packetsOf(encoder: SegmentEncoder, frames: number): Promise<Packet[]> {
  const packets: Packet[] = [];
  for (let frame = 0; frame < frames; frame++) packets.push(...(await encoder.encode(gray())));
  return [...packets, ...(await encoder.end())];
}

describe('an encoder of a segment', () => {
  test.each([0, 5])('gives every frame’s packet with its number, %d held back', async (held) => {
    FakeEncoder.held = held;
    const encoder = (await webEncoder(job))();
    const packets = await packetsOf(encoder, 60);
    expect(packets.map(({ frame }) => frame)).toEqual(Array.from({ length: 60 }, (_, frame) => frame));
    expect(packets.map(({ bytes }) => bytes[0])).toEqual(packets.map(({ frame }) => frame + 1));
    // Half a second from key to key.
    expect(packets.filter(({ key }) => key).map(({ frame }) => frame)).toEqual([0, 15, 30, 45]);
    expect(encoder.decoder).toEqual({ codec: 'avc1.64001e', description: btoa('\u0001d') });
    const [opened] = FakeEncoder.opened;
    expect(opened?.frames.every(({ closed }) => closed)).toBe(true);
    expect(opened?.options[1]?.avc?.quantizer).toBeGreaterThan(0);
    expect(opened?.state).toBe('closed');
  });

  test('is given planes without gaps, tagged as the render is', async () => {
    const encoder = (await webEncoder({ ...job, codec: 'vp9', bitDepth: 10 }))();
    const wide = allocatePlanes('yuv420', 6, 2, 10);
    wide.planes.forEach((plane, index) => plane.set(plane.map((_, at) => 256 * index + at)));
    await encoder.encode({ ...wide, width: 4 });
    const frame = FakeEncoder.opened[0]?.frames[0];
    expect([...new Uint16Array(frame?.bytes.buffer ?? new ArrayBuffer())]).toEqual([
      0, 1, 2, 3, 6, 7, 8, 9, 256, 257, 512, 513,
    ]);
    expect(frame?.init).toMatchObject({
      format: 'I420P10',
      codedWidth: 4,
      codedHeight: 2,
      timestamp: 0,
      duration: 33_367,
      colorSpace: job.colour,
    });
  });

  test('is another one for each segment', async () => {
    const make = await webEncoder(job);
    const first = await packetsOf(make(), 3);
    const second = await packetsOf(make(), 3);
    expect(FakeEncoder.opened).toHaveLength(2);
    expect(second).toEqual(first);
  });

  test('that fails is said at once', async () => {
    const name = 'EncodingError';
    FakeEncoder.held = 1;
    const encoder = (await webEncoder(job))();
    await encoder.encode(gray());
    FakeEncoder.opened[0]?.fail(new DOMException('gone', name));
    const failure = { code: 'codec-unencodable', detail: 'H.264', cause: { name } };
    await expect(encoder.encode(gray())).rejects.toMatchObject(failure);
    await expect(encoder.end()).rejects.toMatchObject(failure);
    encoder.close();
  });

  test('that fails while a frame waits for room lets nobody wait', async () => {
    FakeEncoder.held = 9;
    const encoder = (await webEncoder(job))();
    Object.defineProperty(FakeEncoder.opened[0], 'encodeQueueSize', { value: 9 });
    const waiting = encoder.encode(gray());
    FakeEncoder.opened[0]?.fail(new DOMException('gone', 'EncodingError'));
    await expect(waiting).rejects.toMatchObject({ code: 'codec-unencodable' });
  });

  test('that is closed while a frame waits for room lets nobody wait', async () => {
    const encoder = (await webEncoder(job))();
    Object.defineProperty(FakeEncoder.opened[0], 'encodeQueueSize', { value: 9 });
    const waiting = encoder.encode(gray());
    encoder.close();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    await expect(encoder.end()).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('that the browser has taken away in a pause is no fault of the codec, and no other one goes on in its segment', async () => {
    const encoder = (await webEncoder(job))();
    await encoder.encode(gray());
    await new Promise((resolve) => setTimeout(resolve, 5));
    FakeEncoder.opened[0]?.fail(new DOMException('reclaimed', 'QuotaExceededError'));
    const failure = { message: 'the browser took the encoder away', cause: { name: 'QuotaExceededError' } };
    await expect(encoder.encode(gray())).rejects.toMatchObject(failure);
    await expect(encoder.end()).rejects.not.toHaveProperty('code');
    expect(FakeEncoder.opened).toHaveLength(1);
  });
});
