/**
 * A film as a sequence of segments, each recorded in the journal when it is whole on the disk. A segment's bytes depend
 * on its own frames alone, and its place on the lengths of those before: a run that goes on where another stopped writes
 * what an undisturbed one would have. What is held is a segment's packets that wait to be written, and the lengths of all.
 */
import { LoupeError } from '../errors.ts';
import { codecName, segmentFrames } from './codecs.ts';
import type { MakeEncoder, Packet, SegmentEncoder } from './encode.ts';
import { framesOf, lineOf, recordedFilm, type DecoderFacts, type FilmSegment } from './journal.ts';
import { headOf, tablesOf, type Film } from './mux.ts';
import type { Planes } from './planes.ts';
import type { RenderOutput } from './render-output.ts';
import type { RemoteRender } from './types.ts';

export async function openFilm(
  film: Film,
  frames: number,
  render: RemoteRender,
  makeEncoder: MakeEncoder,
): Promise<RenderOutput> {
  const head = await headOf(film, 0);
  const output = new FilmOutput(film, frames, render, makeEncoder, head.length);
  // The file's beginning first: not every disk lets a file be written behind its end.
  if (output.nextFrame === 0) await render.write(null, 0, head);
  return output;
}

class FilmOutput implements RenderOutput {
  readonly #segments: FilmSegment[];
  #position: number;
  #current: Segment | undefined;
  #closed = false;

  constructor(
    private readonly film: Film,
    private readonly frames: number,
    private readonly render: RemoteRender,
    private readonly makeEncoder: MakeEncoder,
    private readonly headLength: number,
  ) {
    this.#segments = recordedFilm(render.journal);
    this.#position = this.#segments.reduce((sum, { packets }) => sum + total(packets.sizes), headLength);
  }

  get nextFrame(): number {
    return framesOf(this.#segments);
  }

  async add(picture: Planes): Promise<void> {
    this.#current ??= new Segment(this.makeEncoder());
    const segment = this.#current;
    segment.added++;
    await this.#write(segment, await segment.encoder.encode(picture));
    const left = this.frames - this.nextFrame;
    if (segment.added === Math.min(left, segmentFrames(this.film.rate))) await this.#record(segment);
  }

  async finish(): Promise<void> {
    if (this.nextFrame !== this.frames) throw new Error('Frames are missing');
    const bytes = this.#position - this.headLength;
    await this.#put(this.#position, await tablesOf(this.film, this.#segments));
    // The head last: with it a reader finds the tables.
    await this.#put(0, await headOf(this.film, bytes));
    // Once more, for it waits until all is on the disk, and rejects where that failed.
    const last = this.#segments.at(-1);
    if (last) await this.render.record(lineOf(last));
  }

  close(): void {
    this.#closed = true;
    this.#current?.encoder.close();
  }

  async #write(segment: Segment, packets: readonly Packet[]): Promise<void> {
    for (const packet of packets) {
      const size = packet.bytes.length;
      segment.take(packet);
      await this.#put(this.#position, packet.bytes);
      this.#position += size;
    }
  }

  async #record(segment: Segment): Promise<void> {
    await this.#write(segment, await segment.encoder.end());
    const line: FilmSegment = {
      segment: this.#segments.length,
      frames: segment.added,
      framesDone: this.nextFrame + segment.added,
      packets: { ...segment.packets(codecName(this.film.codec)), decoder: this.#decoder(segment) },
    };
    this.#check();
    await this.render.record(lineOf(line));
    this.#segments.push(line);
    this.#current = undefined;
  }

  /** A film has one, so another browser's or driver's encoder cannot go on with it. */
  #decoder({ encoder }: Segment): DecoderFacts {
    const made = encoder.decoder;
    const first = this.#segments[0]?.packets.decoder;
    if (!made) throw new LoupeError('codec-unencodable', codecName(this.film.codec));
    if (first && (first.codec !== made.codec || first.description !== made.description)) {
      throw new LoupeError('render-other', 'encoder');
    }
    return made;
  }

  async #put(position: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#check();
    await this.render.write(null, position, bytes);
  }

  #check(): void {
    if (this.#closed) throw new LoupeError('cancelled');
  }
}

/** A segment under way. */
class Segment {
  added = 0;
  readonly #sizes: number[] = [];
  readonly #keys: number[] = [];
  readonly #order: number[] = [];

  constructor(readonly encoder: SegmentEncoder) {}

  take({ frame, key, bytes }: Packet): void {
    if (key) this.#keys.push(this.#sizes.length);
    this.#sizes.push(bytes.length);
    this.#order.push(frame);
  }

  /** Every frame once, the first packet a key; an encoder that left one out has failed. */
  packets(name: string): { sizes: number[]; keys: number[]; order?: number[] } {
    const sizes = this.#sizes;
    const keys = this.#keys;
    const order = this.#order;
    const frames = new Set(order.filter((frame) => frame < this.added));
    if (sizes.length !== this.added || frames.size !== this.added || keys[0] !== 0 || sizes.includes(0)) {
      throw new LoupeError('codec-unencodable', name);
    }
    return order.every((frame, index) => frame === index) ? { sizes, keys } : { sizes, keys, order };
  }
}

function total(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}
