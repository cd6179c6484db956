/**
 * Measures the smallest overlap at which a tiled run equals the untiled one within one 8-bit step, for each model, on
 * pieces of 256² of the pictures given (PNG files or folders of them):
 *
 *     npx tsx models/check/overlap.ts PICTURE|FOLDER… [--model ID] [--every N] [--from OVERLAP]
 *
 * As in the engine, a piece is extended on all sides by the overlap, mirrored with its edge pixel. Untiled is one run
 * over all of that; a tile is a run over its core and the overlap around it. Both are clamped and rounded to 8 bits
 * before they are compared. Cores are of 64 pixels, smaller than any engine uses so that there are more seams, and
 * their grid is shifted from piece to piece. `--every` takes each Nth piece only.
 *
 * The search goes up: an overlap that fails on one piece is raised until it passes there, and at the end the overlap
 * found is tried again on all pieces, because nothing says that the difference falls steadily.
 */
import { parseArgs } from 'node:util';
import type { Network } from '../../src/catalog.ts';
import { catalogEntries, loadNetwork, type Enlarge } from './network.ts';
import { crop, mirrored, pictureFiles, quantised, readPicture, type Picture } from './picture.ts';

const PIECE = 256;
const CORE = 64;
/** How far the grid of cores moves from piece to piece; prime to the core's size. */
const GRID_SHIFT = 23;

interface Difference {
  /** 8-bit steps */
  readonly largest: number;
  /** Share of the samples that differ at all. */
  readonly share: number;
}

async function difference(
  enlarge: Enlarge,
  scale: number,
  piece: Picture,
  overlap: number,
  shift: number,
): Promise<Difference> {
  const extended = mirrored(piece, overlap);
  const whole = quantised(await enlarge(extended));
  const margin = overlap * scale;
  let largest = 0;
  let differing = 0;
  let compared = 0;
  for (const [top, height] of spans(piece.height, shift)) {
    for (const [left, width] of spans(piece.width, shift)) {
      const tile = crop(extended, left, top, width + 2 * overlap, height + 2 * overlap);
      const tiled = crop(quantised(await enlarge(tile)), margin, margin, width * scale, height * scale);
      const untiled = crop(whole, left * scale + margin, top * scale + margin, width * scale, height * scale);
      tiled.data.forEach((sample, at) => {
        const steps = Math.abs(sample - (untiled.data[at] ?? NaN));
        if (steps > 0) differing++;
        largest = Math.max(largest, steps);
      });
      compared += tiled.data.length;
    }
  }
  return { largest, share: differing / compared };
}

/** [start, length] of the cores along a side; the first is cut short by the grid's shift. */
function spans(side: number, shift: number): [number, number][] {
  const cuts = [0];
  for (let cut = CORE - (shift % CORE); cut < side; cut += CORE) cuts.push(cut);
  return cuts.map((start, index) => [start, (cuts[index + 1] ?? side) - start]);
}

/** The whole pieces that fit side by side; of a picture smaller than one, all that there is. */
function pieces(picture: Picture): Picture[] {
  const width = Math.min(PIECE, picture.width);
  const height = Math.min(PIECE, picture.height);
  const found: Picture[] = [];
  for (let y = 0; y + height <= picture.height; y += height) {
    for (let x = 0; x + width <= picture.width; x += width) {
      found.push({ ...crop(picture, x, y, width, height), name: `${picture.name} at (${x}, ${y})` });
    }
  }
  return found;
}

async function measure(entry: Network, all: readonly Picture[], from: number): Promise<void> {
  const enlarge = await loadNetwork(entry);
  const tried = new Map<number, { pieces: number; largest: number; worst: string; shares: number }>();
  const passedAt = new Map<Picture, number>();
  let overlap = from;

  const passes = async (piece: Picture): Promise<boolean> => {
    const { largest, share } = await difference(
      enlarge,
      entry.scale,
      piece,
      overlap,
      GRID_SHIFT * all.indexOf(piece),
    );
    const so = tried.get(overlap) ?? { pieces: 0, largest: -1, worst: '', shares: 0 };
    so.pieces++;
    so.shares += share;
    if (largest > so.largest) Object.assign(so, { largest, worst: piece.name });
    tried.set(overlap, so);
    if (largest <= 1) passedAt.set(piece, overlap);
    return largest <= 1;
  };

  const pending = (): Picture[] => all.filter((piece) => passedAt.get(piece) !== overlap);
  for (let left = pending(); left.length > 0; left = pending()) {
    for (const piece of left) {
      while (!(await passes(piece))) {
        // At the receptive field nothing beyond a tile can matter, so a difference there is a fault, not a reach.
        if (overlap >= entry.receptiveField)
          throw new Error(`${entry.id}: ${piece.name} differs at the receptive field`);
        overlap++;
      }
    }
  }

  console.log(
    `${entry.id}: overlap ${overlap} of at most ${entry.receptiveField}, over ${all.length} pieces`,
  );
  console.table(
    [...tried].map(([at, { pieces: count, largest, worst, shares }]) => ({
      overlap: at,
      pieces: count,
      'largest difference (1/255)': largest,
      'samples that differ (%)': ((100 * shares) / count).toFixed(4),
      'worst piece': worst,
    })),
  );
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      model: { type: 'string' },
      every: { type: 'string', default: '1' },
      from: { type: 'string', default: '4' },
    },
  });
  const all: Picture[] = [];
  for (const file of pictureFiles(positionals)) all.push(...pieces(await readPicture(file)));
  const chosen = all.filter((_, index) => index % Number(values.every) === 0);
  if (chosen.length === 0)
    throw new Error('usage: overlap.ts PICTURE|FOLDER… [--model ID] [--every N] [--from OVERLAP]');
  for (const entry of catalogEntries()) {
    if (values.model === undefined || values.model === entry.id)
      await measure(entry, chosen, Number(values.from));
  }
}

await main();
