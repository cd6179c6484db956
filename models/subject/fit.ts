/**
 * Fits the weights of `src/subject/drawing-weights.ts`, and says how well they tell drawings from photos:
 *
 *     npx tsx models/subject/fit.ts --photos DIR… --drawings DIR [--check DIR…]
 *
 * One picture in ten of each kind is held out. Every picture comes in several states, as users' pictures do: whole or a
 * part of it, smaller, as JPEG, gray, on another ground or cut out, with noise. `--check` folders hold photos that are
 * only measured, and each one taken for a drawing is named. The weights that ship came from
 *
 *     npx tsx models/subject/fit.ts --photos portraits photos-cc0 --drawings illustrations --check Set14 Kodak
 *
 * with the portraits and photos of `models/training/README.md` and the drawings of `models/training/illustrations.py`.
 */
import { writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { statisticsOf, STATISTICS } from '../../src/subject/drawing.ts';
import type { Picture } from '../../src/subject/picture.ts';
import { heldOut, picturesOf, pixelsOf, randomFrom, sharpOf } from './pictures.ts';

const { values } = parseArgs({
  options: {
    photos: { type: 'string', multiple: true },
    drawings: { type: 'string', multiple: true },
    check: { type: 'string', multiple: true },
  },
});

/** States of each picture; large photos stand for more, there being few of them. */
const STATES = 4;
const STATES_OF_LARGE = 24;
const LARGE = 1500;
/** Longer side that pictures are shrunk to before anything else. */
const LARGEST = 2048;
const SIDES = [96, 128, 192, 256, 384, 512] as const;

interface Sample {
  readonly statistics: readonly number[];
  /** 1 drawing, 0 photo */
  readonly truth: 0 | 1;
  readonly heldOut: boolean;
  readonly name: string;
  readonly state: string;
}

const random = randomFrom(1);
const among = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T;
const between = (low: number, high: number): number => low + (high - low) * random();

/** One of the states that a picture may come in, and its name. */
async function state(whole: Picture, drawing: boolean): Promise<{ picture: Picture; state: string }> {
  const { width, height } = whole;
  const words: string[] = [];
  let image = sharpOf(whole);
  if (random() < (Math.max(width, height) > LARGE ? 0.8 : 0.4)) {
    const share = between(0.25, 0.9);
    const [w, h] = [Math.max(48, Math.round(width * share)), Math.max(48, Math.round(height * share))];
    if (w < width && h < height) {
      const [left, top] = [Math.floor(random() * (width - w)), Math.floor(random() * (height - h))];
      image = image.extract({ left, top, width: w, height: h });
      words.push('part');
    }
  }
  const side = among(SIDES);
  const kernel = among(['lanczos3', 'cubic', 'linear'] as const);
  image = image.resize(side, side, { fit: 'inside', withoutEnlargement: true, kernel });
  words.push(`${side}`);
  let picture = await pixelsOf(image);
  if (drawing && random() < 0.6) {
    picture = onGround(picture);
    words.push('ground');
  }
  if (random() < 0.15) {
    picture = cutOut(picture, random() < 0.5);
    words.push('cut out');
  }
  if (!drawing && random() < 0.3) {
    picture = noisy(picture, between(1, 12));
    words.push('noise');
  }
  if (random() < 0.2) {
    picture = await pixelsOf(sharpOf(picture).grayscale());
    words.push('gray');
  }
  const transparent = picture.rgba.some((value, at) => at % 4 === 3 && value < 255);
  if (!transparent && random() < 0.55) {
    const quality = Math.round(between(40, 95));
    picture = await pixelsOf(sharp(await sharpOf(picture).removeAlpha().jpeg({ quality }).toBuffer()));
    words.push(`JPEG ${quality}`);
  }
  return { picture, state: words.join(', ') };
}

/** White made a colour, or a gradient between two, and everything else darkened by it as by a tinted glass. */
function onGround({ width, height, rgba }: Picture): Picture {
  const [from, to] = [0, 1].map(() => [between(0.3, 1), between(0.3, 1), between(0.3, 1)]);
  const flat = random() < 0.6;
  const result = rgba.map((value, at) => {
    const c = at % 4;
    if (c === 3) return value;
    const t = flat ? 0 : Math.floor(at / 4 / width) / height;
    return Math.round(value * ((from?.[c] ?? 1) * (1 - t) + (to?.[c] ?? 1) * t));
  });
  return { width, height, rgba: result };
}

/** The ellipse that fits, before white or before nothing. */
function cutOut({ width, height, rgba }: Picture, transparent: boolean): Picture {
  const result = rgba.map((value, at) => {
    const x = (((at >> 2) % width) + 0.5) / width - 0.5;
    const y = (Math.floor(at / 4 / width) + 0.5) / height - 0.5;
    if (x * x + y * y < 0.2) return value;
    return at % 4 === 3 && transparent ? 0 : 255;
  });
  return { width, height, rgba: result };
}

function noisy({ width, height, rgba }: Picture, deviation: number): Picture {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const result = rgba.map((value, at) =>
    at % 4 === 3 ? value : Math.min(255, Math.max(0, Math.round(value + deviation * normal()))),
  );
  return { width, height, rgba: result };
}

async function samplesOf(folders: readonly string[], truth: 0 | 1): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const file of folders.flatMap(picturesOf)) {
    const opaque = sharp(file).flatten({ background: 'white' });
    const whole = await pixelsOf(
      opaque.resize(LARGEST, LARGEST, { fit: 'inside', withoutEnlargement: true }),
    );
    const states = truth === 0 && Math.max(whole.width, whole.height) > LARGE ? STATES_OF_LARGE : STATES;
    for (let each = 0; each < states; each++) {
      const made = await state(whole, truth === 1);
      const statistics = statisticsOf(made.picture);
      if (!statistics) continue;
      const name = `${basename(dirname(file))}/${basename(file)}`;
      samples.push({ statistics, truth, heldOut: heldOut(file), name, state: made.state });
    }
  }
  return samples;
}

