/** A host that a bench invents for the page: one document with one layer, which it remembers settings of. */
import { PROTOCOL, type LayerSettings, type PhotoshopApi } from '../src/bridge/protocol.ts';
import { LoupeError } from '../src/errors.ts';
import type { Dimensions } from '../src/size.ts';

/** What is not in `answers` and not about the one layer is refused. */
export function oneLayerHost(
  { width, height }: Dimensions,
  settings: Pick<LayerSettings, 'model'>,
  answers: Partial<PhotoshopApi>,
): PhotoshopApi {
  const remembered: LayerSettings = {
    ...settings,
    quality: 'fast',
    size: { kind: 'factor', factor: 4 },
    place: 'document',
    hideOriginal: false,
    detail: 50,
    noise: 100,
    sharpness: 0,
  };
  const none = (): Promise<never> => Promise.reject(new LoupeError('bad-message', 'not in this bench'));
  return {
    hello: () =>
      Promise.resolve({ protocol: PROTOCOL, app: 'photoshop', appVersion: '', locale: 'en', theme: 'dark' }),
    activeLayers: () =>
      Promise.resolve({
        document: {
          id: 1,
          name: 'bench.psd',
          width,
          height,
          resolution: 72,
          mode: 'RGB Color',
          depth: 8,
          psb: true,
        },
        layers: [
          {
            id: 2,
            name: 'Layer',
            left: 0,
            top: 0,
            width,
            height,
            refusal: null,
            note: null,
            parts: ['layer'],
            remembered,
          },
        ],
        refusal: null,
        last: null,
      }),
    remember: () => Promise.resolve(null),
    unfinished: () => Promise.resolve(null),
    ownModels: () => Promise.resolve({ folder: '', models: [] }),
    discard: () => Promise.resolve(null),
    thumbnail: none,
    region: none,
    openJob: none,
    readRows: none,
    writeRows: none,
    commit: none,
    readOwnModel: none,
    showModelsFolder: none,
    ...answers,
  };
}
