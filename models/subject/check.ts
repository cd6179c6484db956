/**
 * How well Auto finds faces and tells photos from drawings:
 *
 *     npx tsx models/subject/check.ts --portraits DIR --scenes DIR… --plain DIR… --drawings DIR [--every N]
 *
 * Portraits, one face each, are shown whole, damaged, and at a half, a quarter and an eighth of the side of a scene
 * without faces; a face counts as found if one of the heads has its middle within the middle half of the portrait. `plain`
 * folders are measured as they are, and what was proposed is named, for someone to look at. `--every` takes one portrait
 * and one drawing in so many.
 */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp, { type Sharp } from 'sharp';
import { parseCatalog } from '../../src/catalog.ts';
import type { Detect } from '../../src/subject/faces.ts';
import { proposeModel, THUMBNAIL_SIDE, type Proposal } from '../../src/subject/propose.ts';
import { picturesOf, pixelsOf, sharpOf } from './pictures.ts';

const { values } = parseArgs({
  options: {
    portraits: { type: 'string' },
    scenes: { type: 'string', multiple: true, default: [] },
    plain: { type: 'string', multiple: true, default: [] },
    drawings: { type: 'string' },
    every: { type: 'string', default: '1' },
  },
});
const every = Number(values.every);

const models = new URL('../', import.meta.url);
const { detector } = parseCatalog(JSON.parse(readFileSync(new URL('catalog.json', models), 'utf8')));
const session = await InferenceSession.create(readFileSync(new URL(detector.file, models)));
const detect: Detect = async ({ width, height, data }) => {
  const { output } = await session.run({ data: new Tensor('float32', data, [1, 3, height, width]) });
  const [, , rows = NaN, columns = NaN] = output?.dims ?? [];
  if (!(output?.data instanceof Float32Array)) throw new Error('the detector gave no float output');
  return { width: columns, height: rows, data: output.data };
};

/** What is proposed for a picture, shrunk as the panel and the shell shrink it, and how wide it was then. */
const propose = async (image: Sharp): Promise<Proposal & { width: number }> => {
  const whole = sharpOf(await pixelsOf(image));
  const picture = await pixelsOf(
    whole.resize(THUMBNAIL_SIDE, THUMBNAIL_SIDE, { fit: 'inside', withoutEnlargement: true }),
  );
  return { ...(await proposeModel(picture, detect)), width: picture.width };
};
const oneIn = <T>(list: readonly T[]): T[] => list.filter((_, at) => at % every === 0);
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

/** Where the portrait lies in what is shown, in pixels of a thumbnail. */
interface Shown {
  readonly image: Sharp;
  readonly x: number;
  readonly y: number;
  readonly side: number;
}
type Show = (portrait: string, scene: string | undefined) => Promise<Shown> | Shown;

const SIDE = 768;
const whole = (change: (image: Sharp) => Promise<Sharp> | Sharp): Show => {
  return async (portrait) => ({
    image: await change(sharp(portrait).resize(SIDE, SIDE)),
    x: 0,
    y: 0,
    side: SIDE,
  });
};
const encoded = async (image: Sharp, side: number, quality: number): Promise<Sharp> =>
  sharp(
    await sharp(await image.png().toBuffer())
      .resize(side, side)
      .jpeg({ quality })
      .toBuffer(),
  );
/** The portrait at a share of a scene's side, left of its middle and above it. */
const within = (share: number): Show => {
  return async (portrait, scene) => {
    const side = Math.round(SIDE * share);
    const input = await sharp(portrait).resize(side, side).png().toBuffer();
    const x = Math.round((SIDE - side) * 0.4);
    const y = Math.round((SIDE - side) * 0.3);
    const ground = sharp(scene).resize(SIDE, SIDE, { fit: 'cover' });
    return { image: ground.composite([{ input, left: x, top: y }]), x, y, side };
  };
};

const SHOWN: Readonly<Record<string, Show>> = {
  whole: whole((image) => image),
  gray: whole((image) => image.grayscale()),
  'blurred, σ 8': whole((image) => image.blur(8)),
  'noise, σ 30': whole(async (image) => {
    const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
    const input = await sharp({
      create: { width: SIDE, height: SIDE, channels: 3, background: 'gray', noise },
    })
      .png()
      .toBuffer();
    return image.composite([{ input, blend: 'hard-light' }]);
  }),
  '64 pixels, JPEG 30': whole((image) => encoded(image, 64, 30)),
  '128 pixels, JPEG 30': whole((image) => encoded(image, 128, 30)),
  dark: whole((image) => image.linear(0.3, 0)),
  'a half of a scene': within(1 / 2),
  'a quarter of a scene': within(1 / 4),
  'an eighth of a scene': within(1 / 8),
};

if (values.portraits) {
  const scenes = values.scenes.flatMap(picturesOf);
  const portraits = oneIn(picturesOf(values.portraits));
  const table: Record<string, Record<string, string>> = {};
  for (const [name, show] of Object.entries(SHOWN)) {
    let [found, others, drawings, portrait] = [0, 0, 0, 0];
    for (const [index, file] of portraits.entries()) {
      const { image, x, y, side } = await show(file, scenes[index % scenes.length]);
      const { reason, faces, width } = await propose(image);
      const factor = width / SIDE;
      const right = faces.filter((face) => {
        const [middle, centre] = [face.x + face.width / 2, face.y + face.height / 2];
        const inside = (value: number, from: number): boolean =>
          Math.abs(value - (from + side / 2) * factor) < (side * factor) / 4;
        return inside(middle, x) && inside(centre, y);
      });
      if (right.length > 0) found++;
      others += faces.length - Math.min(1, right.length);
      if (reason === 'drawing') drawings++;
      if (reason === 'portrait') portrait++;
    }
    table[name] = {
      'face found': percent(found, portraits.length),
      'further faces': `${others}`,
      'as a portrait': percent(portrait, portraits.length),
      'taken for a drawing': percent(drawings, portraits.length),
    };
  }
  console.log(`${portraits.length} portraits, ${scenes.length} scenes`);
  console.table(table);
}

for (const folder of [...values.plain, ...(values.drawings ? [values.drawings] : [])]) {
  const files = folder === values.drawings ? oneIn(picturesOf(folder)) : picturesOf(folder);
  const named = new Map<string, string[]>();
  for (const file of files) {
    const { reason, faces } = await propose(sharp(file));
    const widths = faces.map(({ width }) => width).join(' ');
    const name = faces.length > 0 ? `${basename(file)} (${widths})` : basename(file);
    named.set(reason, [...(named.get(reason) ?? []), name]);
  }
  console.log(`${basename(folder)}, ${files.length} pictures`);
  for (const [reason, names] of named) {
    const listed = names.length > 40 ? '' : `: ${names.join(', ')}`;
    console.log(`  ${reason} ${names.length}${listed}`);
  }
}
