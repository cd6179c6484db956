/**
 * Pixels of one layer or mask: a sparse plane of square tiles in document coordinates, which may lie anywhere.
 * Where there is no tile there is nothing (zeros). History states share tiles: a sealed surface is never
 * written again, and an edit of it copies only the tiles it touches.
 */
import type { Bounds } from './interface.ts';
import { EMPTY, intersect, isEmpty, union, width, height } from './bounds.ts';

export type Depth = 8 | 16 | 32;
/** One: a mask. Otherwise the last is straight alpha: gray, RGB or Lab, CMYK. */
export type Components = 1 | 2 | 4 | 5;
export type Samples = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

/** Side of a tile in pixels. */
const TILE = 256;
/** Tiles left and above of the origin that a key can hold: half a million pixels, more than Photoshop's 300,000. */
const OFFSET = 2048;

/** What a component reads at full: 8 and 16 bit use their whole range, 32 bit is 1. */
export const fullScale = (depth: Depth): number => (depth === 8 ? 255 : depth === 16 ? 65535 : 1);

/** A value of 0 to 1 as a sample; the array it is put into cuts what is left behind the point. 32 bit: as it is. */
export const toSample = (value: number, depth: Depth): number => {
  if (depth === 32) return value;
  const full = depth === 8 ? 255 : 65535;
  return value <= 0 ? 0 : value >= 1 ? full : value * full + 0.5;
};

export const makeSamples = (depth: Depth, length: number): Samples =>
  depth === 8 ? new Uint8Array(length) : depth === 16 ? new Uint16Array(length) : new Float32Array(length);

// Looked up once: in Jest's sandbox a global costs more than the arithmetic it is for.
const { floor, max, min } = Math;

interface Tile {
  readonly data: Samples;
  readonly owner: Surface;
  /** Where pixels with alpha lie within the tile; null until asked. */
  extent: Bounds | null;
}

const keyOf = (tx: number, ty: number): number => (ty + OFFSET) * (2 * OFFSET) + (tx + OFFSET);
const placeOf = (key: number): { tx: number; ty: number } => ({
  tx: (key % (2 * OFFSET)) - OFFSET,
  ty: Math.floor(key / (2 * OFFSET)) - OFFSET,
});

export class Surface {
  /** Interleaved. */
  readonly components: Components;
  readonly depth: Depth;
  private readonly tiles: Map<number, Tile>;
  private sealed = false;
  private trimmed: Bounds | null = null;

  constructor(components: Components, depth: Depth, tiles = new Map<number, Tile>()) {
    this.components = components;
    this.depth = depth;
    this.tiles = tiles;
  }

  /** From interleaved samples that fill `bounds`. */
  static from(samples: Samples, components: Components, depth: Depth, bounds: Bounds): Surface {
    const surface = new Surface(components, depth);
    surface.put(samples, bounds);
    return surface;
  }

  /** From now on this object never changes. */
  seal(): void {
    this.sealed = true;
  }

  /** This surface if it may still be written, or else a copy that shares its tiles. */
  writable(): Surface {
    return this.sealed ? new Surface(this.components, this.depth, new Map(this.tiles)) : this;
  }

  /** The smallest bounds around the pixels that are not fully transparent; of a mask: around its tiles. */
  get bounds(): Bounds {
    this.trimmed ??= this.findBounds();
    return this.trimmed;
  }

  /** The smallest bounds within `region` around pixels that are not fully transparent. */
  boundsWithin(region: Bounds): Bounds {
    let found = EMPTY;
    for (const [key, tile] of this.tiles) {
      const { tx, ty } = placeOf(key);
      const place = { left: tx * TILE, top: ty * TILE, right: (tx + 1) * TILE, bottom: (ty + 1) * TILE };
      const part = intersect(region, place);
      if (isEmpty(part)) continue;
      const whole = width(part) === TILE && height(part) === TILE;
      const local = {
        left: part.left - place.left,
        top: part.top - place.top,
        right: part.right - place.left,
        bottom: part.bottom - place.top,
      };
      const extent = whole
        ? (tile.extent ??= this.findExtent(tile.data, local))
        : this.findExtent(tile.data, local);
      if (isEmpty(extent)) continue;
      found = union(found, {
        left: extent.left + place.left,
        top: extent.top + place.top,
        right: extent.right + place.left,
        bottom: extent.bottom + place.top,
      });
    }
    return found;
  }

  /** Interleaved samples of `bounds`, zeros where there is nothing. */
  read(bounds: Bounds): Samples {
    const out = makeSamples(this.depth, width(bounds) * height(bounds) * this.components);
    this.eachRun(bounds, false, (tile, tileAt, outAt, count) =>
      out.set(tile.subarray(tileAt, tileAt + count), outAt),
    );
    return out;
  }

