/** In Premiere there are no layers: every call but `hello` says so. */
import type { HostApi } from '../bridge/protocol.ts';
import { LoupeError } from '../errors.ts';

export function premiereHost(): Omit<HostApi, 'hello'> {
  const refuse = (): Promise<never> => Promise.reject(new LoupeError('photoshop-only'));
  return {
    activeLayer: refuse,
    remember: refuse,
    thumbnail: refuse,
    region: refuse,
    openJob: refuse,
    readRows: refuse,
    writeRows: refuse,
    commit: refuse,
    ownModels: refuse,
    readOwnModel: refuse,
    showModelsFolder: refuse,
    discard: () => Promise.resolve(null),
  };
}
