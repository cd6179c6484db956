/** A picture in planes as the engine's source: rows of R′G′B′ floats, black 0 and white 1. */
import type { PictureFormat } from '../engine/types.ts';
import type { Planes } from './planes.ts';
import { RgbRows } from './rgb-rows.ts';
import type { ColourTags, FrameSource } from './types.ts';

export class RowsIn implements FrameSource {
  readonly format: PictureFormat;
  readonly #rows: RgbRows;
  readonly #beyond: Uint8Array;
  #next = 0;

  constructor(
    readonly picture: Planes,
    readonly colour: ColourTags,
  ) {
    this.format = { width: picture.width, height: picture.height, channels: 3, depth: 32 };
    this.#rows = new RgbRows(picture, colour);
    this.#beyond = new Uint8Array(picture.height);
  }

  /** The next rows, in an array of their own. */
  read(rows: number): Promise<Float32Array> {
    const samples = new Float32Array(3 * this.picture.width * rows);
    for (let row = 0; row < rows; row++) {
      const y = this.#next++;
      this.#beyond[y] = Number(this.#rows.read(y, samples, 3 * this.picture.width * row));
    }
    return Promise.resolve(samples);
  }

  /** Whether some of row `y`, which has been read, is beyond 0..1, where the engine clips it. */
  isBeyond(y: number): boolean {
    return this.#beyond[y] === 1;
  }
}
