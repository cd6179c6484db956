/**
 * Measures what the engine's low-frequency match does, on the middle of every picture given:
 *
 *     npx tsx models/check/low-frequency.ts PICTURE|FOLDER… [--model ID] [--side 256] [--jpeg QUALITY]
 *
 * The picture is shrunk by 4 (bicubic, sRGB values), optionally through JPEG, and enlarged: by the network alone, by the
 * network with a match of each blur width, and by the engine as it ships. Printed: PSNR of luma against the picture,
 * consistency (PSNR of the result's mean over 4×4 against the input) and drift (the largest channel's mean shift in
 * 1/255: average and worst over pictures).
 */
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import type { Network } from '../../src/catalog.ts';
import { enhance } from '../../src/engine/enhance.ts';
import type { Samples } from '../../src/engine/types.ts';
import { loadedFile } from '../../src/runtime/blend.ts';
import { nativeBackend } from '../../src/runtime/native.ts';
import { wholeTarget } from '../../src/size.ts';
import { imresize, KERNELS } from './imresize.ts';
import { catalogEntries, loadNetwork, modelFile } from './network.ts';
import {
  crop,
  cropToMultiple,
  map,
  mirrored,
  pictureFiles,
  quantised,
  readPicture,
  type Picture,
} from './picture.ts';
import { inner, luma, psnr } from './quality.ts';

const SCALE = 4;
const SIGMAS = [4, 3, 2, 1.5, 1, 0.7];

const shrunk = (picture: Picture): Picture =>
  imresize(picture, picture.width / SCALE, picture.height / SCALE, KERNELS.box);

