/** Runs every way over a set of pictures and takes every figure of each result. */
import type { InferenceSession } from 'onnxruntime-node';
import type { Picture } from '../check/picture.ts';
import { inner, luma, psnr, ssim } from '../check/quality.ts';
import { DAMAGES, degrade, SCALE, shrink, type Damage } from './damage.ts';
import { consistency, drift } from './metrics/colour.ts';
import { edgeFigures, slantedEdge, transposed, type EdgeFigures } from './metrics/edge.ts';
import { cosine, embedding } from './metrics/identity.ts';
import { featureDistance, features } from './metrics/perceptual.ts';
import { SETS, type SetName, type TestPicture } from './sets.ts';
import type { Way, WayKey } from './ways.ts';

/** Of one result, or the mean over a set's. */
export interface Figures {
  /** dB, of luma without a border of four pixels, as are `ssim` and `error`. */
  readonly psnr: number;
  readonly ssim: number;
  /** Mean squared error, (1/255)². */
  readonly error: number;
  readonly perceptual: number;
  /** 1/255 */
  readonly drift: number;
  /** dB */
  readonly consistency: number;
  /** Cosine of the face's embedding to the original's; only where there is a face. */
  readonly identity?: number;
}

export interface Row {
  readonly key: WayKey;
  readonly way: string;
  readonly mean: Figures;
  readonly pictures: readonly (Figures & { readonly picture: string })[];
}

export interface SetReport {
  readonly set: SetName;
  readonly damage: Damage;
  readonly rows: readonly Row[];
  /** Mean cosine of the originals' embeddings to each other's: what two people have in common; only for faces. */
  readonly strangers?: number;
}

export interface EdgeRow extends EdgeFigures {
  readonly key: WayKey;
  readonly way: string;
}

export interface Networks {
  readonly mobilenet: InferenceSession;
  readonly recognition: InferenceSession;
}

/** `told` hears each picture's name when it is done. */
export async function measureSet(
  set: SetName,
  tests: readonly TestPicture[],
  ways: readonly Way[],
  { mobilenet, recognition }: Networks,
  told: (what: string) => void,
): Promise<SetReport[]> {
  const found = DAMAGES.map((damage) => ({ damage, rows: ways.map((): Row['pictures'][number][] => []) }));
  const people: Float32Array[] = [];
  for (const { picture, face } of tests) {
    const reference = inner(luma(picture), SCALE);
    const referenceFeatures = await features(mobilenet, picture);
    const person = face && (await embedding(recognition, picture, face));
    if (person) people.push(person);
    for (const { damage, rows } of found) {
      const input = await inputOf(picture, set, damage);
      for (const [index, { enlarge }] of ways.entries()) {
        const result = await enlarge(input);
        const seen = inner(luma(result), SCALE);
        const decibels = psnr(seen, reference);
        rows[index]?.push({
          picture: picture.name,
          psnr: decibels,
          ssim: ssim(seen, reference),
          error: 255 ** 2 / 10 ** (decibels / 10),
          perceptual: featureDistance(await features(mobilenet, result), referenceFeatures),
          drift: drift(result, input),
          consistency: consistency(result, input),
          ...(face && person ? { identity: cosine(await embedding(recognition, result, face), person) } : {}),
        });
      }
    }
    told(`${set}: ${picture.name}`);
  }
  const strangers = meanCosine(people);
  return found.map(({ damage, rows }) => ({
    set,
    damage,
    rows: rows.flatMap((pictures, index) => {
      const way = ways[index];
      return way ? [{ key: way.key, way: way.name, mean: meanOf(pictures), pictures }] : [];
    }),
    ...(strangers === undefined ? {} : { strangers }),
  }));
}

export async function inputOf(picture: Picture, set: SetName, damage: Damage): Promise<Picture> {
  return damage === 'clean' ? shrink(picture) : degrade(picture, SETS[set].degradation);
}

/** Side of the edge's picture in pixels of the result. */
const EDGE_SIDE = 256;

/** A near-vertical and a near-horizontal edge, shrunk and enlarged: the mean of their sharpness, the worse overshoot. */
export async function measureEdges(ways: readonly Way[]): Promise<EdgeRow[]> {
  const rows: EdgeRow[] = [];
  for (const { key, name, enlarge } of ways) {
    const upright = edgeFigures(luma(await enlarge(shrink(slantedEdge(EDGE_SIDE, false)))));
    const lying = edgeFigures(transposed(luma(await enlarge(shrink(slantedEdge(EDGE_SIDE, true))))));
    rows.push({
      key,
      way: name,
      mtf50: (upright.mtf50 + lying.mtf50) / 2,
      overshoot: Math.max(upright.overshoot, lying.overshoot),
    });
  }
  return rows;
}

function meanOf(all: readonly Figures[]): Figures {
  const mean = (figure: (of: Figures) => number): number =>
    all.reduce((sum, each) => sum + figure(each), 0) / all.length;
  return {
    psnr: mean((each) => each.psnr),
    ssim: mean((each) => each.ssim),
    error: mean((each) => each.error),
    perceptual: mean((each) => each.perceptual),
    drift: mean((each) => each.drift),
    consistency: mean((each) => each.consistency),
    ...(all.some(({ identity }) => identity !== undefined)
      ? { identity: mean((each) => each.identity ?? NaN) }
      : {}),
  };
}

function meanCosine(people: readonly Float32Array[]): number | undefined {
  const pairs = people.flatMap((one, at) => people.slice(at + 1).map((other) => cosine(one, other)));
  return pairs.length === 0 ? undefined : pairs.reduce((sum, each) => sum + each, 0) / pairs.length;
}
