/** A clip's file as the video worker reads it: by ranges over the bridge, read ahead, the last of it kept. */
import { decodeBase64 } from '../../bridge/base64.ts';
import { CHUNK_BYTES, CHUNKS_IN_FLIGHT, type HostApi } from '../../bridge/protocol.ts';
import { LoupeError } from '../../errors.ts';
import type { RemoteMedia } from '../../video/types.ts';

/** Messages' worth of the file that are kept: enough for the interleaved runs of picture and sound of a few seconds. */
const KEPT = 16;

export type MediaHost = Pick<HostApi, 'openMedia' | 'readMedia' | 'closeMedia'>;

/** Rejects with `clip-offline` or `file-unreadable`. */
export async function openMedia(host: MediaHost, path: string): Promise<Media> {
  const { media, size } = await host.openMedia({ path });
  return new Media(host, media, size, path);
}

/** An open file in chunks of a message each. */
export class Media implements RemoteMedia {
  readonly size: number;
  readonly #host: MediaHost;
  readonly #media: string;
  readonly #path: string;
  /** By number, the latest used last; those under way among them. */
  readonly #chunks = new Map<number, Chunk>();
  /** Numbers of chunks that wait for a message to be free: those asked for before those read ahead. */
  #asked: number[] = [];
  #ahead: number[] = [];
  #inFlight = 0;
  #last = NaN;

  constructor(host: MediaHost, media: string, size: number, path: string) {
    this.#host = host;
    this.#media = media;
    this.size = size;
    this.#path = path;
  }

  /**
   * The bytes from `start` to `end`, in a buffer of their own. Rejects with `clip-truncated` where the file has become
   * shorter than it was.
   */
  async read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    if (start < 0 || end > this.size || start > end)
      throw new RangeError(`bytes ${start}…${end} of ${this.size}`);
    const bytes = new Uint8Array(end - start);
    const after = Math.ceil(end / CHUNK_BYTES);
    for (let number = Math.floor(start / CHUNK_BYTES); number < after; number++) {
      const chunk = this.#chunk(number);
      const follows = number === this.#last || number === this.#last + 1;
      this.#last = number;
      if (!follows) this.#forgetAhead();
      this.#readAhead(
        number + 1,
        follows ? CHUNKS_IN_FLIGHT : Math.min(CHUNKS_IN_FLIGHT, after - number - 1),
      );
      const from = number * CHUNK_BYTES;
      const part = (await chunk).subarray(Math.max(0, start - from), end - from);
      bytes.set(part, Math.max(0, from - start));
    }
    return bytes;
  }

  /** Reads that wait for a message to be free reject with `cancelled`. */
  async close(): Promise<void> {
    this.#forgetAhead();
    for (const number of this.#asked) this.#chunks.get(number)?.reject(new LoupeError('cancelled'));
    this.#asked = [];
    this.#chunks.clear();
    await this.#host.closeMedia({ media: this.#media });
  }

  #chunk(number: number): Promise<Uint8Array> {
    const known = this.#chunks.get(number);
    if (known) {
      this.#chunks.delete(number);
      this.#chunks.set(number, known);
      if (this.#ahead.includes(number)) {
        this.#ahead = this.#ahead.filter((each) => each !== number);
        this.#asked.push(number);
        this.#send();
      }
      return known.bytes;
    }
    return this.#add(number, this.#asked).bytes;
  }

  /** Whoever reads on in order finds the next chunks under way; one who jumps has asked for what it needs. */
  #readAhead(first: number, count: number): void {
    const end = Math.min(first + count, Math.ceil(this.size / CHUNK_BYTES));
    for (let number = first; number < end; number++) {
      if (!this.#chunks.has(number)) this.#add(number, this.#ahead);
    }
  }

  /** What is not under way yet, and what nobody has asked for. */
  #forgetAhead(): void {
    for (const number of this.#ahead) this.#chunks.delete(number);
    this.#ahead = [];
  }

  #add(number: number, queue: number[]): Chunk {
    const chunk = newChunk();
    this.#chunks.set(number, chunk);
    queue.push(number);
    this.#send();
    return chunk;
  }

  #send(): void {
    while (this.#inFlight < CHUNKS_IN_FLIGHT) {
      const number = this.#asked.shift() ?? this.#ahead.shift();
      if (number === undefined) return;
      const chunk = this.#chunks.get(number);
      if (!chunk) continue;
      this.#inFlight++;
      this.#fetch(number).then(
        (bytes) => this.#arrived(chunk, () => chunk.resolve(bytes)),
        (thrown: unknown) => {
          // Asked for again, it is read again.
          if (this.#chunks.get(number) === chunk) this.#chunks.delete(number);
          this.#arrived(chunk, () => chunk.reject(thrown));
        },
      );
    }
  }

  #arrived(chunk: Chunk, settle: () => void): void {
    this.#inFlight--;
    chunk.settled = true;
    settle();
    for (const [number, { settled }] of this.#chunks) {
      if (this.#chunks.size <= KEPT) break;
      if (settled) this.#chunks.delete(number);
    }
    this.#send();
  }

  async #fetch(number: number): Promise<Uint8Array> {
    const position = number * CHUNK_BYTES;
    const length = Math.min(CHUNK_BYTES, this.size - position);
    const answer = await this.#host.readMedia({ media: this.#media, position, length });
    const bytes = decodeBase64(answer.bytes);
    if (bytes.length !== length) throw new LoupeError('clip-truncated', this.#path);
    return bytes;
  }
}

interface Chunk {
  readonly bytes: Promise<Uint8Array>;
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (reason: unknown) => void;
  settled: boolean;
}

function newChunk(): Chunk {
  let resolve: Chunk['resolve'] = () => undefined;
  let reject: Chunk['reject'] = () => undefined;
  const bytes = new Promise<Uint8Array>((fulfil, fail) => {
    resolve = fulfil;
    reject = fail;
  });
  // Nobody may ask for what is read ahead.
  bytes.catch(() => undefined);
  return { bytes, resolve, reject, settled: false };
}
