/** A contact sheet: some pictures, a row each, as every way shows them, at 100 %. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import type { ModelName } from '../../src/catalog.ts';
import { imresize, KERNELS } from '../check/imresize.ts';
import { crop, type Picture } from '../check/picture.ts';
import { luma } from '../check/quality.ts';
import { DAMAGES, interleaved, planar, type Damage } from './damage.ts';
import { heldOutPictures } from './held-out.ts';
import { inputOf } from './measure.ts';
import { deviation, liveliest, loadSet, type SetName } from './sets.ts';
import type { Way, WayKey } from './ways.ts';

/** Sides in pixels: what is shown of a result, and around it what the network sees besides. */
const SHOWN = 192;
const SEEN = 320;
/** Pictures, each of which takes a row for every kind of damage. */
const ROWS = 3;
const GAP = 4;
const LABEL = 22;
/** Bytes; beyond it the JPEG is made coarser. */
const LARGEST = 400_000;
/** Large photographs are soft at 100 %; a third of their size is sharp. */
const PHOTO_FACTOR = 3;

const COLUMNS: readonly WayKey[] = ['bicubic', 'faithful', 'default', 'detailed'];

interface Shown {
  readonly picture: Picture;
  readonly set: SetName;
}

/** Only of pictures that anybody may publish: Set14 is not among them. */
async function shownOf(model: ModelName, data: readonly string[]): Promise<Shown[]> {
  if (model === 'landscape') {
    const photos = data.map((each) => join(each, 'photos-cc0')).find((each) => existsSync(each));
    const large = photos === undefined ? [] : heldOutPictures(photos).slice(0, 1);
    const shrunk = await Promise.all(large.map(readSmaller));
    const usual = (await loadSet('Kodak', data, ROWS - large.length)).map(({ picture }) => picture);
    return [...shrunk, ...usual].map((picture) => ({ picture: liveliest(picture, SEEN), set: 'Kodak' }));
  }
  if (model === 'face') {
    const tests = await loadSet('portraits', data, ROWS);
    return tests.flatMap(({ picture, face }) =>
      // An eye is what people look at first.
      face
        ? [
            {
              picture: about(picture, face.x + 0.4 * face.width, face.y + 0.3 * face.height),
              set: 'portraits',
            },
          ]
        : [],
    );
  }
  // Many drawings are mostly empty: those that vary most are shown.
  return (await loadSet('illustrations', data, 0))
    .filter(({ picture }) => Math.min(picture.width, picture.height) >= SEEN)
    .map(({ picture }) => liveliest(picture, SEEN))
    .map((picture) => ({ picture, varies: deviation(luma(picture)) }))
    .sort((one, other) => other.varies - one.varies)
    .slice(0, ROWS)
    .map(({ picture }) => ({ picture, set: 'illustrations' }));
}

async function readSmaller(file: string): Promise<Picture> {
  const { width, height } = await sharp(file).metadata();
  const small = await sharp(file)
    .resize(Math.floor(width / PHOTO_FACTOR), Math.floor(height / PHOTO_FACTOR))
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const frame = { name: basename(file), channels: 3, data: new Float32Array() };
  return planar({ ...frame, width: small.info.width, height: small.info.height }, small.data);
}

/** `SEEN`² about a place, moved into the picture. */
function about(picture: Picture, x: number, y: number): Picture {
  const within = (place: number, size: number): number =>
    Math.min(size - SEEN, Math.max(0, Math.round(place - SEEN / 2)));
  return crop(picture, within(x, picture.width), within(y, picture.height), SEEN, SEEN);
}

/** The JPEG’s bytes. */
export async function contactSheet(
  model: ModelName,
  data: readonly string[],
  ways: readonly Way[],
): Promise<Buffer> {
  const rows: { readonly label: Damage; readonly cells: readonly Picture[] }[] = [];
  const columns = COLUMNS.flatMap((key) => ways.filter((each) => each.key === key));
  for (const { picture, set } of await shownOf(model, data)) {
    for (const damage of DAMAGES) {
      const input = await inputOf(picture, set, damage);
      const pixels = imresize(input, SEEN, SEEN, KERNELS.box);
      const results: Picture[] = [];
      for (const { enlarge } of columns) results.push(await enlarge(input));
      rows.push({ label: damage, cells: [pixels, ...results, picture] });
    }
  }
  return compose(['input', ...columns.map(({ name }) => name), 'original'], rows);
}

async function compose(
  names: readonly string[],
  rows: readonly { readonly label: Damage; readonly cells: readonly Picture[] }[],
): Promise<Buffer> {
  const step = SHOWN + GAP;
  const width = names.length * step + GAP;
  const height = LABEL + rows.length * step;
  const margin = (SEEN - SHOWN) / 2;
  const cells = rows.flatMap(({ cells }, row) =>
    cells.map((cell, column) => ({
      input: Buffer.from(interleaved(crop(cell, margin, margin, SHOWN, SHOWN))),
      raw: { width: SHOWN, height: SHOWN, channels: 3 as const },
      left: GAP + column * step,
      top: LABEL + row * step,
    })),
  );
  const headings = names.map((name, column) => text(name, GAP + column * step + 4, 15, 'white'));
  const states = rows.map(({ label }, row) =>
    text(label, GAP + 5, LABEL + (row + 1) * step - GAP - 6, 'white'),
  );
  const plates = rows.map(
    ({ label }, row) =>
      `<rect x="${GAP}" y="${LABEL + (row + 1) * step - GAP - 20}" width="${9 * label.length + 6}" height="20" fill="black" fill-opacity="0.6"/>`,
  );
  const labels = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${[...plates, ...headings, ...states].join('')}</svg>`;
  const sheet = await sharp({ create: { width, height, channels: 3, background: '#222' } })
    .composite([...cells, { input: Buffer.from(labels), left: 0, top: 0 }])
    .png()
    .toBuffer();
  for (let quality = 92; ; quality -= 4) {
    const jpeg = await sharp(sheet).jpeg({ quality, chromaSubsampling: '4:4:4', mozjpeg: true }).toBuffer();
    if (jpeg.length < LARGEST || quality < 50) return jpeg;
  }
}

function text(words: string, x: number, y: number, colour: string): string {
  return `<text x="${x}" y="${y}" font-family="sans-serif" font-size="14" fill="${colour}">${words}</text>`;
}
