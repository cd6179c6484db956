/** The pictures that are measured on, none of which was trained on. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import type { ModelName } from '../../src/catalog.ts';
import { crop, pictureFiles, readPicture, type Picture } from '../check/picture.ts';
import { luma } from '../check/quality.ts';
import { DRAWING, PHOTO, SCALE, type Degradation } from './damage.ts';
import { heldOutPictures } from './held-out.ts';
import type { Box } from './metrics/identity.ts';

export type SetName = 'portraits' | 'Set14' | 'Kodak' | 'illustrations';

interface Plan {
  /** Below a `--data` folder. */
  readonly folder: string;
  /** Whether some of the folder's pictures are trained on, so that only the others count. */
  readonly partly: boolean;
  /** What is cut out of each picture's middle, or about its face, in pixels; the whole of a smaller one. */
  readonly side: number;
  /** How many pictures are taken when nothing is said, spread evenly over the set. */
  readonly limit: number;
  readonly degradation: Degradation;
}

export const SETS: Record<SetName, Plan> = {
  portraits: { folder: 'portraits', partly: true, side: 512, limit: 12, degradation: PHOTO },
  Set14: { folder: 'eval/Set14', partly: false, side: 384, limit: 14, degradation: PHOTO },
  Kodak: { folder: 'eval/Kodak', partly: false, side: 384, limit: 12, degradation: PHOTO },
  illustrations: { folder: 'illustrations', partly: true, side: 512, limit: 12, degradation: DRAWING },
};

/** Face is measured on Kodak too: photos without faces, most of them. */
export const SETS_OF: Record<ModelName, readonly SetName[]> = {
  face: ['portraits', 'Kodak'],
  landscape: ['Set14', 'Kodak'],
  art: ['illustrations'],
};

export interface TestPicture {
  readonly picture: Picture;
  /** Where the face is, if it is known. */
  readonly face?: Box;
}

/** A picture whose luma varies less has nothing in it that could be enlarged well or badly; 1/255. */
const LEAST_DEVIATION = 6;

/**
 * The set's pictures, cut. `limit` is how many at most, 0 for all. Throws an Error that names the folder if no `--data`
 * folder has it.
 */
export async function loadSet(
  name: SetName,
  data: readonly string[],
  limit: number | undefined,
): Promise<TestPicture[]> {
  const plan = SETS[name];
  const folder = data.map((each) => join(each, plan.folder)).find((each) => existsSync(each));
  if (folder === undefined) throw new Error(`none of the --data folders has ${plan.folder}`);
  const files = plan.partly ? heldOutPictures(folder) : pictureFiles([folder]);
  const pictures: TestPicture[] = [];
  for (const file of spread(files, limit ?? plan.limit)) {
    const face = name === 'portraits' ? faceOf(basename(file)) : undefined;
    const test = cut(await readPicture(file), plan.side, face);
    if (deviation(luma(test.picture)) >= LEAST_DEVIATION) pictures.push(test);
  }
  return pictures;
}

/** The `side`² of a picture in which its luma varies most, of those at eighths of the way across and down. */
export function liveliest(picture: Picture, side: number): Picture {
  const steps = Array.from({ length: 9 }, (_, at) => at / 8);
  const parts = steps.flatMap((down) =>
    steps.map((right) =>
      crop(
        picture,
        Math.floor(right * (picture.width - side)),
        Math.floor(down * (picture.height - side)),
        side,
        side,
      ),
    ),
  );
  const measured = parts.map((part) => ({ part, found: deviation(luma(part)) }));
  return measured.reduce((best, each) => (each.found > best.found ? each : best)).part;
}

/** `limit` of them at even distances, 0 for all. */
export function spread<T>(all: readonly T[], limit: number): T[] {
  if (limit === 0 || limit >= all.length) return [...all];
  return all.filter(
    (_, at) => Math.floor((at * limit) / all.length) !== Math.floor(((at - 1) * limit) / all.length),
  );
}

/** The middle of the picture or of the face, moved into the picture; both sides multiples of the scale. */
function cut(picture: Picture, side: number, face: Box | undefined): TestPicture {
  const [width, height] = [picture.width, picture.height].map(
    (size) => Math.floor(Math.min(side, size) / SCALE) * SCALE,
  ) as [number, number];
  const within = (middle: number, part: number, whole: number): number =>
    Math.min(whole - part, Math.max(0, Math.round(middle - part / 2)));
  const middle = face ?? { x: 0, y: 0, width: picture.width, height: picture.height };
  const x = within(middle.x + middle.width / 2, width, picture.width);
  const y = within(middle.y + middle.height / 2, height, picture.height);
  const part = crop(picture, x, y, width, height);
  return face ? { picture: part, face: { ...face, x: face.x - x, y: face.y - y } } : { picture: part };
}

/** Of a single-channel picture: the standard deviation of its samples. */
export function deviation({ data }: Picture): number {
  let [sum, squares] = [0, 0];
  for (const sample of data) {
    sum += sample;
    squares += sample ** 2;
  }
  return Math.sqrt(Math.max(0, squares / data.length - (sum / data.length) ** 2));
}

const Faces = v.record(
  v.string(),
  v.object({ x: v.number(), y: v.number(), width: v.number(), height: v.number() }),
);
/** Found once on the held-out portraits by face-api 1.7.15 (SSD MobileNet, then its 68 landmarks), in their pixels. */
const faces = v.parse(Faces, JSON.parse(readFileSync(new URL('faces.json', import.meta.url), 'utf8')));

function faceOf(name: string): Box | undefined {
  return faces[name];
}
