/** A disk that can fail at any call, and an encoder whose packets are known, for films. */
import type { MakeEncoder, Packet } from '../../../src/video/encode.ts';
import { allocatePlanes } from '../../../src/video/planes.ts';
import type { RemoteRender } from '../../../src/video/types.ts';

export const picture = allocatePlanes('yuv420', 2, 2, 8);

export class Disk implements RemoteRender {
  readonly name = 'Clip';
  readonly journal: string[];
  readonly files = new Map<string | null, Uint8Array<ArrayBuffer>>();
  readonly writes: { readonly position: number; readonly length: number }[] = [];
  /** Rejects what a write began, when the next line is recorded: the bridge has several under way. */
  late: Error | undefined;
  /** Calls until one fails. */
  callsLeft = Infinity;
  calls = 0;

  constructor(journal: readonly string[] = []) {
    this.journal = [...journal];
  }

  get file(): Uint8Array<ArrayBuffer> {
    return this.files.get(null) ?? new Uint8Array();
  }

  write(file: string | null, position: number, bytes: Uint8Array): Promise<void> {
    const before = this.files.get(file) ?? new Uint8Array();
    const after = new Uint8Array(Math.max(before.length, position + bytes.length));
    after.set(before);
    // Half of it is written by a call that fails.
    const fails = this.#fails();
    after.set(fails ? bytes.subarray(0, bytes.length >> 1) : bytes, position);
    this.files.set(file, after);
    if (fails) return Promise.reject(new Error('disk'));
    this.writes.push({ position, length: bytes.length });
    return Promise.resolve();
  }

  record(line: string): Promise<void> {
    if (this.late) return Promise.reject(this.late);
    const fails = this.#fails();
    this.journal.push(fails ? line.slice(0, line.length >> 1) : line);
    return fails ? Promise.reject(new Error('disk')) : Promise.resolve();
  }

  /** As the next session finds it. */
  restarted(): Disk {
    const disk = new Disk(this.journal);
    for (const [name, bytes] of this.files) disk.files.set(name, bytes.slice());
    return disk;
  }

  #fails(): boolean {
    this.calls++;
    return this.calls > this.callsLeft;
  }
}

/** Repeatable numbers in 0..1 (mulberry32). */
export function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface FakeOptions {
  readonly decoder: { readonly codec: string; readonly description?: string };
  /** The first frame of the render that is encoded. */
  readonly from: number;
  readonly seed: number;
  /** Frames that an encoder holds back. */
  readonly lag?: number;
  /** Every how many frames is a key. */
  readonly keyEvery?: number;
  /** Whether of two that follow a key the second is given first. */
  readonly swapped?: boolean;
}

/** Of a frame, whatever was encoded before. */
export function bytesOf(seed: number, frame: number): Uint8Array<ArrayBuffer> {
  const next = random(seed * 65_537 + frame);
  return Uint8Array.from({ length: 1 + Math.floor(next() * 300) }, () => next() * 256);
}

export function fakeEncoder({
  decoder,
  from,
  seed,
  lag = 0,
  keyEvery = 1,
  swapped = false,
}: FakeOptions): MakeEncoder {
  let first = from;
  return () => {
    const start = first;
    let taken = 0;
    let waiting: Packet[] = [];
    const give = (count: number): Packet[] => {
      const given = waiting.slice(0, count);
      waiting = waiting.slice(given.length);
      return given;
    };
    return {
      decoder,
      encode: () => {
        const frame = taken++;
        first++;
        const packet = { frame, key: frame % keyEvery === 0, bytes: bytesOf(seed, start + frame) };
        if (swapped && frame % keyEvery === 2) waiting.splice(-1, 0, packet);
        else waiting.push(packet);
        return Promise.resolve(give(waiting.length - lag - (swapped ? 1 : 0)));
      },
      end: () => Promise.resolve(give(waiting.length)),
      close: () => undefined,
    };
  };
}
