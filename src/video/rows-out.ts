/**
 * The engine's sink: rows of R′G′B′ floats into planes for an encoder. What the engine has clipped, since networks know
 * 0..1 only (super-white, super-black and colours that no RGB has), is enlarged linearly and added again.
 */
import { LoupeError } from '../errors.ts';
import type { PictureFormat, Samples } from '../engine/types.ts';
import { Beyond } from './beyond.ts';
import { downsampleAcross } from './chroma.ts';
import { holdingOf, type Codes, type Holding, type Matrix } from './matrix.ts';
import { allocatePlanes, chromaShifts, type Planes, type PlaneDepth } from './planes.ts';
import type { RowsIn } from './rows-in.ts';
import type { ColourTags, FrameSink } from './types.ts';

export interface OutFormat {
  readonly format: 'yuv420' | 'yuv422' | 'yuv444' | 'rgb';
  readonly depth: PlaneDepth;
  /** As `renderColour` has it; means nothing to `rgb`. */
  readonly colour: ColourTags;
}

export class RowsOut implements FrameSink {
  readonly #out: OutFormat;
  readonly #source: RowsIn | undefined;
  readonly #holding: Holding;
  #picture: Planes | undefined;
  #beyond: Beyond | undefined;
  #next = 0;
  /** Cb and Cr at luma's density: of one row, or the sum of two where rows share chroma. */
  #cb = new Float32Array(0);
  #cr = new Float32Array(0);
  /** A row with what was beyond. */
  #whole = new Float32Array(0);

  /** `source` is the frame that the rows were made of; left out, nothing beyond 0..1 is put back. */
  constructor(out: OutFormat, source?: RowsIn) {
    this.#out = out;
    this.#source = out.format === 'rgb' ? undefined : source;
    this.#holding = holdingOf(out.format, out.depth, out.colour);
  }

  /** The planes; whole when all rows were written. */
  get picture(): Planes {
    if (!this.#picture) throw new LoupeError('bad-message', 'a frame without rows');
    return this.#picture;
  }

  open({ width, height, channels, depth }: PictureFormat): Promise<void> {
    if (channels !== 3 || depth !== 32)
      throw new LoupeError('bad-message', `rows of ${channels} × ${depth} bits`);
    this.#picture = allocatePlanes(this.#out.format, width, height, this.#out.depth);
    if (this.#source) this.#beyond = new Beyond(this.#source, width, height);
    this.#whole = new Float32Array(3 * width);
    [this.#cb, this.#cr] = [new Float32Array(width), new Float32Array(width)];
    return Promise.resolve();
  }

  write(rows: number, samples: Samples): Promise<void> {
    const { width } = this.picture;
    for (let row = 0; row < rows; row++) {
      const y = this.#next++;
      const at = 3 * width * row;
      if (this.#beyond?.isIn(y)) {
        this.#whole.set(samples.subarray(at, at + 3 * width));
        this.#beyond.addTo(this.#whole, y);
        this.#put(y, this.#whole, 0);
      } else {
        this.#put(y, samples, at);
      }
    }
    return Promise.resolve();
  }

  #put(y: number, samples: Samples, at: number): void {
    const { kind, codes } = this.#holding;
    if (kind === 'colours') this.#colours(y, this.#holding.order, codes, samples, at);
    else this.#convert(y, this.#holding.matrix, codes, samples, at);
  }

  #convert(y: number, { kr, kg, kb, rv, bu }: Matrix, codes: Codes, samples: Samples, at: number): void {
    const picture = this.picture;
    const { width, height } = picture;
    const [plane] = picture.planes;
    const start = y * picture.strides[0];
    const [cb, cr] = [this.#cb, this.#cr];
    const { most } = codes;
    const perLuma = 1 / codes.lumaScale;
    const lumaOffset = codes.lumaOffset + 0.5;
    const shift = chromaShifts(picture.format);
    const isSecond = shift.y === 1 && (y & 1) === 1;
    // Of two rows that share chroma each gives a half, unless there is only one.
    const share = shift.y === 1 && y - (y & 1) + 1 < height ? 0.5 : 1;
    const [perBlue, perRed] = [share / bu, share / rv];
    for (let x = 0, from = at; x < width; x++, from += 3) {
      const r = samples[from] as number;
      const g = samples[from + 1] as number;
      const b = samples[from + 2] as number;
      const luma = kr * r + kg * g + kb * b;
      const code = luma * perLuma + lumaOffset;
      plane[start + x] = code < 0 ? 0 : code > most ? most : code;
      const u = (b - luma) * perBlue;
      const v = (r - luma) * perRed;
      cb[x] = isSecond ? (cb[x] as number) + u : u;
      cr[x] = isSecond ? (cr[x] as number) + v : v;
    }
    if (shift.y === 0 || isSecond || y === height - 1) this.#chroma(y >> shift.y, shift.x === 1, codes);
  }

  #chroma(row: number, halved: boolean, { chromaOffset, chromaScale, most }: Codes): void {
    const { planes, strides, width } = this.picture;
    const perChroma = 1 / chromaScale;
    for (const [index, signals] of [
      [1, this.#cb],
      [2, this.#cr],
    ] as const) {
      const plane = planes[index];
      const start = row * strides[index];
      if (halved) {
        downsampleAcross(signals, width, chromaOffset, perChroma, most, plane, start);
        continue;
      }
      for (let x = 0; x < width; x++) {
        const code = (signals[x] as number) * perChroma + chromaOffset + 0.5;
        plane[start + x] = code < 0 ? 0 : code > most ? most : code;
      }
    }
  }

  #colours(
    y: number,
    order: readonly [number, number, number],
    codes: Codes,
    samples: Samples,
    at: number,
  ): void {
    const { planes, strides, width } = this.picture;
    const perSignal = 1 / codes.lumaScale;
    const offset = codes.lumaOffset + 0.5;
    for (let channel = 0; channel < 3; channel++) {
      const index = order[channel] as 0 | 1 | 2;
      const plane = planes[index];
      const start = y * strides[index];
      for (let x = 0, from = at + channel; x < width; x++, from += 3) {
        const code = (samples[from] as number) * perSignal + offset;
        plane[start + x] = code < 0 ? 0 : code > codes.most ? codes.most : code;
      }
    }
  }
}
