/** The ways of enlarging by four that are measured beside each other. */
import {
  blendFor,
  blendOfOne,
  type Blend,
  type Catalog,
  type ModelName,
  type Quality,
} from '../../src/catalog.ts';
import { enhance } from '../../src/engine/enhance.ts';
import type { Backend, Samples, Source } from '../../src/engine/types.ts';
import { partsOf } from '../../src/runtime/blend.ts';
import { wholeTarget } from '../../src/size.ts';
import { nativeBackend } from '../../src/runtime/native.ts';
import { imresize, KERNELS, type Kernel } from '../check/imresize.ts';
import { modelFile } from '../check/network.ts';
import { quantised, type Picture } from '../check/picture.ts';
import { interleaved, planar, SCALE } from './damage.ts';

/** `general` is the network that Face is to beat; the last three are a model at detail 0, its default, and 100. */
export type WayKey = 'bicubic' | 'lanczos' | 'general' | 'faithful' | 'default' | 'detailed';

export interface Way {
  readonly key: WayKey;
  readonly name: string;
  /** Both in whole steps of 0..255. */
  readonly enlarge: (input: Picture) => Promise<Picture>;
}

const GENERAL = 'general-x4v3';

/** Every way that a model is measured beside, and then its own. */
export async function waysOf(catalog: Catalog, model: ModelName, quality: Quality): Promise<Way[]> {
  const ways: Way[] = [
    { key: 'bicubic', name: 'bicubic', enlarge: resampled(KERNELS.catmullRom) },
    { key: 'lanczos', name: 'Lanczos', enlarge: resampled(KERNELS.lanczos3) },
  ];
  if (model !== 'art') {
    const network = catalog.starts.find(({ id }) => id === GENERAL);
    if (!network) throw new Error(`catalog.json has no ${GENERAL} to be compared with`);
    ways.push({ key: 'general', name: GENERAL, enlarge: await throughEngine(blendOfOne(network)) });
  }
  const usual = catalog.defaults[model].detail;
  for (const [key, detail] of [
    ['faithful', 0],
    ['default', usual],
    ['detailed', 100],
  ] as const) {
    if (key === 'default' && (detail === 0 || detail === 100)) continue;
    ways.push({
      key,
      name: `${key}${key !== 'default' && detail === usual ? ' and default' : ''}, detail ${detail}`,
      enlarge: await throughEngine(blendFor(catalog, { model, quality, detail })),
    });
  }
  return ways;
}

function resampled(kernel: Kernel): Way['enlarge'] {
  return (input) =>
    Promise.resolve(quantised(imresize(input, input.width * SCALE, input.height * SCALE, kernel)));
}

/** A blend as the engine runs it, natively. */
export async function backendOf(blend: Blend): Promise<Backend> {
  const parts = await partsOf(blend, (network) => Promise.resolve(modelFile(network)));
  return nativeBackend({ parts, selfEnsemble: blend.selfEnsemble });
}

/** A picture as the engine reads it: 8-bit RGB. */
export function sourceOf(picture: Picture): Source {
  const { width, height } = picture;
  const bytes = interleaved(picture);
  let row = 0;
  return {
    format: { width, height, channels: 3, depth: 8 },
    read: (rows) => Promise.resolve(bytes.slice(3 * width * row, 3 * width * (row += rows))),
  };
}

/** As a user gets it: tiles, low-frequency match and rounding; grain not put back, nothing sharpened. */
export async function throughEngine(blend: Blend): Promise<Way['enlarge']> {
  const native = await backendOf(blend);
  const runner = await native.open(new AbortController().signal);
  // The engine opens and disposes a runner for each picture; here one does for all.
  const kept = { ...native, open: () => Promise.resolve({ ...runner, dispose: () => Promise.resolve() }) };
  return async (input) => {
    const { width, height } = input;
    const written: Samples[] = [];
    await enhance(
      sourceOf(input),
      {
        open: () => Promise.resolve(),
        write: (_rows, samples) => Promise.resolve(void written.push(samples)),
      },
      {
        network: blend,
        target: wholeTarget(input, { kind: 'factor', factor: SCALE }),
        noise: 100,
        sharpness: 0,
        backends: [kept],
        signal: new AbortController().signal,
      },
    );
    const result = new Uint8Array(3 * width * height * SCALE ** 2);
    let at = 0;
    for (const samples of written) {
      result.set(samples, at);
      at += samples.length;
    }
    return planar({ ...input, width: width * SCALE, height: height * SCALE }, result);
  };
}
