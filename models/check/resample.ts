/**
 * Measures how 2× and 3× are best made from a model's 4×, on the middle of every picture given:
 *
 *     npx tsx models/check/resample.ts PICTURE|FOLDER… [--model ID] [--side 384]
 *
 * The picture is shrunk by 2 or 3 and rounded to 8 bits, the model enlarges that by 4, and the result, clamped, is
 * shrunk to the picture's own size with each kernel, once on the sRGB values as they are and once in linear light.
 * PSNR and SSIM are of luma against the picture, without a border of 4 pixels, averaged over pictures. Because the way
 * the small picture was made could favour its like, it is made both ways: bicubic on sRGB values, as the field does,
 * and area mean in linear light, as a camera with fewer pixels would.
 */
import { parseArgs } from 'node:util';
import { imresize, KERNELS, type Kernel } from './imresize.ts';
import { catalogEntries, loadNetwork } from './network.ts';
import { crop, cropToMultiple, map, pictureFiles, quantised, readPicture, type Picture } from './picture.ts';
import { inner, luma, psnr, ssim } from './quality.ts';

const SCALES = [2, 3];
const BORDER = 4;

/** IEC 61966-2-1, on 0..255 for both. */
const toLinear = (sample: number): number => {
  const x = Math.min(1, Math.max(0, sample / 255));
  return 255 * (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
};
const fromLinear = (sample: number): number => {
  const x = Math.min(1, Math.max(0, sample / 255));
  return 255 * (x <= 0.0031308 ? x * 12.92 : 1.055 * x ** (1 / 2.4) - 0.055);
};

type Shrink = (picture: Picture, width: number, height: number) => Picture;

const onSrgb =
  (kernel: Kernel): Shrink =>
  (picture, width, height) =>
    imresize(picture, width, height, kernel);
const inLinearLight =
  (kernel: Kernel): Shrink =>
  (picture, width, height) =>
    map(imresize(map(picture, toLinear), width, height, kernel), fromLinear);

const INPUTS: Readonly<Record<string, Shrink>> = {
  'bicubic, sRGB': onSrgb(KERNELS.catmullRom),
  'area, linear': inLinearLight(KERNELS.box),
};

const WAYS: Readonly<Record<string, Shrink>> = Object.fromEntries(
  Object.entries(KERNELS).flatMap(([name, kernel]) => [
    [`${name}, sRGB`, onSrgb(kernel)],
    [`${name}, linear`, inLinearLight(kernel)],
  ]),
);

async function middle(file: string, side: number): Promise<Picture> {
  const picture = await readPicture(file);
  const [width, height] = [Math.min(side, picture.width), Math.min(side, picture.height)];
  const x = Math.floor((picture.width - width) / 2);
  const y = Math.floor((picture.height - height) / 2);
  return cropToMultiple(crop(picture, x, y, width, height), 12);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { model: { type: 'string' }, side: { type: 'string', default: '384' } },
});
const originals: Picture[] = [];
for (const file of pictureFiles(positionals)) originals.push(await middle(file, Number(values.side)));
if (originals.length === 0) throw new Error('usage: resample.ts PICTURE|FOLDER… [--model ID] [--side 384]');

for (const entry of catalogEntries()) {
  if (values.model !== undefined && values.model !== entry.id) continue;
  const enlarge = await loadNetwork(entry);
  for (const scale of SCALES) {
    const table: Record<string, Record<string, string>> = {};
    for (const [input, shrinkInput] of Object.entries(INPUTS)) {
      const sums = new Map<string, { psnr: number; ssim: number }>();
      for (const original of originals) {
        const small = quantised(shrinkInput(original, original.width / scale, original.height / scale));
        const enlarged = map(await enlarge(small), (sample) => Math.min(255, Math.max(0, sample)));
        const reference = inner(luma(original), BORDER);
        for (const [way, shrink] of Object.entries(WAYS)) {
          const result = inner(luma(quantised(shrink(enlarged, original.width, original.height))), BORDER);
          const so = sums.get(way) ?? { psnr: 0, ssim: 0 };
          sums.set(way, { psnr: so.psnr + psnr(result, reference), ssim: so.ssim + ssim(result, reference) });
        }
      }
      for (const [way, sum] of sums) {
        const row = (table[way] ??= {});
        row[`${input}: dB`] = (sum.psnr / originals.length).toFixed(2);
        row[`${input}: SSIM`] = (sum.ssim / originals.length).toFixed(4);
      }
    }
    console.log(
      `${entry.id}, ${scale}×, ${originals.length} pictures; columns: how the small picture was made`,
    );
    console.table(table);
  }
}
