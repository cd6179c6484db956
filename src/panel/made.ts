/** Whether what a run made is still there: undone, or its document closed, it says nothing any more. */
import type { PhotoshopApi } from '../bridge/protocol.ts';
import { asLoupeError, type ErrorCode } from '../errors.ts';
import type { Result } from './run.ts';

/** What Photoshop says of a layer that is not there any more. */
export const GONE: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['layer-gone', 'document-closed']);

/** True if any layer of the run is there, and where it cannot be told. */
export async function isThere(host: Pick<PhotoshopApi, 'thumbnail'>, { outcomes }: Result): Promise<boolean> {
  for (const outcome of outcomes) {
    if (outcome.kind !== 'made') continue;
    const { documentId, layerId } = outcome.made;
    const gone = await host.thumbnail({ documentId, layerId, side: 1 }).then(
      () => false,
      (thrown: unknown) => GONE.has(asLoupeError(thrown, 'host-failed').code),
    );
    if (!gone) return true;
  }
  return false;
}