  /** Every `step`th pixel of every `step`th row of `bounds`, beginning with its first; interleaved. */
  readEvery(bounds: Bounds, step: number): Samples {
    if (step === 1) return this.read(bounds);
    const across = Math.ceil(width(bounds) / step);
    const down = Math.ceil(height(bounds) / step);
    const { components } = this;
    const out = makeSamples(this.depth, across * down * components);
    for (let y = 0; y < down; y++) {
      const row = bounds.top + y * step;
      const ty = floor(row / TILE);
      for (let x = 0; x < across; x++) {
        const column = bounds.left + x * step;
        const tx = floor(column / TILE);
        const data = this.tiles.get(keyOf(tx, ty))?.data;
        if (!data) continue;
        const from = ((row - ty * TILE) * TILE + column - tx * TILE) * components;
        const at = (y * across + x) * components;
        for (let c = 0; c < components; c++) out[at + c] = data[from + c] ?? 0;
      }
    }
    return out;
  }

  /** Overwrites `bounds` with interleaved samples. The surface must be writable. */
  put(samples: Samples, bounds: Bounds): void {
    if (this.sealed) throw new Error('A sealed surface was written');
    this.trimmed = null;
    this.eachRun(bounds, true, (tile, tileAt, samplesAt, count) =>
      tile.set(samples.subarray(samplesAt, samplesAt + count), tileAt),
    );
  }

  /** The same pixels moved by whole pixels. */
  moved(dx: number, dy: number): Surface {
    const result = new Surface(this.components, this.depth);
    if (dx % TILE === 0 && dy % TILE === 0) {
      for (const [key, tile] of this.tiles) {
        const { tx, ty } = placeOf(key);
        result.tiles.set(keyOf(tx + dx / TILE, ty + dy / TILE), tile);
      }
      return result;
    }
    for (const key of this.tiles.keys()) {
      const { tx, ty } = placeOf(key);
      const bounds = { left: tx * TILE, top: ty * TILE, right: (tx + 1) * TILE, bottom: (ty + 1) * TILE };
      const part = intersect(bounds, this.bounds);
      if (isEmpty(part)) continue;
      result.put(this.read(part), {
        left: part.left + dx,
        top: part.top + dy,
        right: part.right + dx,
        bottom: part.bottom + dy,
      });
    }
    return result;
  }

  /** Bytes held, tiles shared with other surfaces included. */
  get bytes(): number {
    let bytes = 0;
    for (const tile of this.tiles.values()) bytes += tile.data.byteLength;
    return bytes;
  }

  private findBounds(): Bounds {
    const all = OFFSET * TILE;
    return this.boundsWithin({ left: -all, top: -all, right: all, bottom: all });
  }

  private findExtent(data: Samples, { left, top, right, bottom }: Bounds): Bounds {
    const step = this.components;
    if (step === 1) return { left, top, right, bottom };
    let found = EMPTY;
    for (let y = top; y < bottom; y++) {
      const row = y * TILE * step + step - 1;
      let first = left;
      while (first < right && data[row + first * step] === 0) first++;
      if (first === right) continue;
      let last = right - 1;
      while (data[row + last * step] === 0) last--;
      found = union(found, { left: first, top: y, right: last + 1, bottom: y + 1 });
    }
    return found;
  }

  /** Walks the rows of `bounds` tile by tile; `make` also makes, and copies, the tiles that will be written. */
  private eachRun(
    bounds: Bounds,
    make: boolean,
    visit: (tile: Samples, tileAt: number, boundsAt: number, count: number) => void,
  ): void {
    const step = this.components;
    const across = width(bounds);
    for (let ty = floor(bounds.top / TILE); ty * TILE < bounds.bottom; ty++) {
      for (let tx = floor(bounds.left / TILE); tx * TILE < bounds.right; tx++) {
        const data = make ? this.tileToWrite(keyOf(tx, ty)) : this.tiles.get(keyOf(tx, ty))?.data;
        if (data === undefined) continue;
        const left = max(bounds.left, tx * TILE);
        const count = (min(bounds.right, (tx + 1) * TILE) - left) * step;
        const bottom = min(bounds.bottom, (ty + 1) * TILE);
        for (let y = max(bounds.top, ty * TILE); y < bottom; y++) {
          const tileAt = ((y - ty * TILE) * TILE + (left - tx * TILE)) * step;
          visit(data, tileAt, ((y - bounds.top) * across + (left - bounds.left)) * step, count);
        }
      }
    }
  }

  private tileToWrite(key: number): Samples {
    const tile = this.tiles.get(key);
    if (tile?.owner === this) {
      tile.extent = null;
      return tile.data;
    }
    const data = tile ? tile.data.slice() : makeSamples(this.depth, TILE * TILE * this.components);
    this.tiles.set(key, { data, owner: this, extent: null });
    return data;
  }
}