function blurred(picture: Picture, sigma: number): Picture {
  const radius = Math.ceil(3 * sigma);
  const weights = Array.from({ length: 2 * radius + 1 }, (_, at) =>
    Math.exp(-((at - radius) ** 2) / (2 * sigma ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const wide = mirrored(picture, radius);
  const across = wide.data.map((_, at) =>
    weights.reduce((total, weight, k) => total + (weight / sum) * (wide.data[at + k - radius] ?? 0), 0),
  );
  const down = across.map((_, at) =>
    weights.reduce(
      (total, weight, k) => total + (weight / sum) * (across[at + (k - radius) * wide.width] ?? 0),
      0,
    ),
  );
  return crop({ ...wide, data: down }, radius, radius, picture.width, picture.height);
}

function matched(result: Picture, input: Picture, sigma: number): Picture {
  const mean = shrunk(result);
  const difference = { ...input, data: input.data.map((sample, at) => sample - (mean.data[at] ?? NaN)) };
  const correction = imresize(blurred(difference, sigma), result.width, result.height, KERNELS.triangle);
  return { ...result, data: result.data.map((sample, at) => sample + (correction.data[at] ?? NaN)) };
}

/** Through the whole engine: tiles, match and rounding as they ship. */
async function throughEngine(entry: Network, input: Picture): Promise<Picture> {
  const { width, height } = input;
  const pixels = width * height;
  const rows = new Uint8Array(3 * pixels).map(
    (_, at) => input.data[(at % 3) * pixels + Math.floor(at / 3)] ?? 0,
  );
  const written: Samples[] = [];
  let row = 0;
  await enhance(
    {
      format: { width, height, channels: 3, depth: 8 },
      read: (count) => Promise.resolve(rows.slice(3 * width * row, 3 * width * (row += count))),
    },
    { open: () => Promise.resolve(), write: (_, samples) => Promise.resolve(void written.push(samples)) },
    {
      network: entry,
      target: wholeTarget(input, { kind: 'factor', factor: SCALE }),
      backends: [nativeBackend(loadedFile(modelFile(entry)))],
      signal: new AbortController().signal,
    },
  );
  const data = new Float32Array(3 * pixels * SCALE ** 2);
  let at = 0;
  for (const samples of written) {
    for (const sample of samples) data[(at % 3) * pixels * SCALE ** 2 + Math.floor(at++ / 3)] = sample;
  }
  return { ...input, width: width * SCALE, height: height * SCALE, data };
}

async function throughJpeg(picture: Picture, quality: number): Promise<Picture> {
  const { width, height } = picture;
  const pixels = width * height;
  const rows = Uint8Array.from(
    { length: 3 * pixels },
    (_, at) => picture.data[(at % 3) * pixels + Math.floor(at / 3)] ?? 0,
  );
  const jpeg = await sharp(rows, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
  const decoded = await sharp(jpeg).raw().toBuffer();
  return {
    ...picture,
    data: picture.data.map((_, at) => decoded[(at % pixels) * 3 + Math.floor(at / pixels)] ?? 0),
  };
}

/** The largest channel's mean difference. */
function drift(one: Picture, other: Picture): number {
  const pixels = one.data.length / 3;
  const sums = [0, 0, 0];
  one.data.forEach((sample, at) => {
    const channel = Math.floor(at / pixels);
    sums[channel] = (sums[channel] ?? 0) + sample - (other.data[at] ?? NaN);
  });
  return Math.max(...sums.map((sum) => Math.abs(sum) / pixels));
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { model: { type: 'string' }, side: { type: 'string', default: '256' }, jpeg: { type: 'string' } },
});
const files = pictureFiles(positionals);
if (files.length === 0)
  throw new Error('usage: low-frequency.ts PICTURE|FOLDER… [--model ID] [--side 256] [--jpeg QUALITY]');

for (const entry of catalogEntries()) {
  if (values.model !== undefined && values.model !== entry.id) continue;
  const enlarge = await loadNetwork(entry);
  const sums = new Map<string, { psnr: number; consistency: number; drift: number; worst: number }>();
  for (const file of files) {
    const whole = await readPicture(file);
    const side = Math.min(Number(values.side), whole.width, whole.height);
    const [x, y] = [Math.floor((whole.width - side) / 2), Math.floor((whole.height - side) / 2)];
    const original = cropToMultiple(crop(whole, x, y, side, side), SCALE);
    const clean = quantised(
      imresize(original, original.width / SCALE, original.height / SCALE, KERNELS.catmullRom),
    );
    const input = values.jpeg === undefined ? clean : await throughJpeg(clean, Number(values.jpeg));
    const margin = entry.overlap;
    const extended = await enlarge(mirrored(input, margin));
    const alone = map(
      crop(extended, margin * SCALE, margin * SCALE, original.width, original.height),
      (sample) => Math.min(255, Math.max(0, sample)),
    );
    const ways: [string, Picture][] = [
      ['bicubic', imresize(input, original.width, original.height, KERNELS.catmullRom)],
      ['network alone', alone],
      ...SIGMAS.map((sigma): [string, Picture] => [`match, σ ${sigma}`, matched(alone, input, sigma)]),
      ['engine', await throughEngine(entry, input)],
    ];
    const reference = inner(luma(original), SCALE);
    for (const [way, picture] of ways) {
      const result = quantised(picture);
      const shift = drift(shrunk(result), input);
      const so = sums.get(way) ?? { psnr: 0, consistency: 0, drift: 0, worst: 0 };
      sums.set(way, {
        psnr: so.psnr + psnr(inner(luma(result), SCALE), reference),
        consistency: so.consistency + psnr(shrunk(result), input),
        drift: so.drift + shift,
        worst: Math.max(so.worst, shift),
      });
    }
  }
  console.log(
    `${entry.id}, ${files.length} pictures${values.jpeg === undefined ? '' : `, JPEG ${values.jpeg}`}`,
  );
  console.table(
    Object.fromEntries(
      [...sums].map(([way, sum]) => [
        way,
        {
          'PSNR-Y dB': (sum.psnr / files.length).toFixed(2),
          'consistency dB': (sum.consistency / files.length).toFixed(1),
          'drift /255': (sum.drift / files.length).toFixed(3),
          'worst drift': sum.worst.toFixed(2),
        },
      ]),
    ),
  );
}
