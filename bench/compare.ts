/**
 * The picture of the three models beside bicubic and the original: `npm run compare` writes docs/images/compare.png.
 * Each sample is shrunk to a quarter of its sides, then enlarged four times by bicubic and by each model, so that the
 * original stands beside its reconstructions.
 */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp, { type OverlayOptions } from 'sharp';
import { MODEL_LABELS, MODELS, type ModelName } from '../src/catalog.ts';
import { loadModel, readCatalog } from '../src/cli/model.ts';
import { enhance } from '../src/engine/enhance.ts';
import type { PictureFormat, Samples, Sink, Source } from '../src/engine/types.ts';
import { nativeBackend } from '../src/runtime/native.ts';
import { wholeTarget } from '../src/size.ts';

const SCALE = 4;
const catalog = await readCatalog();
/** Cut from the sample so that every column has one size. */
const SIDE = 200;
/** Each pixel of the results is shown as this many, so that a reader sees pixels and not a viewer's smoothing. */
const ZOOM = 2;
const GAP = 8;
const HEADING = 34;

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const SAMPLES = [
  { name: 'portrait', left: 0, top: 0 },
  { name: 'landscape', left: 60, top: 0 },
  { name: 'illustration', left: 0, top: 0 },
];

/** 8-bit interleaved RGB. */
interface Rgb {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

const raw = ({ width, height }: Rgb) => ({ raw: { width, height, channels: 3 as const } });

async function readSample(name: string, left: number, top: number): Promise<Rgb> {
  const { data, info } = await sharp(at(`../simulator/samples/${name}.png`))
    .extract({ left, top, width: SIDE, height: SIDE })
    .flatten({ background: '#ffffff' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

async function resize(
  picture: Rgb,
  width: number,
  height: number,
  kernel: 'cubic' | 'nearest',
): Promise<Rgb> {
  const data = await sharp(picture.data, raw(picture))
    .resize(width, height, { kernel, fit: 'fill' })
    .raw()
    .toBuffer();
  return { data, width, height };
}

async function enhanceWith(model: ModelName, picture: Rgb): Promise<Rgb> {
  const { detail } = catalog.defaults[model];
  const { blend, loaded } = await loadModel({ model, quality: 'fast', detail });
  let row = 0;
  const source: Source = {
    format: { width: picture.width, height: picture.height, channels: 3, depth: 8 },
    read: (rows) => {
      const from = row * picture.width * 3;
      row += rows;
      return Promise.resolve(new Uint8Array(picture.data.subarray(from, row * picture.width * 3)));
    },
  };
  const written: Samples[] = [];
  let format: PictureFormat = source.format;
  const sink: Sink = {
    open: (opened) => {
      format = opened;
      return Promise.resolve();
    },
    write: (_rows, samples) => {
      written.push(samples.slice());
      return Promise.resolve();
    },
  };
  const backends = [nativeBackend(loaded)];
  await enhance(source, sink, {
    network: blend,
    target: wholeTarget(picture, { kind: 'factor', factor: SCALE }),
    backends,
    signal: new AbortController().signal,
  });
  const data = Buffer.concat(
    written.map((each) => Buffer.from(each.buffer, each.byteOffset, each.byteLength)),
  );
  return { data, width: format.width, height: format.height };
}

function heading(texts: readonly string[], column: number): Buffer {
  const labels = texts.map(
    (text, index) =>
      `<text x="${GAP + index * column + column / 2}" y="23" text-anchor="middle" font-family="sans-serif" font-size="17" fill="#222">${text}</text>`,
  );
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${GAP + texts.length * column}" height="${HEADING}">${labels.join('')}</svg>`,
  );
}

const columns = ['Input', 'Bicubic', ...MODELS.map((model) => MODEL_LABELS[model]), 'Original'];
const shown = SIDE * ZOOM;
const column = shown + GAP;
const cells: OverlayOptions[] = [{ input: heading(columns, column), left: 0, top: 0 }];
for (const [y, sample] of SAMPLES.entries()) {
  const original = await readSample(sample.name, sample.left, sample.top);
  const input = await resize(original, SIDE / SCALE, SIDE / SCALE, 'cubic');
  const row = [
    await resize(input, SIDE, SIDE, 'nearest'),
    await resize(input, SIDE, SIDE, 'cubic'),
    ...(await Promise.all(MODELS.map((model) => enhanceWith(model, input)))),
    original,
  ];
  for (const [x, picture] of row.entries()) {
    const cell = await resize(picture, shown, shown, 'nearest');
    cells.push({ input: cell.data, ...raw(cell), left: GAP + x * column, top: HEADING + y * column });
  }
}
const [width, height] = [GAP + columns.length * column, HEADING + SAMPLES.length * column];
await mkdir(at('../docs/images'), { recursive: true });
await sharp({ create: { width, height, channels: 3, background: '#f2f2f2' } })
  .composite(cells)
  .png({ palette: true, quality: 95, effort: 10 })
  .toFile(at('../docs/images/compare.png'));
console.log(`docs/images/compare.png: ${columns.join(', ')}; ${SAMPLES.length} samples at 1:${SCALE}`);
