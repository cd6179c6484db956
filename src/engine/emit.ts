/**
 * From stitched rows to the sink: match low frequencies, resample, sharpen, put grain back, join alpha, encode, write.
 *
 * Sharpening and grain come after resampling, since they are to suit the result's pixels and not the network's; and
 * grain after sharpening, so that it is the input's and not coarser.
 */
import type { Target } from '../size.ts';
import { AlphaUpscaler } from './alpha.ts';
import { LAG } from './blur.ts';
import { BlurredDifferences } from './blurred.ts';
import { allocateRows, encodeRow } from './encode.ts';
import { codingOf, type Coding } from './hdr.ts';
import { Grain, GRAIN_LAG } from './grain.ts';
import type { Input } from './input.ts';
import { LowFrequency } from './low-frequency.ts';
import { Resampler } from './resample.ts';
import { Sharpener } from './sharpen.ts';
import type { Stitched } from './stitched.ts';
import type { PictureFormat, Samples, Sink } from './types.ts';

/** Bytes given to the sink at once, about. */
const WRITE_BYTES = 2 * 2 ** 20;

/** Input rows above the row being matched that may still be wanted (the resampler and the sharpener hold rows back). */
export const BEHIND = 8;

/** What the rows are to become beside larger; see `EnhanceOptions`. */
export interface Finish {
  readonly noise: number;
  readonly sharpness: number;
}

/** Input rows below a row that must be stitched before its results can be made. */
export function lagOf({ noise }: Finish): number {
  return noise < 100 ? GRAIN_LAG : LAG;
}

/** Whether the target is what the network makes of the whole picture. */
function isWhole(target: Target, { width, height }: Input, scale: number): boolean {
  return (
    target.width === width * scale &&
    target.height === height * scale &&
    target.scaleX === scale &&
    target.scaleY === scale &&
    target.offsetX === 0 &&
    target.offsetY === 0
  );
}

export class Emitter {
  readonly #format: PictureFormat;
  readonly #coding: Coding | undefined;
  readonly #sink: Sink;
  readonly #signal: AbortSignal;
  readonly #lowFrequency: LowFrequency;
  readonly #resampler: Resampler | undefined;
  readonly #sharpener: Sharpener | undefined;
  readonly #grain: Grain | undefined;
  readonly #alpha: AlphaUpscaler | undefined;
  readonly #chunkRows: number;
  #chunk: Samples | undefined;
  #filled = 0;
  #encoded = 0;
  #full: { rows: number; samples: Samples }[] = [];

  constructor(
    input: Input,
    stitched: Stitched,
    finish: Finish,
    target: Target,
    format: PictureFormat,
    sink: Sink,
    signal: AbortSignal,
  ) {
    this.#format = format;
    this.#coding = codingOf(format);
    this.#sink = sink;
    this.#signal = signal;
    const blurred = new BlurredDifferences(stitched, input.width, input.height, 3 + lagOf(finish));
    this.#lowFrequency = new LowFrequency(stitched, blurred, input.width, input.height);
    const { scale } = stitched;
    if (!isWhole(target, input, scale)) {
      this.#resampler = new Resampler(input.width * scale, input.height * scale, scale, target);
    }
    const { noise, sharpness } = finish;
    if (sharpness > 0)
      this.#sharpener = new Sharpener(
        format.width,
        format.height,
        (target.scaleX + target.scaleY) / 2,
        sharpness,
      );
    if (noise < 100) this.#grain = new Grain(input, stitched, blurred, target, 1 - noise / 100, BEHIND);
    if (input.hasAlpha) {
      this.#alpha = new AlphaUpscaler((y) => input.alpha(y), input.width, input.height, target);
    }
    const rowBytes = format.width * format.channels * (format.depth / 8);
    this.#chunkRows = Math.min(format.height, Math.max(1, Math.floor(WRITE_BYTES / rowBytes)));
  }

  /**
   * Makes the rows of input row `y` and writes what is full; `lagOf` rows below it must be stitched. Resolves to the
   * number of rows written.
   */
  async emit(y: number): Promise<number> {
    this.#grain?.advance(y);
    this.#lowFrequency.correct(y, (row) => {
      if (this.#resampler) this.#resampler.push(row, (resampled) => this.#sharpen(resampled));
      else this.#sharpen(row);
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

  #sharpen(row: Float32Array): void {
    if (this.#sharpener) this.#sharpener.push(row, (sharpened) => this.#encode(sharpened));
    else this.#encode(row);
  }

  #encode(row: Float32Array): void {
    const { height } = this.#format;
    const y = this.#encoded++;
    this.#grain?.addTo(row, y);
    this.#chunk ??= allocateRows(this.#format, Math.min(this.#chunkRows, height - y));
    encodeRow(row, this.#alpha?.make(y), this.#format, this.#chunk, this.#filled++, this.#coding);
    if (this.#filled < this.#chunkRows && y < height - 1) return;
    this.#full.push({ rows: this.#filled, samples: this.#chunk });
    this.#chunk = undefined;
    this.#filled = 0;
  }
}
