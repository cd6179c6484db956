/** The first of the two short modal states: the layer is checked and its pixels go into the spool. */
import { LoupeError } from '../../errors.ts';
import { type Discardable, factsOf, type Job, rowBytes, sourceFormat } from './job.ts';
import { type Modal, stopIfCancelled } from './modal.ts';
import { needLayer, pixelBounds, bitsOf, type Photoshop } from './photoshop.ts';
import { type LayerPixels, readStrips } from './pixels.ts';
import { refusalOf } from './report.ts';
import type { Spool } from './spool.ts';

export interface ReadRequest {
  readonly documentId: number;
  readonly layerId: number;
  readonly scale: number;
}

/** Rejects with the layer's refusal if it has one, and with `cancelled` within one strip of being discarded. */
export function readLayer(
  ps: Photoshop,
  modal: Modal,
  { documentId, layerId, scale }: ReadRequest,
  spool: Spool,
  wish: Discardable,
): Promise<Job> {
  return modal('Loupe: reading the layer', async (context) => {
    stopIfCancelled(context, wish);
    const { document, layer } = needLayer(ps, documentId, layerId);
    const refusal = refusalOf(ps, document, layer, scale);
    if (refusal) throw refusal;
    const bits = bitsOf(ps, document);
    if (bits !== 8 && bits !== 16) throw new LoupeError('depth-unsupported', String(bits));
    // The Background alone has no transparency; every other layer may have some, though Photoshop may give
    // a strip without any as opaque pixels.
    const channels = layer.isBackgroundLayer ? 3 : 4;
    const pixels: LayerPixels = { documentId, layerId, bounds: pixelBounds(layer), channels, depth: bits };
    const format = sourceFormat(pixels);
    for await (const { y, rows, samples } of readStrips(ps, pixels)) {
      await spool.write('input', y * rowBytes(format), bytesOf(samples));
      context.reportProgress({ value: (y + rows) / format.height });
      stopIfCancelled(context, wish);
    }
    return { layerName: layer.name, scale, document: factsOf(ps, document), pixels, spool };
  });
}

/** Little-endian, as every machine UXP runs on is; the same bytes go over the bridge. */
export function bytesOf(
  samples: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}
