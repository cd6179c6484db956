/**
 * Measures the models on pictures that were not trained on, at ×4, beside bicubic and Lanczos:
 *
 *     npm run quality -- --data DIR [--data DIR…] [--model face|landscape|art] [--quality fast|best] [--limit N] [-o FOLDER] [--docs]
 *
 * A `--data` folder holds some of portraits/, eval/Set14/, eval/Kodak/, illustrations/ and, for the contact sheet,
 * photos-cc0/. For each model it prints a Markdown table and writes it, the figures of every picture (JSON) and the
 * contact sheet (JPEG) into the folder of `-o`; with `--docs`, also into docs/quality.md and docs/images. `--limit` is how
 * many pictures of each set are taken, 0 for all. How each figure is defined: docs/quality.md.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import {
  MODELS,
  parseCatalog,
  QUALITIES,
  type Catalog,
  type ModelName,
  type Quality,
} from '../../src/catalog.ts';
import type { Picture } from '../check/picture.ts';
import { measureBadInput } from './bad-input.ts';
import { shrink } from './damage.ts';
import { writeDocs } from './docs.ts';
import { measureEdges, measureSet, type Networks, type SetReport } from './measure.ts';
import { loadFaceRecognition, loadMobilenet } from './networks/fetch.ts';
import type { Report } from './report.ts';
import { loadSet, SETS_OF, spread } from './sets.ts';
import { contactSheet } from './sheet.ts';
import { markdownOf } from './table.ts';
import { waysOf } from './ways.ts';

/** Pictures of a model's first set that are made gray and tiny. */
const BAD_INPUTS = 3;

const root = fileURLToPath(new URL('../../', import.meta.url));

const Options = v.object({
  data: v.pipe(v.array(v.string()), v.minLength(1)),
  model: v.optional(v.picklist(MODELS)),
  quality: v.picklist(QUALITIES),
  limit: v.optional(v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number))),
  out: v.string(),
  docs: v.boolean(),
});
type Options = v.InferOutput<typeof Options>;

function options(): Options {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', multiple: true, default: [] },
      model: { type: 'string' },
      quality: { type: 'string', default: 'fast' },
      limit: { type: 'string' },
      out: { type: 'string', short: 'o', default: join(root, '.cache/quality') },
      docs: { type: 'boolean', default: false },
    },
  });
  const parsed = v.safeParse(Options, values);
  if (parsed.success) return parsed.output;
  throw new Error(
    'usage: npm run quality -- --data DIR [--data DIR…] [--model face|landscape|art] [--quality fast|best] [--limit N] [-o FOLDER] [--docs]',
  );
}

async function measure(
  model: ModelName,
  quality: Quality,
  catalog: Catalog,
  networks: Networks,
  { data, limit }: Options,
): Promise<{ readonly report: Report; readonly sheet: Buffer }> {
  const ways = await waysOf(catalog, model, quality);
  const began = performance.now();
  const told = (what: string): void =>
    console.error(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${model} ${what}`);
  const sets: SetReport[] = [];
  const smalls: Picture[] = [];
  for (const name of SETS_OF[model]) {
    const tests = await loadSet(name, data, limit);
    if (sets.length === 0) smalls.push(...spread(tests, BAD_INPUTS).map(({ picture }) => shrink(picture)));
    sets.push(...(await measureSet(name, tests, ways, networks, told)));
  }
  const edges = await measureEdges(ways);
  const badInput = await measureBadInput(ways, smalls);
  told('edges and bad input');
  const sheet = await contactSheet(model, data, ways);
  told('contact sheet');
  return { report: { model, quality, sets, edges, badInput }, sheet };
}

async function main(): Promise<void> {
  const chosen = options();
  const { model: only, quality, out, docs } = chosen;
  const catalog = parseCatalog(JSON.parse(readFileSync(join(root, 'models/catalog.json'), 'utf8')));
  const networks = { mobilenet: await loadMobilenet(), recognition: await loadFaceRecognition() };
  mkdirSync(out, { recursive: true });
  for (const model of MODELS) {
    if (only !== undefined && only !== model) continue;
    if (!catalog.entries.some((entry) => entry.model === model && entry.quality === quality)) {
      console.error(`the catalog has no ${quality} ${model} model`);
      continue;
    }
    const { report, sheet } = await measure(model, quality, catalog, networks, chosen);
    const text = markdownOf(report);
    const name = `${model}-${quality}`;
    console.log(`${text}\n`);
    writeFileSync(join(out, `${name}.md`), `${text}\n`);
    writeFileSync(join(out, `${name}.json`), `${JSON.stringify(report, null, 2)}\n`);
    writeFileSync(join(out, `${name}.jpg`), sheet);
    if (!docs) continue;
    writeFileSync(join(root, `docs/images/quality-${name}.jpg`), sheet);
    const picture = `![${model}, ${quality}: input, bicubic, faithful, default, detailed, original](images/quality-${name}.jpg)`;
    await writeDocs(join(root, 'docs/quality.md'), name, `${text}\n\n${picture}`);
  }
}

await main();
