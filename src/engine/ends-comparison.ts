/** The map of what is invented, and how much of it there is, from the rows of both ends' results. */
import { FineDetail } from './fine-detail.ts';
import { LUMA } from './luma.ts';
import type { PictureFormat, Samples } from './types.ts';

/** Where, and how much, the detailed end claims what the faithful one does not. */
export interface InventedMap {
  /** cells; at most `side` on the longer side, and never finer than the input's pixels */
  readonly width: number;
  readonly height: number;
  /** The mean |detailed − faithful| of a cell's luma, in 1/255 of white; 0 where it is transparent. */
  readonly values: Uint8Array;
  /** How much of the result's fine detail only the detailed end claims: 0..1. */
  readonly share: number;
}

/** Fine detail of this root mean square, three quarters of an 8-bit step, is hardly seen: a share of less says nothing. */
const UNSEEN = (0.75 / 255) ** 2;

/** Takes the rows of both results, in order from the top. It holds the map and some rows. */
export class EndsComparison {
  readonly #format: PictureFormat;
  readonly #scale: number;
  readonly #mapWidth: number;
  readonly #mapHeight: number;
  readonly #differences: Float64Array;
  readonly #weights: Float64Array;
  readonly #fine: { readonly faithful: FineDetail; readonly detailed: FineDetail };
  /** Alpha of the latest rows: fine detail comes some rows late. */
  readonly #alphas: Float32Array[];
  readonly #luma: { readonly faithful: Float32Array; readonly detailed: Float32Array };
  #y = 0;
  #claimed = 0;
  #agreed = 0;
  #area = 0;

  /**
   * @param format of the input, whose depth is 32
   * @param side cells on the map's longer side, at most
   */
  constructor(format: PictureFormat, scale: number, side: number) {
    const { width, height } = format;
    this.#format = format;
    this.#scale = scale;
    const cells = Math.min(1, side / Math.max(width, height));
    this.#mapWidth = Math.max(1, Math.round(width * cells));
    this.#mapHeight = Math.max(1, Math.round(height * cells));
    this.#differences = new Float64Array(this.#mapWidth * this.#mapHeight);
    this.#weights = new Float64Array(this.#mapWidth * this.#mapHeight);
    const row = () => new Float32Array(width * scale);
    const fine = () => new FineDetail(width, height, scale);
    this.#fine = { faithful: fine(), detailed: fine() };
    this.#luma = { faithful: row(), detailed: row() };
    this.#alphas = Array.from({ length: 3 * scale }, row);
  }

  /** The next rows of both results: float samples of the input's channels. */
  add(rows: number, faithful: Samples, detailed: Samples): void {
    for (let row = 0; row < rows; row++) this.#addRow(row, faithful, detailed);
  }

  /** The whole, once all rows are there. */
  map(): InventedMap {
    const values = Uint8Array.from(this.#differences, (sum, cell) => {
      const weight = this.#weights[cell] as number;
      return weight > 0 ? Math.min(255, Math.round((255 * sum) / weight)) : 0;
    });
    const share = this.#claimed / (this.#agreed + this.#area * UNSEEN);
    return {
      width: this.#mapWidth,
      height: this.#mapHeight,
      values,
      share: this.#area > 0 ? Math.min(1, share) : 0,
    };
  }

  #addRow(row: number, faithful: Samples, detailed: Samples): void {
    const { channels } = this.#format;
    const y = this.#y++;
    const alpha = this.#alphas[y % this.#alphas.length] as Float32Array;
    lumaOf(faithful, row, channels, this.#luma.faithful, alpha);
    lumaOf(detailed, row, channels, this.#luma.detailed, alpha);
    this.#addToCells(y, alpha);
    const fine: Float32Array[] = [];
    this.#fine.faithful.push(this.#luma.faithful, (each) => fine.push(each.slice()));
    this.#fine.detailed.push(this.#luma.detailed, (each, at) => {
      const other = fine.shift();
      if (other) this.#addFine(other, each, this.#alphas[at % this.#alphas.length] as Float32Array);
    });
  }

  #addToCells(y: number, alpha: Float32Array): void {
    const { faithful, detailed } = this.#luma;
    const width = faithful.length;
    const height = this.#format.height * this.#scale;
    const start = Math.floor((y * this.#mapHeight) / height) * this.#mapWidth;
    for (let x = 0; x < width; x++) {
      const cell = start + Math.floor((x * this.#mapWidth) / width);
      const weight = alpha[x] as number;
      const difference = (detailed[x] as number) - (faithful[x] as number);
      this.#differences[cell] =
        (this.#differences[cell] as number) + weight * (difference < 0 ? -difference : difference);
      this.#weights[cell] = (this.#weights[cell] as number) + weight;
    }
  }

  #addFine(faithful: Float32Array, detailed: Float32Array, alpha: Float32Array): void {
    let [claimed, all, area] = [0, 0, 0];
    for (let x = 0; x < alpha.length; x++) {
      const weight = alpha[x] as number;
      const value = detailed[x] as number;
      const difference = value - (faithful[x] as number);
      claimed += weight * difference * difference;
      all += weight * value * value;
      area += weight;
    }
    this.#claimed += claimed;
    this.#agreed += all;
    this.#area += area;
  }
}

/** Luma of one row of float samples, and alpha: 1 where there is none. */
function lumaOf(
  samples: Samples,
  row: number,
  channels: PictureFormat['channels'],
  into: Float32Array,
  alpha: Float32Array,
): void {
  const width = into.length;
  const [red, green, blue] = LUMA;
  let at = row * width * channels;
  for (let x = 0; x < width; x++, at += channels) {
    into[x] =
      channels < 3
        ? (samples[at] as number)
        : red * (samples[at] as number) +
          green * (samples[at + 1] as number) +
          blue * (samples[at + 2] as number);
    alpha[x] = channels % 2 === 0 ? (samples[at + channels - 1] as number) : 1;
  }
}
