/** Small looks at a layer for the panel: its thumbnail, and regions of it at 100 %. 8-bit, each in a short modal state. */
import type { HostApi, Picture } from '../../bridge/protocol.ts';
import { encodeBase64 } from '../../bridge/base64.ts';
import { LoupeError } from '../../errors.ts';
import { type Colour, imageColour, lookColour } from './colour.ts';
import { describeLayer } from './descriptor.ts';
import type { Modal } from './modal.ts';
import { type Bounds, intersect, isEmpty, needLayer, pixelBounds, type Photoshop } from './photoshop.ts';
import { type LayerPixels, place, readRegion } from './pixels.ts';
import { kindRefusal } from './report.ts';

/** Pixels of the largest region or thumbnail: 64 MiB as RGBA. */
const MOST_PIXELS = 1 << 24;

export function thumbnail(
  ps: Photoshop,
  modal: Modal,
  { documentId, layerId, side }: Parameters<HostApi['thumbnail']>[0],
): Promise<Picture> {
  if (side * side > MOST_PIXELS) throw new LoupeError('bad-message', `a thumbnail of ${side} pixels a side`);
  return modal(modal.words.looking, async () => {
    const { bounds, colour } = await toShow(ps, documentId, layerId);
    return shrunk(ps, documentId, layerId, bounds, colour, side);
  });
}

export function region(
  ps: Photoshop,
  modal: Modal,
  { documentId, layerId, left, top, width, height }: Parameters<HostApi['region']>[0],
): Promise<Picture> {
  if (width * height > MOST_PIXELS)
    throw new LoupeError('bad-message', `a region of ${width} × ${height} pixels`);
  return modal(modal.words.looking, async () => {
    const { bounds: whole, colour } = await toShow(ps, documentId, layerId);
    const bounds = intersect(whole, { left, top, right: left + width, bottom: top + height });
    const rgba = new Uint8Array(width * height * 4);
    if (!isEmpty(bounds)) {
      const pixels: LayerPixels = { documentId, layerId, whole, bounds, channels: 4, depth: 8, colour };
      const samples = await readRegion(ps, pixels, bounds);
      const size = { width: bounds.right - bounds.left, height: bounds.bottom - bounds.top };
      const at = { left: bounds.left - left, top: bounds.top - top };
      place({ samples, ...size, components: 4, ...at }, rgba, { width, height, channels: 4 });
    }
    return { width, height, rgba: encodeBase64(rgba) };
  });
}

/** The layer's bounds, and how it is looked at. Throws where there is nothing to see. */
async function toShow(
  ps: Photoshop,
  documentId: number,
  layerId: number,
): Promise<{ bounds: Bounds; colour: Colour }> {
  const { document, layer } = needLayer(ps, documentId, layerId);
  const refusal = kindRefusal(ps, document, layer, await describeLayer(ps, documentId, layerId));
  if (refusal) throw refusal;
  const colour = lookColour(ps, document);
  const bounds = pixelBounds(layer);
  if (isEmpty(bounds)) throw new LoupeError('empty-layer', layer.name);
  return { bounds, colour };
}

/** The whole layer, its longer side at most `side`. What comes may be trimmed, and of a cached level: its own size counts. */
async function shrunk(
  ps: Photoshop,
  documentId: number,
  layerId: number,
  bounds: Bounds,
  colour: Colour,
  side: number,
): Promise<Picture> {
  const width = bounds.right - bounds.left;
  const height = bounds.bottom - bounds.top;
  const factor = Math.min(1, side / Math.max(width, height));
  const { imageData } = await ps.imaging.getPixels({
    documentID: documentId,
    layerID: layerId,
    sourceBounds: { ...bounds },
    targetSize: {
      width: Math.max(1, Math.round(width * factor)),
      height: Math.max(1, Math.round(height * factor)),
    },
    ...imageColour(colour),
    componentSize: 8,
  });
  try {
    const size = { width: imageData.width, height: imageData.height };
    const rgba = new Uint8Array(size.width * size.height * 4);
    const samples = await imageData.getData({ chunky: true });
    place({ samples, ...size, components: imageData.components, left: 0, top: 0 }, rgba, {
      ...size,
      channels: 4,
    });
    return { ...size, rgba: encodeBase64(rgba) };
  } finally {
    await imageData.dispose();
  }
}
