/** Runs of the commit's tests, in the emulated Photoshop: a layer is read, its result made up, and the run written. */
import { type Job, resultFormat, rowBytes } from '../../../src/host/photoshop/job.ts';
import { commitRun } from '../../../src/host/photoshop/commit.ts';
import { modalOf } from '../../../src/host/photoshop/modal.ts';
import type { Layer, Photoshop } from '../../../src/host/photoshop/photoshop.ts';
import { asSamples, bytesOf, type PixelSamples } from '../../../src/host/photoshop/pixels.ts';
import { readLayer } from '../../../src/host/photoshop/read.ts';
import { openSpool } from '../../../src/host/photoshop/spool.ts';
import type { LayerSettings, Part } from '../../../src/bridge/protocol.ts';
import type { Opened } from '../simulator/support.ts';
import { fakeFs } from './fake-fs.ts';

export const SETTINGS: LayerSettings = {
  model: 'art',
  quality: 'fast',
  size: { kind: 'factor', factor: 2 },
  place: 'document',
  hideOriginal: false,
  detail: 50,
  noise: 100,
  sharpness: 0,
};

/** A result's sample at a pixel of the target, whole numbers; alpha is the last channel where there is one. */
export type Paint = (x: number, y: number, channel: number) => number;

export interface Wanted {
  readonly layer: string;
  readonly part?: Part;
  readonly settings?: Partial<LayerSettings>;
  readonly paint?: Paint;
}

export interface Opening {
  readonly id: string;
  readonly job: Job;
  readonly layerName: string;
}

export function runIn(opened: Opened, documentId = opened.id) {
  const ps = opened.modules.photoshop as unknown as Photoshop;
  const modal = modalOf(ps);
  const { fs } = fakeFs();
  const wish = { discarded: false };
  const progress: number[] = [];
  let jobs = 0;
  const document = () => {
    const found = [...ps.app.documents].find(({ id }) => id === documentId);
    if (!found) throw new Error('the document is closed');
    return found;
  };
  const layers = (): Layer[] => {
    const all = (some: Iterable<Layer>): Layer[] =>
      [...some].flatMap((each) => [each, ...(each.layers ? all(each.layers) : [])]);
    return all(document().layers);
  };
  const named = (name: string): Layer => {
    const layer = layers().find((each) => each.name === name);
    if (!layer) throw new Error(`no layer ${name}`);
    return layer;
  };
  return {
    ps,
    wish,
    progress,
    document,
    layers,
    named,
    /** Reads the layer and makes up its result. */
    async open({ layer, part = 'layer', settings, paint = noisy }: Wanted): Promise<Opening> {
      jobs += 1;
      const spool = await openSpool(fs, `job-${jobs}`);
      const request = { documentId, layerId: named(layer).id, part, lookOnly: false };
      const job = await readLayer(
        ps,
        modal,
        { ...request, settings: { ...SETTINGS, ...settings } },
        spool,
        wish,
      );
      const format = resultFormat(job);
      const { width, height, channels, depth } = format;
      const samples = asSamples(depth, new ArrayBuffer(height * rowBytes(format)));
      for (let i = 0; i < samples.length; i += 1) {
        const p = Math.floor(i / channels);
        samples[i] = paint(p % width, Math.floor(p / width), i % channels);
      }
      await spool.write('result', 0, bytesOf(samples));
      return { id: `job-${jobs}`, job, layerName: `${layer} – Art` };
    },
    commit: (openings: readonly Opening[]) =>
      commitRun(ps, modal, openings, wish, {
        historyName: 'Enhance',
        onProgress: (share) => progress.push(share),
      }),
    /** A layer's samples as they are in RGB, or gray, and where they are. */
    async pixels(layer: Layer, of = documentId, colour = {}): Promise<Picture> {
      return modal('Test', async () => {
        const { imageData, sourceBounds } = await ps.imaging.getPixels({
          documentID: of,
          layerID: layer.id,
          ...colour,
        });
        const { components } = imageData;
        const samples = (await imageData.getData({ chunky: true, fullRange: true })) as PixelSamples;
        await imageData.dispose();
        const { left, top, right, bottom } = sourceBounds;
        return {
          bounds: { left, top, right, bottom },
          at: (x, y) => {
            if (x < left || y < top || x >= right || y >= bottom) return [];
            const i = ((y - top) * (right - left) + x - left) * components;
            return [...samples.subarray(i, i + components)];
          },
        };
      });
    },
    modal: <T>(work: () => Promise<T> | T): Promise<T> => modal('Test', async () => work()),
  };
}

export interface Picture {
  readonly bounds: { left: number; top: number; right: number; bottom: number };
  /** A pixel of the document; empty where the layer has none. */
  readonly at: (x: number, y: number) => number[];
}

/** Noise, opaque. */
export const noisy: Paint = (x, y, channel) =>
  channel === 3 ? 255 : ((x * 7 + y * 13 + channel * 31) * 40503) & 255;

export const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error as { code?: unknown }).code ?? error,
  );
