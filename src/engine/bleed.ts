/**
 * Gives the pixels beneath transparent alpha a colour from near by, so that a network which sees colour alone finds
 * no edge where the picture ends, and no colour that nobody ever saw gets into a visible edge.
 *
 * Push and pull: colours weighted by alpha are averaged over blocks of 2, 4 … 32 pixels; then, from coarse to fine,
 * each block keeps its own average as far as alpha supports it and takes the rest from the coarser level,
 * interpolated. It works on strips of 32 rows whose blocks lie at fixed places of the picture, and looks one strip
 * up and one down; so it streams, and does not depend on how the picture is cut into tiles.
 */

/** Rows of a strip: the side of the largest block, and about how far a colour reaches. */
export const STRIP = 32;
const LEVELS = 5;

/** A colour counts fully from this alpha on; below it, it is mixed with its surroundings in proportion. */
const TRUSTED_ALPHA = 1 / 8;

/** Sums of one strip over blocks: `levels[l]` has rows of blocks of side 2^(l+1), each block r·a, g·a, b·a, a. */
export interface Strip {
  readonly levels: readonly Float32Array[];
  /** Whether any pixel needs a colour. */
  readonly sparse: boolean;
}

/** One row of a picture: three planes of colour, and alpha. Written in place by `bleedStrip`. */
export interface Row {
  readonly rgb: Float32Array;
  readonly alpha: Float32Array;
}

const blocks = (width: number, level: number) => Math.ceil(width / 2 ** level);

/** The sums of a strip of up to 32 rows. */
export function sumStrip(rows: readonly Row[], width: number): Strip {
  const levels = Array.from(
    { length: LEVELS },
    (_, l) => new Float32Array((STRIP >> (l + 1)) * blocks(width, l + 1) * 4),
  );
  const [finest] = levels;
  let sparse = false;
  rows.forEach(({ rgb, alpha }, y) => {
    if (!finest) return;
    const start = (y >> 1) * blocks(width, 1) * 4;
    for (let x = 0; x < width; x++) {
      const a = alpha[x] as number;
      if (a < TRUSTED_ALPHA) sparse = true;
      const to = start + (x >> 1) * 4;
      finest[to] = (finest[to] as number) + a * (rgb[x] as number);
      finest[to + 1] = (finest[to + 1] as number) + a * (rgb[width + x] as number);
      finest[to + 2] = (finest[to + 2] as number) + a * (rgb[2 * width + x] as number);
      finest[to + 3] = (finest[to + 3] as number) + a;
    }
  });
  for (let level = 2; level <= LEVELS; level++) {
    const from = levels[level - 2];
    const to = levels[level - 1];
    if (!from || !to) break;
    const fromBlocks = blocks(width, level - 1);
    const toBlocks = blocks(width, level);
    for (let y = 0; y < STRIP >> (level - 1); y++) {
      for (let x = 0; x < fromBlocks; x++) {
        const a = (y * fromBlocks + x) * 4;
        const b = ((y >> 1) * toBlocks + (x >> 1)) * 4;
        for (let c = 0; c < 4; c++) to[b + c] = (to[b + c] as number) + (from[a + c] as number);
      }
    }
  }
  return { levels, sparse };
}

/** Gives a strip's pixels their colour. `above` and `below` are undefined at the picture's border. */
export function bleedStrip(
  rows: readonly Row[],
  width: number,
  above: Strip | undefined,
  strip: Strip,
  below: Strip | undefined,
): void {
  if (!strip.sparse) return;
  let coarse: Filled | undefined;
  for (let level = LEVELS; level >= 1; level--) coarse = fillLevel(level, width, above, strip, below, coarse);
  if (!coarse) return;
  const color = new Float32Array(4);
  for (const [y, { rgb, alpha }] of rows.entries()) {
    for (let x = 0; x < width; x++) {
      const trust = (alpha[x] as number) / TRUSTED_ALPHA;
      if (trust >= 1) continue;
      interpolate(coarse, x, y, color);
      if (color[3] === 0) continue;
      for (let c = 0; c < 3; c++) {
        const at = c * width + x;
        rgb[at] = trust * (rgb[at] as number) + (1 - trust) * (color[c] as number);
      }
    }
  }
}

/** A level with every block coloured that can be: a row of blocks more above and below; r, g, b, 1 (or 0: none). */
interface Filled {
  readonly width: number;
  readonly data: Float32Array;
}

function fillLevel(
  level: number,
  pictureWidth: number,
  above: Strip | undefined,
  strip: Strip,
  below: Strip | undefined,
  coarse: Filled | undefined,
): Filled {
  const width = blocks(pictureWidth, level);
  const rows = STRIP >> level;
  const data = new Float32Array((rows + 2) * width * 4);
  const color = new Float32Array(4);
  for (let y = -1; y <= rows; y++) {
    const sums = (y < 0 ? above : y < rows ? strip : below)?.levels[level - 1];
    const row = y < 0 ? rows - 1 : y < rows ? y : 0;
    for (let x = 0; x < width; x++) {
      const from = (row * width + x) * 4;
      const to = ((y + 1) * width + x) * 4;
      const weight = sums ? (sums[from + 3] as number) : 0;
      let trust = Math.min(1, weight / (4 ** level * TRUSTED_ALPHA));
      color[3] = 0;
      if (trust < 1 && coarse) interpolate(coarse, x, y, color);
      if (color[3] === 0) {
        if (weight === 0) continue;
        trust = 1;
      }
      for (let c = 0; c < 3; c++) {
        const own = weight > 0 && sums ? (sums[from + c] as number) / weight : 0;
        data[to + c] = trust * own + (1 - trust) * (color[c] as number);
      }
      data[to + 3] = 1;
    }
  }
  return { width, data };
}

/** The coarse level's colour at block (x, y) of the level below it: bilinear over the blocks that have one. */
function interpolate(coarse: Filled, x: number, y: number, into: Float32Array): void {
  const { width, data } = coarse;
  const nearX = x >> 1;
  const nearY = y >> 1;
  const farX = Math.min(width - 1, Math.max(0, nearX + (x & 1 ? 1 : -1)));
  const farY = nearY + (y & 1 ? 1 : -1);
  let r = 0;
  let g = 0;
  let b = 0;
  let total = 0;
  for (let corner = 0; corner < 4; corner++) {
    const at = (((corner & 2 ? farY : nearY) + 1) * width + (corner & 1 ? farX : nearX)) * 4;
    const weight = (corner & 1 ? 0.25 : 0.75) * (corner & 2 ? 0.25 : 0.75) * (data[at + 3] as number);
    r += weight * (data[at] as number);
    g += weight * (data[at + 1] as number);
    b += weight * (data[at + 2] as number);
    total += weight;
  }
  into[3] = total > 0 ? 1 : 0;
  if (total === 0) return;
  into[0] = r / total;
  into[1] = g / total;
  into[2] = b / total;
}
