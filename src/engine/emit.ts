/** From stitched rows to the sink: correct, resample, join alpha, encode, write. */
import { AlphaUpscaler } from './alpha.ts';
import { allocateRows, encodeRow } from './encode.ts';
import type { Input } from './input.ts';
import { LowFrequency } from './low-frequency.ts';
import { Resampler } from './resample.ts';
import type { Stitched } from './stitched.ts';
import type { PictureFormat, Samples, Sink } from './types.ts';

/** Bytes given to the sink at once, about. */
const WRITE_BYTES = 2 * 2 ** 20;

/** Input rows of alpha above the row being corrected that may still be wanted (the resampler holds rows back). */
export const ALPHA_BEHIND = 8;

export class Emitter {
  readonly #format: PictureFormat;
  readonly #sink: Sink;
  readonly #signal: AbortSignal;
  readonly #lowFrequency: LowFrequency;
  readonly #resampler: Resampler | undefined;
  readonly #alpha: AlphaUpscaler | undefined;
  readonly #chunkRows: number;
  #chunk: Samples | undefined;
  #filled = 0;
  #encoded = 0;
  #full: { rows: number; samples: Samples }[] = [];

  constructor(input: Input, stitched: Stitched, format: PictureFormat, sink: Sink, signal: AbortSignal) {
    const scale = format.width / input.width;
    this.#format = format;
    this.#sink = sink;
    this.#signal = signal;
    this.#lowFrequency = new LowFrequency(stitched, input.width, input.height);
    if (scale !== stitched.scale) {
      const { width, height } = input;
      this.#resampler = new Resampler(width * stitched.scale, height * stitched.scale, stitched.scale, scale);
    }
    if (input.hasAlpha) {
      this.#alpha = new AlphaUpscaler((y) => input.alpha(y), input.width, input.height, scale);
    }
    const rowBytes = format.width * format.channels * (format.depth / 8);
    this.#chunkRows = Math.min(format.height, Math.max(1, Math.floor(WRITE_BYTES / rowBytes)));
  }

  /** Makes the rows of input row `y` and writes what is full. Resolves to the number of rows written. */
  async emit(y: number): Promise<number> {
    this.#lowFrequency.correct(y, (row) => {
      if (this.#resampler) this.#resampler.push(row, (resampled) => this.#encode(resampled));
      else this.#encode(row);
    });
    let written = 0;
    const full = this.#full;
    this.#full = [];
    for (const { rows, samples } of full) {
      await this.#sink.write(rows, samples, this.#signal);
      written += rows;
    }
    return written;
  }

  #encode(row: Float32Array): void {
    const { height } = this.#format;
    const y = this.#encoded++;
    this.#chunk ??= allocateRows(this.#format, Math.min(this.#chunkRows, height - y));
    encodeRow(row, this.#alpha?.make(y), this.#format, this.#chunk, this.#filled++);
    if (this.#filled < this.#chunkRows && y < height - 1) return;
    this.#full.push({ rows: this.#filled, samples: this.#chunk });
    this.#chunk = undefined;
    this.#filled = 0;
  }
}
