/**
 * How a picture is cut: one tile shape for the whole run, because runtimes compile per shape and reuse buffers
 * badly when shapes vary; equal cores, so that no sliver costs a whole tile.
 */
import { LAG } from './blur.ts';
import type { CutSides, Network, PictureFormat } from './types.ts';

/** Tile sides tried: fine enough that little of a tile lies beyond the picture, multiples of 16 for the kernels. */
const SIDES = [...steps(32, 512, 16), ...steps(544, 1024, 32), ...steps(1088, 2048, 64)];

function steps(from: number, to: number, by: number): number[] {
  return Array.from({ length: (to - from) / by + 1 }, (_, i) => from + i * by);
}

/** Bytes the stitched rows may take (RGB at the network's scale, 16-bit or float); what bounds the height of a tile. */
export const STITCHED_BYTES = 128 * 2 ** 20;

/** What starting a tile costs beside its pixels, in pixels of inference: keeps plans from many tiny tiles. */
const TILE_COST = 512;

/** A span of pixels along one axis: the core that a tile contributes, and where the tile starts (may be < 0). */
export interface Span {
  readonly core: number;
  readonly coreLength: number;
  readonly tile: number;
}

/** How a picture is cut into tiles. */
export interface TilePlan {
  /** Pixels of every tile, overlap included. */
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly columns: readonly Span[];
  readonly bands: readonly Span[];
  readonly tiles: number;
  /** Input pixels the network sees over the picture's pixels, less one. */
  readonly recomputed: number;
}

/** What of a picture decides how it is cut. */
export type Planned = Pick<PictureFormat, 'width' | 'height' | 'range'>;

/** Rows of a picture this wide that may be stitched at once, in input rows. */
export function stitchedRowsAllowed({ width, range }: Planned, scale: number): number {
  const { BYTES_PER_ELEMENT } = range ? Float32Array : Uint16Array;
  return Math.floor(STITCHED_BYTES / (width * scale * scale * 3 * BYTES_PER_ELEMENT));
}

/**
 * The quickest plan for a backend that runs `lanes` tiles of at most `maxTilePixels` input pixels at once (exceeded
 * only if no tile with this overlap is that small). A small picture is cut finer for many lanes than for one, so that
 * none stands idle. Tells the number of tiles and their shape without running anything: a run takes about
 * ⌈tiles / lanes⌉ · (time of one such tile).
 */
export function planTiles(
  format: Planned,
  network: Network,
  maxTilePixels: number,
  lanes: number,
  cut?: CutSides,
): TilePlan {
  const { width, height } = format;
  const sides = SIDES.filter((side) => side > 2 * network.overlap);
  const smallest = sides[0];
  if (smallest === undefined) throw new RangeError(`no tile side fits an overlap of ${network.overlap}`);
  const maxCoreRows = stitchedRowsAllowed(format, network.scale) - LAG;

  const across = wanted(width, network.overlap, cut?.left, cut?.right);
  const down = wanted(height, network.overlap, cut?.top, cut?.bottom);
  const count = ({ length }: Wanted, side: number) => Math.ceil(length / (side - 2 * network.overlap));
  let best = { tileWidth: smallest, tileHeight: smallest, cost: Infinity };
  for (const tileWidth of sides) {
    for (const tileHeight of sides) {
      const fits = tileWidth * tileHeight <= maxTilePixels && tileHeight - 2 * network.overlap <= maxCoreRows;
      if (!fits && (tileWidth > smallest || tileHeight > smallest)) continue;
      const rounds = Math.ceil((count(across, tileWidth) * count(down, tileHeight)) / lanes);
      const cost = rounds * (tileWidth * tileHeight + TILE_COST);
      if (cost < best.cost) best = { tileWidth, tileHeight, cost };
    }
  }

  const { tileWidth, tileHeight } = best;
  const columns = spansOf(across, count(across, tileWidth), tileWidth);
  const bands = spansOf(down, count(down, tileHeight), tileHeight);
  const tiles = columns.length * bands.length;
  return {
    tileWidth,
    tileHeight,
    columns,
    bands,
    tiles,
    recomputed: (tiles * tileWidth * tileHeight) / (width * height) - 1,
  };
}

/** Of a side of the picture, what is to come out right. */
interface Wanted {
  readonly before: number;
  readonly length: number;
  readonly after: number;
}

function wanted(side: number, overlap: number, first = false, last = false): Wanted {
  const before = first ? overlap : 0;
  const after = last ? overlap : 0;
  const length = side - before - after;
  return length > 0 ? { before, length, after } : { before: 0, length: side, after: 0 };
}

/** Spans over what is wanted; what lies beyond goes with the first and the last, whose tiles hold it. */
function spansOf({ before, length, after }: Wanted, count: number, side: number): Span[] {
  return spans(length, count, side).map(({ core, coreLength, tile }, i) => {
    const from = i === 0 ? 0 : before + core;
    const to = before + core + coreLength + (i === count - 1 ? after : 0);
    return { core: from, coreLength: to - from, tile: before + tile };
  });
}

/** `count` equal cores (to a pixel) over `length` pixels, each in the middle of a tile of `side` pixels. */
function spans(length: number, count: number, side: number): Span[] {
  return Array.from({ length: count }, (_, i) => {
    const core = Math.floor((i * length) / count);
    const coreLength = Math.floor(((i + 1) * length) / count) - core;
    return { core, coreLength, tile: core - Math.floor((side - coreLength) / 2) };
  });
}

/** The four quarters of a tile's core, each in a smaller tile with the same overlap; undefined if none is smaller. */
export function quarterTile(
  column: Span,
  band: Span,
  plan: TilePlan,
  overlap: number,
): { column: Span; band: Span; tileWidth: number; tileHeight: number }[] | undefined {
  const side = (core: number, whole: number) => {
    const needed = Math.ceil(core / 2) + 2 * overlap;
    return Math.min(whole, SIDES.find((each) => each >= needed) ?? needed);
  };
  const tileWidth = side(column.coreLength, plan.tileWidth);
  const tileHeight = side(band.coreLength, plan.tileHeight);
  if (tileWidth * tileHeight >= plan.tileWidth * plan.tileHeight) return undefined;
  const halves = (span: Span, length: number) =>
    spans(span.coreLength, Math.min(2, span.coreLength), length).map((half) => ({
      core: span.core + half.core,
      coreLength: half.coreLength,
      tile: span.core + half.tile,
    }));
  return halves(band, tileHeight).flatMap((bandHalf) =>
    halves(column, tileWidth).map((columnHalf) => ({
      column: columnHalf,
      band: bandHalf,
      tileWidth,
      tileHeight,
    })),
  );
}