/** Logistic regression with a small penalty on large weights, by Newton's method; both kinds weigh the same. */
function fit(samples: readonly Sample[]): number[] {
  const size = STATISTICS.length + 1;
  const drawings = samples.filter(({ truth }) => truth === 1).length;
  const penalty = 1e-4;
  let weights = new Array<number>(size).fill(0);
  for (let round = 0; round < 30; round++) {
    const gradient = weights.map((weight, at) => (at === 0 ? 0 : -penalty * weight));
    const curvature = weights.map((_, row) => weights.map((_each, at): number => (row === at ? penalty : 0)));
    for (const { statistics, truth } of samples) {
      const input = [1, ...statistics];
      const found = likelihood(weights, statistics);
      const share = 0.5 / (truth === 1 ? drawings : samples.length - drawings);
      input.forEach((value, row) => {
        gradient[row] = (gradient[row] ?? 0) + share * (truth - found) * value;
        const line = curvature[row] ?? [];
        input.forEach((other, at) => {
          line[at] = (line[at] ?? 0) + share * found * (1 - found) * value * other;
        });
      });
    }
    const step = solve(curvature, gradient);
    weights = weights.map((weight, at) => weight + (step[at] ?? 0));
  }
  return weights;
}

function likelihood([bias = 0, ...weights]: readonly number[], statistics: readonly number[]): number {
  return 1 / (1 + Math.exp(-statistics.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), bias)));
}

/** Gauss and Jordan, with pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  for (let column = 0; column < rows.length; column++) {
    const below = rows.slice(column).map((row) => Math.abs(row[column] ?? 0));
    const pivot = column + below.indexOf(Math.max(...below));
    [rows[column], rows[pivot]] = [rows[pivot] ?? [], rows[column] ?? []];
    const top = rows[column] ?? [];
    rows.forEach((row, at) => {
      if (at === column) return;
      const factor = (row[column] ?? 0) / (top[column] ?? 1);
      row.forEach((value, place) => (row[place] = value - factor * (top[place] ?? 0)));
    });
  }
  return rows.map((row, at) => (row[rows.length] ?? 0) / (row[at] ?? 1));
}

const samples = [
  ...(await samplesOf(values.photos ?? [], 0)),
  ...(await samplesOf(values.drawings ?? [], 1)),
];
const weights = fit(samples.filter((sample) => !sample.heldOut));

for (const [label, truth] of [
  ['photos', 0],
  ['drawings', 1],
] as const) {
  for (const kept of [false, true]) {
    const group = samples.filter((sample) => sample.truth === truth && sample.heldOut === kept);
    const right = group.filter(({ statistics }) => (likelihood(weights, statistics) > 0.5 ? 1 : 0) === truth);
    const names = new Set(group.map(({ name }) => name)).size;
    const share = ((100 * right.length) / group.length).toFixed(1);
    console.log(
      `${label}, ${kept ? 'held out' : 'fitted'}: ${share} % of ${group.length} states of ${names} pictures`,
    );
    if (!kept) continue;
    for (const each of group) {
      if (right.includes(each)) continue;
      console.log(`  ${each.name} (${each.state}): ${likelihood(weights, each.statistics).toFixed(2)}`);
    }
  }
}
for (const folder of values.check ?? []) {
  const files = picturesOf(folder);
  const found: string[] = [];
  for (const file of files) {
    const statistics = statisticsOf(await pixelsOf(sharp(file)));
    const sure = statistics ? likelihood(weights, statistics) : 0;
    if (sure > 0.5) found.push(`${basename(file)} ${sure.toFixed(2)}`);
  }
  console.log(
    `${basename(folder)}: ${found.length} of ${files.length} taken for drawings: ${found.join(', ')}`,
  );
}
console.table(Object.fromEntries(STATISTICS.map((name, at) => [name, (weights[at + 1] ?? 0).toFixed(2)])));

const [bias, ...rest] = weights.map((weight) => Number(weight.toPrecision(6)));
writeFileSync(
  fileURLToPath(new URL('../../src/subject/drawing-weights.ts', import.meta.url)),
  `/** Made by \`npx tsx models/subject/fit.ts\`: what each of \`STATISTICS\` speaks for a drawing, or against it. */
export const DRAWING_WEIGHTS: { readonly bias: number; readonly weights: readonly number[] } = {
  bias: ${bias},
  weights: [
${rest.map((weight, at) => `    ${weight}, // ${STATISTICS[at]}`).join('\n')}
  ],
};
`,
);
