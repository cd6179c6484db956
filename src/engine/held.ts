/** How much of a picture is held at once: it depends on the width, the tiles and the lanes, never on the height. */
import type { Target } from '../size.ts';
import { BEHIND, type Finish, lagOf } from './emit.ts';
import { GRAIN_LAG } from './grain.ts';
import { GRAY_REACH } from './gray.ts';
import { stitchedRowsAllowed, type TilePlan } from './plan.ts';
import type { PictureFormat } from './types.ts';

/** Rows, of the input. */
export interface Held {
  /** Of a band's cores. */
  readonly coreRows: number;
  /** Bands that may be under way at once. */
  readonly bandsAhead: number;
  /** Stitched and not yet on their way to the sink. */
  readonly capacity: number;
  readonly colorRows: number;
  readonly alphaRows: number;
  /** Below a row that must be stitched before its results can be made. */
  readonly lag: number;
}

/**
 * Enough bands under way to keep every lane busy, and one more to write meanwhile; fewer where memory says so. (Grain
 * looks further down than the plan allows for: in a very wide picture its rows come on top.)
 */
export function heldRows(
  format: PictureFormat,
  plan: TilePlan,
  scale: number,
  lanes: number,
  finish: Finish,
): Held {
  const coreRows = Math.max(...plan.bands.map((band) => band.coreLength));
  const bandsAhead = 1 + Math.ceil((lanes + 1) / plan.columns.length);
  const lag = lagOf(finish);
  const capacity = Math.min(
    format.height,
    Math.max(coreRows + lag, Math.min((bandsAhead + 1) * coreRows + lag, stitchedRowsAllowed(format, scale))),
  );
  const colorRows = plan.tileHeight + bandsAhead * coreRows + 2 * GRAY_REACH;
  return { coreRows, bandsAhead, capacity, colorRows, alphaRows: colorRows + capacity + BEHIND, lag };
}

/** Bytes of a float. */
const FLOAT = Float32Array.BYTES_PER_ELEMENT;
/** Portions of rows read ahead, being decoded, filled and on their way, 2 MiB each, and what they are cut from. */
const PORTIONS = 8 * 2 ** 21;
/** Rows of three planes that the match of low frequencies keeps, and those that grain adds; at the input's width. */
const MATCH_ROWS = 30;
const GRAIN_ROWS = 4 * GRAIN_LAG;
/** Rows read beyond those that tiles need. */
const READ_AHEAD = 320;

/** Bytes that the engine itself holds at its most, beside what the networks' sessions take. */
export function heldBytes(
  format: PictureFormat,
  target: Target,
  plan: TilePlan,
  scale: number,
  lanes: number,
  finish: Finish,
): number {
  const { width, height, channels, range } = format;
  const { capacity, colorRows, alphaRows } = heldRows(format, plan, scale, lanes, finish);
  const kept = (rows: number) => Math.min(height, rows + READ_AHEAD);
  const alpha = channels % 2 === 0 ? kept(alphaRows) : 0;
  const input = width * FLOAT * (3 * kept(colorRows) + alpha);
  const sample = range ? FLOAT : Uint16Array.BYTES_PER_ELEMENT;
  const stitched = capacity * width * (3 * scale * scale * sample + 3 * FLOAT + 1);
  const matched = 3 * width * FLOAT * (MATCH_ROWS + (finish.noise < 100 ? GRAIN_ROWS : 0));
  const ratio = Math.max(1, scale / target.scaleY);
  const resampled = 3 * width * scale * FLOAT * (4 * ratio + 4);
  const reach = finish.sharpness > 0 ? 2 * Math.ceil(target.scaleY + 1) + 1 : 0;
  const sharpened = 11 * target.width * FLOAT * reach;
  // Each tile goes in and comes back, and one more than lanes is cut already; a result waits while the next is made.
  const tile = 3 * plan.tileWidth * plan.tileHeight * FLOAT;
  const tiles = (lanes + 1) * tile * (1 + 2 * scale * scale);
  return input + stitched + matched + resampled + sharpened + tiles + PORTIONS;
}
