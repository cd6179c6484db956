/** The shipped models, run whole on the native runtime: what every other way of running them is compared with. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { parseCatalog, type CatalogEntry } from '../../src/catalog.ts';
import type { Picture } from './picture.ts';

const modelsFolder = new URL('../', import.meta.url);

export function catalogEntries(): readonly CatalogEntry[] {
  return parseCatalog(JSON.parse(readFileSync(new URL('catalog.json', modelsFolder), 'utf8'))).entries;
}

/** From RGB in 0..255 to RGB in 0..255, neither clamped nor rounded. */
export type Enlarge = (picture: Picture) => Promise<Picture>;

export async function loadNetwork(entry: Pick<CatalogEntry, 'file' | 'scale'>): Promise<Enlarge> {
  const session = await InferenceSession.create(fileURLToPath(new URL(entry.file, modelsFolder)));
  return async (picture) => {
    const { width, height } = picture;
    const input = new Tensor(
      'float32',
      picture.data.map((sample) => sample / 255),
      [1, 3, height, width],
    );
    const { output } = await session.run({ data: input });
    const data = output?.data;
    if (!(data instanceof Float32Array)) throw new Error(`${entry.file} gave no float output`);
    return {
      ...picture,
      width: width * entry.scale,
      height: height * entry.scale,
      data: data.map((sample) => sample * 255),
    };
  };
}
