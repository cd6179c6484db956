/**
 * The network's results, stitched: rows of the picture at the network's scale, and per input pixel how far they are
 * from the input. Kept in rings of rows; rows are freed as soon as they are on their way to the sink.
 *
 * Samples are kept as 16-bit integers: half the memory of floats, and exact for 8- and 16-bit input. High dynamic range
 * has more levels than that, and is kept in floats.
 */
import type { Input } from './input.ts';
import type { Span } from './plan.ts';
import type { Tile } from './types.ts';

/** White of samples kept as integers. */
const WHITE = 65535;

/** Part of the picture and the network's result for it. */
export interface Part {
  readonly column: Span;
  readonly band: Span;
  /** `scale` times the tile whose place `column.tile`, `band.tile` is. */
  readonly output: Tile;
}

export class Stitched {
  readonly scale: number;
  /** Input rows that fit at once. */
  readonly capacity: number;
  /** What white is in `samples`. */
  readonly white: number;
  readonly #input: Input;
  readonly #width: number;
  readonly #samples: (Uint16Array | Float32Array)[];
  readonly #differences: Float32Array[];
  readonly #plain: Uint8Array[];

  /**
   * @param capacity input rows that may be stitched and not yet freed
   * @param inFloat whether 65536 levels are too few
   */
  constructor(input: Input, scale: number, capacity: number, inFloat: boolean) {
    this.#input = input;
    this.scale = scale;
    this.capacity = capacity;
    this.white = inFloat ? 1 : WHITE;
    this.#width = input.width;
    const row = <T>(make: () => T, count: number) => Array.from({ length: count }, make);
    const samples = 3 * input.width * scale;
    this.#samples = row(
      () => (inFloat ? new Float32Array(samples) : new Uint16Array(samples)),
      capacity * scale,
    );
    this.#differences = row(() => new Float32Array(3 * input.width), capacity);
    this.#plain = row(() => new Uint8Array(input.width), capacity);
  }

  /** Row `y` at the network's scale: three planes of `width · scale`, in 0..`white`. */
  samples(y: number): Uint16Array | Float32Array {
    return this.#samples[y % this.#samples.length] as Uint16Array | Float32Array;
  }

  /** Input minus the result shrunk to it, of input row `y`: three planes of `width`. */
  differences(y: number): Float32Array {
    return this.#differences[y % this.capacity] as Float32Array;
  }

  /** 1 for each pixel of input row `y` that no network made. */
  plain(y: number): Uint8Array {
    return this.#plain[y % this.capacity] as Uint8Array;
  }

  /** Stores the core of a tile that the network ran. */
  store({ column, band, output }: Part): void {
    const { scale, white } = this;
    const half = white === 1 ? 0 : 0.5;
    const { coreLength } = column;
    const shrunk = new Float32Array(coreLength);
    const area = white * scale * scale;
    for (let row = 0; row < band.coreLength; row++) {
      const y = band.core + row;
      const input = this.#input.colors(y);
      const differences = this.differences(y);
      for (let c = 0; c < 3; c++) {
        shrunk.fill(0);
        for (let k = 0; k < scale; k++) {
          const samples = this.samples(y * scale + k);
          let to = c * this.#width * scale + column.core * scale;
          let from =
            (c * output.height + (y - band.tile) * scale + k) * output.width +
            (column.core - column.tile) * scale;
          for (let x = 0; x < coreLength; x++) {
            let sum = 0;
            for (let i = 0; i < scale; i++) {
              const value = output.data[from++] as number;
              samples[to] = value > 0 ? (value < 1 ? value * white + half : white) : 0;
              sum += samples[to++] as number;
            }
            shrunk[x] = (shrunk[x] as number) + sum;
          }
        }
        const plane = c * this.#width + column.core;
        for (let x = 0; x < coreLength; x++) {
          differences[plane + x] = (input[plane + x] as number) - (shrunk[x] as number) / area;
        }
      }
      this.plain(y).fill(0, column.core, column.core + coreLength);
    }
  }

  /** Stores a core that needs no network: each pixel `scale`² times. */
  storePlain(column: Span, band: Span): void {
    const { scale, white } = this;
    const half = white === 1 ? 0 : 0.5;
    for (let y = band.core; y < band.core + band.coreLength; y++) {
      const input = this.#input.colors(y);
      const first = this.samples(y * scale);
      for (let c = 0; c < 3; c++) {
        const plane = c * this.#width;
        for (let x = column.core; x < column.core + column.coreLength; x++) {
          const at = (plane + x) * scale;
          first.fill((input[plane + x] as number) * white + half, at, at + scale);
        }
        const start = (plane + column.core) * scale;
        const end = start + column.coreLength * scale;
        for (let k = 1; k < scale; k++) {
          this.samples(y * scale + k).set(first.subarray(start, end), start);
        }
        this.differences(y).fill(0, plane + column.core, plane + column.core + column.coreLength);
      }
      this.plain(y).fill(1, column.core, column.core + column.coreLength);
    }
  }
}
