/**
 * The source's rows, decoded and bled, kept for as long as a tile may need them. The next read is always under way
 * while the rows before it are worked on.
 */
import { bleedStrip, STRIP, sumStrip, type Row, type Strip } from './bleed.ts';
import { decodeRow } from './decode.ts';
import { codingOf, type Coding } from './hdr.ts';
import type { Samples, Source } from './types.ts';

/** Bytes asked of the source at once, about: few calls for it, little held here. */
const READ_BYTES = 2 * 2 ** 20;
/** And at most so many rows, that a narrow picture is a stream too. */
const READ_ROWS = 256;

export class Input {
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
  readonly #source: Source;
  readonly #coding: Coding | undefined;
  readonly #signal: AbortSignal;
  readonly #colors: Row['rgb'][];
  readonly #alphas: Row['alpha'][];
  readonly #strips = new Map<number, Strip>();
  #decoded = 0;
  #ready = 0;
  #asked = 0;
  #next: { rows: number; samples: Promise<Samples> } | undefined;

  /**
   * @param colorRows rows of colour that may be wanted at once, counted from the oldest to the newest
   * @param alphaRows the same for alpha, which is wanted longer
   */
  constructor(source: Source, colorRows: number, alphaRows: number, signal: AbortSignal) {
    const { width, height, channels } = source.format;
    this.width = width;
    this.height = height;
    this.hasAlpha = channels === 2 || channels === 4;
    this.#source = source;
    this.#coding = codingOf(source.format);
    this.#signal = signal;
    const ahead = this.#readRows() + 2 * STRIP;
    const rows = (wanted: number, length: number) =>
      Array.from({ length: Math.min(height, wanted + ahead) }, () => new Float32Array(length));
    this.#colors = rows(colorRows, 3 * width);
    this.#alphas = this.hasAlpha ? rows(alphaRows, width) : [];
  }

  /** Three planes of row `y`: must be ready and not older than the constructor allowed for. */
  colors(y: number): Float32Array {
    return this.#colors[y % this.#colors.length] as Float32Array;
  }

  /** Alpha of row `y`, under the same terms; only if the picture has alpha. */
  alpha(y: number): Float32Array {
    return this.#alphas[y % this.#alphas.length] as Float32Array;
  }

  /** Reads on until rows 0..`end`−1 are ready. One call at a time. Rejects with what the source rejects with. */
  async ensure(end: number): Promise<void> {
    while (this.#ready < end) {
      if (this.#decoded < this.height) await this.#readOn();
      this.#bleedOn();
    }
  }

  #readRows(): number {
    const { width, channels, depth } = this.#source.format;
    const rows = Math.min(READ_ROWS, READ_BYTES / (width * channels * (depth / 8)));
    return STRIP * Math.max(1, Math.floor(rows / STRIP));
  }

  #ask(): { rows: number; samples: Promise<Samples> } {
    const rows = Math.min(this.#readRows(), this.height - this.#asked);
    this.#asked += rows;
    const samples = this.#source.read(rows, this.#signal);
    // Asked ahead: a failure is reported by whoever awaits it, and must not count as unhandled until then.
    samples.catch(() => undefined);
    return { rows, samples };
  }

  async #readOn(): Promise<void> {
    const { rows, samples } = this.#next ?? this.#ask();
    const read = await samples;
    this.#next = this.#asked < this.height ? this.#ask() : undefined;
    for (let row = 0; row < rows; row++, this.#decoded++) {
      const alpha = this.hasAlpha ? this.alpha(this.#decoded) : undefined;
      decodeRow(read, row, this.#source.format, this.colors(this.#decoded), alpha, this.#coding);
    }
  }

  #bleedOn(): void {
    if (!this.hasAlpha) {
      this.#ready = this.#decoded;
      return;
    }
    // A strip needs the one below it, unless it is the last.
    for (;;) {
      const strip = this.#ready / STRIP;
      const needed = Math.min(this.height, (strip + 2) * STRIP);
      if (this.#ready >= this.height || this.#decoded < needed) return;
      bleedStrip(
        this.#rows(strip),
        this.width,
        this.#strip(strip - 1),
        this.#sums(strip),
        this.#strip(strip + 1),
      );
      this.#strips.delete(strip - 1);
      this.#ready = Math.min(this.height, (strip + 1) * STRIP);
    }
  }

  #strip(index: number): Strip | undefined {
    return index < 0 || index * STRIP >= this.height ? undefined : this.#sums(index);
  }

  #sums(index: number): Strip {
    const known = this.#strips.get(index);
    if (known) return known;
    const strip = sumStrip(this.#rows(index), this.width);
    this.#strips.set(index, strip);
    return strip;
  }

  #rows(strip: number): Row[] {
    const start = strip * STRIP;
    return Array.from({ length: Math.min(STRIP, this.height - start) }, (_, i) => ({
      rgb: this.colors(start + i),
      alpha: this.alpha(start + i),
    }));
  }
}
