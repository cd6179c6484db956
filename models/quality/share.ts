/**
 * What the panel's word of honesty goes by, on inputs of known worth: how much of the detailed end's fine detail the
 * faithful end does not support (`src/engine/ends.ts`), then sharpness, blocks and noise and what they come to
 * (`src/subject/damage.ts`). Both bounds were chosen from these tables.
 *
 *     npx tsx models/quality/share.ts PICTURE|FOLDER… [--model face|landscape|art] [--every N]
 */
import { parseArgs } from 'node:util';
import { blendFor, MODELS, parseCatalog, type ModelName } from '../../src/catalog.ts';
import { compareEnds } from '../../src/engine/ends.ts';
import type { Backend } from '../../src/engine/types.ts';
import { damageFigures, damageIn } from '../../src/subject/damage.ts';
import catalogJson from '../catalog.json' with { type: 'json' };
import { imresize, KERNELS } from '../check/imresize.ts';
import {
  crop,
  cropToMultiple,
  pictureFiles,
  quantised,
  readPicture,
  type Picture,
} from '../check/picture.ts';
import { degrade, interleaved, SCALE, shrink } from './damage.ts';
import { backendOf, sourceOf } from './ways.ts';

const catalog = parseCatalog(catalogJson);
/** Side of the sharp pictures' middle that is looked at: an input of 112², as the panel tries. */
const SIDE = 448;

/** An input made from a sharp picture; all of them have the same size. */
const STATES: Record<string, (sharp: Picture) => Picture | Promise<Picture>> = {
  clean: shrink,
  'noise 10': (sharp) => degrade(sharp, { blur: 0.01, noise: 10, jpeg: 100 }),
  'JPEG 30': (sharp) => degrade(sharp, { blur: 0.01, noise: 0, jpeg: 30 }),
  degraded: (sharp) => degrade(sharp, { blur: 1.2, noise: 6, jpeg: 65 }),
  'blur, input σ 1.5': (sharp) => degrade(sharp, { blur: 1.5 * SCALE, noise: 0, jpeg: 100 }),
  'half the pixels': (sharp) => detour(sharp, 2),
  'a quarter': (sharp) => detour(sharp, 4),
};

/** Shrunk `factor` times further and enlarged again: a picture that was too small once. */
function detour(sharp: Picture, factor: number): Picture {
  const { width, height } = sharp;
  const [w, h] = [width / SCALE, height / SCALE];
  const tiny = quantised(imresize(sharp, w / factor, h / factor, KERNELS.catmullRom));
  return quantised(imresize(tiny, w, h, KERNELS.catmullRom));
}

function end(model: ModelName, detail: number): Promise<Backend> {
  return backendOf(blendFor(catalog, { model, quality: 'fast', detail }));
}

function figuresOf(input: Picture): string {
  const { width, height } = input;
  const rgb = interleaved(input);
  const rgba = Uint8Array.from({ length: 4 * width * height }, (_, i) =>
    i % 4 === 3 ? 255 : (rgb[3 * (i >> 2) + (i % 4)] ?? 0),
  );
  const picture = { width, height, rgba };
  const figures = damageFigures(picture);
  if (!figures) return '–';
  const { sharpness, blocks, noise } = figures;
  return `${sharpness.toFixed(2)} ${blocks.toFixed(2)} ${noise.toFixed(1)} ${damageIn(picture) ?? ''}`;
}

const { values, positionals } = parseArgs({
  options: { model: { type: 'string' }, every: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const files = pictureFiles(positionals).filter((_, at) => at % Number(values.every) === 0);
for (const model of MODELS.filter((each) => values.model === undefined || each === values.model)) {
  const [faithful, detailed] = await Promise.all([end(model, 0), end(model, 100)]);
  const network = blendFor(catalog, { model, quality: 'fast', detail: 50 });
  const table: Record<string, Record<string, string>> = {};
  for (const file of files) {
    const whole = cropToMultiple(await readPicture(file), SCALE * 4);
    const side = Math.min(SIDE, whole.width, whole.height);
    const sharp = crop(whole, (whole.width - side) >> 1, (whole.height - side) >> 1, side, side);
    const row: Record<string, string> = {};
    for (const [state, make] of Object.entries(STATES)) {
      const input = await make(sharp);
      const { share } = await compareEnds(() => sourceOf(input), {
        network,
        faithful: [faithful],
        detailed: [detailed],
        signal: new AbortController().signal,
      });
      row[state] = `${share.toFixed(2)} ${figuresOf(input)}`;
    }
    table[sharp.name] = row;
  }
  console.log(model);
  console.table(table);
}
