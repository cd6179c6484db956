/** The host over the fake Photoshop, as the page's calls reach it. */
import type { HostApi, LayerSettings } from '../../../src/bridge/protocol.ts';
import { photoshopHost } from '../../../src/host/photoshop/host.ts';
import { en } from '../../../src/texts/index.ts';
import { fakeFs } from './fake-fs.ts';
import { type FakeDocument, type FakeLayer, fakePhotoshop } from './fake-photoshop.ts';

/** A layer that is not all of the canvas of 100 × 100. */
export const BOX = { left: 10, top: 20, right: 47, bottom: 49 };

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

export type Disk = ReturnType<typeof fakeFs>;

export function start(disk: Disk = fakeFs()) {
  const { ps, fake, open } = fakePhotoshop();
  const progress: number[] = [];
  const runs: (LayerSettings | 'begun' | 'failed' | 'nothing written')[] = [];
  let changes = 0;
  const host = photoshopHost({
    ps,
    fs: disk.fs,
    uxp: disk.uxp,
    words: en.host,
    onLayerChanged: () => {
      changes += 1;
    },
    onCommitProgress: (fraction) => progress.push(fraction),
    onRunBegun: () => runs.push('begun'),
    onRunEnded: (written) => runs.push(written ?? 'nothing written'),
    onRunFailed: () => runs.push('failed'),
  });
  return { ps, fake, open, host, disk, progress, runs, changes: () => changes };
}

export const idsOf = (document: FakeDocument, layer: FakeLayer) => ({
  documentId: document.id,
  layerId: layer.id,
});

export const first = (document: FakeDocument): FakeLayer => {
  const [layer] = document.layers;
  if (!layer) throw new Error('no layer');
  return layer;
};

type Opening = Parameters<HostApi['openJob']>[0];

/** Opens a job on the document's first layer. */
export const openFirst = (
  host: Pick<HostApi, 'openJob'>,
  document: FakeDocument,
  given: Partial<Opening> = {},
) =>
  host.openJob({
    ...idsOf(document, first(document)),
    settings: SETTINGS,
    part: 'layer',
    job: 'a',
    note: 'of a run',
    ...given,
  });

/** The code of the error, or 'resolved'. */
export const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error as { code?: unknown }).code ?? error,
  );

/** Everything about a document that must not change. */
export const state = (document: FakeDocument): string =>
  JSON.stringify([
    document.width,
    document.height,
    document.history,
    document.layers.map(({ name, box }) => [name, box]),
  ]);
