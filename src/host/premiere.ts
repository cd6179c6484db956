/** In Premiere there are no layers: every call says so but those that a page makes of itself. */
import type { HostApi } from '../bridge/protocol.ts';
import { LoupeError } from '../errors.ts';

export function premiereHost(): Omit<HostApi, 'hello'> {
  const refuse = (): Promise<never> => Promise.reject(new LoupeError('photoshop-only'));
  return {
    activeLayers: refuse,
    remember: refuse,
    thumbnail: refuse,
    region: refuse,
    openJob: refuse,
    readRows: refuse,
    writeRows: refuse,
    commit: refuse,
    unfinished: () => Promise.resolve(null),
    ownModels: refuse,
    readOwnModel: refuse,
    showModelsFolder: refuse,
    discard: () => Promise.resolve(null),
  };
}
