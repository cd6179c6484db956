/** The shipped models, run whole on the native runtime: what every other way of running them is compared with. */
import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { parseCatalog, type Network } from '../../src/catalog.ts';
import type { Picture } from './picture.ts';

const modelsFolder = new URL('../', import.meta.url);

export function catalogEntries(): readonly Network[] {
  const { networks, starts } = parseCatalog(
    JSON.parse(readFileSync(new URL('catalog.json', modelsFolder), 'utf8')),
  );
  return [...networks, ...starts];
}

export function modelFile({ file }: Pick<Network, 'file'>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(file, modelsFolder)));
}

/** From RGB in 0..255 to RGB in 0..255, neither clamped nor rounded. */
export type Enlarge = (picture: Picture) => Promise<Picture>;

export async function loadNetwork(entry: Pick<Network, 'file' | 'scale'>): Promise<Enlarge> {
  const session = await InferenceSession.create(modelFile(entry));
  return async (picture) => {
    const [width, height] = [picture.width * entry.scale, picture.height * entry.scale];
    const samples = picture.data.map((sample) => sample / 255);
    const { output } = await session.run({
      data: new Tensor('float32', samples, [1, 3, picture.height, picture.width]),
    });
    if (!(output?.data instanceof Float32Array)) throw new Error(`${entry.file} gave no float output`);
    if (output.dims.join() !== [1, 3, height, width].join())
      throw new Error(`${entry.file} gave ${output.dims.join('×')}`);
    return { ...picture, width, height, data: output.data.map((sample) => sample * 255) };
  };
}
