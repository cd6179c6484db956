/**
 * Measures the smallest overlap at which a tiled run equals the untiled one within one 8-bit step, for each model, on
 * the middle 256² of every picture given (PNG files or folders of them):
 *
 *     npx tsx models/check/overlap.ts PICTURE|FOLDER… [--model ID]
 *
 * As in the engine, the picture is extended on all sides by the overlap, mirrored with its edge pixel. Untiled is one
 * run over all of that; a tile is a run over its core and the overlap around it. Both are clamped and rounded to
 * 8 bits before they are compared. Cores are of 64 and of 128 pixels, their grid shifted from picture to picture.
 *
 * The search goes up from 4: an overlap that fails on one picture is raised until it passes there, and at the end the
 * overlap found is tried again on all pictures, because nothing says that the difference falls steadily.
 */
import { parseArgs } from 'node:util';
import type { CatalogEntry } from '../../src/catalog.ts';
import { catalogEntries, loadNetwork, type Enlarge } from './network.ts';
import { crop, mirrored, pictureFiles, quantised, readPicture, type Picture } from './picture.ts';

const CROP = 256;
const CORES = [64, 128];
const FIRST_OVERLAP = 4;
/** How far the grid of cores moves from picture to picture; prime to both core sizes. */
const GRID_SHIFT = 23;

interface Difference {
  /** 8-bit steps */
  readonly largest: number;
  /** of samples that differ at all */
  readonly share: number;
}

async function difference(
  enlarge: Enlarge,
  scale: number,
  picture: Picture,
  overlap: number,
  shift: number,
): Promise<Difference> {
  const extended = mirrored(picture, overlap);
  const whole = quantised(await enlarge(extended));
  let largest = 0;
  let differing = 0;
  let compared = 0;
  for (const core of CORES) {
    for (const [top, height] of spans(picture.height, core, shift)) {
      for (const [left, width] of spans(picture.width, core, shift)) {
        const tile = crop(extended, left, top, width + 2 * overlap, height + 2 * overlap);
        const margin = overlap * scale;
        const tiled = crop(quantised(await enlarge(tile)), margin, margin, width * scale, height * scale);
        const untiled = crop(
          whole,
          left * scale + margin,
          top * scale + margin,
          width * scale,
          height * scale,
        );
        tiled.data.forEach((sample, at) => {
          const steps = Math.abs(sample - (untiled.data[at] ?? NaN));
          if (steps > 0) differing++;
          largest = Math.max(largest, steps);
        });
        compared += tiled.data.length;
      }
    }
  }
  return { largest, share: differing / compared };
}

/** [start, length] of the cores along a side; the first is cut short by the grid's shift. */
function spans(side: number, core: number, shift: number): [number, number][] {
  const cuts = [0];
  for (let cut = core - (shift % core); cut < side; cut += core) cuts.push(cut);
  return cuts.map((start, index) => [start, (cuts[index + 1] ?? side) - start]);
}

async function middle(file: string): Promise<Picture> {
  const picture = await readPicture(file);
  const width = Math.min(CROP, picture.width);
  const height = Math.min(CROP, picture.height);
  return crop(
    picture,
    Math.floor((picture.width - width) / 2),
    Math.floor((picture.height - height) / 2),
    width,
    height,
  );
}

async function measure(entry: CatalogEntry, files: readonly string[]): Promise<void> {
  const enlarge = await loadNetwork(entry);
  const tried = new Map<number, { pictures: number; largest: number; worst: string; shares: number }>();
  const passedAt = new Map<string, number>();
  let overlap = FIRST_OVERLAP;

  const passes = async (file: string): Promise<boolean> => {
    const found = await difference(
      enlarge,
      entry.scale,
      await middle(file),
      overlap,
      GRID_SHIFT * files.indexOf(file),
    );
    const before = tried.get(overlap) ?? { pictures: 0, largest: -1, worst: '', shares: 0 };
    tried.set(overlap, {
      pictures: before.pictures + 1,
      shares: before.shares + found.share,
      ...(found.largest > before.largest ? { largest: found.largest, worst: file } : before),
    });
    if (found.largest <= 1) passedAt.set(file, overlap);
    return found.largest <= 1;
  };

  const pending = (): string[] => files.filter((file) => passedAt.get(file) !== overlap);
  for (let left = pending(); left.length > 0; left = pending()) {
    for (const file of left) {
      while (!(await passes(file))) {
        // At the receptive field nothing beyond a tile can matter, so a difference there is a fault, not a reach.
        if (overlap >= entry.receptiveField)
          throw new Error(`${entry.id}: ${file} differs at the receptive field`);
        overlap++;
      }
    }
  }

  console.log(
    `${entry.id}: overlap ${overlap} of at most ${entry.receptiveField}, over ${files.length} pictures`,
  );
  console.table(
    [...tried].map(([at, { pictures, largest, worst, shares }]) => ({
      overlap: at,
      pictures,
      'largest difference (1/255)': largest,
      'samples that differ (%)': ((100 * shares) / pictures).toFixed(4),
      'worst picture': worst.split(/[\\/]/).slice(-2).join('/'),
    })),
  );
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { model: { type: 'string' } } });
const files = pictureFiles(positionals);
if (files.length === 0) throw new Error('usage: overlap.ts PICTURE|FOLDER… [--model ID]');
for (const entry of catalogEntries()) {
  if (values.model === undefined || values.model === entry.id) await measure(entry, files);
}
