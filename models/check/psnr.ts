/**
 * Checks a conversion by the field's measure, on folders of high-resolution PNGs:
 *
 *     npx tsx models/check/psnr.ts FOLDER… [--model ID]
 *
 * Each picture is cropped to a multiple of 4, shrunk by 4 in RGB with antialiased bicubic (a = −0.5) and rounded to
 * 8 bits; the model, and bicubic for comparison, enlarge that by 4, clamped and rounded to 8 bits. PSNR is of BT.601
 * luma (16..235, unrounded), without a border of 4 pixels, and averaged over the folder.
 */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { imresize, KERNELS } from './imresize.ts';
import { catalogEntries, loadNetwork, type Enlarge } from './network.ts';
import { cropToMultiple, pictureFiles, quantised, readPicture } from './picture.ts';
import { inner, luma, psnr } from './quality.ts';

const SCALE = 4;

async function main(): Promise<void> {
  const { values, positionals: folders } = parseArgs({
    allowPositionals: true,
    options: { model: { type: 'string' } },
  });
  if (folders.length === 0) throw new Error('usage: psnr.ts FOLDER… [--model ID]');
  const ways = new Map<string, Enlarge>([
    [
      'bicubic',
      (picture) =>
        Promise.resolve(imresize(picture, picture.width * SCALE, picture.height * SCALE, KERNELS.catmullRom)),
    ],
  ]);
  for (const entry of catalogEntries()) {
    if (values.model === undefined || values.model === entry.id) ways.set(entry.id, await loadNetwork(entry));
  }

  const table: Record<string, Record<string, string>> = {};
  for (const folder of folders) {
    const files = pictureFiles([folder]);
    const sums = new Map<string, number>();
    for (const file of files) {
      const original = cropToMultiple(await readPicture(file), SCALE);
      const small = quantised(
        imresize(original, original.width / SCALE, original.height / SCALE, KERNELS.catmullRom),
      );
      const reference = inner(luma(original), SCALE);
      for (const [id, enlarge] of ways) {
        const value = psnr(inner(luma(quantised(await enlarge(small))), SCALE), reference);
        sums.set(id, (sums.get(id) ?? 0) + value);
      }
    }
    for (const [id, sum] of sums) {
      (table[id] ??= {})[`${basename(folder)} (dB)`] = (sum / files.length).toFixed(2);
    }
  }
  console.table(table);
}

await main();
