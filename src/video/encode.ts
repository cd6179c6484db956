/** One segment's pictures to packets, by an encoder made for it alone. */
import { LoupeError } from '../errors.ts';
import { codecName, outFormat, setupOf, type EncoderSetup } from './codecs.ts';
import type { DecoderFacts } from './journal.ts';
import { colorSpaceOf } from './matrix.ts';
import { planeSize, type Planes } from './planes.ts';
import { ProresEncoder, PRORES_FOURCC } from './prores/encoder.ts';
import type { ColourTags, Rate, RemasterJob } from './types.ts';

export interface Packet {
  /** Of the segment, from 0. */
  readonly frame: number;
  /** Needs no packet before it. */
  readonly key: boolean;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface SegmentEncoder {
  /** What a decoder must be told; there with the first packet. */
  readonly decoder: DecoderFacts | undefined;
  /** Takes the next picture, whose planes may then be reused, and gives the packets that are ready. */
  encode(picture: Planes): Promise<readonly Packet[]>;
  /** Gives the packets that are left. */
  end(): Promise<readonly Packet[]>;
  close(): void;
}

export type MakeEncoder = () => SegmentEncoder;

/** Rejects with `codec-unencodable`. */
export async function webEncoder(job: RemasterJob): Promise<MakeEncoder> {
  const setup = await setupOf(job);
  return () => new WebEncoder(setup, job);
}

/** ProRes, of which every frame stands by itself. */
export function proresEncoder(job: RemasterJob): MakeEncoder {
  const { colour } = outFormat(job);
  const encoder = new ProresEncoder({ ...job.target, colour, rate: job.rate });
  return () => {
    let frame = 0;
    return {
      decoder: { codec: PRORES_FOURCC },
      encode: (picture) => Promise.resolve([{ frame: frame++, key: true, bytes: encoder.encode(picture) }]),
      end: () => Promise.resolve([]),
      close: () => undefined,
    };
  };
}

/** Pictures that may wait in an encoder: one while the next is made. */
const WAITING = 2;

class WebEncoder implements SegmentEncoder {
  decoder: DecoderFacts | undefined;
  readonly #setup: EncoderSetup;
  readonly #job: Pick<RemasterJob, 'codec' | 'rate'>;
  readonly #colour: ColourTags;
  /** Frames from one key to the next: half a second, so that an editor can be moved about in quickly. */
  readonly #keyEvery: number;
  readonly #encoder: VideoEncoder;
  #failure: unknown;
  #closed = false;
  #taken = 0;
  #ready: Packet[] = [];

  constructor(setup: EncoderSetup, job: RemasterJob) {
    this.#setup = setup;
    this.#job = job;
    this.#colour = outFormat(job).colour;
    this.#keyEvery = Math.max(1, Math.round(job.rate.numerator / job.rate.denominator / 2));
    this.#encoder = this.#open();
  }

  async encode(picture: Planes): Promise<readonly Packet[]> {
    this.#check();
    const frame = videoFrame(picture, this.#colour, this.#taken, this.#job.rate);
    try {
      const keyFrame = this.#taken % this.#keyEvery === 0;
      this.#encoder.encode(frame, { ...this.#setup.options, keyFrame });
    } catch (error) {
      throw this.#failed(error);
    } finally {
      frame.close();
    }
    this.#taken++;
    while (this.#encoder.state === 'configured' && this.#encoder.encodeQueueSize >= WAITING) {
      await new Promise((resolve) => this.#encoder.addEventListener('dequeue', resolve, { once: true }));
    }
    this.#check();
    return this.#take();
  }

  async end(): Promise<readonly Packet[]> {
    this.#check();
    try {
      await this.#encoder.flush();
    } catch (error) {
      throw this.#failed(error);
    }
    this.#check();
    const left = this.#take();
    this.close();
    return left;
  }

  close(): void {
    this.#closed = true;
    if (this.#encoder.state !== 'closed') this.#encoder.close();
    // What waits for room in the queue waits in vain.
    this.#encoder.dispatchEvent(new Event('dequeue'));
  }

  #open(): VideoEncoder {
    const encoder = new VideoEncoder({
      output: (chunk, metadata) => {
        this.#output(chunk, metadata);
      },
      error: (error) => {
        this.#failure ??= error;
        encoder.dispatchEvent(new Event('dequeue'));
      },
    });
    try {
      encoder.configure(this.#setup.config);
    } catch (error) {
      throw this.#failed(error);
    }
    return encoder;
  }

  #output(chunk: EncodedVideoChunk, metadata: EncodedVideoChunkMetadata | undefined): void {
    const config = metadata?.decoderConfig;
    if (config) {
      const { codec, description } = config;
      this.decoder ??= description ? { codec, description: base64Of(description) } : { codec };
    }
    const bytes = new Uint8Array(chunk.byteLength);
    chunk.copyTo(bytes);
    const { numerator, denominator } = this.#job.rate;
    const frame = Math.round((chunk.timestamp * numerator) / (denominator * 1e6));
    this.#ready.push({ frame, key: chunk.type === 'key', bytes });
  }

  #take(): readonly Packet[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  #check(): void {
    if (this.#failure !== undefined || this.#closed) throw this.#failed(this.#failure);
  }

  #failed(cause: unknown): Error {
    if (this.#closed) return new LoupeError('cancelled');
    // A browser may take the codec away from who does not use it, as in a pause (W3C WebCodecs, “Resource Reclamation”).
    // Another one would go on with a key frame, so that the file would differ: the segment is begun anew instead, by a
    // run that goes on from the journal.
    if (cause instanceof DOMException && cause.name === 'QuotaExceededError')
      return new Error('the browser took the encoder away', { cause });
    return new LoupeError('codec-unencodable', codecName(this.#job.codec), { cause });
  }
}

/** Tagged as it is: an encoder that must guess converts, or writes the wrong tags. */
function videoFrame(picture: Planes, colour: ColourTags, index: number, rate: Rate): VideoFrame {
  const micros = (frame: number): number => Math.round((frame * 1e6 * rate.denominator) / rate.numerator);
  const { format, buffer } = packed(picture);
  const init = {
    format,
    codedWidth: picture.width,
    codedHeight: picture.height,
    timestamp: micros(index),
    duration: micros(index + 1) - micros(index),
    colorSpace: colorSpaceOf(colour),
    transfer: [buffer],
  };
  return new VideoFrame(buffer, init);
}

/** The planes one after the other without gaps. */
function packed(picture: Planes): { readonly format: VideoPixelFormat; readonly buffer: ArrayBuffer } {
  const sizes = picture.planes.map((_, index) => planeSize(picture, index));
  const samples = sizes.reduce((sum, { width, height }) => sum + width * height, 0);
  const all = picture.depth === 8 ? new Uint8Array(samples) : new Uint16Array(samples);
  let to = 0;
  for (const [index, plane] of picture.planes.entries()) {
    const { width, height } = sizes[index] ?? { width: 0, height: 0 };
    const stride = picture.strides[index] ?? width;
    for (let row = 0; row < height; row++) {
      all.set(plane.subarray(row * stride, row * stride + width), to);
      to += width;
    }
  }
  // Of 10 bits it is in newer browsers than TypeScript's list of formats is (W3C WebCodecs, “Pixel Format”).
  const format = picture.depth === 8 ? 'I420' : ('I420P10' as VideoPixelFormat);
  return { format, buffer: all.buffer };
}

function base64Of(source: AllowSharedBufferSource): string {
  const bytes = ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
  return btoa(String.fromCharCode(...bytes));
}
